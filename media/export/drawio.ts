/** A laid-out graph as a draw.io (diagrams.net) file: containers hold what is inside of them, lines keep their bends and stay attached to their ends. */
import type { LaidOutGraph, PlacedNode, Point, RoutedEdge } from '../../server/layout.ts';
import { element, figure } from '../picture/element.ts';
import type { PictureOverlay } from '../picture/overlay.ts';
import { toSvgText, type SvgElement } from '../picture/svg.ts';
import type { Texts } from '../texts.ts';
import { edgeText, markOf, shortIds, shortText, TONE_COLOURS, type NodeMark } from './nested.ts';

/** The whole file, uncompressed. `title` names its page. */
export function drawioOf(graph: LaidOutGraph, overlay: PictureOverlay, texts: Texts, title: string): string {
    const ids = shortIds(graph.nodes);
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const scene: Scene = { ids, nodes, overlay };
    const cells = [
        element('mxCell', { id: '0' }),
        element('mxCell', { id: ROOT, parent: '0' }),
        ...graph.nodes.map((node) => nodeCell(node, markOf(node.id, overlay, texts), scene)),
        ...graph.edges.map((edge, index) => edgeCell(edge, `e${String(index)}`, scene)),
    ];
    const model = element('mxGraphModel', { grid: 1, gridSize: 8, connect: 1, arrows: 1, fold: 1 }, [
        element('root', {}, cells),
    ]);
    return toSvgText(
        element('mxfile', { host: 'Roboconf' }, [element('diagram', { name: shortText(title) }, [model])]),
    );
}

/** The layer everything lies on. */
const ROOT = '1';

interface Scene {
    readonly ids: ReadonlyMap<string, string>;
    readonly nodes: ReadonlyMap<string, PlacedNode>;
    readonly overlay: PictureOverlay;
}

function nodeCell(node: PlacedNode, mark: NodeMark | null, { ids, nodes }: Scene): SvgElement {
    const parent = node.parent === null ? undefined : nodes.get(node.parent);
    const { width, height } = node;
    const geometry = { x: node.x - (parent?.x ?? 0), y: node.y - (parent?.y ?? 0), width, height, as: 'geometry' };
    const attributes = {
        id: ids.get(node.id) ?? '',
        value: [node.label, node.detail, mark?.text ?? '']
            .map(shortText)
            .filter((line) => line !== '')
            .join('\n'),
        style: nodeStyle(node, mark),
        vertex: 1,
        parent: (parent === undefined ? undefined : ids.get(parent.id)) ?? ROOT,
    };
    return element('mxCell', attributes, [element('mxGeometry', geometry)]);
}

function nodeStyle(node: PlacedNode, mark: NodeMark | null): string {
    const [fill, stroke] = mark === null ? ['#ffffff', '#7a879c'] : TONE_COLOURS[mark.tone];
    const isDashed = node.kind === 'outside' || node.kind === 'facet' || mark?.tone === 'removed';
    return styleText({
        rounded: 1,
        arcSize: 6,
        absoluteArcSize: 1,
        whiteSpace: 'wrap',
        html: 0,
        fillColor: fill,
        strokeColor: stroke,
        fontColor: '#1c2433',
        ...(isDashed ? { dashed: 1 } : {}),
        ...(node.shape === 'container'
            ? { container: 1, collapsible: 0, verticalAlign: 'top', fontStyle: 1, fillOpacity: 40 }
            : {}),
    });
}

function edgeCell(edge: RoutedEdge, id: string, { ids, nodes, overlay }: Scene): SvgElement {
    const bends = edge.points.slice(1, -1).map(({ x, y }) => element('mxPoint', { x, y }));
    const geometry = element(
        'mxGeometry',
        { relative: 1, as: 'geometry' },
        bends.length === 0 ? [] : [element('Array', { as: 'points' }, bends)],
    );
    const attributes = {
        id,
        value: edgeText(edge),
        style: `${edgeStyle(edge, overlay)}${anchors(edge, nodes)}`,
        edge: 1,
        parent: ROOT,
        source: ids.get(edge.source) ?? '',
        target: ids.get(edge.target) ?? '',
    };
    return element('mxCell', attributes, [geometry]);
}

function edgeStyle(edge: RoutedEdge, { changes }: PictureOverlay): string {
    const edges = changes?.edges ?? {};
    const change = Object.hasOwn(edges, edge.id) ? edges[edge.id] : undefined;
    return styleText({
        rounded: 1,
        html: 0,
        fontSize: 11,
        fontColor: '#525d70',
        labelBackgroundColor: '#ffffff',
        ...strokeOf(edge),
        strokeColor: change === undefined ? (edge.external ? '#7443c4' : '#7a879c') : TONE_COLOURS[change][1],
    });
}

function strokeOf({ kind, optional, external }: RoutedEdge): Readonly<Record<string, string | number>> {
    switch (kind) {
        case 'import': {
            const end = external ? { endArrow: 'oval', endFill: 0 } : { endArrow: optional ? 'open' : 'block' };
            return optional ? { ...end, dashed: 1 } : end;
        }
        case 'extends':
            return { endArrow: 'block', endFill: 0 };
        case 'facet':
            return { endArrow: 'box', endFill: 0, dashed: 1, dashPattern: '1 3' };
        case 'child':
            return { endArrow: 'none', startArrow: 'diamond', startFill: 1 };
        default:
            return kind satisfies never;
    }
}

/** Where the line leaves and arrives, as shares of the sides of its nodes. */
function anchors({ source, target, points }: RoutedEdge, nodes: ReadonlyMap<string, PlacedNode>): string {
    const [first, last] = [points[0], points.at(-1)];
    const [from, to] = [nodes.get(source), nodes.get(target)];
    if (first === undefined || last === undefined || from === undefined || to === undefined) return '';
    return `${anchor('exit', from, first)}${anchor('entry', to, last)}`;
}

function anchor(end: 'exit' | 'entry', node: PlacedNode, { x, y }: Point): string {
    const share = (distance: number, length: number): string => figure(Math.min(1, Math.max(0, distance / length)));
    const [right, down] = [share(x - node.x, node.width), share(y - node.y, node.height)];
    return `${end}X=${right};${end}Y=${down};${end}Dx=0;${end}Dy=0;`;
}

function styleText(style: Readonly<Record<string, string | number>>): string {
    return Object.entries(style)
        .map(([key, value]) => `${key}=${String(value)};`)
        .join('');
}
