/** How a status looks: a shape, a colour and a word, so that none of the three has to be seen to understand it. */
import * as vscode from 'vscode';
import type {
    DeploymentSnapshot,
    FailureNote,
    InstanceSnapshot,
    InstanceStatus,
    Order,
    Phase,
    RunOutcome,
} from '../../runner/protocol.ts';
import { clockWords, secondsUntil } from './time-words.ts';

export interface StatusLook {
    /** In plain words, lower case. */
    readonly word: string;
    /** Id of a product icon; no two statuses that last share a shape. */
    readonly icon: string;
    /** Id of a theme colour; null = that of ordinary text. */
    readonly colour: string | null;
}

type Shape = Omit<StatusLook, 'word'>;

const BUSY: Shape = { icon: 'sync~spin', colour: 'charts.blue' };
const PAUSED: Shape = { icon: 'debug-pause', colour: 'charts.yellow' };
const FAILED: Shape = { icon: 'error', colour: 'problemsErrorIcon.foreground' };
const CANCELLED: Shape = { icon: 'circle-slash', colour: null };
const LOST: Shape = { icon: 'debug-disconnect', colour: 'problemsErrorIcon.foreground' };
const RETRYING: Shape = { icon: 'history', colour: 'charts.yellow' };

const SHAPES: Readonly<Record<InstanceStatus, Shape>> = {
    NOT_DEPLOYED: { icon: 'circle-large-outline', colour: 'disabledForeground' },
    DEPLOYING: BUSY,
    DEPLOYED_STOPPED: { icon: 'stop-circle', colour: null },
    UNRESOLVED: { icon: 'watch', colour: 'charts.yellow' },
    WAITING_FOR_ANCESTOR: { icon: 'arrow-circle-up', colour: 'charts.yellow' },
    STARTING: BUSY,
    DEPLOYED_STARTED: { icon: 'pass-filled', colour: 'testing.iconPassed' },
    STOPPING: BUSY,
    UNDEPLOYING: BUSY,
    PROBLEM: { icon: 'question', colour: 'problemsErrorIcon.foreground' },
};

/** Asked at every use: the display language is known only when the extension runs. */
const WORDS: Readonly<Record<InstanceStatus, () => string>> = {
    NOT_DEPLOYED: () => vscode.l10n.t('not deployed'),
    DEPLOYING: () => vscode.l10n.t('deploying'),
    DEPLOYED_STOPPED: () => vscode.l10n.t('stopped'),
    UNRESOLVED: () => vscode.l10n.t('waiting for imports'),
    WAITING_FOR_ANCESTOR: () => vscode.l10n.t('waiting for its parent'),
    STARTING: () => vscode.l10n.t('starting'),
    DEPLOYED_STARTED: () => vscode.l10n.t('started'),
    STOPPING: () => vscode.l10n.t('stopping'),
    UNDEPLOYING: () => vscode.l10n.t('undeploying'),
    PROBLEM: () => vscode.l10n.t('problem'),
};

/** The look of a status. */
export function lookOf(status: InstanceStatus): StatusLook {
    return { word: WORDS[status](), ...SHAPES[status] };
}

/** Whether a status is one that passes by itself as long as somebody drives the deployment. */
export function isChanging(status: InstanceStatus): boolean {
    return SHAPES[status] === BUSY;
}

/** The look of an instance: a failure shows while nothing is done about it, and nothing turns unless it is `driven`: somebody goes on with what is begun. */
export function instanceLook(instance: InstanceSnapshot, driven: boolean): StatusLook {
    const { word } = lookOf(instance.status);
    if (!driven && isChanging(instance.status)) return { word, ...PAUSED };
    if (isWaitingForRetry(instance, driven)) return { word, ...RETRYING };
    if (isLost(instance)) return { word, ...LOST };
    if (instance.failure === null || isChanging(instance.status)) return lookOf(instance.status);
    // Somebody wanted that: it is no fault of the recipe.
    return { word, ...(instance.failure.kind === 'cancelled' ? CANCELLED : FAILED) };
}

/** Whether a failed step will be tried again by itself. */
export function isWaitingForRetry({ retryAt }: InstanceSnapshot, driven: boolean): boolean {
    return driven && retryAt !== null;
}

/** Whether it is the machine of a target that was there and does not answer. */
export function isLost({ status, machine, failure }: InstanceSnapshot): boolean {
    return status === 'PROBLEM' && machine !== undefined && failure?.phase === 'reachMachine';
}

/** A failure in two or three words: `start failed`, `start cancelled`. */
function failureWord({ kind, phase }: FailureNote): string {
    if (phase === 'createMachine') return vscode.l10n.t('no machine');
    if (phase === 'reachMachine') return vscode.l10n.t('does not answer');
    if (phase === 'destroyMachine') return vscode.l10n.t('machine not removed');
    switch (kind) {
        case 'failed':
            return vscode.l10n.t('{0} failed', phase);
        case 'timedOut':
            return vscode.l10n.t('{0} timed out', phase);
        case 'cancelled':
            return vscode.l10n.t('{0} cancelled', phase);
        case 'unknown':
            return vscode.l10n.t('{0} ended unknown', phase);
        default:
            return kind satisfies never;
    }
}

/** What is wrong with an instance that failed, in two or three words. */
export function troubleWord(instance: InstanceSnapshot, failure: FailureNote): string {
    return isLost(instance) ? vscode.l10n.t('does not answer') : failureWord(failure);
}

