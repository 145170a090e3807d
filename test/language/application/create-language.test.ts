import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLanguage, graphViewOf, type FileSystem } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const FILES = {
    '/w/shop/descriptor/application.properties':
        '# Shop\nname = Caf\\u00e9 Sh\\\n  op\nversion: 1.0\ndsl-id roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\n',
    '/w/shop/graph/main.graph': 'import ./parts/db.graph;\nVM {\n\tinstaller: target;\n\tchildren: DB;\n}\n',
    '/w/shop/graph/parts/db.graph':
        '# The store.\nDB {\n\tinstaller: script;\n\texports: ip, port = 3306;\n}\nimport parts/db.graph;\n',
    '/w/shop/graph/VM/t.properties': 'id = t\nhandler = local\nname = here\n',
    '/w/shop/graph/DB/scripts/start.sh': '',
    '/w/shop/instances/main.instances':
        'instance of VM {\n\tname: vm;\n\tcount: 10;\n\tinstance of DB {\n\t\tname: db;\n\t\tport: 1;\n\t}\n}\n',
};

test('a correct application has a whole model and no finding', () => {
    const application = createLanguage().loadApplication(memoryFiles(FILES), '/w/shop/');
    expect(application.findings).toEqual([]);
    expect(application.directory).toBe('/w/shop');
    expect(application.files).toEqual([
        'descriptor/application.properties',
        'graph/main.graph',
        'graph/parts/db.graph',
        'instances/main.instances',
        'graph/VM/t.properties',
    ]);
    const { model } = application;
    expect([model.name, model.displayName, model.dslId]).toEqual(['Cafe Shop', 'Café Shop', 'roboconf-1.0']);
    expect(model.rootComponents).toEqual(['VM']);
    expect(model.components[1]).toMatchObject({
        name: 'DB',
        description: 'The store.',
        recipeDirectory: 'graph/DB',
        resolvedAncestors: ['VM'],
    });
    expect(model.instances).toHaveLength(20);
    expect(model.instances[3]).toMatchObject({ path: '/vm02/db', exports: { 'DB.ip': null, 'DB.port': '1' } });
});

test('only the edited file is parsed again', () => {
    const language = createLanguage();
    language.loadApplication(memoryFiles(FILES), '/w/shop');
    const before = language.parsedFileCount();
    const edited = { ...FILES, '/w/shop/graph/parts/db.graph': 'DB {\n\tinstaller: script;\n}\n' };
    const { findings } = language.loadApplication(memoryFiles(edited), '/w/shop');
    expect(language.parsedFileCount() - before).toBe(1);
    expect(findings.map(({ code }) => code)).toEqual(['RM_MAGIC_INSTANCE_VARIABLE']);
});

test('references lead to what they name', () => {
    const { references } = createLanguage().loadApplication(memoryFiles(FILES), '/w/shop');
    const lines = references.map(
        ({ range, name, targets }) =>
            `${range.file}:${range.line} ${name} -> ${targets.map((target) => `${target.kind} ${target.name}`).join()}`,
    );
    expect(lines).toEqual([
        'graph/main.graph:4 DB -> component DB',
        'instances/main.instances:1 VM -> component VM',
        'instances/main.instances:4 DB -> component DB',
        'instances/main.instances:6 port -> variable DB.port',
        'graph/main.graph:1 graph/parts/db.graph -> file graph/parts/db.graph',
        'graph/parts/db.graph:6 graph/parts/db.graph -> file graph/parts/db.graph',
        'descriptor/application.properties:6 graph/main.graph -> file graph/main.graph',
        'descriptor/application.properties:7 instances/main.instances -> file instances/main.instances',
    ]);
});

test('a file belongs to the innermost application around it', () => {
    const { directoryOf } = createLanguage();
    const files = memoryFiles({ ...FILES, '/w/loose/graph/a.graph': '', '/w/a.graph': '' });
    expect(directoryOf(files, '/w/shop/graph/parts/db.graph')).toBe('/w/shop');
    expect(directoryOf(files, '/w/shop/elsewhere/x.graph')).toBe('/w/shop');
    expect(directoryOf(files, '/w/loose/graph/a.graph')).toBe('/w/loose');
    expect(directoryOf(files, '/w/loose/probes/A.measures')).toBe('/w/loose');
    expect(directoryOf(files, '/w/probes/A.measures')).toBeNull();
    expect(directoryOf(files, '/w/a.graph')).toBeNull();
});

test('a loose file is checked with its imports, without roots and orphans', () => {
    const { checkFile } = createLanguage();
    const files = memoryFiles({
        ...FILES,
        '/w/shop/graph/new.graph': 'A {\n\tinstaller: script;\n\tchildren: Nope;\n}\nfacet f {\n}\n',
    });
    expect(checkFile(files, '/w/shop/graph/new.graph').findings.map(({ code }) => code)).toEqual([
        'CO_INEXISTING_CHILD',
    ]);
    expect(checkFile(files, '/w/shop/instances/main.instances').findings).toEqual([]);
});

