/** Reads a laid-out graph out of a message: every field the picture uses is checked, so that drawing cannot fail. */
import type { Copy, SourceRange } from '../../language/index.ts';
import type { Caption, EdgeLabel, LaidOutGraph, PlacedNode, Point, RoutedEdge } from '../../server/layout.ts';
import { allOf, coordinate, count, extent, isOneOf, listOf, nullOr, oneOf, recordOf, text, truth } from './fields.ts';
import { isPerspective } from './look-fields.ts';

/** A model has up to 100,000 instances, and all of them may be in a picture. */
const MAX_NODES = 200_000;
const MAX_EDGES = 500_000;
const MAX_POINTS = 10_000;
const MAX_VARIABLES = 10_000;
const MAX_FACETS = 10_000;

/** Unknown in; a graph with every field checked, or undefined. */
export function parseLaidOutGraph(value: unknown): LaidOutGraph | undefined {
    const fields = recordOf(value);
    const { perspective, arrangement } = fields ?? {};
    const width = extent(fields?.['width']);
    const height = extent(fields?.['height']);
    const nodes = listOf(fields?.['nodes'], MAX_NODES, parseNode);
    const edges = listOf(fields?.['edges'], MAX_EDGES, parseEdge);
    if (!isPerspective(perspective) || !isOneOf(ARRANGEMENTS, arrangement)) return undefined;
    if (width === undefined || height === undefined || nodes === undefined || edges === undefined) return undefined;
    return { perspective, arrangement, width, height, nodes, edges };
}

const ARRANGEMENTS = ['layered', 'packed'] as const;
const NODE_KINDS = ['component', 'facet', 'instance', 'outside'] as const;
const EDGE_KINDS = ['import', 'extends', 'facet', 'child'] as const;
const SHAPES = ['leaf', 'container'] as const;

/** One record for all fields: of thousands of nodes, every record between would be one too many. */
function parseNode(value: unknown): PlacedNode | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        kind: oneOf(NODE_KINDS, fields['kind']),
        id: text(fields['id']),
        label: text(fields['label']),
        detail: text(fields['detail']),
        installer: text(fields['installer']),
        copy: nullOr(fields['copy'], parseCopy),
        component: text(fields['component']),
        facets: listOf(fields['facets'], MAX_FACETS, text),
        folded: listOf(fields['folded'], MAX_NODES, text),
        parent: nullOr(fields['parent'], text),
        range: nullOr(fields['range'], parseRange),
        shape: oneOf(SHAPES, fields['shape']),
        x: coordinate(fields['x']),
        y: coordinate(fields['y']),
        width: extent(fields['width']),
        height: extent(fields['height']),
        depth: count(fields['depth']),
        isPinned: truth(fields['isPinned']),
        caption: parseCaption(fields['caption']),
        detailCaption: parseCaption(fields['detailCaption']),
    });
}

function parseCopy(value: unknown): Copy | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({ index: count(fields['index']), count: count(fields['count']) });
}

function parseEdge(value: unknown): RoutedEdge | undefined {
    const fields = recordOf(value) ?? {};
    const edge = allOf({
        kind: oneOf(EDGE_KINDS, fields['kind']),
        optional: truth(fields['optional']),
        external: truth(fields['external']),
        id: text(fields['id']),
        source: text(fields['source']),
        target: text(fields['target']),
        variables: listOf(fields['variables'], MAX_VARIABLES, text),
        count: count(fields['count']),
        points: listOf(fields['points'], MAX_POINTS, parsePoint),
        label: nullOr(fields['label'], parseEdgeLabel),
    });
    return edge === undefined || edge.points.length < 2 ? undefined : edge;
}

function parseEdgeLabel(value: unknown): EdgeLabel | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        text: text(fields['text']),
        x: coordinate(fields['x']),
        y: coordinate(fields['y']),
        width: extent(fields['width']),
        height: extent(fields['height']),
    });
}

function parsePoint(value: unknown): Point | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({ x: coordinate(fields['x']), y: coordinate(fields['y']) });
}

function parseCaption(value: unknown): Caption | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({ text: text(fields['text']), width: extent(fields['width']) });
}

function parseRange(value: unknown): SourceRange | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        file: text(fields['file']),
        line: count(fields['line']),
        column: count(fields['column']),
        endLine: count(fields['endLine']),
        endColumn: count(fields['endColumn']),
    });
}
