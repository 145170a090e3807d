/** The rows of a timeline from top to bottom: a band for each host, which is the line of its machine too, below it a line for each instance. */
import type { TimelineLane, TimelineRow } from './view.ts';

const BAND_HEIGHT = 28;
export const LINE_HEIGHT = 26;

export type ChartRow =
    | { readonly kind: 'band'; readonly lane: TimelineLane; readonly top: number }
    | { readonly kind: 'line'; readonly row: TimelineRow; readonly top: number };

export interface ChartRows {
    readonly rows: readonly ChartRow[];
    /** Place of an instance's line in `rows`, by its path. */
    readonly lineOf: ReadonlyMap<string, number>;
    readonly height: number;
}

/** Rows of all lanes. */
export function chartRowsOf(lanes: readonly TimelineLane[]): ChartRows {
    const rows: ChartRow[] = [];
    const lineOf = new Map<string, number>();
    let top = 0;
    for (const lane of lanes) {
        lineOf.set(lane.path, rows.push({ kind: 'band', lane, top }) - 1);
        top += BAND_HEIGHT;
        for (const row of lane.rows) {
            lineOf.set(row.path, rows.push({ kind: 'line', row, top }) - 1);
            top += LINE_HEIGHT;
        }
    }
    return { rows, lineOf, height: top };
}

/** How high a row is. */
export function heightOf({ kind }: ChartRow): number {
    return kind === 'band' ? BAND_HEIGHT : LINE_HEIGHT;
}

/** Path of the instance whose bars stand in a row. */
export function pathOf(row: ChartRow): string {
    return row.kind === 'band' ? row.lane.path : row.row.path;
}

/** Index of the first row whose lower edge is below `y`; the number of rows when there is none. */
export function rowAt({ rows }: ChartRows, y: number): number {
    let [low, high] = [0, rows.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        const row = rows[middle];
        if (row !== undefined && row.top + heightOf(row) <= y) low = middle + 1;
        else high = middle;
    }
    return low;
}
