/** ELK's answer as a laid-out graph. What is missing from the answer or contradicts it is an error of ELK: the caller then packs by hand. */
import type { ElkEdgeSection, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { GraphEdge, GraphView } from '../../language/index.ts';
import { elkIdOf, turnedId } from './elk-graph.ts';
import type { Forest, Tree } from './forest.ts';
import type { EdgeLabel, LaidOutGraph, PlacedNode, Point, RoutedEdge } from './laid-out-graph.ts';
import { MARGIN, measureNode } from './measures.ts';
import { straightRoute } from './straight-route.ts';

/** Throws when ELK's answer lacks a node. */
export function laidOutGraphOf(view: GraphView, forest: Forest, answer: ElkNode): LaidOutGraph {
    const places = placesOf(answer);
    const nodes = forest.roots.flatMap((tree) => placedNodes(tree, places));
    const routes = routesOf(answer);
    const placed = new Map(nodes.map((node) => [node.id, node]));
    const edges = forest.edges.flatMap((edge) => {
        const [source, target] = [placed.get(edge.source), placed.get(edge.target)];
        if (source === undefined || target === undefined) return [];
        return [routedEdge({ edge, source, target }, routes)];
    });
    return { perspective: view.perspective, arrangement: 'layered', ...extentOf(nodes, edges), nodes, edges };
}

interface EdgeContext {
    readonly edge: GraphEdge;
    readonly source: PlacedNode;
    readonly target: PlacedNode;
}

function placesOf(answer: ElkNode): ReadonlyMap<string, ElkNode> {
    const places = new Map<string, ElkNode>();
    const visit = (node: ElkNode): void => {
        places.set(node.id, node);
        for (const child of node.children ?? []) visit(child);
    };
    visit(answer);
    return places;
}

function placedNodes(tree: Tree, places: ReadonlyMap<string, ElkNode>): PlacedNode[] {
    const { x, y, width, height } = places.get(elkIdOf(tree.node.id)) ?? {};
    if (x === undefined || y === undefined || width === undefined || height === undefined) {
        throw new Error(`the layout lacks ${tree.node.id}`);
    }
    const shape = tree.children.length === 0 ? 'leaf' : 'container';
    const { caption, detailCaption } = measureNode(tree.node, shape);
    const parent = tree.depth === 0 ? null : tree.node.parent;
    const node = {
        ...tree.node,
        parent,
        x,
        y,
        width,
        height,
        shape,
        depth: tree.depth,
        isPinned: false,
        caption,
        detailCaption,
    } as const;
    return [node, ...tree.children.flatMap((child) => placedNodes(child, places))];
}

interface Route {
    readonly points: readonly Point[];
    readonly label: EdgeLabel | null;
}

function routesOf(answer: ElkNode): ReadonlyMap<string, Route> {
    const routes = new Map<string, Route>();
    for (const edge of answer.edges ?? []) {
        const section = edge.sections?.[0];
        if (section !== undefined) routes.set(edge.id, { points: pointsOf(section), label: labelOf(edge) });
    }
    return routes;
}

function pointsOf(section: ElkEdgeSection): readonly Point[] {
    return [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({ x, y }));
}

function labelOf(edge: ElkExtendedEdge): EdgeLabel | null {
    const { text, x, y, width, height } = edge.labels?.[0] ?? {};
    if (text === undefined || x === undefined || y === undefined) return null;
    return { text, x, y, width: width ?? 0, height: height ?? 0 };
}

function routedEdge(context: EdgeContext, routes: ReadonlyMap<string, Route>): RoutedEdge {
    const { edge, source, target } = context;
    const route = wholeRoute(edge.id, routes);
    if (route === undefined) return { ...edge, points: straightRoute(source, target), label: null };
    return { ...edge, ...route };
}

/** What was given to ELK the other way round is turned back. */
function wholeRoute(edgeId: string, routes: ReadonlyMap<string, Route>): Route | undefined {
    const turned = routes.get(turnedId(edgeId));
    return turned === undefined
        ? routes.get(`e:${edgeId}`)
        : { points: turned.points.toReversed(), label: turned.label };
}

/** Edges may leave the box around all nodes. */
function extentOf(nodes: readonly PlacedNode[], edges: readonly RoutedEdge[]): { width: number; height: number } {
    let [width, height] = [0, 0];
    for (const node of nodes) {
        width = Math.max(width, node.x + node.width);
        height = Math.max(height, node.y + node.height);
    }
    for (const point of edges.flatMap((edge) => edge.points)) {
        width = Math.max(width, point.x);
        height = Math.max(height, point.y);
    }
    return { width: Math.ceil(width) + MARGIN, height: Math.ceil(height) + MARGIN };
}
