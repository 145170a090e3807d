/**
 * Containers whose children lead nowhere but out of them, which are most: one below the other, with straight lines to the borders. What ELK would
 * draw as well, in a thousandth of the time.
 */
import type { ChildBox, Content, Exit, Part, PartEnd, Side } from './content.ts';
import { ASPECTS } from './fit.ts';
import type { Frame } from './frame.ts';
import type { Point } from './laid-out-graph.ts';
import { packShelves } from './shelves.ts';
import { transposedContent, transposedFrame } from './transpose.ts';

/** More below each other would be an endless column. */
const MAX_STACKED = 8;
const GAP = 28;
/** From the stack to what no line reaches. */
const RACK_GAP = 40;
/** Between a border and the lines that come together before it, and between those. */
const LANE = 10;

/** Null when the content is not that simple. Exits of the container's own lines are left out. */
export function stackedFrame(content: Content): Frame | null {
    const sides = content.parts.map(outerSide);
    const reached = new Set(content.parts.flatMap(({ from, to }) => [from, to]).flatMap(idsOf));
    if (sides.includes(null) || reached.size > MAX_STACKED) return null;
    const aspect = ASPECTS[content.orientation];
    if (content.direction === 'RIGHT') return stack(content, reached, aspect);
    return transposedFrame(stack(transposedContent(content), reached, 1 / aspect));
}

/** The side of the container a part leads to; null when it leads from child to child. */
function outerSide({ from, to }: Part): Side | null {
    return from.kind === 'border' ? from.side : to.kind === 'border' ? to.side : null;
}

function idsOf(end: PartEnd): readonly string[] {
    return end.kind === 'child' ? [end.id] : [];
}

interface Line {
    readonly part: Part;
    readonly side: Side;
    /** Where it touches the child. */
    readonly at: Point;
}

function stack(content: Content, reached: ReadonlySet<string>, aspect: number): Frame {
    const { padding, children, parts, minWidth, minHeight } = content;
    const stacked = children.filter(({ id }) => reached.has(id));
    const loose = children.filter(({ id }) => !reached.has(id));
    const lanes = { start: joinedKeys(parts, 'start'), end: joinedKeys(parts, 'end') };
    const left = padding.left + Math.max(0, lanes.start.length - 1) * LANE;
    const right = padding.right + Math.max(0, lanes.end.length - 1) * LANE;
    const { places, width, height } = columnOf(stacked, { x: left, y: padding.top });
    const rack = packShelves(loose, aspect);
    // Lines of the stack would run through what stands beside it.
    const rackTop = stacked.length === 0 ? padding.top : padding.top + height + RACK_GAP;
    for (const { box, x, y } of rack.placed) places.set(box.id, { x: left + x, y: rackTop + y });
    const bottom = loose.length === 0 ? padding.top + height : rackTop + rack.height;
    const size = {
        width: Math.max(minWidth, left + Math.max(width, rack.width) + right),
        height: Math.max(minHeight, bottom + padding.bottom),
    };
    return { ...size, places, ...drawnLines(linesOf(parts, stacked, places), lanes, size), labels: new Map() };
}

function columnOf(
    boxes: readonly ChildBox[],
    { x, y }: Point,
): { readonly places: Map<string, Point>; readonly width: number; readonly height: number } {
    const places = new Map<string, Point>();
    let [top, width] = [y, 0];
    for (const box of boxes) {
        places.set(box.id, { x, y: top });
        top += box.height + GAP;
        width = Math.max(width, box.width);
    }
    return { places, width, height: Math.max(0, top - GAP - y) };
}

/** Keys whose lines come together at a border, from different children. */
function joinedKeys(parts: readonly Part[], side: Side): readonly string[] {
    const owners = new Map<string, Set<string>>();
    for (const part of parts) {
        if (outerSide(part) !== side) continue;
        const ids = owners.get(part.key) ?? new Set();
        owners.set(part.key, ids);
        for (const id of [part.from, part.to].flatMap(idsOf)) ids.add(id);
    }
    return [...owners].filter(([, ids]) => ids.size > 1).map(([key]) => key);
}

/** Where lines touch the children: exits are given, lines of a leaf are spread along its sides. */
function linesOf(
    parts: readonly Part[],
    boxes: readonly ChildBox[],
    places: ReadonlyMap<string, Point>,
): readonly Line[] {
    const byChild = Map.groupBy(parts, ({ from, to }) => [from, to].flatMap(idsOf)[0] ?? '');
    return boxes.flatMap((box) => {
        const corner = places.get(box.id) ?? { x: 0, y: 0 };
        return (['start', 'end'] as const).flatMap((side) => {
            const own = (byChild.get(box.id) ?? []).filter((part) => outerSide(part) === side);
            const ports = [...new Set(own.map(portOf))];
            const x = side === 'start' ? corner.x : corner.x + box.width;
            return own.map((part): Line => {
                const spread = (box.height * (ports.indexOf(portOf(part)) + 1)) / (ports.length + 1);
                return { part, side, at: { x, y: corner.y + (box.exits?.get(part.edge)?.y ?? spread) } };
            });
        });
    });
}

/** Lines of one key touch a child in one place where they come together there. */
function portOf({ edge, key, from, shared }: Part): string {
    const way = from.kind === 'child' ? 'from' : 'to';
    return shared === way ? key : edge;
}

function drawnLines(
    lines: readonly Line[],
    lanes: Readonly<Record<Side, readonly string[]>>,
    { width }: { readonly width: number },
): Pick<Frame, 'routes' | 'exits'> {
    const levels = new Map<string, number>();
    const routes = new Map<string, readonly Point[]>();
    const exits = new Map<string, Exit>();
    for (const { part, side, at } of lines) {
        const border = side === 'start' ? 0 : width;
        const level = levels.get(`${side}:${part.key}`) ?? at.y;
        levels.set(`${side}:${part.key}`, level);
        const lane = (lanes[side].indexOf(part.key) + 1) * LANE;
        const x = side === 'start' ? lane : width - lane;
        const joint =
            level === at.y
                ? []
                : [
                      { x, y: at.y },
                      { x, y: level },
                  ];
        const outwards = [at, ...joint, { x: border, y: level }];
        routes.set(part.edge, side === 'end' ? outwards : outwards.toReversed());
        exits.set(part.edge, { side, x: border, y: level });
    }
    return { routes, exits };
}
