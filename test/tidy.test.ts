/** What no compiler holds: documents that tell the truth, tests that run, nothing left behind. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { PROTOCOL_VERSION } from '../runner/protocol.ts';

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

test('every message between processes has its row in docs/protocol.md, with its direction', () => {
    const rows = rowsIn('docs/protocol.md');
    const [toPage, fromPage] = read('media/protocol.ts').split('export type FromPage');
    const messages = [
        ...kindsIn(toPage ?? '').map((kind) => [kind, 'host → page']),
        ...kindsIn(fromPage ?? '').map((kind) => [kind, 'page → host']),
        ...[...read('runner/process/messages.ts').matchAll(/Type<.*>\('([^']+)'\)/g)].map(([, name]) => [name, 'to ']),
    ];
    expect(messages.length).toBeGreaterThan(20);
    const missing = messages.filter(
        ([name, direction = '']) => !rows.some((row) => row.includes(`\`${name}\``) && row.includes(direction)),
    );
    expect(missing).toEqual([]);
    expect(read('docs/protocol.md')).toContain(`Protocol version ${PROTOCOL_VERSION}.`);
});

test('every recorded event has its row in docs/journal.md', () => {
    const events = kindsIn(read('runner/core/event.ts').split('export type CoreEvent')[1] ?? '');
    expect(events.length).toBeGreaterThan(20);
    const rows = rowsIn('docs/journal.md');
    expect(events.filter((kind) => !rows.some((row) => row.includes(`\`${kind}\``)))).toEqual([]);
});

test.each([
    ['X_TOO_MANY_FINDINGS', 'language/parsing/parsed-file.ts', 'MAX_FINDINGS'],
    ['X_TOO_MANY_ITEMS', 'language/parsing/property-pieces.ts', 'MAX_ITEMS'],
    ['X_TOO_MANY_WORDS', 'language/parsing/block-scanner.ts', 'MAX_PIECES'],
    ['X_TOO_MANY_WORDS', 'language/parsing/block-scanner.ts', 'MAX_LINES'],
    ['X_TOO_DEEP', 'language/parsing/block-scanner.ts', 'MAX_DEPTH'],
    ['X_TOO_MANY_INSTANCES', 'language/model/instance-tree.ts', 'MAX_INSTANCES'],
    ['X_TOO_MANY_VARIABLES', 'language/model/exported-variables.ts', 'MAX_VARIABLES'],
])('the limit of %s in the user guide is that of %s (%s)', (finding, file, constant) => {
    const digits = new RegExp(`const ${constant} = ([\\d_]+);`).exec(read(file))?.[1];
    const limit = Number(digits?.replaceAll('_', '')).toLocaleString('en');
    const rows = rowsIn('docs/user-guide.md').filter((row) => row.includes(`\`${finding}\``));
    expect(rows.map((row) => row.split('|')[2]?.trim())).toContain(limit);
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

/** Tags of the union members a source declares. */
function kindsIn(source: string): readonly string[] {
    return [...source.matchAll(/readonly kind: '(\w+)'[;\s]/g)].map((match) => match[1] ?? '');
}

function rowsIn(document: string): readonly string[] {
    return read(document)
        .split('\n')
        .filter((line) => line.startsWith('|'));
}

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
