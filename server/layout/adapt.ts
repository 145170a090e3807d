/**
 * The frame of a container that was laid out before, changed as little as what it holds has changed: boxes keep their places, lines their ways.
 * What is added goes to a free place near what it belongs to; only lines that no longer fit are drawn another way.
 */
import type { ChildBox, Content, Part } from './content.ts';
import { endsOf, type PartEnds } from './ends.ts';
import type { Arrangement, Frame } from './frame.ts';
import { labelsOf } from './labels.ts';
import type { Point, Rectangle } from './laid-out-graph.ts';
import { matchesOf, type Match as AnyMatch } from './matches.ts';
import { ownExits } from './own-exits.ts';
import { reroute } from './reroute.ts';
import { freePlace, settleBoxes, widened, wideningsOf, type Box, type Widening } from './settle.ts';
import { mapped, transposedArrangement, transposedContent, transposedFrame, transposedPoint } from './transpose.ts';

type Match = AnyMatch<ChildBox, ChildBox>;

export type Pins = Readonly<Record<string, Point>>;

/** Where children were that are no longer there, by id: they may come back. */
export type Absent = ReadonlyMap<string, Point>;

/** Null when too much is another: a layout from scratch is better then. Places of `pins` are relative to the container's corner. */
export function adaptFrame(previous: Arrangement, content: Content, pins: Pins, absent: Absent): Frame | null {
    if (previous.content.direction !== content.direction) return null;
    if (content.direction === 'RIGHT') return adaptRight(previous, content, pins, absent);
    const turnedPins = Object.fromEntries(Object.entries(pins).map(([id, point]) => [id, transposedPoint(point)]));
    const frame = adaptRight(
        transposedArrangement(previous),
        transposedContent(content),
        turnedPins,
        mapped(absent, transposedPoint),
    );
    return frame === null ? null : withOwnExits(transposedFrame(frame), content);
}

/** More changes than this many, or than half of what stays, are laid out from scratch. */
const FEW = 3;

function adaptRight(previous: Arrangement, content: Content, pins: Pins, absent: Absent): Frame | null {
    const matches = matchesOf(previous.content.children, content.children);
    const kept = matches.filter(({ before }) => before !== undefined).length;
    const added = content.children.length - kept;
    const removed = previous.content.children.length - kept;
    if (kept === 0 || added > Math.max(FEW, kept / 2) || removed > Math.max(FEW, 2 * kept)) return null;
    const { boxes, widenings } = keptBoxes(previous, content, matches, pins);
    const all = withAdded({ boxes, matches, content, previous, pins, absent });
    const corner = { x: content.padding.left, y: content.padding.top };
    const settled = settleBoxes(all, corner);
    const before = widenedFrame(previous.frame, widenings);
    return framed({ content, previous: { content: previous.content, frame: before }, matches, boxes: settled });
}

function keptBoxes(
    { frame }: Arrangement,
    { padding }: Content,
    matches: readonly Match[],
    pins: Pins,
): { readonly boxes: readonly Box[]; readonly widenings: readonly Widening[] } {
    const grown = matches.flatMap(({ child, before }) => {
        const place = before === undefined ? undefined : frame.places.get(before.id);
        if (before === undefined || place === undefined) return [];
        const pin = pinOf(child.id, pins, padding);
        const box: Box = { ...(pin ?? place), id: child.id, ...sizeOf(child), isPinned: pin !== null };
        return [{ box, oldWidth: before.width }];
    });
    const widenings = wideningsOf(grown);
    const boxes = grown.map(({ box }) => (box.isPinned ? box : { ...box, x: widened(box.x, widenings) }));
    return { boxes, widenings };
}

function pinOf(id: string, pins: Pins, padding: Content['padding']): Point | null {
    const pin = Object.hasOwn(pins, id) ? pins[id] : undefined;
    return pin === undefined ? null : { x: Math.max(pin.x, padding.left), y: Math.max(pin.y, padding.top) };
}

function sizeOf({ width, height }: ChildBox): { readonly width: number; readonly height: number } {
    return { width, height };
}

interface Adding {
    readonly boxes: readonly Box[];
    readonly matches: readonly Match[];
    readonly content: Content;
    readonly previous: Arrangement;
    readonly pins: Pins;
    readonly absent: Absent;
}

function withAdded({ boxes, matches, content, previous, pins, absent }: Adding): readonly Box[] {
    const all = [...boxes];
    const corner = { x: content.padding.left, y: content.padding.top };
    for (const { child, before } of matches) {
        if (before !== undefined) continue;
        const pin = pinOf(child.id, pins, content.padding);
        const wanted = absent.get(child.id) ?? wantedPlace(child, all, content, previous);
        const place = pin ?? freePlace({ ...wanted, ...sizeOf(child) }, all, corner);
        all.push({ ...place, ...sizeOf(child), id: child.id, isPinned: pin !== null });
    }
    return all;
}

const LAYER_GAP = 48;
const SIBLING_GAP = 28;

