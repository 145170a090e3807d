/** What no compiler holds: documents that tell the truth, tests that run, nothing left behind. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
})
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(root, file)));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

test('every path a document names exists', () => {
    const documents = files.filter((file) => /^(docs\/.*|[A-Z]+|examples\/[^/]+\/README)\.md$/.test(file));
    const missing = documents.flatMap((file) =>
        pathsIn(read(file))
            .filter((path) => !isThere(file, path))
            .map((path) => `${file}: ${path}`),
    );
    expect(missing).toEqual([]);
});

test('every room named by the architecture test is described', () => {
    const described = read('docs/architecture.md');
    for (const room of ['language', 'runner', 'server', 'media', 'cli', 'client'])
        expect(described).toContain(`### \`${room}/\``);
});

test('no test is skipped or left alone', () => {
    const marks = /\b(test|it|describe)\.(skip|only|todo|fails)\b/;
    const found = files.filter(
        (file) => file.startsWith('test/') && file !== 'test/tidy.test.ts' && marks.test(read(file)),
    );
    expect(found).toEqual([]);
});

test('no source switches a check off, but for one line with the reason beside it', () => {
    const marks =
        /@ts-ignore|@ts-expect-error|@ts-nocheck|eslint-disable|prettier-ignore|oxlint-disable(?!-next-line [\w/-]+ -- )/;
    const found = files.filter(
        (file) =>
            /\.(ts|mjs|cjs|js)$/.test(file) &&
            file !== 'test/tidy.test.ts' &&
            !file.includes('/generated/') &&
            marks.test(read(file)),
    );
    expect(found).toEqual([]);
});

test('the lock file names no place packages come from', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"/);
});

/** Relative links, and paths in backticks that begin with a folder of the project. */
function pathsIn(text: string): readonly string[] {
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)/g)].map((match) => match[1] ?? '');
    const named = [
        ...text.matchAll(
            /`((?:docs|scripts|test|examples|language|runner|server|client|cli|media|syntaxes|bin)\/[\w./-]*)`/g,
        ),
    ];
    return [...links, ...named.map((match) => match[1] ?? '')];
}

function isThere(document: string, path: string): boolean {
    return existsSync(join(root, path)) || existsSync(resolve(root, document, '..', path));
}
