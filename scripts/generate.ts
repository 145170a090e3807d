/** Writes the generated files of `syntaxes/`. Run by `npm run generate`, after Langium has generated the parser. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { generatedSyntaxes } from './grammars.ts';

const folder = join(resolve(import.meta.dirname, '..'), 'syntaxes');

await mkdir(folder, { recursive: true });
for (const [name, text] of generatedSyntaxes()) {
    const path = join(folder, name);
    await writeFile(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
