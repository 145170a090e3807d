/** The style sheets of the panels' pages, as they ship: each is some files under media/, one behind the other. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const media = resolve(import.meta.dirname, '../media');

/** The files of each sheet. What stands later wins. */
const STYLE_SHEETS = {
    'graph.css': ['page.css', 'graph/graph.css', 'graph/canvas.css'],
    'timeline.css': ['page.css', 'timeline/timeline.css'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The text of a sheet. Rejects when a file of it cannot be read. */
export async function styleSheet(name: keyof typeof STYLE_SHEETS): Promise<string> {
    const texts = STYLE_SHEETS[name].map((file) => readFile(join(media, file), 'utf8'));
    return (await Promise.all(texts)).join('\n');
}
