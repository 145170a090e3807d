/**
 * Thousands of nodes as a few dozen paths: plain cards and boxes in the colour of their state, without texts. A chunk is what lies together, so that
 * the browser can leave out what is not seen, and what changed is drawn again alone.
 */
import type { LaidOutGraph, PlacedNode, Rectangle, RoutedEdge } from '../../../server/layout.ts';
import { edgePath, lookOf } from '../../picture/edges.ts';
import { element, keyed } from '../../picture/element.ts';
import { toneOf, type NodeOverlay } from '../../picture/node-overlay.ts';
import type { SvgElement } from '../../picture/svg.ts';

export interface Chunk {
    readonly key: string;
    readonly nodes: readonly PlacedNode[];
    /** The outline of each node, as a part of a path. */
    readonly outlines: readonly string[];
    readonly box: Rectangle;
}

const CHUNK_SIZE = 64;
const EDGE_CHUNK_SIZE = 128;

/** All nodes of a shape in chunks. Boxes are in chunks of one depth, outer ones first, so that inner ones are drawn above them. */
export function chunksOf({ nodes }: LaidOutGraph, shape: PlacedNode['shape']): readonly Chunk[] {
    const members = nodes.filter((node) => node.shape === shape);
    const levels =
        shape === 'leaf'
            ? [members]
            : [...Map.groupBy(members, ({ depth }) => depth)].sort(byDepth).map(([, level]) => level);
    return levels
        .flatMap((level) => inChunks(level, CHUNK_SIZE))
        .map((chunk, index) => ({
            key: `${shape}:${String(index)}`,
            nodes: chunk,
            outlines: chunk.map(outlineOf),
            box: boundsOf(chunk),
        }));
}

/** A chunk as paths, one for each of the classes its nodes have. */
export function chunkElement(
    { key, nodes, outlines }: Chunk,
    classOf: (node: PlacedNode, index: number) => string,
): SvgElement {
    const paths = new Map<string, string>();
    nodes.forEach((node, index) => {
        const name = classOf(node, index);
        paths.set(name, (paths.get(name) ?? '') + (outlines[index] ?? ''));
    });
    const children = [...paths].map(([name, d]) => keyed(name, element('path', { class: `merged ${name}`, d })));
    return keyed(key, element('g', {}, children));
}

/** The classes of a node without texts: its colour tells its state, or that it has errors. */
export function mergedClassOf(overlayOf: (node: PlacedNode) => NodeOverlay): (node: PlacedNode) => string {
    // The same few texts for thousands of nodes: comparing them is comparing where they lie.
    const names = new Map<string, readonly string[]>();
    const namesOf = (tone: string): readonly string[] => {
        const known = names.get(tone) ?? CLASS_FRAMES.map(([before, after]) => `${before} ${tone}${after}`);
        names.set(tone, known);
        return known;
    };
    return (node) => {
        const overlay = overlayOf(node);
        const frame = (node.shape === 'leaf' ? 0 : 4) + (node.depth % 2) * 2 + (overlay.isAside ? 1 : 0);
        return namesOf(toneOf(overlay) ?? 'plain')[frame] ?? '';
    };
}

/** What stands before and after the name of a tone: leaves first, even depths first, what is not aside first. */
const CLASS_FRAMES = ['leaf', 'container'].flatMap((shape) =>
    ['even', 'odd'].flatMap((parity) => ['', ' aside'].map((aside) => [`${shape} ${parity}`, aside] as const)),
);

/** Lines as paths, some dozens of one look in each; `related` are those of what one looks at. */
export function mergedEdges(edges: readonly RoutedEdge[], isRelated: boolean): readonly SvgElement[] {
    const looks = Map.groupBy(edges, lookOf);
    return [...looks].flatMap(([look, members]) =>
        inChunks(members, EDGE_CHUNK_SIZE).map((chunk, index) => {
            const path = element('path', { class: 'line', d: chunk.map(edgePath).join('') });
            const name = `edge merged-edges ${look}${isRelated ? ' related' : ''}`;
            return keyed(`edges:${look}:${String(index)}`, element('g', { class: name }, [path]));
        }),
    );
}

function outlineOf({ x, y, width, height }: PlacedNode): string {
    return `M${whole(x)} ${whole(y)}h${whole(width)}v${whole(height)}h${whole(-width)}z`;
}

function boundsOf(nodes: readonly Rectangle[]): Rectangle {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y, width, height } of nodes) {
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x + width);
        bottom = Math.max(bottom, y + height);
    }
    return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Drawn at a fraction of their size, boxes need no finer corners. */
function whole(value: number): string {
    return String(Math.round(value));
}

function inChunks<Member>(members: readonly Member[], size: number): readonly (readonly Member[])[] {
    return Array.from({ length: Math.ceil(members.length / size) }, (_, i) => members.slice(i * size, (i + 1) * size));
}

function byDepth([one]: readonly [number, unknown], [other]: readonly [number, unknown]): number {
    return one - other;
}