/** Before what it leads to, behind what leads to it, else below the one before it in the model. */
function wantedPlace(child: ChildBox, boxes: readonly Box[], content: Content, { frame }: Arrangement): Point {
    const byId = new Map(boxes.map((box) => [box.id, box]));
    const near = (end: 'from' | 'to'): readonly Box[] =>
        content.parts.flatMap((part) => {
            const [own, other] = end === 'from' ? [part.to, part.from] : [part.from, part.to];
            const box =
                own.kind === 'child' && own.id === child.id && other.kind === 'child' ? byId.get(other.id) : undefined;
            return box === undefined ? [] : [box];
        });
    const [behind, ahead] = [near('from'), near('to')];
    const level = [...behind, ...ahead].map(({ y, height }) => y + height / 2 - child.height / 2);
    const y = level.length === 0 ? 0 : level.reduce((sum, value) => sum + value, 0) / level.length;
    if (behind.length > 0) return { x: Math.max(...behind.map(rightOf)) + LAYER_GAP, y };
    if (ahead.length > 0) {
        const x = Math.min(...ahead.map((box) => box.x)) - LAYER_GAP - child.width;
        return { x: Math.max(x, content.padding.left), y };
    }
    return besideSibling(child, byId, content, frame);
}

function rightOf({ x, width }: Rectangle): number {
    return x + width;
}

/** Below the nearest one before it in the model; to the right where that keeps the container's shape. */
function besideSibling(
    child: ChildBox,
    boxes: ReadonlyMap<string, Box>,
    content: Content,
    { width }: Pick<Frame, 'width'>,
): Point {
    const index = content.children.indexOf(child);
    const sibling = content.children
        .slice(0, index)
        .toReversed()
        .map(({ id }) => boxes.get(id))
        .find((box) => box !== undefined);
    if (sibling === undefined) return { x: content.padding.left, y: content.padding.top };
    const hasRoom = rightOf(sibling) + SIBLING_GAP + child.width + content.padding.right <= width;
    return hasRoom
        ? { x: rightOf(sibling) + SIBLING_GAP, y: sibling.y }
        : { x: sibling.x, y: sibling.y + sibling.height + SIBLING_GAP };
}

function widenedFrame(frame: Frame, widenings: readonly Widening[]): Frame {
    if (widenings.length === 0) return frame;
    const move = <P extends Point>(point: P): P => ({ ...point, x: widened(point.x, widenings) });
    return {
        ...frame,
        width: widened(frame.width, widenings),
        exits: mapped(frame.exits, (exit) => (exit.side === 'end' ? move(exit) : exit)),
        places: mapped(frame.places, move),
        routes: mapped(frame.routes, (points) => points.map(move)),
        labels: mapped(frame.labels, move),
    };
}

interface Framing {
    readonly content: Content;
    readonly previous: Arrangement;
    readonly matches: readonly Match[];
    readonly boxes: readonly Box[];
}

function framed({ content, previous, matches, boxes }: Framing): Frame {
    const size = sizeAround(boxes, content);
    const ends = endsOf({ content, previous, matches, boxes, size });
    const routes = reroute({ content, before: previous.frame, boxes, size, ends });
    const tracks = [...routes.values()];
    const frame: Frame = {
        ...sizeAround([...boxes, ...tracks.flatMap((points) => points.slice(1, -1).map(asBox))], content, size),
        places: new Map(boxes.map(({ id, x, y }) => [id, { x, y }])),
        exits: exitsOf(content.parts, ends, size),
        routes,
        labels: labelsOf(content.parts, { before: previous.frame, routes, boxes }),
    };
    return withOwnExits(stretched(frame, size), content);
}

/** A line may need room on its own; less than beside a box. */
function asBox({ x, y }: Point): Rectangle {
    return { x: x - 8, y: y - 8, width: 0, height: 0 };
}

function sizeAround(
    boxes: readonly Rectangle[],
    { padding, minWidth, minHeight }: Content,
    least: { readonly width: number; readonly height: number } = { width: 0, height: 0 },
): { readonly width: number; readonly height: number } {
    let [width, height] = [Math.max(minWidth, least.width), Math.max(minHeight, least.height)];
    for (const box of boxes) {
        width = Math.max(width, box.x + box.width + padding.right);
        height = Math.max(height, box.y + box.height + padding.bottom);
    }
    return { width, height };
}

/** Lines that end at the right border go on to where it has come to be. */
function stretched(frame: Frame, { width }: { readonly width: number }): Frame {
    if (frame.width <= width) return frame;
    const ending = new Set([...frame.exits].filter(([, exit]) => exit.side === 'end').map(([edge]) => edge));
    const routes = new Map(
        [...frame.routes].map(([edge, points]) => {
            if (!ending.has(edge)) return [edge, points] as const;
            return [
                edge,
                points.map((point) =>
                    point === points.at(-1) || point === points.at(0) ? toBorder(point, width, frame.width) : point,
                ),
            ] as const;
        }),
    );
    return { ...frame, routes, exits: mapped(frame.exits, (exit) => toBorder(exit, width, frame.width)) };
}

function toBorder<P extends Point>(point: P, from: number, to: number): P {
    return Math.abs(point.x - from) < 0.5 ? { ...point, x: to } : point;
}

function exitsOf(
    parts: readonly Part[],
    ends: ReadonlyMap<string, PartEnds>,
    { width }: { readonly width: number },
): Frame['exits'] {
    return new Map(
        parts.flatMap(({ edge, from, to }) => {
            const found = ends.get(edge);
            if (found === undefined) return [];
            if (from.kind === 'border')
                return [[edge, { side: from.side, x: from.side === 'start' ? 0 : width, y: found.from.y }] as const];
            if (to.kind === 'border')
                return [[edge, { side: to.side, x: to.side === 'start' ? 0 : width, y: found.to.y }] as const];
            return [];
        }),
    );
}

function withOwnExits(frame: Frame, content: Content): Frame {
    const parts = new Set(content.parts.map(({ edge }) => edge));
    const exits = new Map([...frame.exits].filter(([edge]) => parts.has(edge)));
    return { ...frame, exits: new Map([...exits, ...ownExits(content, { ...frame, exits })]) };
}
