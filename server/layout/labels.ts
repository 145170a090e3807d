/** The texts on the lines of an adapted frame: where they were, else in the middle of the longest level stretch with room for them. */
import type { LabelBox, Part } from './content.ts';
import type { Frame } from './frame.ts';
import type { EdgeLabel, Point, Rectangle } from './laid-out-graph.ts';

interface Surroundings {
    readonly before: Frame;
    readonly routes: Frame['routes'];
    readonly boxes: readonly Rectangle[];
}

/** By edge. Texts without room are left out. */
export function labelsOf(parts: readonly Part[], { before, routes, boxes }: Surroundings): Frame['labels'] {
    const labels = new Map<string, EdgeLabel>();
    for (const { edge, label } of parts) {
        const points = routes.get(edge);
        const known = before.labels.get(edge);
        // The text of a line that was there without one is on another part of it.
        const text = known ?? (before.routes.has(edge) ? null : label);
        if (points === undefined || text === null) continue;
        const others = [...boxes, ...labels.values()];
        const isKept = known !== undefined && liesOn(known, points) && isFree(known, others);
        const placed = isKept ? known : placeFor(text, points, others);
        if (placed !== null) labels.set(edge, placed);
    }
    return labels;
}

/** On both sides of a text, enough of its line has to be seen. */
const VISIBLE = 10;

function placeFor(
    { text, width, height }: LabelBox,
    points: readonly Point[],
    others: readonly Rectangle[],
): EdgeLabel | null {
    const stretches = points
        .slice(1)
        .flatMap((to, index) => {
            const from = points[index] ?? to;
            const length = Math.abs(to.x - from.x);
            return Math.abs(from.y - to.y) < 0.5 && length >= width + 2 * VISIBLE ? [{ from, to, length }] : [];
        })
        .sort((one, other) => other.length - one.length);
    const places = stretches.map(({ from, to }) => ({
        text,
        width,
        height,
        x: (from.x + to.x - width) / 2,
        y: from.y - height / 2,
    }));
    return places.find((place) => isFree(place, others)) ?? null;
}

function liesOn(label: EdgeLabel, points: readonly Point[]): boolean {
    const [x, y] = [label.x + label.width / 2, label.y + label.height / 2];
    return points.some((to, index) => {
        const from = points[index - 1];
        if (from === undefined) return false;
        const isLevel = Math.abs(from.y - y) < 2 && Math.abs(to.y - y) < 2;
        const isUpright = Math.abs(from.x - x) < 2 && Math.abs(to.x - x) < 2;
        return isLevel
            ? Math.min(from.x, to.x) <= label.x && Math.max(from.x, to.x) >= label.x + label.width
            : isUpright && Math.min(from.y, to.y) <= label.y && Math.max(from.y, to.y) >= label.y + label.height;
    });
}

function isFree(one: Rectangle, others: readonly Rectangle[]): boolean {
    return others.every(
        (other) =>
            one.x >= other.x + other.width ||
            other.x >= one.x + one.width ||
            one.y >= other.y + other.height ||
            other.y >= one.y + one.height,
    );
}
