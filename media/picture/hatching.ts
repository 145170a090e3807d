/** Lines aslant over what is not told any more: seen without colours. */
import { element, figure } from './element.ts';
import type { SvgElement } from './svg.ts';

const GAP = 9;
/** Keeps the lines off the round corners. */
const INSET = 3;

/** Lines over a box of this size, from its corner at 0, 0. */
export function hatching(width: number, height: number): SvgElement {
    const [right, bottom] = [width - INSET, height - INSET];
    const lines: string[] = [];
    // Each line is where x + y is the same; corners are left out as far as they are round.
    for (let sum = 4 * GAP; sum < width + height - 2 * GAP; sum += GAP) {
        const from = { x: Math.max(INSET, sum - bottom), y: Math.min(bottom, sum - INSET) };
        const to = { x: Math.min(right, sum - INSET), y: Math.max(INSET, sum - right) };
        lines.push(`M${figure(from.x)} ${figure(from.y)}L${figure(to.x)} ${figure(to.y)}`);
    }
    return element('path', { class: 'hatching', d: lines.join('') });
}
