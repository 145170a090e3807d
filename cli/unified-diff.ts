/** Two texts as a unified diff, which people read and `patch` applies. */

interface Line {
    readonly sign: ' ' | '-' | '+';
    readonly text: string;
}

const CONTEXT = 3;
/** Beyond so many differing lines the middle is shown as replaced whole: looking for the shortest way would take too long. */
const MOST_EDITS = 1_000;

/** Empty when both are equal. Lines end with `\n`; a `\r` before it belongs to the line. */
export function unifiedDiff(name: string, before: string, after: string): string {
    if (before === after) return '';
    const lines = editsOf(linesOf(before), linesOf(after));
    const hunks = hunksOf(lines).map((hunk) => hunkText(lines, hunk));
    return [`--- ${name}\n`, `+++ ${name}\n`, ...hunks].join('');
}

/** Each line with its end; the last one may have none. */
function linesOf(text: string): readonly string[] {
    return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function editsOf(before: readonly string[], after: readonly string[]): readonly Line[] {
    let head = 0;
    while (head < before.length && head < after.length && before[head] === after[head]) head++;
    let tail = 0;
    const most = Math.min(before.length, after.length) - head;
    while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
    return [
        ...signed(' ', before.slice(0, head)),
        ...shortestEdits(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
        ...signed(' ', before.slice(before.length - tail)),
    ];
}

function signed(sign: Line['sign'], texts: readonly string[]): readonly Line[] {
    return texts.map((text) => ({ sign, text }));
}

/** Myers' greedy search: the furthest reaching path of each number of edits, then the way back along them. */
function shortestEdits(before: readonly string[], after: readonly string[]): readonly Line[] {
    const trace: ReadonlyMap<number, number>[] = [];
    let reach = new Map<number, number>([[1, 0]]);
    for (let edits = 0; edits <= Math.min(before.length + after.length, MOST_EDITS); edits++) {
        trace.push(reach);
        const next = new Map<number, number>();
        for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
            const x = slide(before, after, startOn(reach, diagonal, edits), diagonal);
            next.set(diagonal, x);
            if (x >= before.length && x - diagonal >= after.length) return wayBack(before, after, trace);
        }
        reach = next;
    }
    return [...signed('-', before), ...signed('+', after)];
}

/** Where a path on a diagonal begins after one more edit: below the left neighbour or beside the right one, whichever reaches further. */
function startOn(reach: ReadonlyMap<number, number>, diagonal: number, edits: number): number {
    return isInsertion(reach, diagonal, edits) ? (reach.get(diagonal + 1) ?? 0) : (reach.get(diagonal - 1) ?? 0) + 1;
}

function isInsertion(reach: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
    if (diagonal === -edits) return true;
    return diagonal !== edits && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1);
}

function slide(before: readonly string[], after: readonly string[], from: number, diagonal: number): number {
    let x = from;
    while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
    return x;
}

function wayBack(
    before: readonly string[],
    after: readonly string[],
    trace: readonly ReadonlyMap<number, number>[],
): readonly Line[] {
    const lines: Line[] = [];
    let [x, y] = [before.length, after.length];
    for (let edits = trace.length - 1; edits >= 0; edits--) {
        const reach = trace[edits] ?? new Map<number, number>();
        const diagonal = x - y;
        const inserted = isInsertion(reach, diagonal, edits);
        const start = startOn(reach, diagonal, edits);
        for (; x > Math.max(start, 0) && y > 0; x--, y--) lines.push({ sign: ' ', text: before[x - 1] ?? '' });
        if (edits === 0) break;
        if (inserted) lines.push({ sign: '+', text: after[--y] ?? '' });
        else lines.push({ sign: '-', text: before[--x] ?? '' });
    }
    return lines.toReversed();
}

interface Hunk {
    readonly from: number;
    readonly to: number;
}

/** Ranges of changed lines with their context; those that touch are one. */
function hunksOf(lines: readonly Line[]): readonly Hunk[] {
    const hunks: Hunk[] = [];
    lines.forEach(({ sign }, index) => {
        if (sign === ' ') return;
        const [from, to] = [Math.max(0, index - CONTEXT), Math.min(lines.length, index + CONTEXT + 1)];
        const last = hunks.at(-1);
        if (last !== undefined && from <= last.to) hunks[hunks.length - 1] = { from: last.from, to };
        else hunks.push({ from, to });
    });
    return hunks;
}

function hunkText(lines: readonly Line[], { from, to }: Hunk): string {
    const [head, body] = [lines.slice(0, from), lines.slice(from, to)];
    const place = (side: '-' | '+'): string => {
        const count = body.filter(({ sign }) => sign === ' ' || sign === side).length;
        const before = head.filter(({ sign }) => sign === ' ' || sign === side).length;
        return `${side}${count === 0 ? before : before + 1}${count === 1 ? '' : `,${count}`}`;
    };
    const texts = body.map(({ sign, text }) =>
        text.endsWith('\n') ? `${sign}${text}` : `${sign}${text}\n\\ No newline at end of file\n`,
    );
    return `@@ ${place('-')} ${place('+')} @@\n${texts.join('')}`;
}
