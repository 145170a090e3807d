/** Onto which targets a deploy goes: what was chosen for this one, over what the settings say, over what the last one chose, over what the files say. */
import * as vscode from 'vscode';
import {
    associateTargets,
    targetDefinitionOf,
    THIS_COMPUTER,
    type TargetChoice,
    type TargetSource,
    type TargetUse,
} from '../../language/index.ts';
import { usesOf, type DeploymentKey, type DeploymentTargets } from '../../runner/protocol.ts';
import {
    applicationTargets,
    choiceWordOf,
    isDrivenElsewhere,
    type ApplicationTargets,
} from '../targets/application-targets.ts';
import { approveKeys, strangerKeyOf } from '../targets/host-keys.ts';
import type { KeyedTarget, TargetAccess } from '../targets/target-access.ts';
import { signalOf } from '../ui/cancellation.ts';
import { CANCELLED, done, DONE, failed, type Outcome } from '../ui/outcome.ts';
import type { LoadedApplication } from './choose.ts';
import type { CommandContext } from './command.ts';
import { allSecrets, keyedTargets } from './secrets.ts';

/** Where a deployment runs: `associated` = as settings and files say, otherwise a target (its id or file) or `THIS_COMPUTER`. */
export type DeployPlace = { readonly kind: 'associated' } | { readonly kind: 'target'; readonly target: string };

export const ASSOCIATED: DeployPlace = { kind: 'associated' };

/** What a person wants deployed. */
export interface DeployChoice {
    /** Sub-trees; empty = the whole application. */
    readonly paths: readonly string[];
    readonly place: DeployPlace;
    /** The deployment's name. */
    readonly deployment: string;
    readonly options: DeployOptions;
}

/** How a deploy goes on once it is known what and where. */
export interface DeployOptions {
    /** The graph shows what would be done; it is done when that was agreed to. */
    readonly isPlanFirst: boolean;
    /** What differs from the deployed model is applied without a review. */
    readonly isReviewSkipped: boolean;
}

/** Neither: what differs is reviewed. */
export const PLAIN_OPTIONS: DeployOptions = { isPlanFirst: false, isReviewSkipped: false };

/** A place that can be chosen, with what it means. */
export interface OfferedPlace {
    readonly place: DeployPlace;
    /** Product icon of its row. */
    readonly icon: string;
    readonly label: string;
    /** What it means: `2 machines on pool, 1 here`. */
    readonly meaning: string;
}

/** What a deploy goes onto. */
export interface SettledTargets {
    readonly targets: DeploymentTargets;
    /** Machines of the sub-trees that are deployed. */
    readonly uses: readonly TargetUse[];
}

/** The places of an application. There is one alone, this machine, when no target makes machines elsewhere. */
export async function offeredPlaces(
    { targetAccess }: Pick<CommandContext, 'targetAccess'>,
    application: LoadedApplication,
    key: DeploymentKey,
): Promise<readonly OfferedPlace[]> {
    const before = await targetAccess.choices(key);
    const { sources, association } = await applicationTargets(application, before, targetAccess);
    const isElsewhere = Object.keys(association.targets.associations).length > 0;
    const here = hereOffer(association.uses.length > 0);
    const [fault] = association.faults;
    const targets = await Promise.all(
        sources.filter(isDrivenElsewhere).map(async (source): Promise<OfferedPlace> => {
            const place = { kind: 'target', target: choiceWordOf(source, sources) } as const;
            const meaning = await targetWords(targetAccess, source);
            return { place, icon: 'remote', label: source.id ?? '', meaning };
        }),
    );
    // Where all is here anyway, it needs no choice that would hold against a later association.
    if (!isElsewhere && fault === undefined) return [{ ...here, place: ASSOCIATED }, ...targets];
    const associated: OfferedPlace = {
        place: ASSOCIATED,
        icon: fault === undefined ? 'link' : 'warning',
        label: vscode.l10n.t('As associated'),
        meaning: fault?.message ?? placesWords(association.uses, association.targets),
    };
    return [associated, ...targets, here];
}

/** `Web servers · 2 of 3 free`. */
async function targetWords(access: TargetAccess, source: TargetSource): Promise<string> {
    const definition = targetDefinitionOf(source);
    // An address says nothing secret: those that are known are counted although a password is missing.
    const pool = definition === null ? [] : await access.pool({ definition, secretOf: () => '' });
    const name = source.name === source.id ? [] : [source.name];
    if ('kind' in pool || pool.length === 0) return name.join('');
    const freeCount = pool.filter(({ holder }) => holder === null).length;
    return [...name, vscode.l10n.t('{0} of {1} free', freeCount, pool.length)].join(' · ');
}

function hereOffer(hasMachines: boolean): OfferedPlace {
    const meaning = hasMachines ? vscode.l10n.t('each machine is a folder here') : '';
    const place = { kind: 'target', target: THIS_COMPUTER } as const;
    return { place, icon: 'device-desktop', label: vscode.l10n.t('This machine'), meaning };
}

/** `2 machines on pool, 1 here`. */
function placesWords(uses: readonly TargetUse[], { associations }: DeploymentTargets): string {
    const names = uses.map(({ path, source }) => (associations[path] === undefined ? null : (source?.id ?? '')));
    const counts = [...Map.groupBy(names, (name) => name)].map(([name, of]) => [name, of.length] as const);
    const elsewhere = counts.flatMap(([name, count]) => (name === null ? [] : [onWords(name, count)]));
    const here = counts.find(([name]) => name === null)?.[1] ?? 0;
    if (elsewhere.length === 0) return vscode.l10n.t('all here');
    return [...elsewhere, ...(here === 0 ? [] : [vscode.l10n.t('{0} here', here)])].join(', ');
}

