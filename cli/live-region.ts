/**
 * A few lines at the bottom of a terminal that change in place. Everything else is written above them through `above`, so nothing is
 * garbled. Nothing is left of them when they are cleared; they are not drawn while they would fill the screen.
 */
import { displayWidth, fitted } from './display-width.ts';

export interface LiveRegion {
    /** Replaces the lines. They are cut to the terminal's width; empty = nothing is shown. Plain text only. */
    readonly show: (lines: readonly string[]) => void;
    /** Takes the lines away while `write` writes whole lines, then draws them again. */
    readonly above: (write: () => void) => void;
    readonly clear: () => void;
}

/** The part of a terminal the region needs. */
export interface Terminal {
    readonly columns: number;
    readonly rows: number;
    readonly write: (text: string) => unknown;
}

const QUIET = '\u001B[2m';
const RESET = '\u001B[22m';
const ERASE_BELOW = '\u001B[J';

/** Shows nothing yet. One region a terminal: two would erase each other's lines. */
export function createLiveRegion(terminal: Terminal): LiveRegion {
    let wanted: readonly string[] = [];
    let drawn: readonly string[] = [];
    const erasing = (): string => {
        if (drawn.length === 0) return '';
        const columns = Math.max(1, terminal.columns);
        // A terminal that was made narrower has wrapped what was drawn.
        const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / columns)), 0);
        return `\r\u001B[${rows}A${ERASE_BELOW}`;
    };
    const redraw = (): void => {
        const erase = erasing();
        drawn = wanted.length < terminal.rows - 1 ? wanted.map((line) => fitted(line, terminal.columns - 1)) : [];
        const text = drawn.map((line) => `${QUIET}${line}${RESET}\n`).join('');
        if (erase !== '' || text !== '') terminal.write(`${erase}${text}`);
    };
    return {
        show: (lines) => {
            wanted = lines;
            redraw();
        },
        above: (write) => {
            const erase = erasing();
            if (erase !== '') terminal.write(erase);
            drawn = [];
            write();
            redraw();
        },
        clear: () => {
            wanted = [];
            redraw();
        },
    };
}
