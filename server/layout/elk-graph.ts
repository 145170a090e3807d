/**
 * A whole forest as one input of ELK's layered algorithm, for pictures small enough that all lines can be thought of together.
 *
 * Edges of the same look share one port at their target, so that many importers of one node arrive as one clean line; they never share a port at
 * their source, so that no line can be read as an edge that does not exist. Siblings that no edge reaches are put on a rack: an invisible box of
 * its own, packed to a sensible aspect ratio instead of one endless column.
 */
import type { ElkExtendedEdge, ElkLabel, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { GraphEdge } from '../../language/index.ts';
import { MAX_LABELLED_EDGES, type FlowDirection } from './content.ts';
import { spacingOptions } from './elk-options.ts';
import { ASPECTS } from './fit.ts';
import { nodesOf, pathOf, type Forest, type Tree } from './forest.ts';
import type { Orientation } from './laid-out-graph.ts';
import { MARGIN, measureEdgeLabel, measureNode, PADDING, TITLE_HEIGHT } from './measures.ts';

export interface ElkOptions {
    readonly direction: FlowDirection;
    readonly orientation: Orientation;
    /** Ids of the edges that run against the flow. */
    readonly against: ReadonlySet<string>;
    /** At most how many of the outermost nodes stand in one layer; null = as many as it takes. */
    readonly layerBound: number | null;
    /** Starts ELK's random numbers; with an even one, siblings are given last first. */
    readonly seed: number;
}

/** Id of the picture itself. */
const ROOT_ID = 'root';
/** Ids of racks start with this; ids of nodes start with `n:`. */
const RACK_PREFIX = 'rack:';

/** From here on, untouched siblings are packed on a rack. */
const RACK_FROM = 3;

/** ELK ids are prefixed, so that no name of a model can be mistaken for one of ours. */
export function elkIdOf(nodeId: string): string {
    return `n:${nodeId}`;
}

/** The whole input. Coordinates in ELK's answer are absolute. */
export function elkGraphOf(forest: Forest, options: ElkOptions): ElkNode {
    const plan = planOf(forest, options);
    return {
        id: ROOT_ID,
        layoutOptions: {
            ...layeredOptions(options),
            ...boundOptions(options.layerBound),
            'elk.randomSeed': String(options.seed),
            'elk.padding': box(MARGIN, MARGIN),
            'elk.json.shapeCoords': 'ROOT',
            'elk.json.edgeCoords': 'ROOT',
        },
        children: racked(ROOT_ID, forest.roots, plan),
        edges: [...plan.edges],
    };
}

interface Plan {
    readonly options: ElkOptions;
    readonly edges: readonly ElkExtendedEdge[];
    /** Node id to the ELK ids of its ports. */
    readonly ports: ReadonlyMap<string, ReadonlySet<string>>;
    /** Ids of nodes that an edge reaches or that contain one whose edge leaves them. */
    readonly touched: ReadonlySet<string>;
    /** Siblings are given last first: what ELK sees no difference between then comes out the other way round. */
    readonly isReversed: boolean;
}

function planOf(forest: Forest, options: ElkOptions): Plan {
    const ports = new Map<string, Set<string>>();
    const touched = new Set<string>();
    for (const edge of forest.edges) for (const id of crossed(forest, edge)) touched.add(id);
    const edges = wholeEdges(forest, options.against, ports);
    return { options, edges, ports, touched, isReversed: options.seed % 2 === 0 };
}

/** The nodes whose border or inside an edge touches, below the innermost node around both ends. */
function crossed(forest: Forest, edge: GraphEdge): readonly string[] {
    const [source, target] = [pathOf(forest, edge.source), pathOf(forest, edge.target)];
    const shared = source.findIndex((id, index) => target[index] !== id);
    const from = shared === -1 ? source.length : shared;
    const ends = [...source.slice(from), ...target.slice(from)];
    return ends.length === 0 ? [edge.source] : ends;
}

function wholeEdges(forest: Forest, against: ReadonlySet<string>, ports: Map<string, Set<string>>): ElkExtendedEdge[] {
    const targets = new Map(nodesOf(forest).map((tree) => [tree.node.id, tree.node]));
    const hasLabels = forest.edges.length <= MAX_LABELLED_EDGES;
    return forest.edges.filter(isRoutable(forest)).map((edge) => {
        const target = targets.get(edge.target);
        const label = hasLabels && target !== undefined ? measureEdgeLabel(edge, target) : null;
        const isAgainst = against.has(edge.id);
        const source = portOf(ports, edge.source, `out:${edge.id}`);
        const way = isAgainst ? 'back' : 'in';
        const end = portOf(
            ports,
            edge.target,
            edge.source === edge.target ? `self:${edge.id}` : `${way}:${styleOf(edge)}`,
        );
        return {
            id: isAgainst ? turnedId(edge.id) : `e:${edge.id}`,
            sources: [isAgainst ? end : source],
            targets: [isAgainst ? source : end],
            labels: label === null ? [] : [elkLabel(label)],
        };
    });
}

/** ELK id of an edge that is given to it the other way round. */
export function turnedId(edgeId: string): string {
    return `t:${edgeId}`;
}

/** ELK does not draw edges between a container and what is inside it the way a reader expects; those are drawn by hand. */
function isRoutable(forest: Forest): (edge: GraphEdge) => boolean {
    return ({ source, target }) =>
        source === target || (!pathOf(forest, source).includes(target) && !pathOf(forest, target).includes(source));
}

function elkLabel(label: { readonly text: string; readonly width: number; readonly height: number }): ElkLabel {
    return { ...label, layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' } };
}

function portOf(ports: Map<string, Set<string>>, node: string, name: string): string {
    const id = `p:${name}@${node}`;
    const known = ports.get(node);
    if (known === undefined) ports.set(node, new Set([id]));
    else known.add(id);
    return id;
}

/** Edges that look the same may share a line. */
function styleOf(edge: GraphEdge): string {
    return `${edge.kind}${edge.optional ? ':optional' : ''}${edge.external ? ':external' : ''}`;
}

/** The two siblings an edge runs between when its ends are lifted; null when one end contains the other. */
export function liftedEnds(
    forest: Forest,
    edge: GraphEdge,
): { readonly source: string; readonly target: string } | null {
    const [sourcePath, targetPath] = [pathOf(forest, edge.source), pathOf(forest, edge.target)];
    const index = sourcePath.findIndex((id, at) => targetPath[at] !== id);
    const [source, target] = [sourcePath[index], targetPath[index]];
    return index === -1 || source === undefined || target === undefined ? null : { source, target };
}

function racked(owner: string, trees: readonly Tree[], plan: Plan): ElkNode[] {
    const touched = trees.filter((tree) => plan.touched.has(tree.node.id));
    const untouched = trees.filter((tree) => !plan.touched.has(tree.node.id));
    const ordered = (chosen: readonly Tree[]) => (plan.isReversed ? chosen.toReversed() : chosen);
    if (untouched.length < RACK_FROM) return ordered(trees).map((tree) => elkNodeOf(tree, plan));
    const rack: ElkNode = {
        id: `${RACK_PREFIX}${owner}`,
        layoutOptions: {
            'elk.algorithm': 'rectpacking',
            'elk.hierarchyHandling': 'SEPARATE_CHILDREN',
            'elk.aspectRatio': String(ASPECTS[plan.options.orientation]),
            'elk.padding': box(0, 0),
            'elk.spacing.nodeNode': '24',
        },
        children: untouched.map((tree) => elkNodeOf(tree, plan)),
    };
    return [...ordered(touched).map((tree) => elkNodeOf(tree, plan)), rack];
}

function elkNodeOf(tree: Tree, plan: Plan): ElkNode {
    const id = elkIdOf(tree.node.id);
    const ports = [...(plan.ports.get(tree.node.id) ?? [])].map((port) => ({ id: port, width: 0, height: 0 }));
    if (tree.children.length === 0) {
        const { width, height } = measureNode(tree.node, 'leaf');
        return { id, width, height, ports, layoutOptions: { 'elk.portConstraints': 'FREE' } };
    }
    const { width, height } = measureNode(tree.node, 'container');
    return {
        id,
        ports,
        layoutOptions: {
            ...layeredOptions(plan.options),
            'elk.padding': box(TITLE_HEIGHT + PADDING, PADDING),
            'elk.nodeSize.constraints': 'MINIMUM_SIZE',
            'elk.nodeSize.minimum': minimumOf(plan.options, width, height),
        },
        children: racked(id, tree.children, plan),
    };
}

/** ELK turns a downward graph with edges across containers on its side to lay it out, and forgets to turn the least sizes. */
function minimumOf({ direction }: ElkOptions, width: number, height: number): string {
    return direction === 'DOWN' ? `(${String(height)},${String(width)})` : `(${String(width)},${String(height)})`;
}

function boundOptions(bound: number | null): LayoutOptions {
    return bound === null
        ? {}
        : {
              'elk.layered.layering.strategy': 'COFFMAN_GRAHAM',
              'elk.layered.layering.coffmanGraham.layerBound': String(bound),
          };
}

function layeredOptions({ direction, orientation }: ElkOptions): LayoutOptions {
    return {
        'elk.algorithm': 'layered',
        'elk.direction': direction,
        'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
        'elk.edgeRouting': 'ORTHOGONAL',
        'elk.aspectRatio': String(ASPECTS[orientation]),
        'elk.randomSeed': '1',
        ...spacingOptions(direction),
        'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    };
}

function box(top: number, side: number): string {
    return `[top=${String(top)},left=${String(side)},bottom=${String(side)},right=${String(side)}]`;
}
