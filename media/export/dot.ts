/** A graph for Graphviz: containers are clusters; lines to a container end at its border. */
import type { GraphEdge, GraphNode } from '../../language/index.ts';
import type { PictureOverlay } from '../picture/overlay.ts';
import type { Texts } from '../texts.ts';
import {
    childrenOf,
    edgeText,
    markOf,
    nestedLines,
    shortIds,
    shortText,
    TONE_COLOURS,
    type NodeMark,
    type TextGraph,
} from './nested.ts';

/** The graph in the DOT language, without a line end at its end. What an overlay says about a node stands in its text and colours it. */
export function dotOf(graph: TextGraph, overlay: PictureOverlay, texts: Texts): string {
    const ids = shortIds(graph.nodes);
    const containers = new Set(childrenOf(graph.nodes).keys());
    const nodeLines = (node: GraphNode, inside: readonly string[], indent: string): readonly string[] => {
        const id = ids.get(node.id) ?? '';
        const looks = looksOf(node, markOf(node.id, overlay, texts));
        if (inside.length === 0) return [`${indent}${id} [${looks}];`];
        return [
            `${indent}subgraph cluster_${id} {`,
            `${indent}  graph [${looks}, style="rounded,filled"];`,
            // A line needs a node to end at; it is cut at the border of the cluster.
            `${indent}  ${id} [shape=point, style=invis, width=0, label=""];`,
            ...inside,
            `${indent}}`,
        ];
    };
    const drawn = graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
    return [
        'digraph roboconf {',
        '  graph [rankdir=LR, compound=true, fontname="Helvetica", bgcolor="white"];',
        '  node [shape=box, style="rounded,filled", fillcolor="white", color="#7a879c", fontname="Helvetica"];',
        '  edge [color="#7a879c", fontname="Helvetica", fontsize=10];',
        ...nestedLines(graph.nodes, nodeLines),
        ...drawn.map((edge) => edgeLine(edge, ids, { containers, overlay })),
        '}',
    ].join('\n');
}

function looksOf(node: GraphNode, mark: NodeMark | null): string {
    const lines = [node.label, node.detail, mark?.text ?? ''].map(shortText).filter((line) => line !== '');
    const looks = [`label=${quoted(lines)}`];
    if (mark !== null) {
        const [fill, stroke] = TONE_COLOURS[mark.tone];
        looks.push(`fillcolor="${fill}"`, `color="${stroke}"`);
    } else if (node.kind === 'outside' || node.kind === 'facet') looks.push('style="rounded,dashed"');
    return looks.join(', ');
}

interface Around {
    /** Ids of the nodes that are clusters. */
    readonly containers: ReadonlySet<string | null>;
    readonly overlay: PictureOverlay;
}

function edgeLine(edge: GraphEdge, ids: ReadonlyMap<string, string>, { containers, overlay }: Around): string {
    const [source, target] = [ids.get(edge.source) ?? '', ids.get(edge.target) ?? ''];
    const looks = [`label=${quoted([edgeText(edge)])}`, ...strokeOf(edge)];
    if (containers.has(edge.source)) looks.push(`ltail=cluster_${source}`);
    if (containers.has(edge.target)) looks.push(`lhead=cluster_${target}`);
    const edges = overlay.changes?.edges ?? {};
    const change = Object.hasOwn(edges, edge.id) ? edges[edge.id] : undefined;
    if (change !== undefined) looks.push(`color="${TONE_COLOURS[change][1]}"`);
    return `  ${source} -> ${target} [${looks.join(', ')}];`;
}

function strokeOf({ kind, optional, external }: GraphEdge): readonly string[] {
    switch (kind) {
        case 'import':
            return [
                ...(optional ? ['style=dashed', 'arrowhead=vee'] : []),
                ...(external ? ['arrowhead=odot', 'color="#7443c4"'] : []),
            ];
        case 'extends':
            return ['arrowhead=empty'];
        case 'facet':
            return ['style=dotted', 'arrowhead=obox'];
        case 'child':
            return ['dir=both', 'arrowhead=none', 'arrowtail=diamond'];
        default:
            return kind satisfies never;
    }
}

/** Lines of a label. */
function quoted(lines: readonly string[]): string {
    return `"${lines.map((line) => line.replace(/["\\]/g, '\\$&')).join('\\n')}"`;
}
