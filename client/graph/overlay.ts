/** Run states by node of a picture: exact for instances, the worst of all its instances for a component. */
import * as vscode from 'vscode';
import { shownValue } from '../../language/index.ts';
import type { RunState } from '../../media/protocol.ts';
import type { DesiredStatus, InstanceSnapshot, InstanceStatus } from '../../runner/protocol.ts';
import { plainLine } from '../../runner/terminal-text.ts';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import { asOfLines, knownUntil, wordsAsOf } from '../deployments/known-until.ts';
import { isChanging, isLost, isWaitingForRetry, lookOf, troubleWord } from '../deployments/status-words.ts';
import { instanceFlags, isOnLostMachine, machineLines, wordsInDeployment } from '../deployments/tree-entries.ts';

/** States by node id, for all perspectives: a picture uses those of the nodes it has. `now`: milliseconds since 1970. */
export function overlayOf(view: DeploymentView, now: number): Readonly<Record<string, RunState>> {
    const { snapshot } = view;
    const known = knownUntil(view, now);
    const instances = snapshot.instances.map(
        (instance) => [`instance:${instance.path}`, instanceState(view, instance, known)] as const,
    );
    const byComponent = Map.groupBy(snapshot.instances, ({ component }) => component);
    const components = [...byComponent].map(
        ([name, group]) => [`component:${name}`, componentState(view, group)] as const,
    );
    return Object.fromEntries([...instances, ...components]);
}

function instanceState(view: DeploymentView, instance: InstanceSnapshot, known: string): RunState {
    const told = isStale(view, instance) ? known : '';
    return {
        status: shownStatus(view, instance),
        text: wordsUntil(view, instance, told),
        isProviding: isProviding(instance),
        notes: [...notesOf(instance), ...asOfLines(told)],
        flags: instanceFlags(view, instance),
        wanted: wantedWord(instance),
        isMoving: isMoving(view, instance),
        since: sinceOf(instance),
        cause: causeOf(instance),
        isStale: isStale(view, instance),
    };
}

/** Also when a step failed that left it running. */
function isProviding({ status }: InstanceSnapshot): boolean {
    return status === 'DEPLOYED_STARTED';
}

const MAX_EXPORTS = 8;

/** Why it failed, what it waits for, where it is, and the values others are told. */
function notesOf({ failure, missing, exports, machine }: InstanceSnapshot): readonly string[] {
    return [
        ...(failure === null ? [] : [failure.message]),
        ...(missing.length === 0 ? [] : [vscode.l10n.t('Missing imports: {0}', missing.join(', '))]),
        ...machineLines(machine),
        ...Object.entries(exports)
            .slice(0, MAX_EXPORTS)
            .map(([name, value]) => `${name} = ${shownValue(name, value)}`),
    ];
}

/**
 * A failed instance is drawn as a problem, whatever state the failure left it in; one that will be tried again by itself waits; a cancelled
 * one failed at nothing.
 */
function shownStatus(view: DeploymentView, instance: InstanceSnapshot): InstanceStatus {
    const { status, failure } = instance;
    if (isWaitingForRetry(instance, view.link.kind === 'live')) return 'UNRESOLVED';
    return failure === null || failure.kind === 'cancelled' || isChanging(status) ? status : 'PROBLEM';
}

/** What a status leads to as long as nothing goes wrong: nobody has to be told that this is wanted. */
const LEADS_TO: Readonly<Record<InstanceStatus, DesiredStatus | null>> = {
    NOT_DEPLOYED: 'NOT_DEPLOYED',
    DEPLOYING: 'DEPLOYED_STOPPED',
    DEPLOYED_STOPPED: 'DEPLOYED_STOPPED',
    UNRESOLVED: 'DEPLOYED_STARTED',
    WAITING_FOR_ANCESTOR: 'DEPLOYED_STARTED',
    STARTING: 'DEPLOYED_STARTED',
    DEPLOYED_STARTED: 'DEPLOYED_STARTED',
    STOPPING: 'DEPLOYED_STOPPED',
    UNDEPLOYING: 'NOT_DEPLOYED',
    PROBLEM: null,
};

function wantedWord({ status, desired }: InstanceSnapshot): string {
    return LEADS_TO[status] === desired ? '' : lookOf(desired).word;
}

