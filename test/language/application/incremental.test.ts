/** What is kept from one analysis to the next must not be noticed, but by how little is done: whatever the edit, the answer is that of a fresh start. */
import { describe, expect, test } from 'vitest';
import { createLanguage, type Application, type Language } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const DESCRIPTOR =
    'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = all.instances\n';

const FILES: Readonly<Record<string, string>> = {
    'descriptor/application.properties': DESCRIPTOR,
    'graph/main.graph':
        'import web.graph;\nimport data.graph;\n\nVM {\n\tinstaller: target;\n\tchildren: Web, Host;\n\texports: ip;\n}\n\nfacet Host {\n\tchildren: Store;\n}\n',
    'graph/web.graph':
        'Web {\n\tinstaller: script;\n\texports: ip, port = 80;\n\timports: Store.port, Store.ip;\n}\n\nBalancer {\n\textends: Web;\n\timports: Web.* (optional);\n}\n',
    'graph/data.graph':
        'facet Data {\n\texports: size = 1;\n}\n\nStore {\n\tinstaller: script;\n\tfacets: Data;\n\texports: ip, port = 3306, name;\n}\n\nBox {\n\textends: VM;\n\tfacets: Host;\n}\n',
    'instances/all.instances':
        'import one.instances;\nimport two.instances;\n\ninstance of Box {\n\tname: box;\n\tinstance of Store {\n\t\tname: store;\n\t\tStore.name: main;\n\t}\n}\n',
    'instances/one.instances':
        '# the first machine\ninstance of VM {\n\tname: vm1;\n\tinstance of Web {\n\t\tname: web;\n\t\tport: 8080;\n\t}\n}\n\ninstance of VM {\n\tname: vm;\n\tcount: 2;\n\tinstance of Balancer {\n\t\tname: lb;\n\t}\n}\n',
    'instances/two.instances':
        'instance of Box {\n\tname: other;\n\tinstance of Store {\n\t\tname: s;\n\t\tname: t;\n\t}\n}\n',
};

const WORDS = [
    'VM',
    'Web',
    'Store',
    'Box',
    'Host',
    'Data',
    'Balancer',
    'port',
    'ip',
    'size',
    'name',
    'Nothing',
    'vm1',
    'target',
    'script',
];
const LINES = [
    '}',
    '\tinstaller: target;',
    '\texports: port = 1, zone;',
    '\timports: Store.port (optional);',
    '\tfacets: Data, Host;',
    '\textends: Web;',
    '\tchildren: Web, Store, Box;',
    'facet Extra {',
    'Extra {',
    'instance of Web {',
    '\tname: web;',
    '\tcount: 3;',
    '\tzone: north;',
    'import two.instances;',
    'import data.graph;',
    '',
    '# a comment',
];

/** A small generator of numbers from 0 to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((more ^ (more >>> 14)) >>> 0) / 4_294_967_296;
    };
}

type Edit = (lines: string[], at: number, random: () => number) => void;

const pick = <T>(from: readonly T[], random: () => number): T | undefined => from[Math.floor(random() * from.length)];

const EDITS: readonly Edit[] = [
    (lines, at) => void lines.splice(at, 1),
    (lines, at) => void lines.splice(at, 0, lines[at] ?? ''),
    (lines, at, random) => void lines.splice(at, 0, pick(LINES, random) ?? ''),
    (lines, at, random) => void lines.splice(at, 0, pick(LINES, random) ?? ''),
    (lines, at) => void lines.splice(at, 2, lines[at + 1] ?? '', lines[at] ?? ''),
    (lines, at, random) => {
        lines[at] = (lines[at] ?? '').replaceAll(/[A-Z]\w*|port|ip|name\b/g, (word) =>
            random() < 0.5 ? word : (pick(WORDS, random) ?? word),
        );
    },
    (lines, at) => {
        lines[at] = (lines[at] ?? '').replace(/[;{]\s*$/, '');
    },
];

function edited(text: string, random: () => number): string {
    const lines = text.split('\n');
    pick(EDITS, random)?.(lines, Math.floor(random() * lines.length), random);
    return lines.join('\n');
}

function load(language: Language, files: Readonly<Record<string, string>>): Application {
    const placed = Object.entries(files).map(([path, text]) => [`/app/${path}`, text] as const);
    return language.loadApplication(memoryFiles(Object.fromEntries(placed)), '/app');
}

function allOf({ findings, files, model, declarations, references }: Application): unknown {
    return { findings, files, model, declarations, references };
}

/** `ROBOCONF_EDITS` makes the walks longer. */
const EDITS_PER_WALK = Number(process.env['ROBOCONF_EDITS'] ?? 40);

test.each([1, 2, 3, 4, 5, 6, 7, 8])('walk %i: after each edit everything is as from a fresh start', (seed) => {
    const random = randomOf(seed);
    const language = createLanguage();
    const files: Record<string, string> = { ...FILES };
    load(language, files);
    for (let step = 0; step < EDITS_PER_WALK; step++) {
        // Mostly one edit of what was right; now and then one more of what is already wrong.
        if (random() < 0.7) {
            Object.assign(files, FILES);
            load(language, files);
        }
        const path = pick(Object.keys(files).slice(1), random) ?? '';
        files[path] = edited(files[path] ?? '', random);
        const answer = allOf(load(language, files));
        expect(answer, `step ${step}, ${path}`).toEqual(allOf(load(createLanguage(), files)));
    }
});

