/** The second question of a deploy: on which machines, and under which name. */
import * as vscode from 'vscode';
import { deploymentEntry } from '../deployments/tree-entries.ts';
import { realDirectory } from '../language/directories.ts';
import type { DeploymentKey } from '../../runner/protocol.ts';
import { askChoice, askText, type Answer, type Question, type QuestionPlace } from '../ui/questions.ts';
import type { LoadedApplication } from './choose.ts';
import type { CommandContext } from './command.ts';
import { offeredPlaces, type DeployChoice, type DeployPlace, type OfferedPlace } from './deploy-targets.ts';
import { deploymentNameFault } from './deployment-name.ts';

type WhereItem = vscode.QuickPickItem & {
    readonly does:
        | { readonly kind: 'place'; readonly place: DeployPlace }
        | { readonly kind: 'named'; readonly deployment: string }
        | { readonly kind: 'name' };
};

/** On which machines, and (`mayName`) under which name: one that is in use already, the application's own, or another one. */
export function askWhere(
    ctx: Pick<CommandContext, 'deployments' | 'targetAccess'>,
    application: LoadedApplication,
    mayName: boolean,
): Question<DeployChoice> {
    return async (before, place, signal) => {
        let choice = before;
        for (;;) {
            const key = { directory: realDirectory(application.directory), deployment: choice.deployment };
            const places = await offeredPlaces(ctx, application, key);
            const names = mayName ? otherNames(ctx, application, choice) : null;
            const placeholder = vscode.l10n.t('Where: the recipes run there');
            const items = whereItems(ctx, { key, places, names }, choice);
            const answer = await askChoice(place, { placeholder, items }, signal);
            if (answer.kind !== 'given') return answer;
            const { does } = answer.value;
            if (does.kind === 'place') return given({ ...choice, place: does.place });
            const named = await nameOf(does, choice, { ...place, step: Math.max(2, place.step) }, signal);
            // Under the other name there may be a choice of places again.
            if (named.kind === 'cancelled' || (named.kind === 'given' && places.length === 1)) return named;
            if (named.kind === 'given') choice = named.value;
        }
    };
}

interface Offer {
    readonly key: DeploymentKey;
    readonly places: readonly OfferedPlace[];
    /** Other names the deployment can have; null when its name is decided. */
    readonly names: readonly string[] | null;
}

function whereItems(ctx: Listed, { key, places, names }: Offer, choice: DeployChoice): readonly WhereItem[] {
    const placed = placeItems(ctx, key, places, choice);
    if (names === null) return placed;
    const hasPlaces = places.length > 1;
    return [...placed, ...nameItems(ctx, key, names, hasPlaces), otherName(hasPlaces)];
}

async function nameOf(
    does: Exclude<WhereItem['does'], { readonly kind: 'place' }>,
    choice: DeployChoice,
    place: QuestionPlace,
    signal: AbortSignal,
): Promise<Answer<DeployChoice>> {
    return does.kind === 'named' ? given({ ...choice, deployment: does.deployment }) : askName(choice, place, signal);
}

type Listed = Pick<CommandContext, 'deployments'>;

/** The last choice first. Where there is one place alone, its row says under which name and how that is doing. */
function placeItems(
    ctx: Listed,
    key: DeploymentKey,
    places: readonly OfferedPlace[],
    { place: last }: DeployChoice,
): readonly WhereItem[] {
    const isLast = ({ place }: OfferedPlace): boolean => JSON.stringify(place) === JSON.stringify(last);
    const ordered = [...places.filter(isLast), ...places.filter((offered) => !isLast(offered))];
    return ordered.map((offered) => {
        const label = `$(${offered.icon}) ${offered.label}`;
        const does = { kind: 'place', place: offered.place } as const;
        return places.length === 1
            ? { label, description: asName(key.deployment), detail: stateOf(ctx, key), does }
            : { label, description: offered.meaning, does };
    });
}

function nameItems(
    ctx: Listed,
    key: DeploymentKey,
    names: readonly string[],
    hasPlaces: boolean,
): readonly WhereItem[] {
    return names.map((deployment) => {
        const label = hasPlaces ? `$(server-process) ${asName(deployment)}` : `$(device-desktop) ${thisMachine()}`;
        const description = hasPlaces ? '' : asName(deployment);
        return {
            label,
            description,
            detail: stateOf(ctx, { ...key, deployment }),
            does: { kind: 'named', deployment },
        };
    });
}

function asName(deployment: string): string {
    return vscode.l10n.t('as {0}', deployment);
}

function thisMachine(): string {
    return vscode.l10n.t('This machine');
}

/** Names that deployments of the application have, and its own, without the one that is chosen. */
function otherNames(
    { deployments }: Listed,
    { model, directory }: LoadedApplication,
    { deployment }: DeployChoice,
): readonly string[] {
    const views = deployments.list().filter(({ key, simulated }) => !simulated && key.directory === directory);
    const names = new Set([model.name, ...views.map(({ key }) => key.deployment)]);
    return [...names].filter((name) => name !== deployment);
}

function stateOf({ deployments }: Listed, { directory, deployment }: DeploymentKey): string {
    const view = deployments
        .list()
        .find(({ key, simulated }) => !simulated && key.directory === directory && key.deployment === deployment);
    return view === undefined ? vscode.l10n.t('not deployed') : deploymentEntry(view, Date.now()).description;
}

function otherName(hasPlaces: boolean): WhereItem {
    const label = hasPlaces ? vscode.l10n.t('Under another name…') : vscode.l10n.t('This machine, under another name…');
    return { label: `$(edit) ${label}`, does: { kind: 'name' } };
}

async function askName(choice: DeployChoice, place: QuestionPlace, signal: AbortSignal): Promise<Answer<DeployChoice>> {
    const question = {
        prompt: vscode.l10n.t('Name of the deployment: an application can be deployed several times'),
        value: choice.deployment,
        placeholder: choice.deployment,
        fault: (text: string) => Promise.resolve(deploymentNameFault(text)),
    };
    const answer = await askText(place, question, signal);
    return answer.kind === 'given' ? given({ ...choice, deployment: answer.value }) : answer;
}

function given(choice: DeployChoice): Answer<DeployChoice> {
    return { kind: 'given', value: choice };
}