/** A step that nobody drives stands still, as does one that is not due again yet. */
function isMoving({ link }: DeploymentView, instance: InstanceSnapshot): boolean {
    const isDriven = link.kind === 'live' && !isWaitingForRetry(instance, true);
    return isDriven && (instance.step !== null || isChanging(instance.status));
}

/** A step that changes no status, as an update, is what the instance is at. */
function sinceOf({ status, step, since }: InstanceSnapshot): number {
    return step !== null && !isChanging(status) ? step.begunAt : since;
}

function causeOf({ failure }: InstanceSnapshot): string {
    return failure === null || failure.kind === 'cancelled' ? '' : plainLine(failure.message);
}

/** What is not there cannot change unseen. */
function isStale(view: DeploymentView, instance: InstanceSnapshot): boolean {
    if (isOnLostMachine(view, instance) || isLost(instance)) return true;
    return view.link.kind !== 'live' && instance.status !== 'NOT_DEPLOYED';
}

/** What moved when nobody was left to go on with it says so itself. */
function wordsUntil(view: DeploymentView, instance: InstanceSnapshot, known: string): string {
    const words = wordsInDeployment(view, instance);
    return isChanging(instance.status) ? words : wordsAsOf(words, known);
}

function componentState(view: DeploymentView, instances: readonly InstanceSnapshot[]): RunState {
    const status = worstOf(instances.map((instance) => shownStatus(view, instance)));
    const concerned = instances.filter((instance) => shownStatus(view, instance) === status);
    const wanted = new Set(concerned.map(wantedWord));
    return {
        status,
        text: countedWords(concerned.length, instances.length, groupWord(view, status, concerned)),
        isProviding: instances.some(isProviding),
        notes: failureNotes(concerned),
        flags: '',
        // Where they are asked for different things there is no one word for it.
        wanted: wanted.size === 1 ? ([...wanted][0] ?? '') : '',
        isMoving: instances.some((instance) => isMoving(view, instance)),
        since: concerned.reduce<number | null>(
            (first, instance) => Math.min(first ?? Infinity, sinceOf(instance)),
            null,
        ),
        cause: concerned.map(causeOf).find((cause) => cause !== '') ?? '',
        isStale: concerned.some((instance) => isStale(view, instance)),
    };
}

/** More are not read, and not told to a page. */
const MAX_FAILURES = 12;

function failureNotes(instances: readonly InstanceSnapshot[]): readonly string[] {
    const told = instances.flatMap(({ path, failure }) =>
        failure === null ? [] : [vscode.l10n.t('{0}: {1}', path, failure.message)],
    );
    const restCount = told.length - MAX_FAILURES;
    return restCount <= 0 ? told : [...told.slice(0, MAX_FAILURES), vscode.l10n.t('and {0} more', restCount)];
}

function groupWord(view: DeploymentView, status: InstanceStatus, concerned: readonly InstanceSnapshot[]): string {
    const words = concerned.flatMap((instance) =>
        instance.failure === null ? [] : [troubleWord(instance, instance.failure)],
    );
    const isUnknown = concerned.some((instance) => isOnLostMachine(view, instance));
    return words[0] ?? (isUnknown ? vscode.l10n.t('not known') : statusWord(status, view.link.kind === 'live'));
}

function countedWords(count: number, all: number, word: string): string {
    if (count < all) return vscode.l10n.t('{0} of {1} {2}', count, all, word);
    return count === 1 ? word : vscode.l10n.t('{0} {1}', count, word);
}

/** What most needs a look comes first: trouble, then what moves, then what waits, then what is at rest. */
const SEVERITY: readonly InstanceStatus[] = [
    'PROBLEM',
    'STARTING',
    'STOPPING',
    'DEPLOYING',
    'UNDEPLOYING',
    'UNRESOLVED',
    'WAITING_FOR_ANCESTOR',
    'DEPLOYED_STOPPED',
    'NOT_DEPLOYED',
    'DEPLOYED_STARTED',
];

function worstOf(statuses: readonly InstanceStatus[]): InstanceStatus {
    return SEVERITY.find((status) => statuses.includes(status)) ?? 'NOT_DEPLOYED';
}

function statusWord(status: InstanceStatus, driven: boolean): string {
    // Only when driven somebody goes on with what is begun.
    return !driven && isChanging(status) ? vscode.l10n.t('interrupted') : lookOf(status).word;
}
