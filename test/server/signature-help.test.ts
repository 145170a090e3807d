import { afterAll, describe, expect, test } from 'vitest';
import { createEditor } from '../support/editor.ts';
import { WHOLE_SAMPLE } from './application-sample.ts';

const editor = createEditor(WHOLE_SAMPLE);
afterAll(() => editor.dispose());

/** The label, the part of it that is active, and what is said of that part. */
async function active(file: string, marked: string): Promise<readonly [string, string, string] | null> {
    const help = await editor.signature(file, marked);
    const [signature] = help?.signatures ?? [];
    const parameter = signature?.parameters?.[help?.activeParameter ?? -1];
    if (signature === undefined || parameter === undefined || typeof parameter.label === 'string') return null;
    const said = typeof parameter.documentation === 'object' ? parameter.documentation.value : '';
    return [signature.label, signature.label.slice(...parameter.label), said];
}

const graph = (rest: string): string => WHOLE_SAMPLE['graph/main.graph'] + rest;
const instances = (rest: string): string => WHOLE_SAMPLE['instances/main.instances'] + rest;
const EXPORTS = 'exports: [random[port]] name [= value], …';
const IMPORTS = 'imports: [external] Prefix.name [(optional)], …';
const CREATE = 'create Component as name [under /parent]';
const CHECK = 'Check URL that name operator value';

describe('the active part', () => {
    test.each([
        ['of an exported variable is its name', 'X {\n    exports: $0', EXPORTS, 'name'],
        ['is its kind', 'X {\n    exports: a, random[$0', EXPORTS, 'random[port]'],
        ['is its value', 'X {\n    exports: a = $0', EXPORTS, '= value'],
        ['of an import is its prefix', 'X {\n    imports: We$0', IMPORTS, 'Prefix'],
        ['is the variable behind the dot', 'X {\n    imports: Web.$0', IMPORTS, 'name'],
        ['is the flag behind the item', 'X {\n    imports: Web.port $0', IMPORTS, '(optional)'],
        ['of the next item is its prefix again', 'X {\n    imports: Web.port, $0', IMPORTS, 'Prefix'],
        [
            'of children is a type',
            'X {\n    children: Web, $0',
            'children: component or facet, …',
            'component or facet',
        ],
        ['of a facet that extends is a facet', 'facet X {\n    extends: $0', 'extends: facet, …', 'facet'],
        ['of a component that extends is one component', 'X {\n    extends: $0', 'extends: component', 'component'],
    ])('%s', async (_, marked, label, part) => {
        expect((await active('graph/main.graph', graph(marked)))?.slice(0, 2)).toEqual([label, part]);
    });

    test.each([
        ['of an instruction is its first part', 'create $0', CREATE, 'Component'],
        ['follows the words between', 'create Web as $0', CREATE, 'name'],
        ['is the last one behind the last word', 'create Web as w under $0', CREATE, '/parent'],
        ['goes on in the next line', 'create Web \\\n  as w \\\n  under $0', CREATE, '/parent'],
        ['of a definition is its value', 'define x = $0', 'define name = value [under /path]', 'value'],
        [
            'of an instruction on all instances is a component',
            'stop all instances of $0',
            'stop all instances of Component',
            'Component',
        ],
        ['of an instruction on one instance is its path', 'stop all $0', 'stop all /path', '/path'],
    ])('%s', async (_, marked, label, part) => {
        expect((await active('commands/other.commands', marked))?.slice(0, 2)).toEqual([label, part]);
    });

    test.each([
        ['of a header is its handler', '[EVENT $0', '[EVENT handler name]', 'handler'],
        ['is its event', '[EVENT rest $0', '[EVENT handler name]', 'name'],
        ['of a rest probe is the address', '[EVENT rest x]\nCheck $0', CHECK, 'URL'],
        ['is the key', '[EVENT rest x]\nCheck u that $0', CHECK, 'name'],
        ['is the comparison', '[EVENT rest x]\nCheck u that n $0', CHECK, 'operator'],
        ['is the value', '[EVENT rest x]\nCheck u that n > $0', CHECK, 'value'],
        [
            'of a file probe is the path',
            '[EVENT file x]\nDelete if exists $0',
            '[Delete if exists | Notify if not exists] path',
            'path',
        ],
    ])('%s', async (_, marked, label, part) => {
        expect((await active('probes/Web.measures', marked))?.slice(0, 2)).toEqual([label, part]);
    });

    test('of an attribute is its number', async () => {
        const text = 'rule "other"\n\tsleep period is $0';
        expect((await active('rules.autonomic/other.drl', text))?.slice(0, 2)).toEqual([
            'sleep period is seconds',
            'seconds',
        ]);
    });
});

test('behind a dot the variables of the type are named', async () => {
    expect((await active('graph/main.graph', graph('X {\n    imports: Web.$0')))?.[2]).toContain('`ip`, `port`');
});

test('an override tells the value it replaces and where that comes from', async () => {
    const help = await editor.signature('instances/main.instances', instances('instance of Web {\n    port: $0'));
    expect(help?.signatures[0]).toMatchObject({
        label: 'port: value;',
        documentation: { value: 'Overrides `Web.port`: default value: 8080, from `Web`' },
    });
});

describe('help that opens by itself', () => {
    const typed = { triggerKind: 2, triggerCharacter: ' ', isRetrigger: false } as const;
    const IMPORT = graph('X {\n    imports: $0');

    test('says what is to be written, and no more', async () => {
        const help = await editor.signature('graph/main.graph', IMPORT, typed);
        expect(help?.signatures[0]?.label).toBe(IMPORTS);
        expect(help?.signatures[0]?.documentation).toBeUndefined();
    });

    test('says nothing of what has one part only', async () => {
        expect(await editor.signature('graph/main.graph', graph('X {\n    children: $0'), typed)).toBeNull();
    });

    test('stays as it was asked for', async () => {
        const asked = await editor.signature('graph/main.graph', IMPORT, { triggerKind: 1, isRetrigger: false });
        expect(asked?.signatures[0]?.documentation).toBeDefined();
        const again = { ...typed, isRetrigger: true, ...(asked === null ? {} : { activeSignatureHelp: asked }) };
        const later = await editor.signature('graph/main.graph', graph('X {\n    imports: Web.$0'), again);
        expect(later?.signatures[0]?.documentation).toBeDefined();
    });
});

test.each([
    ['graph/main.graph', 'X {\n    installer: $0'],
    ['graph/main.graph', 'X {\n    # exports: $0'],
    ['graph/main.graph', 'import $0'],
    ['commands/other.commands', 'cre$0'],
    ['commands/other.commands', '# create $0'],
    ['rules.autonomic/other.drl', 'rule "other"\nwhen $0'],
    ['graph/Machine/target.properties', 'id = $0'],
])('nothing is said in %s of %j', async (file, marked) => {
    expect(await editor.signature(file, marked)).toBeNull();
});
