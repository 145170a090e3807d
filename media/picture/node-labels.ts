/**
 * The labels on the border of a node: on the left what a plan does to it or how it differs, on the right its run state and, while a step is
 * under way, for how long. Cards have them on the lower border, away from the arrows that arrive at the upper one; boxes on their upper border.
 */
import type { PlacedNode } from '../../server/layout.ts';
import type { Texts } from '../texts.ts';
import { changePill, planPill } from './marks.ts';
import type { NodeOverlay } from './node-overlay.ts';
import type { RunState } from './overlay.ts';
import { fittedPill, pillElement, pillWidth, type Pill } from './pill.ts';
import { statePill } from './status.ts';
import type { SvgElement } from './svg.ts';

const GAP = 6;

/** Left and right ends of the row, and its height on the node. */
interface Row {
    readonly left: number;
    readonly right: number;
    readonly y: number;
}

function rowOf({ shape, width, height, isPinned }: PlacedNode): Row {
    if (shape === 'leaf') return { left: 6, right: width - 6, y: height };
    return { left: isPinned ? 24 : 14, right: width - 22, y: 0 };
}

/** Never wider than the node. */
export function labelsOf(node: PlacedNode, overlay: NodeOverlay, texts: Texts): readonly SvgElement[] {
    const row = rowOf(node);
    const [placed, end] = placedMarks(marksOf(overlay, texts), row);
    if (overlay.state === null) return placed;
    const rest = { ...row, left: end };
    const pill = placed.length === 0 ? alonePill(overlay.state, texts, rest) : besidePill(overlay.state, texts, rest);
    return [...placed, pillElement(pill, row.right - pillWidth(pill), row.y)];
}

function marksOf({ plan, change }: NodeOverlay, texts: Texts): readonly Pill[] {
    return [
        ...(plan === null ? [] : [planPill(plan, texts)]),
        ...(change === null ? [] : [changePill(change.change, texts)]),
    ];
}

/** The labels side by side, and where the next one may begin. */
function placedMarks(marks: readonly Pill[], { left, right, y }: Row): readonly [readonly SvgElement[], number] {
    let x = left;
    const placed = marks.map((mark) => {
        const fitted = fittedPill(mark, right - x);
        const drawn = pillElement(fitted, x, y);
        x += pillWidth(fitted) + GAP;
        return drawn;
    });
    return [placed, x];
}

/** An age is told where there is room for it. */
function alonePill(state: RunState, texts: Texts, { left, right }: Row): Pill {
    const pill = statePill(state, texts, right - left);
    const aged = { ...pill, since: state.isMoving && !state.isStale ? state.since : null };
    return pillWidth(aged) <= right - left ? aged : pill;
}

/** Beside a mark, which is what is looked at, a state has all its words or none. */
function besidePill(state: RunState, texts: Texts, { left, right }: Row): Pill {
    const pill = statePill({ ...state, wanted: '' }, texts, Infinity);
    return pillWidth(pill) <= right - left ? pill : { ...pill, words: '' };
}
