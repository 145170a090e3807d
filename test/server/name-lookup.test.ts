import { expect, test } from 'vitest';
import { createLanguage, type Application } from '../../language/index.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { lookupOf } from '../../server/features/name-lookup.ts';
import { placeAt } from '../../server/features/places.ts';
import { familyOf, occurrencesOf, symbolAt, type NavigationQuestion } from '../../server/features/symbol.ts';

const COUNT = 10_000;

function largeApplication(): Application {
    const types = Array.from(
        { length: COUNT },
        (_, i) =>
            `C${i} {\n    installer: script;\n    exports: port${i} = ${i};\n    imports: C${(i + 1) % COUNT}.port${(i + 1) % COUNT};\n}\n`,
    );
    const files = {
        '/w/descriptor/application.properties': 'name = Large\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\n',
        '/w/graph/main.graph': `VM {\n    installer: target;\n    children: ${types.map((_, i) => `C${i}`).join(', ')};\n}\n${types.join('')}`,
    };
    return createLanguage().loadApplication(memoryFiles(files), '/w');
}

/** An array that counts how many of its items are read. */
function counted<T>(items: readonly T[], onRead: () => void): readonly T[] {
    return new Proxy(items, {
        get: (target, key, receiver) => {
            if (typeof key === 'string' && /^\d+$/.test(key)) onRead();
            return Reflect.get(target, key, receiver) as unknown;
        },
    });
}

test('any number of questions reads the names of an application once', async () => {
    const application = largeApplication();
    let reads = 0;
    const onRead = (): void => void (reads += 1);
    const watched: Application = {
        directory: application.directory,
        name: application.name,
        findings: [],
        files: application.files,
        model: application.model,
        declarations: counted(application.declarations, onRead),
        references: counted(application.references, onRead),
        externalReferences: counted(application.externalReferences, onRead),
        targets: application.targets,
    };
    const nameCount = application.declarations.length + application.references.length;
    expect(nameCount).toBeGreaterThan(4 * COUNT);
    const file = 'graph/main.graph';
    const analysis = {
        key: '/w',
        kind: 'application',
        version: 1,
        application: watched,
        strays: new Map(),
        durationMs: 0,
    } as const;
    const lineOfType = (i: number): number => 4 + 5 * i;
    for (let i = 0; i < 500; i += 1) {
        const question: NavigationQuestion = {
            view: { analysis, application: watched, file },
            position: { line: lineOfType(i), character: 1 },
            unreached: () => [],
            analyses: () => Promise.resolve([]),
        };
        const symbol = await symbolAt(question);
        expect(symbol?.declared.map(({ declaration }) => declaration.name)).toEqual([`C${i}`]);
        expect(await occurrencesOf(question, symbol?.declared ?? [])).toHaveLength(3);
        expect(familyOf(question, symbol?.declared ?? [])).toHaveLength(1);
    }
    expect(reads).toBe(nameCount);
    expect(lookupOf(watched)).toBe(lookupOf(watched));
});

test('a caret touches a name at both of its ends, and nothing behind', () => {
    const files = { '/w/graph/a.graph': 'A {\n    children: B, B;\n}\nB {\n}\n' };
    const application = createLanguage().checkFile(memoryFiles(files), '/w/graph/a.graph');
    const analysis = { key: '/w', kind: 'file', version: 1, application, strays: new Map(), durationMs: 0 } as const;
    const view = { analysis, application, file: application.files[0] ?? '' };
    const columns = Array.from(
        { length: 20 },
        (_, character) => placeAt(view, { line: 1, character })?.range.column ?? 0,
    );
    expect(
        columns
            .map((column, i) => (column === 0 ? '' : `${i}`))
            .join(' ')
            .trim()
            .split(/ +/),
    ).toEqual(['14', '15', '17', '18']);
});
