/** Compares our findings with a recorded corpus, where one lies beside the checkout or at ROBOCONF_CORPUS. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { answersFor, parseCases, type Case } from './answer.ts';

const root = resolve(import.meta.dirname, '../..');
const corpus = process.env['ROBOCONF_CORPUS'] ?? resolve(root, '../shared/corpus');
const modes: readonly string[] = ['parse', 'app'];
/** Command and rule files are not read: what the original says about them is left out of the comparison. */
const NOT_COMPARED = /^(?:CMD|RULE)_/;

interface Recorded extends Case {
    /** The file of the recorded model, relative to the corpus. */
    readonly dump?: string;
    readonly errors?: readonly { readonly code: string }[];
}

interface Deviation {
    readonly repo: string;
    readonly path: string;
    readonly mode?: string;
    readonly missing?: readonly string[];
}

for (const mode of modes) {
    test(`mode ${mode} agrees with the recorded corpus`, () => {
        if (!existsSync(join(corpus, 'expected.jsonl'))) {
            console.log(`No corpus at ${corpus}: nothing is compared. Set ROBOCONF_CORPUS to its folder.`);
            return;
        }
        const { status, output } = compared(mode);
        expect(output).toContain(' 0 failed');
        expect(status).toBe(0);
    });
}

function compared(mode: string): { status: number | null; output: string } {
    const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
    try {
        const lines = recordedLines(mode, folder);
        const cases = parseCases(lines.join('\n'));
        const files = {
            expected: join(folder, 'expected.jsonl'),
            actual: join(folder, 'actual.jsonl'),
            deviations: join(folder, 'deviations.json'),
        };
        writeFileSync(files.expected, lines.map((line) => `${line}\n`).join(''));
        writeFileSync(
            files.actual,
            [...answersFor(cases, corpus)].map((answer) => `${JSON.stringify(answer)}\n`).join(''),
        );
        writeFileSync(files.deviations, JSON.stringify(deviationsOf(mode, cases)));
        const script = [
            join(corpus, 'compare.mjs'),
            files.expected,
            files.actual,
            '--corpus',
            corpus,
            '--deviations',
            files.deviations,
        ];
        const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8' });
        return { status, output: `${stdout}${stderr}` };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** The lines of a mode, without the errors that are not compared, with models found from another folder. */
function recordedLines(mode: string, folder: string): string[] {
    const lines = readFileSync(join(corpus, 'expected.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line !== '');
    return lines
        .map((line) => JSON.parse(line) as Recorded)
        .filter((recorded) => recorded.mode === mode)
        .map(({ errors, dump, ...recorded }) =>
            JSON.stringify({
                ...recorded,
                ...(dump === undefined ? {} : { dump: relative(folder, join(corpus, dump)) }),
                errors: (errors ?? []).filter(({ code }) => !NOT_COMPARED.test(code)),
            }),
        );
}

/** Deviations without a mode concern every mode in which their file is compared. */
function deviationsOf(mode: string, cases: readonly Case[]): Deviation[] {
    const all = ['deviations.json', 'deviations-applications.json'].flatMap(
        (file) => JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Deviation[],
    );
    const known = new Set(cases.map((one) => `${one.repo} ${one.path}`));
    return all.filter(
        (one) =>
            (one.mode === undefined || one.mode === mode) && known.has(`${one.repo} ${one.path}`) && isCompared(one),
    );
}

/** A deviation that only concerns codes that are left out matches nothing. */
function isCompared({ missing }: Deviation): boolean {
    return missing === undefined || !missing.every((code) => NOT_COMPARED.test(code));
}
