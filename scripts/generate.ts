/** Writes the generated files of `syntaxes/` and `snippets/`, the table of settings, the index of findings and the pages about targets, benchmarks and reliability. Run by `npm run generate`, after Langium has generated the parser. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { benchmarkPage, readBenchRecords } from './benchmark-page.ts';
import { editorFeatures } from './editor-features.ts';
import { findingIndex, readFindingPages } from './finding-pages.ts';
import { generatedSyntaxes } from './grammars.ts';
import { readObservations, reliabilityPage } from './reliability-page.ts';
import { generatedSnippets } from './snippets.ts';
import { withSettingsTable } from './settings-table.ts';
import { targetReference } from './target-reference.ts';

const root = resolve(import.meta.dirname, '..');
const guide = join(root, 'docs', 'user-guide.md');

for (const [folder, files] of [
    ['syntaxes', generatedSyntaxes()],
    ['snippets', generatedSnippets()],
] as const) {
    await mkdir(join(root, folder), { recursive: true });
    for (const [name, text] of files) await writeFormatted(join(root, folder, name), text);
}
await writeFormatted(guide, withSettingsTable(root, await readFile(guide, 'utf8')));
await writeFormatted(join(root, 'docs', 'editor-features.md'), editorFeatures());
await writeFormatted(join(root, 'docs', 'findings', 'README.md'), findingIndex(readFindingPages(root)));
await writeFormatted(join(root, 'docs', 'targets.md'), targetReference());
await writeFormatted(join(root, 'docs', 'benchmarks.md'), benchmarkPage(readBenchRecords(root)));
await writeFormatted(
    join(root, 'docs', 'reliability.md'),
    reliabilityPage(readObservations(root), readBenchRecords(root)),
);

async function writeFormatted(path: string, text: string): Promise<void> {
    await writeFile(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
