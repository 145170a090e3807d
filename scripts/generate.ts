/** Writes the generated files of `syntaxes/`, the table of settings and the index of findings. Run by `npm run generate`, after Langium has generated the parser. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { findingIndex, readFindingPages } from './finding-pages.ts';
import { generatedSyntaxes } from './grammars.ts';
import { withSettingsTable } from './settings-table.ts';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'syntaxes');
const guide = join(root, 'docs', 'user-guide.md');

await mkdir(folder, { recursive: true });
for (const [name, text] of generatedSyntaxes()) {
    await writeFormatted(join(folder, name), text);
}
await writeFormatted(guide, withSettingsTable(root, await readFile(guide, 'utf8')));
await writeFormatted(join(root, 'docs', 'findings', 'README.md'), findingIndex(readFindingPages(root)));

async function writeFormatted(path: string, text: string): Promise<void> {
    await writeFile(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
