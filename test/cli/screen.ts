/** A terminal that understands what a live region writes: text, line feeds, carriage return, cursor up, erase below, colours. */
import type { Terminal } from '../../cli/live-region.ts';

export interface Screen extends Terminal {
    /** Everything on the screen and scrolled off it, without empty lines at the end. */
    readonly lines: () => readonly string[];
}

export function screenOf(columns: number, rows: number): Screen {
    let lines: string[] = [''];
    let [row, column] = [0, 0];
    const put = (character: string): void => {
        const line = (lines[row] ?? '').padEnd(column);
        lines[row] = line.slice(0, column) + character + line.slice(column + 1);
        column++;
    };
    const feed = (): void => {
        row++;
        column = 0;
        if (row === lines.length) lines.push('');
    };
    const obey = (parameter: number, command: string): void => {
        if (command === 'A') {
            // A real cursor stops at the first row of the screen.
            const top = Math.max(0, lines.length - rows);
            row = Math.max(top, row - parameter);
        } else if (command === 'J') {
            lines = lines.slice(0, row + 1);
            lines[row] = (lines[row] ?? '').slice(0, column);
        } else if (command !== 'm') throw new Error(`the screen does not know CSI ${command}`);
    };
    return {
        columns,
        rows,
        write: (text) => {
            // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
            for (const [token, parameter, command] of text.matchAll(/\u001B\[(\d*)([A-Za-z])|[^]/g)) {
                if (command !== undefined) obey(Number(parameter === '' ? 1 : parameter), command);
                else if (token === '\n') feed();
                else if (token === '\r') column = 0;
                else put(token);
            }
        },
        lines: () => {
            const last = lines.findLastIndex((line) => line !== '');
            return lines.slice(0, last + 1);
        },
    };
}
