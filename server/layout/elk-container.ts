/**
 * One container as input of ELK's layered algorithm, and ELK's answer as a frame.
 *
 * Lines that leave the container end at ports on its border, those of children at ports on theirs, which the frames of the children have fixed.
 * Lines of the same key share one port where they come together and one on each border they cross, so that many importers of one node arrive
 * as one clean line. Children that no line reaches stand on a rack: a box of their own, packed to a sensible proportion.
 */
import type { ElkEdgeSection, ElkExtendedEdge, ElkLabel, ElkNode, ElkPort, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { ChildBox, Content, Exit, Part, PartEnd, Side } from './content.ts';
import { ASPECTS } from './fit.ts';
import type { Frame } from './frame.ts';
import { elkOptions, paddingOption, type Extent } from './elk-options.ts';
import type { EdgeLabel, Point } from './laid-out-graph.ts';
import { ownExits } from './own-exits.ts';
import { packShelves, type Shelves } from './shelves.ts';
import { stackedFrame } from './stacked.ts';

/** ELK itself; rejects when it cannot lay the graph out. */
export type RunElk = (graph: ElkNode) => Promise<ElkNode>;

/** From here on, untouched children are packed on a rack. */
const RACK_FROM = 3;
const ROOT_ID = 'root';
const CONTAINER_ID = 'container';
const RACK_ID = 'rack';

/** Rejects when ELK does, or when its answer lacks something. */
export async function layOutContainer(content: Content, runElk: RunElk): Promise<Frame> {
    const stacked = stackedFrame(content);
    if (stacked !== null) return withOwnExits(content, stacked);
    const plan = planOf(content);
    const answer = await runElk(elkGraphOf(content, plan));
    const container = answer.children?.find(({ id }) => id === CONTAINER_ID);
    if (container === undefined) throw new Error('the layout lacks the container');
    return withOwnExits(content, frameOf(container, plan));
}

interface Plan {
    /** ELK's edges by what they join: parts between the same ports share one. */
    readonly edges: ReadonlyMap<string, ElkExtendedEdge>;
    /** Id of the ELK edge each part is drawn by. */
    readonly edgeOf: ReadonlyMap<Part, string>;
    /** Ports of the children, and under `CONTAINER_ID` those of the border. */
    readonly ports: ReadonlyMap<string, ReadonlyMap<string, ElkPort>>;
    /** Children that no part reaches, when they are many. */
    readonly loose: readonly ChildBox[];
    readonly rack: Shelves<ChildBox>;
    /** Child to its id in ELK: short, and never one that a model chose. */
    readonly ids: ReadonlyMap<string, string>;
}

function planOf(content: Content): Plan {
    const ids = new Map(content.children.map(({ id }, index) => [id, `n${String(index)}`]));
    const boxes = new Map(content.children.map((child) => [child.id, child]));
    const ports = new Map<string, Map<string, ElkPort>>();
    const edges = new Map<string, ElkExtendedEdge>();
    const edgeOf = new Map<Part, string>();
    for (const part of content.parts) {
        const port = (end: PartEnd, way: 'from' | 'to'): string => {
            const wanted = portOf(part, end, way, boxes);
            const owner = end.kind === 'child' ? (ids.get(end.id) ?? '') : CONTAINER_ID;
            const known = ports.get(owner) ?? new Map<string, ElkPort>();
            ports.set(owner, known);
            const id = `${owner}|${wanted.id}`;
            if (!known.has(id)) known.set(id, { ...wanted.port(content), id, width: 0, height: 0 });
            return id;
        };
        const [from, to] = [port(part.from, 'from'), port(part.to, 'to')];
        const id = `${from}>${to}`;
        edges.set(id, { id, sources: [from], targets: [to], labels: edges.has(id) ? [] : elkLabels(part) });
        edgeOf.set(part, id);
    }
    const untouched = content.children.filter(({ id }) => !ports.has(ids.get(id) ?? ''));
    const loose = untouched.length < RACK_FROM ? [] : untouched;
    return { edges, edgeOf, ports, loose, rack: packShelves(loose, ASPECTS[content.orientation]), ids };
}

/** Lines that stand for several edges bear no text. */
function elkLabels({ label }: Part): ElkLabel[] {
    if (label === null) return [];
    const { text, width, height } = label;
    return [
        {
            text,
            width,
            height,
            layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
        },
    ];
}

interface WantedPort {
    readonly id: string;
    readonly port: (content: Content) => Pick<ElkPort, 'x' | 'y' | 'layoutOptions'>;
}

function portOf(part: Part, end: PartEnd, way: 'from' | 'to', boxes: ReadonlyMap<string, ChildBox>): WantedPort {
    if (end.kind === 'border')
        return { id: `${end.side}:${part.key}`, port: (content) => sideOption(content, end.side) };
    const exit = boxes.get(end.id)?.exits?.get(part.edge);
    if (exit === undefined) return { id: part.shared === way ? part.key : `${way}:${part.edge}`, port: () => ({}) };
    const { side, x, y } = exit;
    return {
        id: `${side}:${String(x)},${String(y)}:${part.key}`,
        port: (content) => ({ x, y, ...sideOption(content, side) }),
    };
}

function sideOption({ direction }: Content, side: Side): { readonly layoutOptions: LayoutOptions } {
    const across = direction === 'RIGHT' ? { start: 'WEST', end: 'EAST' } : { start: 'NORTH', end: 'SOUTH' };
    return { layoutOptions: { 'elk.port.side': across[side] } };
}

function elkGraphOf(content: Content, plan: Plan): ElkNode {
    const loose = new Set(plan.loose);
    const rack = { id: RACK_ID, width: plan.rack.width, height: plan.rack.height };
    const border = [...(plan.ports.get(CONTAINER_ID)?.values() ?? [])];
    const touched = content.children.filter((child) => !loose.has(child));
    const container: ElkNode = {
        id: CONTAINER_ID,
        ports: border,
        layoutOptions: {
            ...elkOptions(content, extentOf(content, touched.length)),
            'elk.padding': paddingOption(content.padding),
            'elk.portConstraints': 'FIXED_SIDE',
            'elk.nodeSize.constraints': 'MINIMUM_SIZE',
            'elk.nodeSize.minimum': `(${String(content.minWidth)},${String(content.minHeight)})`,
        },
        children: [...touched.map((child) => elkChildOf(child, plan)), ...(plan.loose.length === 0 ? [] : [rack])],
        edges: [...plan.edges.values()],
    };
    return { id: ROOT_ID, layoutOptions: { 'elk.algorithm': 'layered' }, children: [container] };
}

/** How many other children the best connected child is connected with, on one of its sides. */
function widestOf({ parts }: Content): number {
    const others = new Map<string, Set<string>>();
    for (const { from, to } of parts) {
        if (from.kind !== 'child' || to.kind !== 'child') continue;
        others.set(`from ${from.id}`, (others.get(`from ${from.id}`) ?? new Set()).add(to.id));
        others.set(`to ${to.id}`, (others.get(`to ${to.id}`) ?? new Set()).add(from.id));
    }
    return Math.max(0, ...[...others.values()].map(({ size }) => size));
}

function extentOf(content: Content, childCount: number): Extent {
    return { childCount, lineCount: content.parts.length, widest: widestOf(content) };
}

function elkChildOf({ id, width, height, exits }: ChildBox, { ids, ports }: Plan): ElkNode {
    const elkId = ids.get(id) ?? '';
    return {
        id: elkId,
        width,
        height,
        ports: [...(ports.get(elkId)?.values() ?? [])],
        layoutOptions: { 'elk.portConstraints': exits === null ? 'FREE' : 'FIXED_POS' },
    };
}

function frameOf(container: ElkNode, plan: Plan): Frame {
    const corners = new Map((container.children ?? []).map((node) => [node.id, cornerOf(node)]));
    const rack = corners.get(RACK_ID);
    const places = new Map<string, Point>();
    for (const [id, elkId] of plan.ids) {
        const corner = corners.get(elkId);
        if (corner !== undefined) places.set(id, corner);
    }
    if (rack !== undefined) {
        for (const { box, x, y } of plan.rack.placed) places.set(box.id, { x: rack.x + x, y: rack.y + y });
    }
    const { width = 0, height = 0 } = container;
    if (places.size !== plan.ids.size) throw new Error('the layout lacks a node');
    return { width, height, places, ...linesOf(container, plan) };
}

function linesOf({ edges = [] }: ElkNode, plan: Plan): Pick<Frame, 'exits' | 'routes' | 'labels'> {
    const lines = new Map(edges.map((edge) => [edge.id, edge]));
    const routes = new Map<string, readonly Point[]>();
    const exits = new Map<string, Exit>();
    const labels = new Map<string, EdgeLabel>();
    for (const [part, id] of plan.edgeOf) {
        const section = lines.get(id)?.sections?.[0];
        if (section === undefined) throw new Error(`the layout lacks the line ${id}`);
        const points = pointsOf(section);
        routes.set(part.edge, points);
        const exit = exitOf(part, points);
        if (exit !== null) exits.set(part.edge, exit);
        const label = labelOf(part, lines.get(id)?.labels?.[0]);
        if (label !== null) labels.set(part.edge, label);
    }
    return { exits, routes, labels };
}

function exitOf({ from, to }: Part, points: readonly Point[]): Exit | null {
    const end = from.kind === 'border' ? from : to;
    const point = points.at(end === from ? 0 : -1);
    return end.kind === 'border' && point !== undefined ? { side: end.side, ...point } : null;
}

function labelOf({ label }: Part, { x, y }: Partial<Point> = {}): EdgeLabel | null {
    return label === null || x === undefined || y === undefined ? null : { ...label, x, y };
}

function cornerOf({ x, y }: ElkNode): Point {
    if (x === undefined || y === undefined) throw new Error('the layout lacks a place');
    return { x, y };
}

function pointsOf(section: ElkEdgeSection): readonly Point[] {
    return [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({ x, y }));
}

function withOwnExits(content: Content, frame: Frame): Frame {
    return { ...frame, exits: new Map([...frame.exits, ...ownExits(content, frame)]) };
}
