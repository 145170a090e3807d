/** From the end of a supervised step to the outcome the core is told. */
import { constants } from 'node:os';
import type { ProcessNote, StepOutcome, StepRequest } from '../executor.ts';
import { plainLine } from '../terminal-text.ts';

/** How a supervised step ended, here or on a host. */
export type StepEnd = { readonly lastLines: readonly string[]; readonly durationMs: number } & (
    | { readonly kind: 'exited'; readonly exitCode: number }
    | { readonly kind: 'timedOut' | 'cancelled'; readonly killed: readonly ProcessNote[] }
    | { readonly kind: 'notBegun' | 'unknown'; readonly reason: string }
);

/** `others`: processes the step left running (after a success that may leave some), or that were killed after it. */
export function outcomeOf(end: StepEnd, request: StepRequest, others: readonly ProcessNote[]): StepOutcome {
    const { durationMs, lastLines } = end;
    switch (end.kind) {
        case 'exited': {
            if (end.exitCode === 0) return { kind: 'succeeded', durationMs, leftRunning: leftBy(request, others) };
            const signal = signalOf(end.exitCode);
            const reason = signal === null ? exitReasonOf(end.exitCode) : `was ended by ${signal}`;
            return { kind: 'failed', durationMs, exitCode: end.exitCode, signal, reason, lastLines, killed: others };
        }
        case 'timedOut':
            return { kind: 'timedOut', timeoutMs: request.timeoutMs, lastLines, killed: end.killed.map(bare) };
        case 'cancelled':
            return { kind: 'cancelled', lastLines, killed: end.killed.map(bare) };
        case 'notBegun':
            return failed(end.reason);
        case 'unknown':
            return { kind: 'unknown', reason: end.reason };
        default:
            throw new Error(`unexpected end ${JSON.stringify(end satisfies never)}`);
    }
}

/** A step that failed before any process of its recipe ran. */
export function failed(reason: string): StepOutcome {
    return { kind: 'failed', durationMs: 0, exitCode: null, signal: null, reason, lastLines: [], killed: [] };
}

/** A step that succeeded without any process of a recipe. */
export function succeeded(leftRunning: readonly ProcessNote[]): StepOutcome {
    return { kind: 'succeeded', durationMs: 0, leftRunning };
}

/** A line of output that names what had to be killed after a step. */
export function killedText(request: StepRequest, killed: readonly ProcessNote[]): string {
    const names = killed.map((note) => `${note.pid} (${note.command})`).join(', ');
    return `[roboconf] killed what ${request.phase} left running: ${names}\n`;
}

function leftBy(request: StepRequest, others: readonly ProcessNote[]): readonly ProcessNote[] {
    return request.phase === 'start' || request.phase === 'update' ? others : [];
}

function bare(note: ProcessNote): ProcessNote {
    return { pid: note.pid, command: plainLine(note.command) };
}

/** Shells tell the death of a program by signal `n` as exit code 128 + n. */
function signalOf(exitCode: number): string | null {
    const found = Object.entries(constants.signals).find(([, number]) => number === exitCode - 128);
    return found?.[0] ?? null;
}

function exitReasonOf(exitCode: number): string {
    if (exitCode === 127) return 'exited with code 127 (a program it calls was not found)';
    if (exitCode === 126) return 'exited with code 126 (a program it calls may not be executed)';
    return `exited with code ${exitCode}`;
}