describe('a block that was right is looked at again when the graph says something else about', () => {
    const graph = (more: string): Readonly<Record<string, string>> => ({
        'descriptor/application.properties': DESCRIPTOR,
        'graph/main.graph': `VM {\n\tinstaller: target;\n\tchildren: A;\n}\n${more}`,
    });
    const A = 'A {\n\tinstaller: script;\n\texports: port = 1;\n}\n';
    const inside = (text: string): string => `instance of VM {\n\tname: vm;\n\t${text}\n}\n`;
    const part = (text: string): string => inside(`instance of A {\n\t\tname: a;\n\t\t${text}\n\t}`);

    test.each<readonly [string, string, string, string, string]>([
        ['its exports', A, A.replace(' port', ' door'), part('port: 2;'), 'RM_MAGIC_INSTANCE_VARIABLE'],
        ['values of its exports', A, A.replace('port = 1', 'port'), part('data.x: 1;'), 'RM_MISSING_VARIABLE_VALUE'],
        [
            'what it builds on',
            `A {\n\tinstaller: script;\n\textends: Base;\n}\n`,
            `A {\n\tinstaller: script;\n\textends: Base;\n}\nBase {\n\tinstaller: script;\n}\n`,
            part('zone: north;'),
            'RM_MAGIC_INSTANCE_VARIABLE',
        ],
        [
            'what it may contain',
            `${A.replace('script;', 'script;\n\tchildren: Unknown;')}B {\n\tinstaller: script;\n}\n`,
            `${A}B {\n\tinstaller: script;\n}\n`,
            part('instance of B {\n\t\t\tname: b;\n\t\t}'),
            'RM_INVALID_INSTANCE_PARENT',
        ],
        [
            'where it may stand',
            `${A}B {\n\tinstaller: target;\n}\n`,
            `${A}B {\n\tinstaller: target;\n}\nC {\n\tinstaller: target;\n\tchildren: B;\n}\n`,
            'instance of B {\n\tname: b;\n}\n',
            'RM_MISSING_INSTANCE_PARENT',
        ],
        [
            'what leads to it',
            `${A}B {\n\tinstaller: target;\n\tchildren: C;\n}\nC {\n\tinstaller: script;\n\tchildren: B;\n}\n`,
            `${A.replace('script;', 'script;\n\tchildren: C;')}B {\n\tinstaller: target;\n\tchildren: C;\n}\nC {\n\tinstaller: script;\n\tchildren: B;\n}\n`,
            'instance of B {\n\tname: b;\n}\n',
            'RM_MISSING_INSTANCE_PARENT',
        ],
    ])('%s', (...[, before, after, instances, code]) => {
        const language = createLanguage();
        const files = { 'instances/all.instances': instances };
        const first = load(language, { ...graph(before), ...files });
        expect(first.findings.map((finding) => finding.code)).not.toContain(code);
        const second = load(language, { ...graph(after), ...files });
        expect(second.findings.map((finding) => finding.code)).toContain(code);
        expect(allOf(second)).toEqual(allOf(load(createLanguage(), { ...graph(after), ...files })));
    });
});

describe('how much is done', () => {
    const roots = 12;
    const big: Readonly<Record<string, string>> = {
        'descriptor/application.properties': DESCRIPTOR,
        'graph/main.graph': 'import a.graph;\nVM {\n\tinstaller: target;\n\tchildren: A, B;\n}\n',
        'graph/a.graph':
            'A {\n\tinstaller: script;\n\texports: port = 1;\n}\n\nB {\n\tinstaller: script;\n\texports: size = 1;\n}\n',
        'instances/all.instances': Array.from({ length: roots }, (_, i) => `import part${i}.instances;\n`).join(''),
        ...Object.fromEntries(
            Array.from({ length: roots }, (_, i) => [
                `instances/part${i}.instances`,
                `instance of VM {\n\tname: vm${i};\n\tinstance of ${i < 4 ? 'A' : 'B'} {\n\t\tname: part;\n\t}\n}\n`,
            ]),
        ),
    };

    function cost(
        path: string,
        edit: (text: string) => string,
    ): Readonly<Record<'parsed' | 'checked' | 'resolved', number>> {
        const language = createLanguage();
        load(language, big);
        const before = [language.parsedBlockCount(), language.checkedBlockCount(), language.resolvedGraphCount()];
        load(language, { ...big, [path]: edit(big[path] ?? '') });
        return {
            parsed: language.parsedBlockCount() - (before[0] ?? 0),
            checked: language.checkedBlockCount() - (before[1] ?? 0),
            resolved: language.resolvedGraphCount() - (before[2] ?? 0),
        };
    }

    test('nothing, when nothing changed', () => {
        expect(cost('instances/part0.instances', (text) => text)).toEqual({ parsed: 0, checked: 0, resolved: 0 });
    });

    test('one block, when a value of an instance changed', () => {
        const edit = (text: string): string => text.replace('name: part', 'name: other');
        expect(cost('instances/part3.instances', edit)).toEqual({ parsed: 1, checked: 1, resolved: 0 });
    });

    test('nothing is checked, when blocks only moved', () => {
        const edit = (text: string): string => `# a comment\n\n${text}`;
        expect(cost('instances/part3.instances', edit)).toEqual({ parsed: 0, checked: 0, resolved: 0 });
    });

    test('the graph and the instances of the one component whose exports changed', () => {
        const edit = (text: string): string => text.replace('port = 1', 'door = 1');
        expect(cost('graph/a.graph', edit)).toEqual({ parsed: 1, checked: 3 + 4, resolved: 1 });
    });

    test('the graph alone, when what changed in it concerns no instance', () => {
        const edit = (text: string): string => text.replace('script;', 'puppet;');
        expect(cost('graph/a.graph', edit)).toEqual({ parsed: 1, checked: 3, resolved: 1 });
    });
});
