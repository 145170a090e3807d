/** Reads a laid-out graph out of a message: every field the picture uses is checked, so that drawing cannot fail. */
import type { Copy, SourceRange } from '../../language/index.ts';
import type { Caption, EdgeLabel, LaidOutGraph, PlacedNode, Point, RoutedEdge } from '../../server/layout.ts';
import { allOf, coordinate, count, isOneOf, listOf, nullOr, recordOf, text } from './fields.ts';

const MAX_NODES = 20_000;
const MAX_EDGES = 100_000;
const MAX_POINTS = 10_000;
const MAX_VARIABLES = 10_000;

/** Unknown in; a graph with every field checked, or undefined. */
export function parseLaidOutGraph(value: unknown): LaidOutGraph | undefined {
    const fields = recordOf(value);
    const { perspective, arrangement } = fields ?? {};
    const width = coordinate(fields?.['width']);
    const height = coordinate(fields?.['height']);
    const nodes = listOf(fields?.['nodes'], MAX_NODES, parseNode);
    const edges = listOf(fields?.['edges'], MAX_EDGES, parseEdge);
    if (!isOneOf(PERSPECTIVES, perspective) || !isOneOf(ARRANGEMENTS, arrangement)) return undefined;
    if (width === undefined || height === undefined || nodes === undefined || edges === undefined) return undefined;
    return { perspective, arrangement, width, height, nodes, edges };
}

const PERSPECTIVES = ['components', 'instances'] as const;
const ARRANGEMENTS = ['layered', 'packed'] as const;
const NODE_KINDS = ['component', 'facet', 'instance', 'outside'] as const;
const EDGE_KINDS = ['import', 'extends', 'facet', 'child'] as const;
const SHAPES = ['leaf', 'container'] as const;

type Fields = Readonly<Record<string, unknown>>;

function parseNode(value: unknown): PlacedNode | undefined {
    const fields = recordOf(value) ?? {};
    const kind = fields['kind'];
    const texts = allOf({
        id: text(fields['id']),
        label: text(fields['label']),
        detail: text(fields['detail']),
        installer: text(fields['installer']),
        copy: nullOr(fields['copy'], parseCopy),
        parent: nullOr(fields['parent'], text),
        range: nullOr(fields['range'], parseRange),
    });
    const drawing = parseDrawing(fields);
    if (!isOneOf(NODE_KINDS, kind) || texts === undefined || drawing === undefined) return undefined;
    return { kind, ...texts, ...drawing };
}

function parseDrawing(fields: Fields) {
    const shape = fields['shape'];
    const drawing = allOf({
        x: coordinate(fields['x']),
        y: coordinate(fields['y']),
        width: coordinate(fields['width']),
        height: coordinate(fields['height']),
        depth: count(fields['depth']),
        caption: parseCaption(fields['caption']),
        detailCaption: parseCaption(fields['detailCaption']),
    });
    return drawing === undefined || !isOneOf(SHAPES, shape) ? undefined : { shape, ...drawing };
}

function parseCopy(value: unknown): Copy | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({ index: count(fields['index']), count: count(fields['count']) });
}

function parseEdge(value: unknown): RoutedEdge | undefined {
    const fields = recordOf(value) ?? {};
    const { kind, optional, external } = fields;
    const rest = allOf({
        id: text(fields['id']),
        source: text(fields['source']),
        target: text(fields['target']),
        variables: listOf(fields['variables'], MAX_VARIABLES, text),
        points: listOf(fields['points'], MAX_POINTS, parsePoint),
        label: nullOr(fields['label'], parseEdgeLabel),
    });
    if (!isOneOf(EDGE_KINDS, kind) || typeof optional !== 'boolean' || typeof external !== 'boolean') return undefined;
    return rest === undefined || rest.points.length < 2 ? undefined : { kind, optional, external, ...rest };
}

function parseEdgeLabel(value: unknown): EdgeLabel | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        text: text(fields['text']),
        x: coordinate(fields['x']),
        y: coordinate(fields['y']),
        width: coordinate(fields['width']),
        height: coordinate(fields['height']),
    });
}

function parsePoint(value: unknown): Point | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({ x: coordinate(fields['x']), y: coordinate(fields['y']) });
}

function parseCaption(value: unknown): Caption | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({ text: text(fields['text']), width: coordinate(fields['width']) });
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
