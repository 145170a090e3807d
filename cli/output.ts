/** Where the command line writes. Results go to standard output, everything said along the way to standard error. */
import { createLiveRegion, type LiveRegion } from './live-region.ts';

export interface Output {
    readonly line: (text: string) => void;
    /** Text as it is: no line end is added. */
    readonly raw: (text: string) => void;
    /** An image or the like. */
    readonly bytes: (content: Uint8Array) => void;
    /** One JSON object alone on a line. */
    readonly json: (value: object) => void;
    /** Progress and remarks for people, on standard error; never part of the result. Left out with `--quiet`. */
    readonly note: (text: string) => void;
    /** Why something was not done, on standard error. */
    readonly fault: (text: string) => void;
    /** Colours for standard output. */
    readonly paint: Paint;
    /** Colours for standard error. */
    readonly paintNote: Paint;
    /** Only results and faults are wanted. */
    readonly isQuiet: boolean;
    /** A person can be asked: both ends are a terminal. */
    readonly interactive: boolean;
    /** Standard output is a terminal. */
    readonly isTerminal: boolean;
    /** Standard output shows colours. */
    readonly isColoured: boolean;
    /** Lines that change in place at the bottom of the terminal; null when standard error is none, or with `--quiet`. */
    readonly live: LiveRegion | null;
}

export type Style = 'error' | 'warning' | 'success' | 'quiet' | 'strong' | 'added' | 'removed' | 'changed';

/** Colours a text when the output is a terminal and NO_COLOR is not set. */
export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
    error: [31, 39],
    warning: [33, 39],
    success: [32, 39],
    quiet: [2, 22],
    strong: [1, 22],
    added: [32, 39],
    removed: [31, 39],
    changed: [36, 39],
};

/** What an output needs of the process it belongs to. */
export interface OutputStreams {
    readonly out: NodeJS.WriteStream;
    readonly err: NodeJS.WriteStream;
    readonly in: { readonly isTTY: boolean };
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly quiet: boolean;
}

/** An output over the streams of a process. */
export function createOutput({ out, err, in: input, environment, quiet }: OutputStreams): Output {
    const isDumb = environment['TERM'] === 'dumb';
    const mayColour = (environment['NO_COLOR'] ?? '') === '' && !isDumb;
    const isColoured = out.isTTY && mayColour;
    const live = err.isTTY && !isDumb && !quiet ? createLiveRegion(err) : null;
    /** Both streams may be one terminal: what is written stands above the live lines. */
    const write = (stream: NodeJS.WriteStream, text: string): void => {
        if (live === null || !stream.isTTY) stream.write(text);
        else live.above(() => void stream.write(text));
    };
    return {
        line: (text) => write(out, `${text}\n`),
        raw: (text) => write(out, text),
        bytes: (content) => void out.write(content),
        json: (value) => write(out, `${JSON.stringify(value)}\n`),
        note: (text) => void (quiet || write(err, `${text}\n`)),
        fault: (text) => write(err, `${text}\n`),
        paint: painter(isColoured),
        paintNote: painter(err.isTTY && mayColour),
        isQuiet: quiet,
        interactive: out.isTTY && input.isTTY,
        isTerminal: out.isTTY,
        isColoured,
        live,
    };
}

function painter(isColoured: boolean): Paint {
    return (style, text) => (isColoured ? `\u001B[${CODES[style][0]}m${text}\u001B[${CODES[style][1]}m` : text);
}
