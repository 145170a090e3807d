/** Whatever a text holds, every question about how it looks is answered, with places that are in it. */
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type {
    CodeLens,
    FoldingRange,
    InlayHint,
    Position,
    Range,
    SelectionRange,
    SemanticTokens,
    TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startTestServer, type TestServer } from '../support/language-server.ts';
import { SAMPLE } from './sample.ts';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

const FILES = [
    'graph/main.graph',
    'instances/main.instances',
    'commands/a.commands',
    'rules.autonomic/a.drl',
    'probes/a.measures',
    'probes/a.measures.properties',
    'descriptor/application.properties',
    'graph/Machine/target.properties',
    'graph/Machine/recipe.properties',
];

const SIGNS = [
    '{',
    '}',
    '#',
    ';',
    ':',
    ',',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '"',
    '$(',
    ')',
    '.',
    '=',
    '\\',
    '[',
    ']',
    '\u{1F600}',
    'é',
];
const WORDS = [
    ...[
        'import ',
        'facet ',
        'instance of ',
        'exports: ',
        'imports: ',
        'name: ',
        'count: 3',
        'Web',
        'Database.port',
        'data.x',
    ],
    ...[
        'define ',
        'create ',
        'under ',
        'write ',
        'into ',
        'rule "x"',
        'when',
        'then',
        'end',
        '[EVENT file x]',
        'handler = local',
    ],
];
const TEXT = fc.array(fc.constantFrom(...SIGNS, ...WORDS), { maxLength: 40 }).map((pieces) => pieces.join(''));

test('any text of any kind', async () => {
    server = await startTestServer(SAMPLE);
    const one = server;
    for (const file of FILES) await one.open(file, '');
    await fc.assert(
        fc.asyncProperty(fc.constantFrom(...FILES), TEXT, fc.nat(), async (file, text, at) => {
            await one.change(file, { text });
            await checkAll(one, file, text, at % (text.length + 1));
        }),
        { numRuns: 60 },
    );
    expect(one.errors).toEqual([]);
});

async function checkAll(one: TestServer, file: string, text: string, at: number): Promise<void> {
    const document = TextDocument.create('x:y', 'x', 1, text);
    const textDocument = { uri: one.uri(file) };
    const whole = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
    const position = document.positionAt(at);
    const options = { tabSize: 4, insertSpaces: false };
    const ask = <Answer>(method: string, more: object = {}): Promise<Answer> =>
        one.client.sendRequest<Answer>(method, { textDocument, ...more });
    const places: Position[] = [];
    const folds = await ask<readonly FoldingRange[]>('textDocument/foldingRange');
    places.push(
        ...folds.flatMap(({ startLine, endLine }) => [startLine, endLine]).map((line) => ({ line, character: 0 })),
    );
    const tokens = await ask<SemanticTokens>('textDocument/semanticTokens/full');
    places.push(...tokenEnds(tokens.data));
    const hints = await ask<readonly InlayHint[] | null>('textDocument/inlayHint', { range: whole });
    places.push(...(hints ?? []).map((hint) => hint.position));
    const lenses = await ask<readonly CodeLens[] | null>('textDocument/codeLens');
    places.push(...(lenses ?? []).flatMap(({ range }) => [range.start, range.end]));
    for (const ch of ['\n', '{', '}']) {
        const edits = await ask<readonly TextEdit[] | null>('textDocument/onTypeFormatting', { position, ch, options });
        places.push(...(edits ?? []).flatMap(({ range }) => [range.start, range.end]));
    }
    const edits = await ask<readonly TextEdit[] | null>('textDocument/formatting', { options });
    places.push(...(edits ?? []).flatMap(({ range }) => [range.start, range.end]));
    for (const place of places) expect(document.positionAt(document.offsetAt(place))).toEqual(place);
    const [selection] = await ask<readonly SelectionRange[]>('textDocument/selectionRange', { positions: [position] });
    checkSelection(document, selection, position);
}

function tokenEnds(data: readonly number[]): readonly Position[] {
    const ends: Position[] = [];
    let [line, column] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
        const [down = 0, right = 0, length = 0] = data.slice(i, i + 3);
        expect(length).toBeGreaterThan(0);
        column = down === 0 ? column + right : right;
        line += down;
        ends.push({ line, character: column + length });
    }
    return ends;
}

function checkSelection(document: TextDocument, selection: SelectionRange | undefined, position: Position): void {
    const offsets = ({ start, end }: Range): readonly [number, number] => [
        document.offsetAt(start),
        document.offsetAt(end),
    ];
    let [from, to] = [document.offsetAt(position), document.offsetAt(position)];
    expect(selection).toBeDefined();
    for (let range = selection; range !== undefined; range = range.parent) {
        const [start, end] = offsets(range.range);
        expect(start <= from && to <= end).toBe(true);
        [from, to] = [start, end];
    }
    expect([from, to]).toEqual([0, document.getText().length]);
}
