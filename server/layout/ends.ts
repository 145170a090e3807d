/** Where the lines of an adapted frame begin and end: where they did, or at free places of the boxes and borders they concern. */
import type { ChildBox, Content, Part, PartEnd, Side } from './content.ts';
import type { Arrangement } from './frame.ts';
import type { Point } from './laid-out-graph.ts';
import type { Match as AnyMatch } from './matches.ts';
import type { Terminal } from './grid.ts';
import type { Box } from './settle.ts';

type Match = AnyMatch<ChildBox, ChildBox>;

export interface PartEnds {
    readonly from: Terminal;
    readonly to: Terminal;
}

export interface EndsTask {
    readonly content: Content;
    readonly previous: Arrangement;
    readonly matches: readonly Match[];
    readonly boxes: readonly Box[];
    readonly size: { readonly width: number; readonly height: number };
}

/** By edge. */
export function endsOf(task: EndsTask): ReadonlyMap<string, PartEnds> {
    const scene = sceneOf(task);
    const ports = createPorts();
    const onChildren = task.content.parts.map((part) => ({
        part,
        from: childTerminal(scene, ports, part, 'from'),
        to: childTerminal(scene, ports, part, 'to'),
    }));
    const borders = createPorts();
    for (const { part } of onChildren) keepExit(scene, borders, part);
    return new Map(
        onChildren.map(({ part, from, to }) => [
            part.edge,
            {
                from: from ?? borderTerminal(scene, borders, part, to),
                to: to ?? borderTerminal(scene, borders, part, from),
            },
        ]),
    );
}

interface Scene extends EndsTask {
    readonly boxOf: ReadonlyMap<string, Box>;
    readonly matchOf: ReadonlyMap<string, Match>;
}

function sceneOf(task: EndsTask): Scene {
    return {
        ...task,
        boxOf: new Map(task.boxes.map((box) => [box.id, box])),
        matchOf: new Map(task.matches.map((match) => [match.child.id, match])),
    };
}

/** What is taken along the sides of boxes. */
interface Ports {
    /** A place along a side, relative to its beginning: that of the key, else the free one nearest to the wanted place. */
    readonly take: (owner: string, key: string, wanted: number, length: number) => number;
    readonly put: (owner: string, key: string, at: number) => void;
}

const STEP = 12;
const EDGE = 8;

function createPorts(): Ports {
    const taken = new Map<string, Map<string, number>>();
    const put = (owner: string, key: string, at: number): void => {
        const known = taken.get(owner) ?? new Map<string, number>();
        taken.set(owner, known.set(key, at));
    };
    const take = (owner: string, key: string, wanted: number, length: number): number => {
        const known = taken.get(owner);
        const shared = known?.get(key);
        const at = shared ?? freeOffset([...(known?.values() ?? [])], wanted, length);
        put(owner, key, at);
        return at;
    };
    return { take, put };
}

function freeOffset(used: readonly number[], wanted: number, length: number): number {
    const first = Math.min(Math.max(wanted, EDGE), Math.max(EDGE, length - EDGE));
    for (let step = 0; step * STEP < length; step += 1) {
        for (const at of [first + step * STEP, first - step * STEP]) {
            const fits = at >= EDGE && at <= length - EDGE;
            if (fits && used.every((other) => Math.abs(other - at) >= STEP - 1)) return at;
        }
    }
    return first;
}

/** Null for an end at the border. */
function childTerminal(scene: Scene, ports: Ports, part: Part, way: 'from' | 'to'): Terminal | null {
    const end = part[way];
    if (end.kind === 'border') return null;
    const [box, match] = [scene.boxOf.get(end.id), scene.matchOf.get(end.id)];
    if (box === undefined || match === undefined) return null;
    const exit = match.child.exits?.get(part.edge);
    if (exit !== undefined) return { x: box.x + exit.x, y: box.y + exit.y, heading: headingOf(exit.side) };
    const side = sideFor(scene, part, way);
    const owner = `${side}@${end.id}`;
    const key = part.shared === way ? part.key : `${way}:${part.edge}`;
    const kept = keptOffset(scene, part, way, match);
    if (kept?.side === side && kept.offset <= box.height) ports.put(owner, key, kept.offset);
    const offset = ports.take(owner, key, box.height / 2, box.height);
    const x = side === 'start' ? box.x : box.x + box.width;
    return { x, y: box.y + offset, heading: headingOf(side) };
}

/** Lines run outwards at their ends. */
function headingOf(side: Side): -1 | 1 {
    return side === 'start' ? -1 : 1;
}

/** With the flow where boxes stand that way, against it where they stand the other way round. */
function sideFor({ boxOf }: Scene, { from, to }: Part, way: 'from' | 'to'): Side {
    const usual: Side = way === 'from' ? 'end' : 'start';
    if (from.kind === 'border' || to.kind === 'border') return usual;
    const [source, target] = [boxOf.get(from.id), boxOf.get(to.id)];
    if (source === undefined || target === undefined || target.x >= source.x + source.width) return usual;
    if (target.x + target.width <= source.x) return way === 'from' ? 'start' : 'end';
    return 'end';
}

/** Where a line touched a leaf; null when it did not, or on another side than left or right. */
function keptOffset(
    { previous }: Scene,
    part: Part,
    way: 'from' | 'to',
    { before }: Match,
): { readonly side: Side; readonly offset: number } | null {
    const point = previous.frame.routes.get(part.edge)?.at(way === 'from' ? 0 : -1);
    const corner = before === undefined ? undefined : previous.frame.places.get(before.id);
    if (point === undefined || corner === undefined || before === undefined) return null;
    const [x, y] = [point.x - corner.x, point.y - corner.y];
    if (y < 0 || y > before.height) return null;
    if (Math.abs(x) < 1) return { side: 'start', offset: y };
    // A box that became wider has moved its right side away from the line.
    return x > before.width / 2 ? { side: 'end', offset: y } : null;
}

/** Exits are kept where they were, so that what is outside need not follow; those of what a person moved follow it. */
function keepExit(scene: Scene, borders: Ports, part: Part): void {
    const exit = scene.previous.frame.exits.get(part.edge);
    const isStill = [part.from, part.to].some((end) => isBorder(end, exit?.side));
    const isMoved = [part.from, part.to].some((end) => end.kind === 'child' && isMovedByHand(scene, end.id));
    if (exit !== undefined && isStill && !isMoved) borders.put(exit.side, part.key, exit.y);
}

function isMovedByHand({ previous, boxOf, matchOf }: Scene, id: string): boolean {
    const [box, before] = [boxOf.get(id), matchOf.get(id)?.before];
    const place = before === undefined ? undefined : previous.frame.places.get(before.id);
    return box?.isPinned === true && (place?.x !== box.x || place.y !== box.y);
}

function isBorder(end: PartEnd, side: Side | undefined): boolean {
    return end.kind === 'border' && end.side === side;
}

function borderTerminal({ content, size }: Scene, borders: Ports, part: Part, other: Point | null): Terminal {
    const end = part.from.kind === 'border' ? part.from : part.to;
    const side = end.kind === 'border' ? end.side : 'end';
    const wanted = Math.max(other?.y ?? 0, content.padding.top);
    const y = borders.take(side, part.key, wanted, size.height);
    return side === 'start' ? { x: 0, y, heading: 1 } : { x: size.width, y, heading: -1 };
}
