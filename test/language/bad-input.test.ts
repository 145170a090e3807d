/** Whatever the texts are: no exception, findings with places in their files, and the blocks that nobody touched still understood. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLanguage, type Application } from '../../language/index.ts';
import { memoryFiles } from '../support/memory-files.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/hello-cluster');
const PATHS = [
    'descriptor/application.properties',
    'graph/main.graph',
    'graph/machine.graph',
    'graph/Machine/target.properties',
    'instances/model.instances',
] as const;
const sound = Object.fromEntries(PATHS.map((path) => [path, readFileSync(join(EXAMPLE, path), 'utf8')]));
const language = createLanguage();

/** Loads the application and checks its main files alone; every finding must lie in a file that exists. */
function loaded(files: Readonly<Record<string, string>>): Application {
    const placed = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/app/${path}`, text]));
    const fileSystem = memoryFiles(placed);
    const application = language.loadApplication(fileSystem, '/app');
    const alone = PATHS.map((path) => language.checkFile(fileSystem, `/app/${path}`));
    for (const { findings } of [application, ...alone]) {
        expect(findings.filter(({ range }) => range !== null && !isIn(files[range.file], range))).toEqual([]);
    }
    return application;
}

type Place = Exclude<Application['findings'][number]['range'], null>;

function isIn(text: string | undefined, range: Place): boolean {
    const lines = (text ?? '').split('\n');
    const start = lines[range.line - 1];
    const end = lines[range.endLine - 1];
    if (text === undefined || start === undefined || end === undefined) return false;
    const isOrdered = range.line < range.endLine || (range.line === range.endLine && range.column <= range.endColumn);
    return isOrdered && range.column >= 1 && range.column <= start.length + 1 && range.endColumn <= end.length + 1;
}

const anyPath = fc.constantFrom(...PATHS);
const anyPosition = fc.double({ min: 0, max: 1, noNaN: true });
const anyPiece = fc.oneof(
    fc.constantFrom(
        '{',
        '}',
        ';',
        '"',
        '#',
        ',',
        ':',
        '\n',
        '\r\n',
        'instance of ',
        'facet ',
        'import ',
        '__proto__',
        '\0',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
);

test('half-typed files are read without an exception, with findings in their texts', () => {
    const edit = fc.record({ path: anyPath, from: anyPosition, to: anyPosition, piece: anyPiece });
    fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
            const files = { ...sound };
            for (const { path, from, to, piece } of edits) {
                const text = files[path] ?? '';
                const [start = 0, end = 0] = [from, to]
                    .map((part) => Math.floor(part * text.length))
                    .toSorted((a, b) => a - b);
                files[path] = text.slice(0, start) + piece + text.slice(end);
            }
            loaded(files);
        }),
        { numRuns: 150 },
    );
});

test('a file that stops anywhere keeps the blocks before that place', () => {
    const text = sound['graph/main.graph'] ?? '';
    const ends = [...text.matchAll(/^\}$/gm)].map(({ index }) => index + 1);
    fc.assert(
        fc.property(fc.nat({ max: text.length }), (length) => {
            const { model } = loaded({ ...sound, 'graph/main.graph': text.slice(0, length) });
            const complete = ends.filter((end) => end <= length).length;
            const expected = ['Store', 'Worker', 'LoadBalancer'].slice(0, complete);
            expect(model.components.map(({ name }) => name)).toEqual(expect.arrayContaining(expected));
        }),
        { numRuns: 60 },
    );
});

test('what is typed in one block does not touch the blocks around it', () => {
    const block = 'Extra {\n\tinstaller: script;\n\texports: ip;\n}\n';
    const text = sound['graph/main.graph'] ?? '';
    for (let length = 0; length <= block.length; length++) {
        const typed = text.replace('# Answers', () => `${block.slice(0, length)}\n# Answers`);
        const names = loaded({ ...sound, 'graph/main.graph': typed }).model.components.map(({ name }) => name);
        expect(names).toEqual(expect.arrayContaining(['Store', 'LoadBalancer']));
    }
});

