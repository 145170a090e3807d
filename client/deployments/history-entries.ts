/** What the rows of past runs say: the order, how it ended, how long it took and when, and the same of its steps. */
import * as vscode from 'vscode';
import type { PastRun, PastStep } from '../../runner/index.ts';
import { isRunning } from './live-state.ts';
import { orderName, outcomeWord } from './status-words.ts';
import { agoWords, durationWords } from './time-words.ts';
import { flagsOf, plainTooltip, type TreeEntry } from './tree-entry.ts';

/** The entry above all past runs of an application. */
export function historyEntry(runCount: number): TreeEntry {
    const description = runCount === 1 ? vscode.l10n.t('1 run') : vscode.l10n.t('{0} runs', runCount);
    return {
        label: vscode.l10n.t('History'),
        description,
        icon: 'history',
        colour: null,
        flags: flagsOf('history'),
        ariaLabel: vscode.l10n.t('History: {0}', description),
        tooltip: () => plainTooltip(vscode.l10n.t('Past runs'), [description]),
        fold: 'closed',
        click: null,
    };
}

/** The entry of a run; a click shows it. `deployment` is its name where several are listed together, else null. */
export function runEntry(run: PastRun, deployment: string | null, now: number): TreeEntry {
    const label = [orderName(run.order), ...run.paths].join(' ');
    const parts = [
        ...(deployment === null ? [] : [deployment]),
        endWord(run),
        ...(run.endedAt === null ? [] : [durationWords(run.endedAt - run.begunAt)]),
        agoWords(now - run.begunAt),
    ];
    const description = parts.join(' · ');
    return {
        label,
        description,
        ...outcomeLook(run),
        flags: flagsOf('run'),
        ariaLabel: `${label}: ${description}`,
        tooltip: () => runTooltip(run, label, now),
        fold: run.stepCount + run.unreachedCount > 0 ? 'closed' : 'none',
        click: 'run.show',
    };
}

/** The entry of a step of a run. A click shows its output. */
export function stepEntry(step: PastStep): TreeEntry {
    const label = `${step.path} ${step.phase}`;
    const hasFailed = step.outcome !== null && step.outcome !== 'succeeded';
    const parts = [
        ...(step.endedAt === null ? [] : [durationWords(step.endedAt - step.begunAt)]),
        ...(hasFailed || step.outcome === null ? [stepWord(step.outcome)] : []),
    ];
    const description = parts.join(' · ');
    return {
        label,
        description,
        ...stepLook(step.outcome),
        flags: flagsOf('step', { failed: hasFailed }),
        ariaLabel: `${label}: ${stepWord(step.outcome)}, ${description}`,
        tooltip: () => plainTooltip(label, [stepWord(step.outcome), new Date(step.begunAt).toLocaleString()]),
        fold: 'none',
        click: 'showOutput',
    };
}

/** The entry of an instance that a run did not bring where it was to. */
export function unreachedEntry(path: string, reason: string): TreeEntry {
    return {
        label: path,
        description: reason,
        icon: 'warning',
        colour: 'problemsWarningIcon.foreground',
        flags: flagsOf('unreached'),
        ariaLabel: vscode.l10n.t('{0} was not reached: {1}', path, reason),
        tooltip: () => plainTooltip(path, [reason]),
        fold: 'none',
        click: null,
    };
}

function runTooltip(run: PastRun, label: string, now: number) {
    const lines = [
        vscode.l10n.t('Began {0} ({1})', new Date(run.begunAt).toLocaleString(), agoWords(now - run.begunAt)),
        run.stepCount === 1 ? vscode.l10n.t('1 step') : vscode.l10n.t('{0} steps', run.stepCount),
        ...run.unreached.map(({ path, reason }) => vscode.l10n.t('{0} was not reached: {1}', path, reason)),
    ];
    return plainTooltip(`${label}: ${endWord(run)}`, lines);
}

/** How a run ended, in a word. */
function endWord(run: PastRun): string {
    if (isRunning(run)) return run.cancelling ? vscode.l10n.t('cancelling') : vscode.l10n.t('under way');
    return run.outcome === null ? vscode.l10n.t('interrupted') : outcomeWord(run.outcome);
}

function outcomeLook(run: PastRun): Pick<TreeEntry, 'icon' | 'colour'> {
    if (isRunning(run)) return { icon: 'clock', colour: 'charts.blue' };
    switch (run.outcome) {
        case 'succeeded':
            return { icon: 'pass', colour: 'testing.iconPassed' };
        case 'failed':
            return { icon: 'error', colour: 'problemsErrorIcon.foreground' };
        case 'cancelled':
            return { icon: 'circle-slash', colour: null };
        case null:
            return { icon: 'debug-pause', colour: 'charts.yellow' };
        default:
            return run.outcome satisfies never;
    }
}

function stepWord(outcome: string | null): string {
    switch (outcome) {
        case null:
            return vscode.l10n.t('not ended');
        case 'succeeded':
            return vscode.l10n.t('succeeded');
        case 'timedOut':
            return vscode.l10n.t('timed out');
        case 'cancelled':
            return vscode.l10n.t('cancelled');
        case 'unknown':
            return vscode.l10n.t('ended unknown');
        default:
            return vscode.l10n.t('failed');
    }
}

function stepLook(outcome: string | null): Pick<TreeEntry, 'icon' | 'colour'> {
    if (outcome === 'succeeded') return { icon: 'check', colour: 'testing.iconPassed' };
    if (outcome === null) return { icon: 'ellipsis', colour: null };
    return outcome === 'cancelled'
        ? { icon: 'circle-slash', colour: null }
        : { icon: 'error', colour: 'problemsErrorIcon.foreground' };
}
