/** Columns of text, two blanks apart. */
import type { Paint, Style } from './output.ts';
import { displayWidth } from './display-width.ts';

export interface Cell {
    readonly text: string;
    readonly align?: 'left' | 'right';
    readonly style?: Style | undefined;
}

/** One line a row, indented by two; each column is as wide as its widest cell, and nothing follows the last text of a line. */
export function table(rows: readonly (readonly Cell[])[], paint: Paint): readonly string[] {
    const widths: number[] = [];
    for (const row of rows)
        row.forEach(({ text }, column) => (widths[column] = Math.max(widths[column] ?? 0, displayWidth(text))));
    return rows.map((row) => {
        const last = row.findLastIndex(({ text }) => text !== '');
        const cells = row
            .slice(0, last + 1)
            .map((cell, column) => cellText(cell, column === last ? 0 : (widths[column] ?? 0), paint));
        return `  ${cells.join('  ')}`.trimEnd();
    });
}

function cellText({ text, align, style }: Cell, width: number, paint: Paint): string {
    const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
    const painted = style === undefined ? text : paint(style, text);
    return align === 'right' ? `${blanks}${painted}` : `${painted}${blanks}`;
}