test('names of the language underneath are ordinary names', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];
    const graph = `VM {\n\tinstaller: target;\n\tchildren: ${names.join(', ')};\n}\n${names
        .map((name) => `${name} {\n\tinstaller: script;\n\texports: ${names.join(' = 1, ')} = 1;\n}\n`)
        .join('')}`;
    const nested = names
        .map((name) => `\tinstance of ${name} {\n\t\tname: ${name};\n\t\tdata.${name}: x;\n\t\t${name}: 2;\n\t}\n`)
        .join('');
    const { model, findings } = loaded({
        ...sound,
        'graph/main.graph': graph,
        'instances/model.instances': `instance of VM {\n\tname: vm;\n${nested}}\n`,
    });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(model.instances.map(({ path }) => path)).toEqual(['/vm', ...names.map((name) => `/vm/${name}`)]);
    const proto = model.instances.find(({ path }) => path === '/vm/__proto__');
    expect(Object.entries(proto?.exports ?? {})).toContainEqual(['__proto__.__proto__', '2']);
});

const HOSTILE: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
    'a binary file': () => ({ 'graph/main.graph': bytes(100_000), 'instances/model.instances': bytes(100_000) }),
    'a file of brackets': () => ({
        'graph/main.graph': '{'.repeat(50_000),
        'instances/model.instances': '}\n'.repeat(10_000),
    }),
    'one very long line': () => ({ 'graph/main.graph': `A {\n\texports: ${'a, '.repeat(20_000)}\n}\n` }),
    'instances nested 10,000 deep': () => ({
        'instances/model.instances': 'instance of Machine {\n\tname: a;\n'.repeat(10_000) + '}\n'.repeat(10_000),
    }),
    'instances nested 10,000 deep and never closed': () => ({
        'instances/model.instances': 'instance of Machine {\n'.repeat(10_000),
    }),
    'a chain of 500 imports that ends in a loop': () => chainOf(500),
    'components that extend one another in a loop of 2,000': () => ({ 'graph/main.graph': loopOf('extends', 2000) }),
    'components that contain one another in a loop of 1,000': () => ({ 'graph/main.graph': loopOf('children', 1000) }),
};

/** Files that import one another in a loop, behind a sound entry point. */
function chainOf(length: number): Readonly<Record<string, string>> {
    const files: Record<string, string> = {
        'graph/main.graph': 'import f0.graph;\nMachine {\n\tinstaller: target;\n}\n',
    };
    for (let i = 0; i < length; i++) files[`graph/f${i}.graph`] = `import f${(i + 1) % length}.graph;\n`;
    return files;
}

function loopOf(property: string, length: number): string {
    return Array.from(
        { length },
        (_, i) => `C${i} {\n\tinstaller: target;\n\t${property}: C${(i + 1) % length};\n}\n`,
    ).join('');
}

/** Every character up to U+00FF, in an order that repeats late. */
function bytes(length: number): string {
    return Array.from({ length }, (_, i) => String.fromCharCode((i * i * 31 + i * 7) % 256)).join('');
}

test('no message steers a terminal', () => {
    const escape = '\u001B[2J\u202E\u0007';
    const { findings } = loaded({
        ...sound,
        'graph/main.graph': `A${escape} {\n\tfoo${escape}: x;\n\timports: B${escape}.x;\n\tchildren: ${escape}b;\n}\n`,
        'descriptor/application.properties': `name = a${escape}\nversion = ${escape}\ngraph-entry-point = main.graph\n`,
    });
    expect(findings.length).toBeGreaterThan(4);
    // oxlint-disable-next-line no-control-regex -- these are the characters a terminal must not get
    expect(findings.filter(({ message }) => /[\u0000-\u001F\u007F-\u009F\u202E]/.test(message))).toEqual([]);
});

test.each(Object.entries(HOSTILE))('%s is answered with findings', (_, files) => {
    const { findings } = loaded({ ...sound, ...files() });
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.length).toBeLessThan(3000);
});
