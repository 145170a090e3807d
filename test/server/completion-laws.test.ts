/** What holds for completion, signature help and hover in any text of any kind of file. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompletionItem, Position, Range } from 'vscode-languageserver/node';
import { createLanguage, type FileKind } from '../../language/index.ts';
import { completionAt } from '../../server/features/completion.ts';
import { hoverAt } from '../../server/features/hover.ts';
import { signatureHelpAt } from '../../server/features/signature-help.ts';
import { createUnits, viewOf } from '../../server/workspace/units.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { WHOLE_SAMPLE } from './application-sample.ts';

const FILES: Readonly<Record<FileKind, string>> = {
    graph: 'graph/main.graph',
    instances: 'instances/main.instances',
    descriptor: 'descriptor/application.properties',
    commands: 'commands/clean.commands',
    rules: 'rules.autonomic/scale.drl',
    measures: 'probes/Web.measures',
    measureValues: 'probes/Web.measures.properties',
    target: 'graph/Machine/target.properties',
    recipe: 'graph/Web/recipe.properties',
    instructions: 'graph/Web/instructions.properties',
};

// The sample never changes: only the text around the caret does.
const analysis = createUnits({
    language: createLanguage(),
    fileSystem: memoryFiles(
        Object.fromEntries(Object.entries(WHOLE_SAMPLE).map(([file, text]) => [`/app/${file}`, text])),
    ),
    openPaths: () => [],
    now: () => 0,
    onAnalysed: () => undefined,
    onDropped: () => undefined,
    onFailure: (_, cause) => {
        throw cause;
    },
}).current('/app');

const ABILITIES = {
    snippets: false,
    suggestCommand: null,
    labelDetails: true,
    strikesThrough: true,
    insertReplace: true,
    commitCharacters: true,
    resolvesDocumentation: true,
};

const SIGNS = '{}#;:,= \t\n"\\/.[]$(<*'.split('');
const MODEL = [
    '\n    ',
    'import ',
    'Web {\n',
    'facet x {\n',
    'children: ',
    'imports: ',
    'exports: ',
    'extends: ',
    'external ',
    '(optional)',
    'Web',
    'port',
];
const VALUES = [
    'name = ',
    'exports = ',
    'Web.port as ',
    'handler = iaas-ec2\n',
    'ec2.',
    'ec2.secret.key = ',
    '${',
    '{{',
    'start.',
    'timeout = ',
    'deploy.1.copy = ',
    '__proto__',
];

/** What texts of a kind are made of, beside signs. */
const PIECES: Readonly<Record<FileKind, readonly string[]>> = {
    graph: MODEL,
    instances: [
        ...MODEL,
        'instance of ',
        'INSTANCE  of ',
        'instance of Machine {\n',
        'instance of Web {\n\t',
        'name: x;',
        'data.',
        '\u{1F600}',
    ],
    commands: [
        'create ',
        'create Web as ',
        ' under ',
        'associate /front with ',
        'change status of /front to ',
        'define x = ',
        'execute ',
        'delete ',
        'Web ',
        '\\\n',
    ],
    rules: ['rule "', 'rule "other" ', 'when\n', 'then\n', 'end\n', 'time window is ', '/* ', 'clean;'],
    measures: ['[EVENT ', '[EVENT rest x]\n', '[EVENT file x]\n', 'rest ', 'Check u that n ', '{{ ', 'Columns: '],
    descriptor: VALUES,
    target: VALUES,
    recipe: VALUES,
    instructions: VALUES,
    measureValues: VALUES,
};

/** Beginnings behind which a text of a kind may go on with anything. */
const HEADS: Readonly<Record<FileKind, readonly string[]>> = {
    graph: [
        '',
        'X {\n\t',
        'X {\n\timports: ',
        'X {\n\tchildren: Web, ',
        'X {\n\textends: Web, ',
        'X {\n\texports: a = $',
        'import ',
    ],
    instances: [
        '',
        'instance ',
        'instance of Machine {',
        'instance of Web {\n\t',
        'instance of Web {\n\tport: ',
        'instance of ',
    ],
    commands: ['', 'create ', 'create Web as w under ', 'associate /front with ', 'define x = ', 'execute '],
    rules: ['', 'rule "', 'rule "other" ', 'rule "other"\nwhen\n', 'rule "other"\nwhen\nx\nthen\n'],
    measures: ['', '[EVENT ', '[EVENT rest x]\n', '[EVENT rest x]\nCheck u that n ', '[EVENT docker x]\n{{'],
    descriptor: ['', 'exports = ', 'exports = Web.port as port, ', 'graph-entry-point = '],
    target: ['', 'handler = iaas-ec2\n', 'handler = ', 'handler = iaas-ec2\nec2.secret.key = '],
    recipe: ['', 'start.', 'timeout = '],
    instructions: ['', 'deploy.1.copy = '],
    measureValues: [''],
};

