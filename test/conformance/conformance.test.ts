/** Compares what we say with a recorded corpus, where one lies beside the checkout or at ROBOCONF_CORPUS. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answersFor, parseCases, type Case } from './answer.ts';
import { compared } from './compared.ts';
import { corpus, isCorpusThere, recordedLines } from './corpus.ts';

test('findings, models and facts agree with the recorded corpus, except where a deviation is declared', () => {
    if (!isCorpusThere()) return;
    const lines = completeLines();
    const answers = [...answersFor(parseCases(lines.join('\n')), corpus)];
    const { status, output } = compared(lines, answers, ['--corpus', corpus]);
    expect(output).toContain(' 0 failed');
    expect(status).toBe(0);
});

/** Recorded lines without those that need a file the corpus does not have. */
function completeLines(): string[] {
    const needs = JSON.parse(readFileSync(join(import.meta.dirname, 'incomplete.json'), 'utf8')) as readonly {
        readonly path: string;
        readonly needs: string;
    }[];
    const incomplete = new Set(needs.filter((one) => !existsSync(join(corpus, one.needs))).map(({ path }) => path));
    if (incomplete.size > 0) console.log(`${incomplete.size} cases need files that the corpus does not have.`);
    return recordedLines('expected.jsonl').filter((line) => {
        const { path, mode } = JSON.parse(line) as Case;
        return mode === 'parse' || !incomplete.has(path);
    });
}
