/** Entry of the raster worker's thread: one picture in, one image out. Large pictures take seconds of processor time. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { parentPort, workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { RasterReply, RasterRequest } from './raster-messages.ts';

// Given by `rasterise` of the same build.
const request = workerData as RasterRequest;
void answer().then((reply) => parentPort?.postMessage(reply));

async function answer(): Promise<RasterReply> {
    try {
        await initWasm(brotliDecompressSync(readFileSync(request.rendererPath)));
        const fontBuffers = request.font.files.map((file) => new Uint8Array(readFileSync(file)));
        const renderer = new Resvg(request.svg, {
            fitTo: { mode: 'zoom', value: request.scale },
            font: { fontBuffers, defaultFontFamily: request.font.name },
        });
        return { kind: 'drawn', png: renderer.render().asPng() };
    } catch (error) {
        return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
}
