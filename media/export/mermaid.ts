/** A graph as a Mermaid flowchart: containers are subgraphs; optional imports dotted, those of other applications end in a circle. */
import type { GraphEdge, GraphNode } from '../../language/index.ts';
import type { PictureOverlay } from '../picture/overlay.ts';
import type { Texts } from '../texts.ts';
import {
    edgeText,
    markOf,
    nestedLines,
    shortIds,
    shortText,
    TONE_COLOURS,
    type TextGraph,
    type Tone,
} from './nested.ts';

/** The flowchart, without a line end at its end. What an overlay says about a node stands in its text and colours it. */
export function mermaidOf(graph: TextGraph, overlay: PictureOverlay, texts: Texts): string {
    const ids = shortIds(graph.nodes);
    const tones = new Map<Tone, string[]>();
    const nodeLines = (node: GraphNode, inside: readonly string[], indent: string): readonly string[] => {
        const id = ids.get(node.id) ?? '';
        const mark = markOf(node.id, overlay, texts);
        if (mark !== null) tones.set(mark.tone, [...(tones.get(mark.tone) ?? []), id]);
        const label = `"${nodeText(node, mark?.text ?? '')}"`;
        if (inside.length > 0) return [`${indent}subgraph ${id} [${label}]`, ...inside, `${indent}end`];
        return [`${indent}${id}${node.kind === 'outside' ? `([${label}])` : `[${label}]`}`];
    };
    const drawn = graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
    return [
        'flowchart LR',
        ...nestedLines(graph.nodes, nodeLines),
        ...drawn.map((edge) => edgeLine(edge, ids)),
        ...[...tones].flatMap(([tone, members]) => toneLines(tone, members)),
        ...linkStyles(drawn, overlay),
    ].join('\n');
}

function nodeText({ label, detail }: GraphNode, mark: string): string {
    const parts = [escaped(shortText(label)), escaped(shortText(detail)), escaped(mark)].filter((part) => part !== '');
    return parts.join('<br/>');
}

function edgeLine(edge: GraphEdge, ids: ReadonlyMap<string, string>): string {
    const text = escaped(edgeText(edge));
    const label = text === '' ? '' : `|"${text}"|`;
    return `  ${ids.get(edge.source) ?? ''} ${arrowOf(edge)}${label} ${ids.get(edge.target) ?? ''}`;
}

function arrowOf({ kind, optional, external }: GraphEdge): string {
    switch (kind) {
        case 'import':
            return `${optional ? '-.-' : '--'}${external ? 'o' : '>'}`;
        case 'extends':
            return '==>';
        case 'facet':
            return '-.-';
        case 'child':
            return '---';
        default:
            return kind satisfies never;
    }
}

function toneLines(tone: Tone, members: readonly string[]): readonly string[] {
    const [fill, stroke] = TONE_COLOURS[tone];
    return [`  classDef ${tone} fill:${fill},stroke:${stroke},color:#1c2433`, `  class ${members.join(',')} ${tone}`];
}

/** Mermaid knows lines by their number. */
function linkStyles(drawn: readonly GraphEdge[], { changes }: PictureOverlay): readonly string[] {
    if (changes === null) return [];
    return drawn.flatMap(({ id }, index) => {
        const change = Object.hasOwn(changes.edges, id) ? changes.edges[id] : undefined;
        if (change === undefined) return [];
        const dashes = change === 'removed' ? ',stroke-dasharray:6 4' : '';
        return [`  linkStyle ${String(index)} stroke:${TONE_COLOURS[change][1]}${dashes}`];
    });
}

/** Signs with a meaning in the format become numeric character references. */
function escaped(text: string): string {
    return text.replace(/["#<>&`[\]{}|\\*_~]/g, (sign) => `#${String(sign.charCodeAt(0))};`);
}
