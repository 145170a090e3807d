/** A graph in each format the command line writes. */
import { randomBytes } from 'node:crypto';
import type { GraphView } from '../language/index.ts';
import { dotOf, drawioOf, flatPicture, htmlOf, mermaidOf } from '../media/export.ts';
import { ENGLISH, pictureOf, toSvgText, type PictureOverlay } from '../media/picture.ts';
import { createLayout, type Direction, type LaidOutGraph } from '../server/layout.ts';
import { rasterFont, rasterise } from '../server/raster.ts';
import { join } from 'node:path';

export const GRAPH_FORMATS = ['svg', 'png', 'html', 'mermaid', 'dot', 'drawio', 'json'] as const;

export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** What is to be drawn, and how. */
export interface GraphDrawing {
    readonly title: string;
    readonly view: GraphView;
    readonly format: GraphFormat;
    readonly direction: Direction;
    /** Of a PNG: the other formats follow whoever shows them. */
    readonly theme: 'light' | 'dark';
    /** Of a PNG. */
    readonly scale: number;
    /** What is drawn over the graph. */
    readonly overlay: PictureOverlay;
}

export type Drawn =
    | { readonly kind: 'drawn'; readonly content: string | Uint8Array }
    | { readonly kind: 'failed'; readonly message: string };

/** Texts end without a line end, but files in whose format one belongs. Rejects with the signal's reason. */
export async function drawGraph(drawing: GraphDrawing, signal: AbortSignal): Promise<Drawn> {
    const { view, format, title, overlay } = drawing;
    if (format === 'mermaid') return { kind: 'drawn', content: mermaidOf(view, overlay, ENGLISH) };
    if (format === 'dot') return { kind: 'drawn', content: dotOf(view, overlay, ENGLISH) };
    const graph = await laidOut(drawing, signal);
    const picture = () => pictureOf(graph, overlay, ENGLISH);
    switch (format) {
        case 'json':
            return { kind: 'drawn', content: JSON.stringify(graph, null, 2) };
        case 'svg':
            return { kind: 'drawn', content: toSvgText(picture()) };
        case 'drawio':
            return { kind: 'drawn', content: drawioOf(graph, overlay, ENGLISH, title) };
        case 'html': {
            const nonce = randomBytes(18).toString('base64url');
            const page = { title, picture: picture(), language: 'en', texts: ENGLISH, nonce };
            return { kind: 'drawn', content: htmlOf(page) };
        }
        case 'png': {
            const svg = toSvgText(flatPicture(picture(), drawing.theme, rasterFont() ?? 'sans-serif'));
            const result = await rasterise(svg, { bundles: import.meta.dirname, scale: drawing.scale }, signal);
            return result.kind === 'drawn'
                ? { kind: 'drawn', content: result.png }
                : { kind: 'failed', message: result.message };
        }
        default:
            return format satisfies never;
    }
}

async function laidOut({ view, direction }: GraphDrawing, signal: AbortSignal): Promise<LaidOutGraph> {
    const layout = createLayout({ workerPath: join(import.meta.dirname, 'layout-worker.cjs') });
    try {
        return await layout.layout(view, { orientation: 'landscape', direction, pins: {}, memory: '' }, signal);
    } finally {
        await layout.dispose();
    }
}
