/** The corpus's own script, run over our answers. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { corpus } from './corpus.ts';

const DEVIATIONS = join(import.meta.dirname, 'deviations.json');

/** What the corpus's own script says about answers to lines. */
export function compared(
    lines: readonly string[],
    answers: readonly object[],
    options: readonly string[],
): { status: number | null; output: string } {
    const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
    try {
        const expected = join(folder, 'expected.jsonl');
        const actual = join(folder, 'actual.jsonl');
        writeFileSync(expected, lines.map((line) => `${withDumpFrom(folder, line)}\n`).join(''));
        writeFileSync(actual, answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''));
        const deviations = join(folder, 'deviations.json');
        writeFileSync(deviations, JSON.stringify(deviationsOf(lines)));
        const script = [join(corpus, 'compare.mjs'), expected, actual, '--deviations', deviations, ...options];
        const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8' });
        return { status, output: `${stdout}${stderr}` };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** Those about lines that are compared: one about a line that is left out would match nothing. */
function deviationsOf(lines: readonly string[]): readonly object[] {
    const all = JSON.parse(readFileSync(DEVIATIONS, 'utf8')) as readonly {
        readonly path?: string;
        readonly completion?: boolean;
    }[];
    const paths = new Set(lines.map((line) => (JSON.parse(line) as { readonly path?: string }).path));
    return all.filter(({ path, completion }) => completion === true || paths.has(path));
}

/** A recorded line whose model is found from another folder. */
function withDumpFrom(folder: string, line: string): string {
    const recorded = JSON.parse(line) as { readonly dump?: string };
    if (recorded.dump === undefined) return line;
    return JSON.stringify({ ...recorded, dump: relative(folder, join(corpus, recorded.dump)) });
}
