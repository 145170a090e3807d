/** Writes the list of verbs and options into docs/command-line.md, between its two marks. Run it after a build when the table of verbs was changed. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const path = join(root, 'docs', 'command-line.md');
const command = process.argv[2] ?? join(root, 'bin', 'roboconf.cjs');
const reference = execFileSync(process.execPath, [command, 'help', '--markdown'], { encoding: 'utf8' });
const text = await readFile(path, 'utf8');
await writeFile(
    path,
    text.replace(
        /(<!-- verbs -->\n)[^]*(<!-- end of verbs -->)/,
        (_, begin: string, end: string) => `${begin}\n${reference}\n${end}`,
    ),
);
