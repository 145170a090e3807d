import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTestServer } from '../support/language-server.ts';
import { EDITING, SHOP } from './navigation-sample.ts';

const POSITION_METHODS = [
    'textDocument/definition',
    'textDocument/declaration',
    'textDocument/typeDefinition',
    'textDocument/implementation',
    'textDocument/references',
    'textDocument/documentHighlight',
    'textDocument/linkedEditingRange',
    'textDocument/prepareCallHierarchy',
    'textDocument/prepareTypeHierarchy',
];
const TEXT_METHODS = ['textDocument/documentLink', 'textDocument/documentSymbol'];
const RENAME_METHODS = ['textDocument/prepareRename', 'textDocument/rename'];
/** What a request that is refused with a reason answers. */
const REQUEST_FAILED = -32803;

const FILES = [
    'graph/main.graph',
    'instances/main.instances',
    'descriptor/application.properties',
    'commands/grow.commands',
    'rules.autonomic/busy.drl',
    'probes/Web.measures',
    'graph/Web/instructions.properties',
];

/** Ranges anywhere in an answer. */
function* rangesIn(
    answer: unknown,
): Generator<{ readonly start: { readonly line: number; readonly character: number } }> {
    if (typeof answer !== 'object' || answer === null) return;
    for (const [key, value] of Object.entries(answer) as readonly (readonly [string, unknown])[]) {
        // A value of this name is a range in every answer of the protocol.
        if (/range$/i.test(key)) yield value as { start: { line: number; character: number } };
        else yield* rangesIn(value);
    }
}

const piece = fc.constantFrom(
    ...[
        'A',
        'B.x',
        'x',
        '.',
        '*',
        ' ',
        '\n',
        ';',
        ',',
        '{',
        '}',
        ':',
        '=',
        '/',
        '\r\n',
        '\t',
        '\\\n',
        '$(x)',
        '#',
        '\u0000',
        'é',
        '"',
    ],
    ...[
        'facet F',
        'extends: ',
        'facets: ',
        'exports: ',
        'imports: ',
        'external ',
        'children: ',
        'instance of ',
        'name: ',
    ],
    ...[
        'create A as b under /c\n',
        'execute grow\n',
        'define x = 1\n',
        'rule "r" when e then c end',
        '[EVENT file e]\n',
        '{{ k }}',
    ],
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
const position = fc.record({ line: fc.nat(12), character: fc.nat(40) });

test('whatever the texts, every request is answered, with places inside of them', { timeout: 60_000 }, async () => {
    const server = await startTestServer(SHOP, { capabilities: EDITING });
    await server.settle();
    for (const file of FILES) await server.open(file, '');
    const ask = async (method: string, params: object): Promise<unknown> => {
        try {
            return await server.client.sendRequest(method, params);
        } catch (cause) {
            expect(RENAME_METHODS).toContain(method);
            expect(cause).toMatchObject({ code: REQUEST_FAILED });
            return null;
        }
    };
    await fc.assert(
        fc.asyncProperty(fc.constantFrom(...FILES), text, position, async (file, content, where) => {
            await server.change(file, { text: content });
            const lines = content.split(/\r\n|\r|\n/).length;
            const params = {
                textDocument: { uri: server.uri(file) },
                position: where,
                newName: 'renamed',
                context: { includeDeclaration: true },
            };
            for (const method of [...POSITION_METHODS, ...TEXT_METHODS, ...RENAME_METHODS]) {
                const answer = await ask(method, params);
                const here = method.endsWith('Highlight') || TEXT_METHODS.includes(method) ? [...rangesIn(answer)] : [];
                expect(here.filter(({ start }) => start.line >= lines)).toEqual([]);
            }
            await ask('workspace/symbol', { query: content.slice(0, 3) });
        }),
        { numRuns: 60 },
    );
    expect(server.errors).toEqual([]);
    await server.dispose();
});
