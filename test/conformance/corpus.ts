/** Where the recorded corpus is. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** `ROBOCONF_CORPUS`, else the folder beside the checkout. */
export const corpus = process.env['ROBOCONF_CORPUS'] ?? resolve(import.meta.dirname, '../../../shared/corpus');

/** Whether there is a corpus; says so when there is none. */
export function isCorpusThere(): boolean {
    const isThere = existsSync(join(corpus, 'expected.jsonl'));
    if (!isThere) console.log(`No corpus at ${corpus}: nothing is compared. Set ROBOCONF_CORPUS to its folder.`);
    return isThere;
}

/** The lines of a file of the corpus. */
export function recordedLines(file: string): string[] {
    return readFileSync(join(corpus, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '');
}
