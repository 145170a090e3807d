/** Events as lines of a log: what a user reads while a deployment goes on. Output arrives in pieces; lines are put together per stream. */
import type { StepLog } from '../../runner/index.ts';
import type { RunnerEvent, RunSummary } from '../../runner/protocol.ts';
import { lookOf } from './status-words.ts';

export interface OutputLine {
    readonly level: 'info' | 'warn' | 'error';
    readonly text: string;
}

export interface LineMaker {
    /** The lines an event completes. */
    readonly take: (event: RunnerEvent) => readonly OutputLine[];
}

type OutputEvent = Extract<RunnerEvent, { kind: 'output' }>;

/** A line without end is cut into pieces of this length, so that memory stays bounded. */
const MAX_LINE = 10_000;

/** A maker that knows nothing yet: output of steps it did not see begin has no phase. */
export function createLineMaker(): LineMaker {
    const phases = new Map<string, string>();
    const rests = new Map<string, string>();

    const takeOutput = (event: OutputEvent): readonly OutputLine[] => {
        const stream = streamKey(event.attempt, event.stream);
        const [lines, rest] = splitLines((rests.get(stream) ?? '') + event.text);
        rests.set(stream, rest);
        return lines.map((line) => outputLine(event, phases.get(event.attempt), line));
    };
    const flush = (event: Extract<RunnerEvent, { kind: 'stepEnded' }>): readonly OutputLine[] => {
        const streams = ['stdout', 'stderr'] as const;
        const last = streams.flatMap((stream) => {
            const rest = rests.get(streamKey(event.attempt, stream)) ?? '';
            rests.delete(streamKey(event.attempt, stream));
            return rest === '' ? [] : [outputLine({ ...event, stream }, event.phase, rest)];
        });
        phases.delete(event.attempt);
        return last;
    };
    return {
        take: (event) => {
            switch (event.kind) {
                case 'output':
                    return takeOutput(event);
                case 'stepBegun':
                    phases.set(event.attempt, event.phase);
                    return [{ level: 'info', text: `${prefixOf(event.path, event.phase)} begins: ${event.because}` }];
                case 'stepEnded':
                    return [...flush(event), stepEndedLine(event)];
                case 'instanceChanged':
                    return [instanceLine(event)];
                case 'runBegun':
                case 'runEnded':
                    return [runLine(event.run)];
            }
        },
    };
}

/** The output of a step that is over or was begun before anybody listened. */
export function loggedLines({ path, phase, stdout, stderr, outcome }: StepLog): readonly OutputLine[] {
    const lines = (['stdout', 'stderr'] as const).flatMap((stream) => {
        const text = stream === 'stdout' ? stdout : stderr;
        const whole = text.split(/\r?\n/).filter((line, index, all) => line !== '' || index < all.length - 1);
        return whole.map((line) => outputLine({ path, stream }, phase, line));
    });
    const end = outcome === null ? 'is under way' : outcome;
    return [...lines, { level: isGood(outcome) ? 'info' : 'error', text: `${prefixOf(path, phase)} ${end}` }];
}

function isGood(outcome: string | null): boolean {
    return outcome === null || outcome === 'succeeded';
}

function outputLine(
    { path, stream }: Pick<OutputEvent, 'path' | 'stream'>,
    phase: string | undefined,
    text: string,
): OutputLine {
    return { level: stream === 'stderr' ? 'warn' : 'info', text: `${prefixOf(path, phase)} | ${text}` };
}

function stepEndedLine(event: Extract<RunnerEvent, { kind: 'stepEnded' }>): OutputLine {
    const message = event.message === '' ? event.outcome : `${event.outcome}: ${event.message}`;
    return {
        level: isGood(event.outcome) ? 'info' : 'error',
        text: `${prefixOf(event.path, event.phase)} ${message}`,
    };
}

function instanceLine(event: Extract<RunnerEvent, { kind: 'instanceChanged' }>): OutputLine {
    const { path, status, failure } = event.instance;
    return {
        level: failure === null ? 'info' : 'error',
        text: `${path} is ${lookOf(status).word} (was ${lookOf(event.from).word}): ${failure?.message ?? event.because}`,
    };
}

function runLine(run: RunSummary): OutputLine {
    const what = run.paths.length === 0 ? run.order : `${run.order} ${run.paths.join(' ')}`;
    const state = run.endedAt === null ? 'begins' : (run.outcome ?? 'ended');
    return { level: run.outcome === 'failed' ? 'error' : 'info', text: `── ${what}: ${state}` };
}

function prefixOf(path: string, phase: string | undefined): string {
    return phase === undefined ? path : `${path} ${phase}`;
}

function streamKey(attempt: string, stream: string): string {
    return `${stream} ${attempt}`;
}

function splitLines(text: string): readonly [readonly string[], string] {
    const pieces = text.split(/\r?\n/);
    const rest = pieces.pop() ?? '';
    return rest.length < MAX_LINE ? [pieces, rest] : [[...pieces, rest], ''];
}
