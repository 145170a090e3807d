/**
 * DOOR: a graph in the formats of other tools. Pure: text in, text out; `flatPicture` is what a renderer of the caller makes a raster image of.
 * Every format is safe for any name: what it cannot hold is escaped, replaced or cut.
 */
export { dotOf } from './export/dot.ts';
export { drawioOf } from './export/drawio.ts';
export { flatPicture } from './export/flat.ts';
export { htmlOf } from './export/html.ts';
export { mermaidOf } from './export/mermaid.ts';
