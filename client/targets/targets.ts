/**
 * The targets of the applications of this window with what is known of their hosts. It is read when somebody looks, again after a change,
 * and connects to nothing by itself: hosts are tested by order alone.
 */
import * as vscode from 'vscode';
import { targetDefinitionOf, type TargetSource } from '../../language/index.ts';
import type { PoolHolder, ProbeOutcome } from '../../runner/index.ts';
import type { Language } from '../language/language-client.ts';
import type { Applications } from '../deployments/applications.ts';
import { deploymentId } from '../deployments/deployment-view.ts';
import type { Deployments } from '../deployments/deployments.ts';
import { isLost } from '../deployments/status-words.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { createEmitter, type Subscription } from '../ui/emitter.ts';
import { createSingleFlight } from '../ui/single-flight.ts';
import { applicationTargets, type ApplicationTargets } from './application-targets.ts';
import { lookupIn, type SecretStore } from './secret-store.ts';
import type { KeyedTarget, TargetAccess } from './target-access.ts';

/** What is known of one address of a pool. */
export interface HostState {
    readonly address: string;
    /** Who has it; null while it is free. */
    readonly holder: PoolHolder | null;
    /** Whether its host key has still to be approved. */
    readonly isStranger: boolean;
    /** Whether the runner of the deployment that has it finds that it does not answer. */
    readonly isLost: boolean;
    readonly test: HostTest | null;
}

/** `testing`: it is being connected to. */
export type HostTest =
    { readonly kind: 'testing' } | { readonly kind: 'tested'; readonly outcome: ProbeOutcome; readonly at: number };

export interface TargetView {
    readonly source: TargetSource;
    readonly hosts: readonly HostState[];
    /** Why its hosts cannot be told; null when they can, or when it has none. */
    readonly fault: string | null;
    /** Names of secrets it needs and of which no value is known. */
    readonly missingSecrets: readonly string[];
    /** Names of all secrets it refers to. */
    readonly secrets: readonly string[];
}

export interface ApplicationTargetsView extends ApplicationTargets {
    readonly name: string;
    readonly targets: readonly TargetView[];
}

export interface Targets extends vscode.Disposable {
    /** As last read, by directory. */
    readonly list: () => readonly ApplicationTargetsView[];
    readonly onChange: (listener: () => void) => Subscription;
    /** Reads everything again. */
    readonly refresh: () => Promise<void>;
    /** Reads again who has which host, and whose keys are known; files and settings only of what was forgotten. */
    readonly refreshHosts: () => Promise<void>;
    /** Files or settings changed: of one application (its real path), or of all. */
    readonly forget: (directory?: string) => void;
    /** A target with the values of its secrets; undefined when its file does not make one. */
    readonly keyed: (directory: string, source: TargetSource) => Promise<KeyedTarget | undefined>;
    /** Connects to addresses of a target, all at one time, and keeps what came of it. */
    readonly test: (request: TestRequest, signal: AbortSignal) => Promise<readonly TestedHost[]>;
}

export interface TestRequest {
    /** Of the application. */
    readonly directory: string;
    readonly source: TargetSource;
    readonly addresses: readonly string[];
}

export interface TestedHost {
    readonly address: string;
    readonly outcome: ProbeOutcome;
}

export interface TargetsConfig {
    readonly language: Pick<Language, 'model'>;
    readonly applications: Pick<Applications, 'list'>;
    readonly deployments: Pick<Deployments, 'find'>;
    readonly access: TargetAccess;
    readonly secrets: SecretStore;
    /** Milliseconds since 1970. */
    readonly now: () => number;
}

/** Nothing read yet. */
export function createTargets(config: TargetsConfig): Targets {
    const store = createDisposableStore();
    const changes = createEmitter<void>();
    const tests = new Map<string, HostTest>();
    let shown: readonly ApplicationTargetsView[] = [];
    const read = new Map<string, ApplicationTargets>();
    let forgetCount = 0;
    const forget = (directory?: string): void => {
        forgetCount += 1;
        if (directory === undefined) read.clear();
        else read.delete(directory);
    };
    const look = store.add(
        createSingleFlight(async (signal) => {
            shown = await viewsOf(config, { tests, read, forgetCount: () => forgetCount }, signal);
            changes.emit();
        }),
    );
    const note = (request: TestRequest, address: string, test: HostTest | null): void => {
        const key = testKeyOf(request.source, address);
        if (test === null) tests.delete(key);
        else tests.set(key, test);
        shown = shown.map((view) => withTests(view, tests));
        changes.emit();
    };
    const keyed: Targets['keyed'] = async (directory, source) => keyedTarget(config, directory, source);
    return {
        list: () => shown,
        onChange: changes.listen,
        refresh: () => {
            forget();
            return look.request();
        },
        refreshHosts: look.request,
        forget,
        keyed,
        test: async (request, signal) => {
            const target = await keyed(request.directory, request.source);
            if (target === undefined || !vscode.workspace.isTrusted) return [];
            const probe = async (address: string): Promise<TestedHost> => {
                const before = tests.get(testKeyOf(request.source, address)) ?? null;
                note(request, address, { kind: 'testing' });
                try {
                    const outcome = await config.access.probe(target, address, signal);
                    note(request, address, { kind: 'tested', outcome, at: config.now() });
                    return { address, outcome };
                } catch (fault) {
                    // Given up, or a fault of ours: what was known before is what is known.
                    note(request, address, before);
                    throw fault;
                }
            };
            return Promise.all(request.addresses.map(probe));
        },
        dispose: () => store.dispose(),
    };
}

