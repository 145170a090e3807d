/** What `rasterise` and its worker thread say to each other: one request as the worker's data, one reply. */
import type { FontFamily } from './fonts.ts';

export interface RasterRequest {
    /** Without custom properties and mixed colours. */
    readonly svg: string;
    readonly scale: number;
    readonly font: FontFamily;
    /** The packed renderer. */
    readonly rendererPath: string;
}

export type RasterReply =
    { readonly kind: 'drawn'; readonly png: Uint8Array } | { readonly kind: 'failed'; readonly message: string };
