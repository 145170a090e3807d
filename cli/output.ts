/** Where the command line writes. Results go to standard output, everything said along the way to standard error. */

export interface Output {
    readonly line: (text: string) => void;
    /** One JSON object alone on a line. */
    readonly json: (value: object) => void;
    /** Progress and notes for people; never part of the result. */
    readonly note: (text: string) => void;
    readonly paint: Paint;
    /** A person can be asked: both ends are a terminal. */
    readonly interactive: boolean;
}

export type Style = 'error' | 'warning' | 'success' | 'quiet' | 'strong';

/** Colours a text when the output is a terminal and NO_COLOR is not set. */
export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
    error: [31, 39],
    warning: [33, 39],
    success: [32, 39],
    quiet: [2, 22],
    strong: [1, 22],
};

export function createOutput(streams: { readonly out: NodeJS.WriteStream; readonly err: NodeJS.WriteStream }): Output {
    const coloured = streams.out.isTTY && (process.env['NO_COLOR'] ?? '') === '';
    return {
        line: (text) => void streams.out.write(`${text}\n`),
        json: (value) => void streams.out.write(`${JSON.stringify(value)}\n`),
        note: (text) => void streams.err.write(`${text}\n`),
        paint: (style, text) => (coloured ? `\u001B[${CODES[style][0]}m${text}\u001B[${CODES[style][1]}m` : text),
        interactive: streams.out.isTTY && process.stdin.isTTY,
    };
}