test('an import chain of ten thousand files needs no stack', () => {
    const files: Record<string, string> = { '/w/graph/0.graph': 'import 1.graph;\nVM {\n\tinstaller: target;\n}\n' };
    for (let i = 1; i < 10_000; i++) files[`/w/graph/${i}.graph`] = `import ${i + 1}.graph;\n`;
    const read: FileSystem['read'] = (path) => (files[path] === undefined ? undefined : { text: files[path] });
    const application = createLanguage().checkFile({ read, list: () => undefined }, '/w/graph/0.graph');
    expect(application.files).toHaveLength(10_000);
    expect(application.findings.map(({ code, range }) => [code, range?.file])).toEqual([
        ['CO_UNREACHABLE_FILE', 'graph/9999.graph'],
    ]);
});

test('files that are too large are reported and not parsed', () => {
    const files = memoryFiles({
        ...FILES,
        '/w/shop/graph/main.graph': 'import big.graph;\nVM {\n\tinstaller: target;\n}\n',
    });
    const read: FileSystem['read'] = (path) =>
        path === '/w/shop/graph/big.graph' ? { tooLarge: true, bytes: 9_000_000 } : files.read(path);
    const language = createLanguage();
    const { findings } = language.loadApplication({ ...files, read }, '/w/shop');
    expect(
        findings.map(({ code, range }) => `${code} ${range?.file ?? ''}:${range?.line ?? 0}:${range?.column ?? 0}`),
    ).toEqual(['X_TOO_LARGE graph/main.graph:1:8']);
    expect(language.parsedFileCount()).toBe(2);
});

test('what a file that is too large imports is not called unreached', () => {
    const files = memoryFiles({ ...FILES, '/w/shop/graph/other.graph': 'facet f {\n}\n' });
    const isMain = (path: string): boolean => path === '/w/shop/graph/main.graph';
    const large = { tooLarge: true, bytes: 9_000_000 } as const;
    const fileSystem = { ...files, read: (path: string) => (isMain(path) ? large : files.read(path)) };
    const { findings } = createLanguage().loadApplication(fileSystem, '/w/shop');
    expect(findings.map(({ code }) => code)).toEqual(['X_TOO_LARGE']);
});

test('names of the language underneath are names like others', () => {
    const files = memoryFiles({
        '/w/graph/m.graph':
            '__proto__ {\n\tinstaller: target;\n\texports: __proto__ = 1, constructor = 2;\n\timports: constructor.x;\n}\n',
    });
    const { model, findings } = createLanguage().checkFile(files, '/w/graph/m.graph');
    expect(Object.entries(model.components[0]?.exports ?? {})).toEqual([
        ['__proto__.__proto__', '1'],
        ['__proto__.constructor', '2'],
    ]);
    expect(findings.map(({ code }) => code)).toEqual(['RM_UNRESOLVABLE_VARIABLE']);
});

const word = fc.constantFrom('A', 'B', 'C', 'f', 'g', 'A.x', 'B.*', 'x', '', 'constructor');
const line = fc.oneof(
    fc
        .tuple(
            fc.constantFrom('children', 'extends', 'facets', 'imports', 'exports', 'installer', 'name', 'count', 'x'),
            fc.array(word, { maxLength: 3 }),
        )
        .map(([key, words]) => `${key}: ${words.join(', ')};`),
    fc.constantFrom(
        'A {',
        'B {',
        'facet f {',
        'facet g {',
        'instance of A {',
        'instance of B {',
        '}',
        '}',
        'import main.graph;',
        'import b.graph;',
        'count: 30;',
    ),
);
const text = fc.array(line, { maxLength: 25 }).map((lines) => lines.join('\n'));

test('any files are analysed without throwing, and twice alike', () => {
    fc.assert(
        fc.property(text, text, text, (main, other, instances) => {
            const files = memoryFiles({
                '/w/descriptor/application.properties': 'graph-entry-point = main.graph\ninstance-entry-point = i',
                '/w/graph/main.graph': main,
                '/w/graph/b.graph': other,
                '/w/instances/i': instances,
            });
            const language = createLanguage();
            const first = language.loadApplication(files, '/w');
            const parsed = language.parsedFileCount();
            expect(language.loadApplication(files, '/w')).toEqual(first);
            expect(language.parsedFileCount()).toBe(parsed);
            expect(createLanguage().loadApplication(files, '/w')).toEqual(first);
            graphViewOf(first.model, 'components');
            graphViewOf(first.model, 'instances');
            for (const component of first.model.components) {
                for (const child of component.resolvedChildren) {
                    expect(first.model.components.find(({ name }) => name === child)?.resolvedAncestors).toContain(
                        component.name,
                    );
                }
            }
        }),
        { numRuns: 60 },
    );
});
