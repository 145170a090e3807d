/** The record of a run as its page is told of it, in the editor's language. */
import * as vscode from 'vscode';
import type { FailureView, RunHead, RunState, RunView } from '../../media/timeline/protocol.ts';
import type { RecordedStep, RecordedWait, RunRecord } from '../../runner/runs.ts';
import { scriptPlaceOf } from '../deployments/script-places.ts';
import { orderName, outcomeWord } from '../deployments/status-words.ts';
import { redact } from '../ui/redact.ts';
import { partsOf, shownLine } from './run-parts.ts';

/** What there is to know of a run besides its record. */
export interface RunContext {
    /** The name of its deployment. */
    readonly deployment: string;
    /** The application's directory as people know it. */
    readonly directory: string;
    readonly simulated: boolean;
    /** Whether somebody goes on with it. */
    readonly isDriven: boolean;
    /** Milliseconds since 1970. */
    readonly now: number;
}

const MAX_FAILURES = 20;

/** The whole page. */
export function runViewOf(record: RunRecord, context: RunContext): RunView {
    const failures = failuresOf(record);
    return {
        head: runHeadOf(record, context),
        ...partsOf(record),
        failures: failures.slice(0, MAX_FAILURES),
        moreFailureCount: Math.max(0, failures.length - MAX_FAILURES),
    };
}

/** `Deploy · shop`, or with what the order named: `Stop /vm/web · shop`. */
export function runTitle({ run }: Pick<RunRecord, 'run'>, { deployment }: Pick<RunContext, 'deployment'>): string {
    const [first, ...others] = run.paths;
    const paths = first === undefined ? [] : [others.length === 0 ? first : `${first} +${String(others.length)}`];
    return `${[orderName(run.order), ...paths].join(' ')} · ${deployment}`;
}

/** What stands above the timeline. */
export function runHeadOf(record: RunRecord, context: RunContext): RunHead {
    const { run } = record;
    const { simulated, now } = context;
    const state = stateOf(record, context);
    const isOpen = state === 'running' || state === 'cancelling';
    return {
        title: runTitle(record, context),
        state,
        stateWord: stateWord(state),
        facts: factsOf(record, context),
        counts: countsOf(record),
        begunAt: simulated ? null : run.begunAt,
        tookMs: isOpen ? null : lastMomentOf(record) - run.begunAt,
        clock: simulated
            ? { nowMs: lastMomentOf(record) - run.begunAt, isRunning: false }
            : { nowMs: now - run.begunAt, isRunning: isOpen },
    };
}

function stateOf({ run }: RunRecord, { isDriven }: RunContext): RunState {
    if (run.endedAt !== null) return run.outcome ?? 'interrupted';
    if (!isDriven) return 'interrupted';
    return run.cancelling ? 'cancelling' : 'running';
}

function stateWord(state: RunState): string {
    switch (state) {
        case 'running':
            return vscode.l10n.t('under way');
        case 'cancelling':
            return vscode.l10n.t('cancelling');
        case 'interrupted':
            return vscode.l10n.t('interrupted');
        case 'succeeded':
        case 'failed':
        case 'cancelled':
            return outcomeWord(state);
        default:
            return state satisfies never;
    }
}

/** The last moment anything is known of. */
function lastMomentOf({ run, steps, waits }: RunRecord): number {
    if (run.endedAt !== null) return run.endedAt;
    const moments = [...steps, ...waits].flatMap(({ begunAt, endedAt }) => [begunAt, endedAt ?? begunAt]);
    return moments.reduce((last, moment) => Math.max(last, moment), run.begunAt);
}

function factsOf({ run }: RunRecord, { directory, simulated }: RunContext): readonly string[] {
    if (simulated) return [vscode.l10n.t('Simulation: no recipe is run.'), directory];
    const began = new Date(run.begunAt).toLocaleString();
    return [vscode.l10n.t('Began {0}', began), directory];
}

function countsOf({ steps, instances }: RunRecord): readonly string[] {
    const touched = new Set(steps.map(({ path }) => path));
    const hostCount = instances.filter(({ path, installer }) => installer === 'target' && isUsed(path, touched)).length;
    const failedCount = steps.filter(({ outcome }) => isTrouble(outcome)).length;
    const retryCount = steps.filter(({ tryNumber }) => tryNumber > 1).length;
    return [
        steps.length === 1 ? vscode.l10n.t('1 step') : vscode.l10n.t('{0} steps', steps.length),
        touched.size === 1 ? vscode.l10n.t('1 instance') : vscode.l10n.t('{0} instances', touched.size),
        hostCount === 1 ? vscode.l10n.t('1 machine') : vscode.l10n.t('{0} machines', hostCount),
        ...(failedCount === 0 ? [] : [vscode.l10n.t('{0} failed', failedCount)]),
        ...(retryCount === 0 ? [] : [vscode.l10n.t('{0} tried again', retryCount)]),
    ];
}

function isUsed(host: string, touched: ReadonlySet<string>): boolean {
    return touched.has(host) || [...touched].some((path) => path.startsWith(`${host}/`));
}

/** A step that somebody cancelled failed at nothing. */
function isTrouble(outcome: string | null): boolean {
    return outcome !== null && outcome !== 'succeeded' && outcome !== 'cancelled';
}

/** Steps that failed and were not done by a later try, then what still waited when the run ended. */
function failuresOf(record: RunRecord): readonly FailureView[] {
    const last = new Map<string, RecordedStep>();
    for (const step of record.steps) last.set(`${step.phase} ${step.path}`, step);
    const failed = [...last.values()].filter(({ outcome }) => isTrouble(outcome));
    const failedPaths = new Set(failed.map(({ path }) => path));
    const stuck =
        record.run.outcome === 'failed' ? waitsAtEnd(record).filter(({ path }) => !failedPaths.has(path)) : [];
    return [...failed.map(failureOf), ...stuck.map(stuckOf)];
}

function failureOf({ id, path, phase, outcome, message, lastLines }: RecordedStep): FailureView {
    const lines = lastLines.map(shownLine);
    const place = scriptPlaceOf(lastLines) ?? null;
    return { path, step: id, word: failedWord(phase, outcome), cause: redact(message), lines, place };
}

function failedWord(phase: string, outcome: string | null): string {
    if (phase === 'createMachine') return vscode.l10n.t('no machine');
    if (phase === 'destroyMachine') return vscode.l10n.t('machine not removed');
    if (outcome === 'timedOut') return vscode.l10n.t('{0} timed out', phase);
    return outcome === 'unknown' ? vscode.l10n.t('{0} ended unknown', phase) : vscode.l10n.t('{0} failed', phase);
}

function waitsAtEnd({ run, waits }: RunRecord): readonly RecordedWait[] {
    return waits.filter(({ endedAt, kind }) => endedAt === run.endedAt && kind !== 'retry');
}

function stuckOf({ path, kind, missing }: RecordedWait): FailureView {
    const cause =
        kind === 'imports'
            ? vscode.l10n.t('Nobody gave it {0}.', missing.join(', '))
            : vscode.l10n.t('Its parent was not started.');
    return { path, step: '', word: vscode.l10n.t('still waiting'), cause, lines: [], place: null };
}
