/** What a step on a host writes, as it arrives: kept in files here, passed on, and its last lines remembered. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { StepOutput } from '../executor.ts';
import { createLastLines, TAIL_LIMITS } from '../local/tail.ts';

export type Stream = StepOutput['stream'];

export interface RemoteOutput {
    /** Bytes of a stream that have arrived. */
    readonly offsetOf: (stream: Stream) => number;
    /** How many more bytes of a stream are wanted as they appear; the rest stays on the host, but for its end. */
    readonly roomOf: (stream: Stream) => number;
    /** Takes bytes that begin at `offset` of the stream; those that arrived before are left out. */
    readonly add: (stream: Stream, bytes: Buffer, offset: number) => void;
    /** Takes the last bytes of a stream of `size` bytes; what lies before them and did not arrive is said to be missing. */
    readonly addEnd: (stream: Stream, bytes: Buffer, size: number) => void;
    /** The last lines of both streams, at most 20. Nothing is taken any more. */
    readonly finish: () => readonly string[];
}

export interface RemoteOutputPlace {
    /** Absolute directory of the attempt on this computer. */
    readonly directory: string;
    readonly attempt: string;
    /** What people are told of where all of a stream is. */
    readonly whereOf: (stream: Stream) => string;
}

/** Files of an earlier runner that followed the same step begin anew with the first bytes. */
export function createRemoteOutput(place: RemoteOutputPlace, onOutput: (output: StepOutput) => void): RemoteOutput {
    const lines = createLastLines();
    const sinkOf = (stream: Stream): Sink => createSink(stream, place, lines.open(), onOutput);
    const streams: Readonly<Record<Stream, Sink>> = { stdout: sinkOf('stdout'), stderr: sinkOf('stderr') };
    return {
        offsetOf: (stream) => streams[stream].arrived(),
        roomOf: (stream) => Math.max(0, TAIL_LIMITS.forwarded - streams[stream].arrived()),
        add: (stream, bytes, offset) => {
            const known = streams[stream].arrived() - offset;
            if (known < bytes.length) streams[stream].take(bytes.subarray(Math.max(0, known)));
        },
        addEnd: (stream, bytes, size) => {
            const sink = streams[stream];
            // A file that is smaller than what came of it was emptied because it grew too large.
            const known = size < sink.arrived() ? 0 : sink.arrived();
            if (size < sink.arrived() || size - bytes.length > known) sink.skip();
            const fresh = Math.min(bytes.length, size - known);
            if (fresh > 0) sink.take(bytes.subarray(bytes.length - fresh));
        },
        finish: () => {
            streams.stdout.finish();
            streams.stderr.finish();
            return lines.take();
        },
    };
}

interface Sink {
    readonly arrived: () => number;
    readonly take: (bytes: Buffer) => void;
    /** Says that something is missing here. */
    readonly skip: () => void;
    readonly finish: () => void;
}

function createSink(
    stream: Stream,
    { directory, attempt, whereOf }: RemoteOutputPlace,
    toLines: (text: string) => void,
    onOutput: (output: StepOutput) => void,
): Sink {
    const decoder = new StringDecoder('utf8');
    const file = join(directory, stream);
    let arrived = 0;
    let forwarded = 0;
    let isBegun = false;
    const keep = (bytes: Buffer | string): void => {
        try {
            if (isBegun) return appendFileSync(file, bytes);
            mkdirSync(directory, { recursive: true, mode: 0o700 });
            writeFileSync(file, bytes, { mode: 0o600 });
            isBegun = true;
        } catch {
            // A full disk here ends the run by its journal; all of the output is on the host.
        }
    };
    const pass = (text: string): void => {
        if (text === '') return;
        toLines(text);
        if (forwarded >= TAIL_LIMITS.forwarded) return;
        forwarded += text.length;
        const isLast = forwarded >= TAIL_LIMITS.forwarded;
        onOutput({ attempt, stream, text: isLast ? `${text}${moreOutput(whereOf(stream))}` : text });
    };
    return {
        arrived: () => arrived,
        take: (bytes) => {
            arrived += bytes.length;
            keep(bytes);
            pass(decoder.write(bytes));
        },
        skip: () => {
            keep(`\n[roboconf] output is left out here; what is kept of it is in ${whereOf(stream)}\n`);
            if (forwarded < TAIL_LIMITS.forwarded) pass(moreOutput(whereOf(stream)));
            forwarded = TAIL_LIMITS.forwarded;
            toLines('\n[…]\n');
        },
        finish: () => pass(decoder.end()),
    };
}

function moreOutput(where: string): string {
    return `\n[roboconf] more output follows; it is kept in ${where}\n`;
}