/**
 * What an instance is doing, in words: `starting`, `started · update`, `start failed`, `waiting for Store`.
 * `now` (milliseconds since 1970) tells how long a retry is waited for, and since when a machine is lost; without it only that it is so.
 */
export function instanceWords(instance: InstanceSnapshot, driven: boolean, now?: number): string {
    const words = stateWords(instance, driven, now);
    return instance.leaving ? vscode.l10n.t('{0} · being removed', words) : words;
}

function stateWords(instance: InstanceSnapshot, driven: boolean, now: number | undefined): string {
    const { word } = lookOf(instance.status);
    if (!driven && isChanging(instance.status)) return vscode.l10n.t('{0} · interrupted', word);
    if (isWaitingForRetry(instance, driven)) return waitWords(instance, now);
    if (isLost(instance)) return lostWords(instance, now);
    if (instance.failure !== null && !isChanging(instance.status))
        return failedWords(instance.failure, instance.status);
    if (instance.status === 'UNRESOLVED' && instance.missing.length > 0)
        return vscode.l10n.t('waiting for {0}', instance.missing.join(', '));
    return instance.step === null ? word : stepWords(instance, instance.step.phase, word);
}

function lostWords({ since }: InstanceSnapshot, now: number | undefined): string {
    return now === undefined
        ? vscode.l10n.t('does not answer')
        : vscode.l10n.t('does not answer since {0}', clockWords(since, now));
}

function waitWords({ retryAt, retries, failure }: InstanceSnapshot, now: number | undefined): string {
    const parts = [
        ...(failure === null ? [] : [failureWord(failure)]),
        // The first try is no retry.
        now === undefined || retryAt === null
            ? vscode.l10n.t('try {0} of {1}', retries.used + 1, retries.allowed + 1)
            : vscode.l10n.t(
                  'try {0} of {1} in {2} s',
                  retries.used + 1,
                  retries.allowed + 1,
                  secondsUntil(retryAt, now),
              ),
    ];
    return parts.join(' · ');
}

function stepWords({ status, retries }: InstanceSnapshot, phase: Phase, word: string): string {
    const doing = IMPLIED[phase] === status ? [word] : [word, phase];
    const tries = retries.used === 0 ? [] : [vscode.l10n.t('try {0} of {1}', retries.used + 1, retries.allowed + 1)];
    return [...doing, ...tries].join(' · ');
}

/** What failed says more than where it left the instance, unless that runs all the same. */
function failedWords(failure: FailureNote, status: InstanceStatus): string {
    return status === 'DEPLOYED_STARTED' ? `${failureWord(failure)} · ${lookOf(status).word}` : failureWord(failure);
}

/** The status that already says that a phase is running. */
const IMPLIED: Readonly<Record<Phase, InstanceStatus | null>> = {
    initialize: null,
    deploy: 'DEPLOYING',
    start: 'STARTING',
    update: null,
    stop: 'STOPPING',
    undeploy: 'UNDEPLOYING',
};

/** `deploying`, for a run under way. */
export function orderDoing(order: Order['kind']): string {
    switch (order) {
        case 'deploy':
            return vscode.l10n.t('deploying');
        case 'start':
            return vscode.l10n.t('starting');
        case 'stop':
            return vscode.l10n.t('stopping');
        case 'undeploy':
            return vscode.l10n.t('undeploying');
        case 'resume':
            return vscode.l10n.t('resuming');
        case 'retry':
            return vscode.l10n.t('retrying');
        case 'settle':
            return vscode.l10n.t('going on');
        case 'cancel':
            return vscode.l10n.t('cancelling');
        default:
            return order satisfies never;
    }
}

/** An order as the name of a run: `Deploy`, `Stop`. */
export function orderName(order: Order['kind']): string {
    switch (order) {
        case 'deploy':
            return vscode.l10n.t('Deploy');
        case 'start':
            return vscode.l10n.t('Start');
        case 'stop':
            return vscode.l10n.t('Stop');
        case 'undeploy':
            return vscode.l10n.t('Undeploy');
        case 'resume':
            return vscode.l10n.t('Resume');
        case 'retry':
            return vscode.l10n.t('Retry');
        case 'settle':
            return vscode.l10n.t('Answer');
        case 'cancel':
            return vscode.l10n.t('Cancel');
        default:
            return order satisfies never;
    }
}

/** How a run ended, in a word: `succeeded`. */
export function outcomeWord(outcome: RunOutcome): string {
    switch (outcome) {
        case 'succeeded':
            return vscode.l10n.t('succeeded');
        case 'failed':
            return vscode.l10n.t('failed');
        case 'cancelled':
            return vscode.l10n.t('cancelled');
        default:
            return outcome satisfies never;
    }
}

/** How far a deployment is: `4 of 6 started`, `not deployed`. */
export function progressWords(snapshot: DeploymentSnapshot): string {
    const { instances } = snapshot;
    const startedCount = countOf(snapshot, 'DEPLOYED_STARTED');
    const absentCount = countOf(snapshot, 'NOT_DEPLOYED');
    if (instances.length === 0) return vscode.l10n.t('no instances');
    if (absentCount === instances.length) return vscode.l10n.t('not deployed');
    if (startedCount === instances.length) return vscode.l10n.t('started');
    return vscode.l10n.t('{0} of {1} started', startedCount, instances.length);
}

function countOf(snapshot: DeploymentSnapshot, status: InstanceStatus): number {
    return snapshot.instances.filter((instance) => instance.status === status).length;
}
