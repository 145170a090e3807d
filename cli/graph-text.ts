/** The graph in the text formats of other tools. */
import type { GraphEdge, GraphNode, GraphView } from '../language/index.ts';

/** Mermaid flowchart: containers as subgraphs, optional imports dotted. */
export function mermaidOf(view: GraphView): string {
    const ids = idsOf(view);
    const lines = [
        'flowchart LR',
        ...nested(view, null, 1, (node, children, indent) => mermaidNode(node, ids, children, indent)),
        ...view.edges.flatMap((edge) => mermaidEdge(edge, ids)),
    ];
    return lines.join('\n');
}

function mermaidNode(node: GraphNode, ids: Ids, children: readonly string[], indent: string): readonly string[] {
    const label = `"${escaped(node.label, MERMAID)}"`;
    const id = ids.get(node.id) ?? '';
    if (children.length === 0) return [`${indent}${id}[${label}]`];
    return [`${indent}subgraph ${id} [${label}]`, ...children, `${indent}end`];
}

function mermaidEdge(edge: GraphEdge, ids: Ids): readonly string[] {
    const [source, target] = [ids.get(edge.source), ids.get(edge.target)];
    if (source === undefined || target === undefined) return [];
    const label = escaped(labelOf(edge), MERMAID);
    const arrow = edge.optional ? '-.->' : edge.kind === 'extends' ? '==>' : '-->';
    return [`  ${source} ${arrow}${label === '' ? '' : `|"${label}"|`} ${target}`];
}

/** Graphviz: containers as clusters. An arrow to a container ends at its invisible anchor. */
export function dotOf(view: GraphView): string {
    const lines = [
        'digraph roboconf {',
        '  rankdir=LR; compound=true; node [shape=box, style=rounded];',
        ...nested(view, null, 1, dotNode),
        ...view.edges.map(dotEdge),
        '}',
    ];
    return lines.join('\n');
}

function dotNode(node: GraphNode, children: readonly string[], indent: string): readonly string[] {
    const label = `label=${quoted(node.label)}`;
    if (children.length === 0) return [`${indent}${quoted(node.id)} [${label}];`];
    return [
        `${indent}subgraph ${quoted(`cluster_${node.id}`)} {`,
        `${indent}  ${label}; style=rounded;`,
        `${indent}  ${quoted(node.id)} [shape=point, style=invis];`,
        ...children,
        `${indent}}`,
    ];
}

function dotEdge(edge: GraphEdge): string {
    const style = edge.optional ? ', style=dashed' : edge.kind === 'extends' ? ', arrowhead=empty' : '';
    return `  ${quoted(edge.source)} -> ${quoted(edge.target)} [label=${quoted(labelOf(edge))}${style}];`;
}

type Ids = ReadonlyMap<string, string>;

/** Short identifiers that no format objects to. */
function idsOf(view: GraphView): Ids {
    return new Map(view.nodes.map((node, i) => [node.id, `n${i}`]));
}

type NodeLines = (node: GraphNode, children: readonly string[], indent: string) => readonly string[];

function nested(view: GraphView, parent: string | null, depth: number, lines: NodeLines): readonly string[] {
    return view.nodes
        .filter((node) => node.parent === parent)
        .flatMap((node) => lines(node, nested(view, node.id, depth + 1, lines), '  '.repeat(depth)));
}

function labelOf(edge: GraphEdge): string {
    return edge.kind === 'import' ? edge.variables.join(', ') : edge.kind;
}

const MERMAID = /["#<>&\n\r]/g;

/** Signs with a meaning in the format become numeric character references. */
function escaped(text: string, signs: RegExp): string {
    return text.replace(signs, (sign) => `#${sign.charCodeAt(0)};`);
}

function quoted(text: string): string {
    return `"${text.replace(/["\\]/g, '\\$&').replace(/[\r\n]+/g, ' ')}"`;
}
