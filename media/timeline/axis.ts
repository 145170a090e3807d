/** The time axis: how much of the run a pixel is, and where its ticks stand. */

/** Milliseconds a pixel, and what stands at the left edge. */
export interface TimeScale {
    readonly pxPerMs: number;
    /** Of the chart, right of the names. */
    readonly widthPx: number;
    /** What the left edge shows. */
    readonly fromMs: number;
}

/** Room right of the end of a run, for the words beside its last bars. */
const MARGIN_PX = 110;
/** A browser lays out no wider page. */
const MAX_WIDTH_PX = 8_000_000;
const MIN_TICK_PX = 84;

const TICKS_MS = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
    900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000,
];

/** The scale at which all of a run fits into a width. */
export function fittingScale(lengthMs: number, widthPx: number): number {
    return Math.max(40, widthPx - MARGIN_PX) / Math.max(1, lengthMs);
}

/** The nearest scale to the one that is wanted: at least all that fits, at most a tenth of a millisecond a pixel. */
export function boundedScale(wanted: number, lengthMs: number, widthPx: number): number {
    const least = fittingScale(lengthMs, widthPx);
    const most = Math.min(10, (MAX_WIDTH_PX - MARGIN_PX) / Math.max(1, lengthMs));
    return Math.min(Math.max(wanted, least), Math.max(least, most));
}

/** How wide all of a run is, its margin included. */
export function widthOf(lengthMs: number, pxPerMs: number): number {
    return Math.ceil(lengthMs * pxPerMs + MARGIN_PX);
}

/** The moments of the ticks that are seen. They are round, and no two are too near to each other to be read. */
export function ticksOf({ pxPerMs, widthPx, fromMs }: TimeScale): readonly number[] {
    const step = TICKS_MS.find((candidate) => candidate * pxPerMs >= MIN_TICK_PX) ?? lastTick(pxPerMs);
    const [first, last] = [Math.max(0, Math.ceil(fromMs / step)), Math.floor((fromMs + widthPx / pxPerMs) / step)];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}

function lastTick(pxPerMs: number): number {
    const day = 86_400_000;
    return day * Math.max(1, Math.ceil(MIN_TICK_PX / pxPerMs / day));
}
