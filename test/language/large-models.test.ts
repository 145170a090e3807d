/**
 * Models of a size nobody writes by hand: all of them are answered, with at most 1,000 findings a file.
 * How long they take is measured by the bench; work that grows with the square of the size would make these tests time out.
 */
import { expect, test } from 'vitest';
import { createLanguage, type Application } from '../../language/index.ts';
import { memoryFiles } from '../support/memory-files.ts';

const DESCRIPTOR =
    'name=big\nversion=1.0\ndsl-id=roboconf-1.0\ngraph-entry-point=main.graph\ninstance-entry-point=main.instances\n';
const VM = 'VM {\n\tinstaller: target;\n}\n';
const ONE = 'instance of VM {\n\tname: vm;\n}\n';

function loaded(files: Readonly<Record<string, string>>): Application & { readonly parsedBlocks: number } {
    const placed = Object.entries({
        'descriptor/application.properties': DESCRIPTOR,
        'graph/VM/t.properties': 'id=a\nhandler=local\nname=n\n',
        'instances/main.instances': ONE,
        ...files,
    }).map(([file, text]) => [`/app/${file}`, text] as const);
    const language = createLanguage();
    const application = language.loadApplication(memoryFiles(Object.fromEntries(placed)), '/app');
    return { ...application, parsedBlocks: language.parsedBlockCount() };
}

function countsOf({ findings }: Application): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
    return counts;
}

const graph = (text: string): ReturnType<typeof loaded> => loaded({ 'graph/main.graph': text });
const times = (count: number, part: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => part(i)).join('');

test('equal blocks are parsed once', () => {
    const application = graph(VM + 'A {\n\tinstaller: script;\n}\n'.repeat(5_000));
    expect(countsOf(application)['CO_ALREADY_DEFINED_COMPONENT']).toBeGreaterThan(990);
    expect(application.findings.filter(({ range }) => range?.file === 'graph/main.graph')).toHaveLength(1000);
    expect(application.findings.at(-1)?.code).toBe('X_TOO_MANY_FINDINGS');
    expect(application.parsedBlocks).toBe(3);
});

test('equal instances are parsed once', () => {
    const application = loaded({ 'graph/main.graph': VM, 'instances/main.instances': ONE.repeat(5_000) });
    expect(countsOf(application)).toEqual({ CO_ALREADY_DEFINED_INSTANCE: 999, X_TOO_MANY_FINDINGS: 1 });
    expect(application.parsedBlocks).toBe(2);
});

test('equal blocks with the same fault are parsed once, and each is told', () => {
    const broken = 'instance of VM {\n\tcount: 0;\n}\n';
    const application = loaded({ 'graph/main.graph': VM, 'instances/main.instances': broken.repeat(400) });
    expect(countsOf(application)).toEqual({ PM_MISSING_INSTANCE_NAME: 400, PM_INVALID_INSTANCE_COUNT: 400 });
    expect(application.findings.map(({ range }) => range?.line)).toEqual(
        Array.from({ length: 400 }, (_, i) => [3 * i + 1, 3 * i + 2]).flat(),
    );
    expect(application.parsedBlocks).toBe(2);
});

test('a file of broken blocks is read until it has said enough', () => {
    const { parsedBlocks } = graph('A {\n'.repeat(100_000));
    expect(parsedBlocks).toBeGreaterThan(1_000);
    expect(parsedBlocks).toBeLessThan(20_000);
});

test('the model and the names are made once', () => {
    const language = createLanguage();
    const application = language.loadApplication(memoryFiles({ '/app/graph/main.graph': VM }), '/app');
    expect(application.model).toBe(application.model);
    expect(application.references).toBe(application.references);
    expect(Object.keys(application).toSorted()).toEqual(
        [
            'declarations',
            'directory',
            'externalReferences',
            'files',
            'findings',
            'model',
            'name',
            'references',
            'targets',
        ].toSorted(),
    );
});

test('instances that override variables have a million of them at most', () => {
    const exported = times(2_000, (i) => `${i === 0 ? '' : ', '}v${i} = 1`);
    const instances = times(600, (i) => `instance of VM {\n\tname: a${i};\n\tv1: 2;\n}\n`);
    const application = loaded({
        'graph/main.graph': `VM {\n\tinstaller: target;\n\texports: ${exported};\n}\n`,
        'instances/main.instances': instances,
    });
    expect(countsOf(application)).toEqual({ X_TOO_MANY_VARIABLES: 101 });
    expect(application.model.instances.at(-1)?.exports['VM.v1']).toBe('1');
    expect(application.model.instances[0]?.exports['VM.v1']).toBe('2');
});

