/** Pieces of output as whole lines for people: `path phase | text`, each instance in a colour of its own. */
import type { LogPiece } from '../runner/index.ts';
import { colouredLine, plainLine } from '../runner/terminal-text.ts';
import type { Output } from './output.ts';

export type LogPrinter = (piece: LogPiece) => void;

/** Foregrounds that are legible on dark and on light ground; red is kept for errors. */
const COLOURS = [36, 35, 34, 32, 33, 96, 95, 94];

/** A line without an end is shown when it is that long: some programs never end one. */
const LONGEST_LINE = 64 * 1024;

/** Prints lines as they become whole; what a step leaves unfinished follows when it ends. */
export function createLogPrinter(output: Pick<Output, 'line' | 'paint' | 'isColoured'>): LogPrinter {
    const unfinished = new Map<string, string>();
    const clean = output.isColoured ? (line: string) => colouredLine(line).text : plainLine;
    const print = (piece: LogPiece, text: string): void =>
        output.line(`${prefixOf(piece, output.isColoured)} ${output.paint('quiet', '|')} ${clean(text)}`);
    const flush = (piece: LogPiece): void => {
        for (const stream of ['stdout', 'stderr']) {
            const key = `${piece.attempt} ${stream}`;
            const rest = unfinished.get(key);
            unfinished.delete(key);
            if (rest !== undefined && rest !== '') print(piece, rest);
        }
    };
    return (piece) => {
        if (piece.kind === 'ended') {
            flush(piece);
            if (piece.outcome !== 'succeeded')
                output.line(`${prefixOf(piece, output.isColoured)} ${output.paint('error', piece.outcome)}`);
            return;
        }
        const key = `${piece.attempt} ${piece.stream}`;
        const lines = `${unfinished.get(key) ?? ''}${piece.text}`.split('\n');
        const rest = lines.pop() ?? '';
        for (const line of lines) print(piece, line);
        if (rest.length > LONGEST_LINE) print(piece, rest);
        unfinished.set(key, rest.length > LONGEST_LINE ? '' : rest);
    };
}

function prefixOf({ path, phase }: LogPiece, isColoured: boolean): string {
    const text = `${path} ${phase}`;
    return isColoured ? `\u001B[${colourOf(path)}m${text}\u001B[39m` : text;
}

/** The same for a path in every run. */
function colourOf(path: string): number {
    let sum = 0;
    for (const character of path) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
    return COLOURS[sum % COLOURS.length] ?? 36;
}
