/**
 * Follows the two output files of a step. Files, because a pipe would tie the recipe (and every daemon that holds its output open)
 * to the life of the runner. Files are written in append mode, so that one that grows too large can be emptied under its writer.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { StepOutput } from '../executor.ts';
import { plainLine } from '../terminal-text.ts';

export interface TailLimits {
    /** Bytes of one stream passed on as it appears; the rest is only kept on disk. */
    readonly forwarded: number;
    /** Bytes of one stream kept on disk; beyond, the file begins anew. */
    readonly kept: number;
}

/** What is done with the output of a step, wherever it runs. */
export const TAIL_LIMITS: TailLimits = { forwarded: 1024 * 1024, kept: 16 * 1024 * 1024 };

export interface Tail {
    /** Reads what was written since the last call. */
    readonly poll: () => void;
    /** Reads the rest and closes the files. Answers the last lines of both streams, at most 20. */
    readonly finish: () => readonly string[];
}

const LAST_LINES = 20;
const LINE_LENGTH = 500;
const CHUNK = 64 * 1024;
const CHUNKS_PER_POLL = 4;
const CATCH_UP_ROUNDS = 1000;

interface Follower {
    readonly poll: () => void;
    readonly finish: () => void;
}

/** Follows `stdout` and `stderr` in the step's directory, which exist. */
export function createTail(
    directory: string,
    attempt: string,
    onOutput: (output: StepOutput) => void,
    limits: TailLimits = TAIL_LIMITS,
): Tail {
    const lines = createLastLines();
    const followers = (['stdout', 'stderr'] as const).map((stream) => {
        const pieces = lines.open();
        return followFile(join(directory, stream), limits, {
            text: (text) => onOutput({ attempt, stream, text }),
            line: pieces,
        });
    });
    return {
        poll: () => followers.forEach((follower) => follower.poll()),
        finish: () => {
            followers.forEach((follower) => follower.finish());
            return lines.take();
        },
    };
}

interface Sinks {
    readonly text: (text: string) => void;
    readonly line: (text: string) => void;
}

function followFile(file: string, limits: TailLimits, sinks: Sinks): Follower {
    const descriptor = openSync(file, 'a+');
    const decoder = new StringDecoder('utf8');
    const buffer = Buffer.alloc(CHUNK);
    let position = 0;
    let forwarded = 0;
    const pass = (text: string): void => {
        if (text === '') return;
        sinks.line(text);
        if (forwarded >= limits.forwarded) return;
        forwarded += text.length;
        sinks.text(forwarded < limits.forwarded ? text : `${text}${moreOutput(file)}`);
    };
    const read = (): number => {
        const { size } = fstatSync(descriptor);
        // The file was emptied by another runner that followed the same step.
        if (size < position) position = 0;
        for (let i = 0; i < CHUNKS_PER_POLL && position < size; i++) {
            const count = readSync(descriptor, buffer, 0, CHUNK, position);
            position += count;
            pass(decoder.write(buffer.subarray(0, count)));
        }
        return size;
    };
    const skipTo = (start: number): void => {
        position = start;
        sinks.line('[…]\n');
        if (forwarded >= limits.forwarded) return;
        forwarded = limits.forwarded;
        sinks.text(moreOutput(file));
    };
    /** What was written last is read before anything is given up: nobody knows which piece is the end. */
    const readEnd = (): void => {
        const start = fstatSync(descriptor).size - CHUNKS_PER_POLL * CHUNK;
        if (start > position) skipTo(start);
        read();
    };
    const poll = (): void => {
        if (read() <= limits.kept) return;
        // A writer may be faster than one read: what is not read yet must not be given up.
        for (let i = 0; i < CATCH_UP_ROUNDS && fstatSync(descriptor).size > position; i++) readEnd();
        position = emptyFile(descriptor, limits.kept);
    };
    const finish = (): void => {
        readEnd();
        pass(decoder.end());
        if (fstatSync(descriptor).size > limits.kept) keepEnd(descriptor, limits);
        closeSync(descriptor);
    };
    return { poll, finish };
}

function moreOutput(file: string): string {
    return `\n[roboconf] more output follows; it is kept in ${file}\n`;
}

function keepEnd(descriptor: number, limits: TailLimits): void {
    const end = Buffer.alloc(Math.min(limits.forwarded, limits.kept));
    const count = readSync(descriptor, end, 0, end.length, fstatSync(descriptor).size - end.length);
    emptyFile(descriptor, limits.kept);
    writeSync(descriptor, end, 0, count);
}

function emptyFile(descriptor: number, kept: number): number {
    ftruncateSync(descriptor, 0);
    return writeSync(descriptor, `[roboconf] output before this line was cut: more than ${kept} bytes\n`);
}

export interface LastLines {
    /** Begins a stream: what is given to the answered function is its text, in pieces of any size. */
    readonly open: () => (text: string) => void;
    /** The last lines of all, at most 20, unended ones among them. */
    readonly take: () => readonly string[];
}

/** The last lines of several streams in the order they appeared. */
export function createLastLines(): LastLines {
    const lines: string[] = [];
    const partials: string[] = [];
    const add = (line: string): void => {
        lines.push(plainLine(line).slice(0, LINE_LENGTH));
        if (lines.length > LAST_LINES) lines.shift();
    };
    const open = (): ((text: string) => void) => {
        const index = partials.push('') - 1;
        return (text) => {
            const pieces = `${partials[index] ?? ''}${text}`.split(/\r?\n/);
            partials[index] = (pieces.pop() ?? '').slice(0, LINE_LENGTH);
            pieces.forEach(add);
        };
    };
    const take = (): readonly string[] => {
        partials.filter((partial) => partial !== '').forEach(add);
        return [...lines];
    };
    return { open, take };
}
