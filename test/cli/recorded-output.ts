/** An output that keeps what is written. */
import type { Output } from '../../cli/output.ts';

export interface RecordedOutput {
    readonly output: Output;
    readonly out: () => string;
    readonly err: () => string;
}

export function recordedOutput(): RecordedOutput {
    let [out, err] = ['', ''];
    const paint = (_: string, text: string): string => text;
    return {
        out: () => out,
        err: () => err,
        output: {
            line: (text) => void (out += `${text}\n`),
            raw: (text) => void (out += text),
            bytes: (content) => void (out += Buffer.from(content).toString('latin1')),
            json: (value) => void (out += `${JSON.stringify(value)}\n`),
            note: (text) => void (err += `${text}\n`),
            fault: (text) => void (err += `${text}\n`),
            paint,
            paintNote: paint,
            isQuiet: false,
            interactive: false,
            isTerminal: false,
            isColoured: false,
            live: null,
        },
    };
}
