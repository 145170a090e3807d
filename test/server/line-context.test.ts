import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineContextAt, openBlockAt } from '../../server/features/line-context.ts';

const PIECES = [
    '{',
    '}',
    '#',
    ';',
    ':',
    ',',
    ' ',
    '\t',
    '\n',
    '"',
    '$(',
    '.',
    'import ',
    'facet ',
    'instance of ',
    'external ',
    '(optional)',
    'children',
    'exports',
    'imports',
    'name',
    'Web',
    'data.x',
    '=',
    'é',
    '\u{1F600}',
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));
const kind = fc.constantFrom('graph' as const, 'instances' as const);

describe('for any text and place', () => {
    const place = fc.tuple(text, kind, fc.nat(), fc.nat()).map(([source, fileKind, at, column]) => {
        const lines = source.split('\n');
        const line = at % lines.length;
        return { lines, fileKind, line, column: column % (lines[line]!.length + 1) };
    });

    test('what was typed ends at the position', () => {
        fc.assert(
            fc.property(place, ({ lines, fileKind, line, column }) => {
                const context = lineContextAt(lines, fileKind, line, column);
                if (context.kind === 'nothing') return;
                const { text: typed, column: start } = context.typed;
                expect(lines[line]!.slice(start, column)).toBe(typed);
            }),
        );
    });

    test('only lines above and on the line matter, save for the rest of a list', () => {
        fc.assert(
            fc.property(place, text, ({ lines, fileKind, line, column }, below) => {
                const other = [...lines.slice(0, line + 1), ...below.split('\n')];
                expect(lineContextAt(other, fileKind, line, column)).toEqual(
                    lineContextAt(lines, fileKind, line, column),
                );
            }),
        );
    });

    test('the open block has a header on its line', () => {
        fc.assert(
            fc.property(place, ({ lines, fileKind, line }) => {
                const block = openBlockAt(lines, fileKind, line);
                if (block !== null) expect(lines[block.line]).toContain('{');
            }),
        );
    });
});

test.each([
    ['a block of a graph ends at any closing bracket', 'graph', 'A {\n}\n', null],
    ['a bracket in a value opens nothing', 'graph', 'A {\nexports: x = {;\n', 'A'],
    ['a bracket in a comment opens nothing', 'graph', 'A {\n# B {\n', 'A'],
    ['instances nest', 'instances', 'instance of A {\ninstance of B {\n}\n', 'A'],
    ['the innermost instance counts', 'instances', 'INSTANCE OF A {\ninstance of B {\n', 'B'],
] as const)('%s', (_, fileKind, source, expected) => {
    const lines = source.split('\n');
    expect(openBlockAt(lines, fileKind, lines.length - 1)?.name ?? null).toBe(expected);
});