interface Place {
    readonly kind: FileKind;
    readonly lines: readonly string[];
    readonly position: Position;
}

const place: fc.Arbitrary<Place> = fc
    .constantFrom(...(Object.keys(FILES) as FileKind[]))
    .chain((kind) => {
        const piece = fc.oneof(
            { weight: 3, arbitrary: fc.constantFrom(...PIECES[kind]) },
            { weight: 1, arbitrary: fc.constantFrom(...SIGNS) },
        );
        const pieces = fc.array(piece, { maxLength: 2 });
        const texts = fc.tuple(fc.constantFrom(...HEADS[kind]), pieces, pieces);
        return texts.map(([head, more, after]) => ({ kind, before: head + more.join(''), after: after.join('') }));
    })
    .map(({ kind, before, after }) => {
        const head = before.split('\n');
        const position = { line: head.length - 1, character: head.at(-1)!.length };
        return { kind, lines: (before + after).split('\n'), position };
    });

function questionAt({ kind, lines, position }: Place) {
    const path = `/app/${FILES[kind]}`;
    return { path, kind, lines, position, view: viewOf(analysis!, path), textOf: () => undefined };
}

function itemsAt(where: Place, trigger: string | null): readonly CompletionItem[] {
    return completionAt({
        ...questionAt(where),
        filesBelow: () => ['clean.commands', 'main.graph', 'files/app.conf'],
        unreached: () => [],
        externals: [{ name: 'Lb.port', application: 'Other' }],
        trigger,
        abilities: ABILITIES,
    }).items;
}

function editOf({ textEdit }: CompletionItem): { readonly newText: string; readonly range: Range } {
    if (textEdit === undefined) throw new Error('An item without edit.');
    return 'range' in textEdit ? textEdit : { newText: textEdit.newText, range: textEdit.insert };
}

describe('for any text and place', () => {
    test('a proposal replaces a part of its line that ends at the caret', () => {
        fc.assert(
            fc.property(place, (where) => {
                for (const item of itemsAt(where, null)) {
                    const { start, end } = editOf(item).range;
                    expect(end).toEqual(where.position);
                    expect(start.line).toBe(where.position.line);
                    expect(start.character).toBeGreaterThanOrEqual(0);
                    expect(start.character).toBeLessThanOrEqual(end.character);
                }
            }),
            { numRuns: 400 },
        );
    });

    test('what a proposal takes away besides stands before it', () => {
        fc.assert(
            fc.property(place, (where) => {
                for (const item of itemsAt(where, null)) {
                    for (const { range } of item.additionalTextEdits ?? []) {
                        expect(range.end.line).toBe(where.position.line);
                        expect(range.end.character).toBeLessThanOrEqual(editOf(item).range.start.character);
                    }
                }
            }),
            { numRuns: 200 },
        );
    });

    test('what opens by itself is among what the person could ask for', () => {
        const trigger = fc.constantFrom(' ', ':', ',', '.', '/', '$', '{', '(', '[', '=', '"');
        fc.assert(
            fc.property(place, trigger, (where, character) => {
                const asked = new Set(itemsAt(where, null).map(({ label }) => label));
                for (const { label } of itemsAt(where, character)) expect(asked).toContain(label);
            }),
            { numRuns: 200 },
        );
    });

    test('a word that is explained stands around the caret', () => {
        fc.assert(
            fc.property(place, (where) => {
                const range = hoverAt(questionAt(where))?.range;
                if (range === undefined) return;
                expect(range.start.line).toBe(where.position.line);
                expect(range.start.character).toBeLessThanOrEqual(where.position.character);
                expect(range.end.character).toBeGreaterThanOrEqual(where.position.character);
            }),
            { numRuns: 400 },
        );
    });

    test('an active parameter is one of the signature, and a part of its label', () => {
        fc.assert(
            fc.property(place, (where) => {
                const help = signatureHelpAt({ ...questionAt(where), context: undefined });
                if (help === null) return;
                const [signature] = help.signatures;
                const parameters = signature?.parameters ?? [];
                expect(help.activeParameter).toBeLessThan(parameters.length);
                for (const { label } of parameters) {
                    expect(label[0]).toBeGreaterThanOrEqual(0);
                    expect(label[1]).toBeLessThanOrEqual(signature!.label.length);
                }
            }),
            { numRuns: 400 },
        );
    });
});