test.each<[string, string, Readonly<Record<string, number>>]>([
    [
        'components that extend one another in a chain of 10,000, with a variable each',
        times(
            10_000,
            (i) => `C${i} {\n\t${i === 0 ? 'installer: target' : `extends: C${i - 1}`};\n\texports: v${i} = 1;\n}\n`,
        ),
        { X_TOO_MANY_VARIABLES: 400 },
    ],
    [
        'two components that extend one another',
        'A {\n\textends: B;\n}\nB {\n\textends: A;\n}\n',
        { RM_CYCLE_IN_COMPONENTS_INHERITANCE: 2 },
    ],
    [
        'components that extend one another in a loop of 10,000',
        times(10_000, (i) => `C${i} {\n\textends: C${(i + 1) % 10_000};\n}\n`),
        { RM_CYCLE_IN_COMPONENTS_INHERITANCE: 10 },
    ],
    [
        'facets that extend one another in a loop of 2,000',
        times(2_000, (i) => `facet F${i} {\n\textends: F${(i + 1) % 2_000};\n}\n`),
        { RM_CYCLE_IN_FACETS_INHERITANCE: 10 },
    ],
    [
        'components that contain one another in a loop of 2,000',
        times(2_000, (i) => `C${i} {\n\tinstaller: script;\n\tchildren: C${(i + 1) % 2_000};\n}\n`),
        { RM_CYCLE_IN_COMPONENTS: 10 },
    ],
    [
        'an import of 10,000 names that nobody exports',
        `A {\n\tinstaller: target;\n\timports: ${times(10_000, (i) => `VM.v${i}, `)}VM.x;\n}\n`,
        { RM_UNRESOLVABLE_VARIABLE: 990 },
    ],
    [
        '10,000 children that do not exist',
        `A {\n\tinstaller: target;\n\tchildren: ${times(10_000, (i) => `Unknown${i}, `)}X;\n}\n`,
        { CO_INEXISTING_CHILD: 990 },
    ],
    [
        '50,000 children that do not exist, beside 5,000 types',
        `A {\n\tinstaller: target;\n\tchildren: ${times(50_000, (i) => `Unknown${i}, `)}X;\n}\n${times(5_000, (i) => `facet F${i} {\n}\n`)}`,
        { CO_INEXISTING_CHILD: 990 },
    ],
    [
        '20,000 variables nobody exports, of a component that exports 20,000 others',
        `B {\n\tinstaller: target;\n\texports: ${times(20_000, (i) => `x${i} = 1, `)}y = 1;\n}\nA {\n\tinstaller: target;\n\timports: ${times(20_000, (i) => `B.v${i}, `)}B.z;\n}\n`,
        { RM_UNRESOLVABLE_VARIABLE: 990 },
    ],
    ['10,000 open blocks', 'A {\n'.repeat(10_000), { P_INVALID_PROPERTY: 400 }],
])('%s', (_, text, expected) => {
    const counts = countsOf(graph(VM + text));
    for (const [code, least] of Object.entries(expected)) expect(counts[code] ?? 0).toBeGreaterThanOrEqual(least);
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBeLessThanOrEqual(1002);
});

test('the way through a long loop is told by its beginning', () => {
    const text = times(300, (i) => `C${i} {\n\textends: C${(i + 1) % 300};\n}\n`);
    const [loop] = graph(VM + text).findings.filter(({ code }) => code.startsWith('RM_CYCLE'));
    expect(loop?.details['CYCLE']).toMatch(/^C0 -> C1 -> .* -> C19 -> … -> C0$/);
});

test('a line of 8 MB is a line', () => {
    const application = graph(`${VM}A {\n\texports: ${'a'.repeat(8_000_000)};\n}\n`);
    expect(Object.keys(application.model.components[1]?.exports ?? {})[0]).toHaveLength(8_000_002);
});

test('names of the language underneath are ordinary names everywhere', () => {
    const names = ['__proto__', 'constructor', 'toString', 'valueOf'];
    const files = names.map((name): readonly [string, string] => [
        `graph/${name}.graph`,
        `facet F-${name} {\n\texports: ${name} = 1;\n}\n${name} {\n\tinstaller: target;\n\tfacets: F-${name};\n\timports: external ${name}.${name}, F-${name}.${name} (optional);\n\t${name}: x;\n}\n`,
    ]);
    const imports = names.map((name) => `import ${name}.graph;\n`).join('');
    const { model, findings } = loaded({ ...Object.fromEntries(files), 'graph/main.graph': imports + VM });
    expect(
        findings
            .filter(({ code }) => code !== 'PROJ_NO_RESOURCE_DIRECTORY')
            .map(({ code, details }) => `${code} ${details['NAME']}`),
    ).toEqual(names.toSorted().map((name) => `PM_PROPERTY_NOT_APPLIABLE ${name}`));
    const proto = model.components.find(({ name }) => name === '__proto__');
    expect(Object.entries(proto?.exports ?? {})).toEqual([
        ['F-__proto__.__proto__', '1'],
        ['__proto__.__proto__', '1'],
    ]);
    expect(proto?.imports).toContainEqual({ name: '__proto__.__proto__', optional: false, external: true });
});
