/** What holds for any text. */
import { assert, constantFrom, array, integer, property, string, tuple, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { createParser, MAX_FINDINGS } from '../../../language/parsing/parse-file.ts';
import { findingLines, outlineOf } from './outline.ts';

const { parseFile } = createParser();

/** Texts made of what matters to the language, in any order. */
const fragments = constantFrom(
    ...[
        '{',
        '}',
        ';',
        ':',
        ',',
        '=',
        '"',
        '#',
        '.',
        '*',
        ' ',
        '\t',
        '\n',
        '\n',
        '\n',
        '\r',
        '\u2028',
        '\u0085',
        '\0',
        'é',
    ],
    ...[
        'A',
        'b c',
        'import ',
        'facet ',
        'instance of ',
        'exports: ',
        'imports: ',
        'children: ',
        'extends: ',
        'facets: ',
        'installer: ',
    ],
    ...['name: ', 'count: ', 'data.x: ', 'external', '(optional)', 'random[', ']', ' {\n', '\n}\n', ';\n', 'B.x'],
);
const likely: Arbitrary<string> = array(fragments, { maxLength: 80 }).map((parts) => parts.join(''));

test('any text is parsed, and its findings stand in it', () => {
    for (const texts of [string({ unit: 'binary', maxLength: 200 }), likely]) {
        assert(
            property(texts, (text) => {
                const { findings } = parseFile(text);
                const lines = text.replace(/^\uFEFF/, '').split('\n');
                for (const { range } of findings) {
                    expect(range.line).toBe(range.endLine);
                    const length = lines[range.line - 1]?.length ?? -1;
                    expect(range.column).toBeGreaterThanOrEqual(1);
                    expect(range.endColumn).toBeGreaterThanOrEqual(range.column);
                    expect(range.endColumn).toBeLessThanOrEqual(length + 1);
                }
            }),
            { numRuns: 120, examples: [['{exports: ,']] },
        );
    }
});

test('findings stand in order, and no two of a code at the same place', () => {
    assert(
        property(likely, (text) => {
            const places = parseFile(text).findings.map(({ code, range }) => `${range.line}:${range.column} ${code}`);
            expect(new Set(places).size).toBe(places.length);
            const lines = parseFile(text).findings.map(({ range }) => range.line);
            expect(lines).toEqual(lines.toSorted((a, b) => a - b));
        }),
        { numRuns: 120 },
    );
});

test('a whole block in front of any text is understood, and what follows is judged as if alone', () => {
    const block = 'Front {\n\texports: ip;\n}\n';
    assert(
        property(likely, (text) => {
            const alone = parseFile(`\n\n\n${text}`);
            const behind = parseFile(`${block}${text}`);
            expect(behind.types[0]?.name).toBe('Front');
            const codesOfContext = ['P_EMPTY_FILE', 'P_INVALID_FILE_TYPE'];
            const own = (lines: string[]) =>
                lines.filter((line) => !codesOfContext.some((code) => line.endsWith(code)));
            expect(own(findingLines(behind))).toEqual(own(findingLines(alone)));
        }),
        { numRuns: 120 },
    );
});

test('a whole block behind any text without brackets is understood', () => {
    const flat = array(
        constantFrom(';', ':', ',', '"', ' ', '\t', '\n', 'A', 'b c', 'exports: a;', 'import ', 'facet ', '}\n'),
        { maxLength: 40 },
    );
    assert(
        property(flat, (parts) => {
            const file = parseFile(`${parts.join('')}\nBehind {\n\texports: ip;\n}\n`);
            expect(outlineOf(file)).toContain('component Behind: exports');
        }),
        { numRuns: 120 },
    );
});

test('a closed block between two whole ones hides neither, whatever one of its lines is', () => {
    const line = array(constantFrom(':', ';', ',', '"', ' ', 'A', 'exports', 'facet ', 'import ', '=', '#', 'é', '}'), {
        maxLength: 12,
    });
    assert(
        property(line, (parts) => {
            const text = `First {\n\texports: a;\n}\nBroken {\n\texports: a;\n\t${parts.join('')}\n}\nLast {\n\texports: a;\n}\n`;
            const outline = outlineOf(parseFile(text));
            expect(outline).toContain('component First: exports');
            expect(outline).toContain('component Last: exports');
        }),
        { numRuns: 120 },
    );
});

test('the same text gives the same findings, whatever was parsed before', () => {
    assert(
        property(tuple(likely, likely), ([text, other]) => {
            const before = parseFile(text);
            parseFile(other);
            expect(findingLines(parseFile(text))).toEqual(findingLines(before));
            expect(outlineOf(parseFile(text))).toEqual(outlineOf(before));
        }),
        { numRuns: 60 },
    );
});

test('a file has a bounded number of findings', () => {
    assert(
        property(
            constantFrom('a b\n', 'A {\n', '}\n', 'A {\n x\n}\n', 'A {\nexports: ,,,,,,;\n}\n'),
            integer({ min: 1, max: 3000 }),
            (part, count) => {
                expect(parseFile(part.repeat(count)).findings.length).toBeLessThanOrEqual(MAX_FINDINGS);
            },
        ),
        { numRuns: 8 },
    );
});

test.each([
    ['colons', 'A {\n', ' :'],
    ['commas of exports', 'A {\nexports: ', ','],
    ['commas of lists', 'A {\nchildren: ', ','],
    ['commas of a super component', 'A {\nextends: ', ','],
    ['quotes', 'A {\nexports: ', 'a="b"'],
    ['opening quotes', 'A {\nexports: ', 'a=b"'],
    ['open brackets', '', '{'],
    ['closing brackets', 'A {\n', '}'],
    ['nested instances', '', 'instance of A {\n'],
    ['sibling instances', 'instance of A {\n', 'instance of B {\n}\n'],
    ['unclosed blocks', '', 'A {\n'],
    ['unfinished words', '', 'A\n'],
    ['imports on one line', '', 'import '],
    ['blanks', 'A {\n', ' '],
])('time grows in proportion to the text: %s', (_what, head, part) => {
    const millisecondsOf = (size: number) => {
        const text = head + part.repeat(size / part.length);
        const start = process.cpuUsage();
        parseFile(text);
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1000;
    };
    // The best of three: what the machine does besides only ever adds time.
    const bestOf = (size: number) => Math.min(...[1, 2, 3].map(() => millisecondsOf(size)));
    const small = bestOf(5_000);
    // Ten times the text: quadratic work would take a hundred times as long. The rest allows for collections and for a coarse clock.
    expect(bestOf(50_000)).toBeLessThan(30 * small + 150);
});