/** What is kept from one look to the next: what came of tests, and what files and settings said, by directory. */
interface Kept {
    readonly tests: ReadonlyMap<string, HostTest>;
    readonly read: Map<string, ApplicationTargets>;
    /** What was read before something was forgotten is shown, and not kept. */
    readonly forgetCount: () => number;
}

async function viewsOf(
    config: TargetsConfig,
    { tests, read, forgetCount }: Kept,
    signal: AbortSignal,
): Promise<readonly ApplicationTargetsView[]> {
    const views: ApplicationTargetsView[] = [];
    for (const { directory, name, inWorkspace } of config.applications.list()) {
        const before = forgetCount();
        const known = inWorkspace ? (read.get(directory) ?? (await readTargets(config, directory, signal))) : null;
        if (known === null) continue;
        if (forgetCount() === before) read.set(directory, known);
        const targets: TargetView[] = [];
        for (const source of known.sources) targets.push(await targetView(config, known.directory, source));
        views.push(withTests({ ...known, name, targets }, tests));
    }
    return views;
}

async function readTargets(
    { language, access }: Pick<TargetsConfig, 'language' | 'access'>,
    directory: string,
    signal: AbortSignal,
): Promise<ApplicationTargets | null> {
    const answer = await language.model(vscode.Uri.file(directory), signal);
    return answer.kind === 'done' && answer.value.kind === 'model'
        ? applicationTargets(answer.value, [], access)
        : null;
}

async function keyedTarget(
    { secrets }: Pick<TargetsConfig, 'secrets'>,
    directory: string,
    source: TargetSource,
): Promise<KeyedTarget | undefined> {
    const definition = targetDefinitionOf(source);
    if (definition === null) return undefined;
    const { values } = await secrets.look(directory, [definition]);
    return { definition, secretOf: lookupIn(values) };
}

/** In a workspace that is not trusted it says what the file says, and looks at nothing else. */
async function targetView(config: TargetsConfig, directory: string, source: TargetSource): Promise<TargetView> {
    const { access, secrets } = config;
    const definition = targetDefinitionOf(source);
    const bare = { source, hosts: [], fault: null, missingSecrets: [], secrets: [] };
    if (definition === null || definition.handler !== 'embedded') return bare;
    if (!vscode.workspace.isTrusted) return { ...bare, hosts: writtenHosts(source) };
    const named = await access.secretNames(definition);
    const { missing, values } = await secrets.look(directory, [definition]);
    // An address says nothing secret: those that are known are told although a password is missing.
    const target = { definition, secretOf: (name: string) => lookupIn(values)(name) ?? '' };
    const pool = await access.pool(target);
    if ('kind' in pool) return { ...bare, fault: pool.reason, missingSecrets: missing, secrets: named };
    const strangers = new Set(
        await access.strangers(
            target,
            pool.map(({ address }) => address),
        ),
    );
    const hosts = pool.map(({ address, holder }) => {
        const isStranger = strangers.has(address);
        return { address, holder, isStranger, isLost: isLostMachine(config.deployments, holder), test: null };
    });
    return { ...bare, hosts, missingSecrets: missing, secrets: named };
}

function isLostMachine({ find }: Pick<Deployments, 'find'>, holder: PoolHolder | null): boolean {
    const view = holder === null || holder.deployment === null ? undefined : find(deploymentId(holder.deployment));
    return view?.snapshot.instances.some((instance) => instance.path === holder?.path && isLost(instance)) ?? false;
}

function writtenHosts({ properties }: TargetSource): readonly HostState[] {
    const words = (properties['embedded.ip'] ?? '').split(',').map((word) => word.trim());
    const addresses = [...new Set(words.filter((word) => word !== ''))];
    return addresses.map((address) => ({ address, holder: null, isStranger: false, isLost: false, test: null }));
}

function withTests(view: ApplicationTargetsView, tests: ReadonlyMap<string, HostTest>): ApplicationTargetsView {
    const targets = view.targets.map((target) => {
        const hosts = target.hosts.map((host) => {
            const test = tests.get(testKeyOf(target.source, host.address)) ?? null;
            return { ...host, test: isOutdated(host, test) ? null : test };
        });
        return { ...target, hosts };
    });
    return { ...view, targets };
}

/** Its key was not known when it was tested, and has been approved since: by a deploy, or at a terminal. */
function isOutdated({ isStranger }: HostState, test: HostTest | null): boolean {
    return test?.kind === 'tested' && isUnknownKey(test.outcome) && !isStranger;
}

function isUnknownKey(outcome: ProbeOutcome): boolean {
    return outcome.kind === 'refused' && outcome.code === 'hostKeyUnknown';
}

/** What was found with other words in the file says nothing of these. */
function testKeyOf({ file, properties }: TargetSource, address: string): string {
    return JSON.stringify([file, address, properties]);
}
