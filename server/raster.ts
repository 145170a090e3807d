/** DOOR: SVG in, PNG out, without a browser. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { findFontFamily, fontFolders } from './raster/fonts.ts';
import type { RasterReply, RasterRequest } from './raster/raster-messages.ts';

export interface RasterConfig {
    /** The folder of the bundles, with `raster-worker.cjs` and `resvg.wasm.br`. */
    readonly bundles: string;
    /** Pixels of the image for a pixel of the picture. */
    readonly scale: number;
}

export type RasterResult =
    | { readonly kind: 'drawn'; readonly png: Uint8Array }
    /** No font of this machine is known: `message` says which to install. */
    | { readonly kind: 'noFont'; readonly message: string }
    /** The image would be too large, or the renderer met a fault. */
    | { readonly kind: 'failed'; readonly message: string };

/** The family of fonts a picture is to name for its texts; null when this machine has none that is known. */
export function rasterFont(): string | null {
    return findFontFamily(fontFolders())?.name ?? null;
}

/** Draws a flat SVG text (one whose looks are attributes) in a worker thread. Rejects only with the signal's reason. */
export async function rasterise(svg: string, config: RasterConfig, signal: AbortSignal): Promise<RasterResult> {
    signal.throwIfAborted();
    const font = findFontFamily(fontFolders());
    if (font === null) return { kind: 'noFont', message: NO_FONT };
    const { bundles, scale } = config;
    const request: RasterRequest = { svg, scale, font, rendererPath: join(bundles, 'resvg.wasm.br') };
    const worker = new Worker(join(bundles, 'raster-worker.cjs'), { workerData: request });
    try {
        return await replyOf(worker, signal);
    } finally {
        await worker.terminate();
    }
}

const NO_FONT = 'no font to draw texts with was found; install DejaVu Sans, for example the package fonts-dejavu-core';

function replyOf(worker: Worker, signal: AbortSignal): Promise<RasterReply> {
    return new Promise((resolve, reject) => {
        const fail = (message: string): void => resolve({ kind: 'failed', message });
        const giveUp = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
        signal.addEventListener('abort', giveUp, { once: true });
        worker.once('message', (reply: RasterReply) => resolve(reply));
        worker.once('error', (error) => fail(error instanceof Error ? error.message : String(error)));
        worker.once('exit', () => {
            signal.removeEventListener('abort', giveUp);
            fail('the renderer ended without an image');
        });
    });
}