function onWords(name: string, count: number): string {
    return count === 1 ? vscode.l10n.t('1 machine on {0}', name) : vscode.l10n.t('{0} machines on {1}', count, name);
}

/** The targets of a deploy; failed when the model does not fit them. */
export async function settleTargets(
    { targetAccess }: Pick<CommandContext, 'targetAccess'>,
    application: LoadedApplication,
    {
        key,
        paths,
        place,
    }: { readonly key: DeploymentKey; readonly paths: readonly string[]; readonly place: DeployPlace },
): Promise<Outcome<SettledTargets>> {
    const known = await applicationTargets(application, await targetAccess.choices(key), targetAccess);
    const choices = choicesFor(known, { paths, place });
    const { model } = application;
    const { targets, uses, faults } = associateTargets({ model, sources: known.sources, choices });
    const messages = [...new Set(faults.map(({ message }) => message))];
    if (messages.length > 0)
        return failed({ kind: 'targetFault', name: model.name, message: messages.slice(0, 2).join(' ') });
    return done({ targets, uses: usesOf(uses, paths) });
}

/** A target that is chosen for all counts for all; one that is chosen for parts counts for the machines of these. */
function choicesFor(
    { association, choices: standing }: ApplicationTargets,
    { paths, place }: { readonly paths: readonly string[]; readonly place: DeployPlace },
): readonly TargetChoice[] {
    if (place.kind === 'associated') return standing;
    if (paths.length === 0) return [{ place: '', target: place.target }];
    const chosen = usesOf(association.uses, paths);
    return [...standing, ...chosen.map(({ path }) => ({ place: path, target: place.target }))];
}

/** Everything that is asked before a deploy reaches machines: secrets nobody gave yet, then keys of hosts nobody vouched for. Answers the secrets. */
export async function readyTargets(
    ctx: Pick<CommandContext, 'secrets' | 'targetAccess'>,
    directory: string,
    { targets, uses }: SettledTargets,
    signal: AbortSignal,
): Promise<Outcome<Readonly<Record<string, string>>>> {
    const definitions = Object.values(targets.definitions);
    if (definitions.length === 0) return done({});
    const secrets = await allSecrets(ctx.secrets, directory, definitions, signal);
    if (secrets.kind !== 'done') return secrets;
    for (const target of keyedTargets(definitions, secrets.value)) {
        const lack = await ctx.targetAccess.lack(target);
        if (lack !== null) return failed({ kind: 'targetLacks', target: target.definition.id, lack });
        const made = uses.filter(({ path }) => targets.associations[path] === target.definition.id);
        const taking = { target, directory, count: made.length, file: made[0]?.source?.file ?? '' };
        const settled = made.length === 0 ? DONE : await meetStrangers(ctx.targetAccess, taking, signal);
        if (settled.kind !== 'done') return settled;
    }
    return secrets;
}

/** Machines that a target is about to make. */
interface Taking {
    readonly target: KeyedTarget;
    readonly count: number;
    /** Real path of the application. */
    readonly directory: string;
    /** Of the target. */
    readonly file: string;
}

/** Shows the keys of hosts that may be taken. A host that does not answer is told when its machine is made: another one of the pool may do. */
async function meetStrangers(
    access: TargetAccess,
    { target, count, directory, file }: Taking,
    signal: AbortSignal,
): Promise<Outcome<undefined>> {
    for (;;) {
        const strangers = await access.likelyStrangers(target, count);
        if (strangers.length === 0) return DONE;
        const met = await meet(access, target, strangers, signal);
        if (met === undefined) return CANCELLED;
        const { keys, distrusted } = met;
        if (distrusted.length > 0) {
            const { id } = target.definition;
            return failed({ kind: 'hostsRefused', directory, file, target: id, hosts: distrusted });
        }
        // Behind a host on the way that was approved there is another one that shows its key.
        if (keys.length === 0) return DONE;
        const approved = await approveKeys(access, keys);
        if (approved.kind !== 'done') return approved;
    }
}

async function meet(access: TargetAccess, target: KeyedTarget, addresses: readonly string[], signal: AbortSignal) {
    const title = vscode.l10n.t('Asking hosts of {0} for their keys', target.definition.id);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(options, async (_progress, token) => {
        const { signal: until, dispose } = signalOf(token, signal);
        try {
            const probe = async (address: string) => {
                return { address, outcome: await access.probe(target, address, until) };
            };
            const probed = await Promise.all(addresses.map(probe));
            const keys = probed.flatMap(({ address, outcome }) => strangerKeyOf(target, address, outcome) ?? []);
            const distrusted = probed.flatMap(({ address, outcome }) =>
                outcome.kind === 'refused' && outcome.code === 'hostKeyChanged'
                    ? [
                          {
                              address,
                              code: outcome.code,
                              message: outcome.message,
                              knownHostsFile: outcome.knownHostsFile,
                          },
                      ]
                    : [],
            );
            return { keys, distrusted };
        } catch (fault) {
            if (until.aborted) return undefined;
            throw fault;
        } finally {
            dispose();
        }
    });
}
