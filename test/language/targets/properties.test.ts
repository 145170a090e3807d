/** Properties files as texts: their format, their syntax, and the catalogue of what targets may say in them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProperties } from '../../../language/application/properties.ts';
import { syntaxOf } from '../../../language/index.ts';
import { formatProperties } from '../../../language/targets/format-properties.ts';
import { COMMON_TARGET_KEYS, TARGET_HANDLERS, targetKeyOf } from '../../../language/targets/handlers.ts';
import { isOfKind, isSecretInClear, placeholdersIn } from '../../../language/targets/values.ts';

/** Texts of what matters in properties files. */
const texts = fc.string({
    unit: fc.constantFrom(
        ...'ab1=:#!\\u{}$ \t\f\n\r'.split(''),
        '\r\n',
        '\\\n',
        '\u00e9',
        '\uFEFF',
        '\\u0041',
        '${env:A}',
    ),
    maxLength: 40,
});

const said = (text: string): readonly (readonly [string, string])[] =>
    parseProperties(text, '').entries.map(({ key, value }) => [key, value]);

describe('the format', () => {
    test.each([
        ['a=1\n', 'a = 1\n'],
        ['  a   :   1  \n', 'a = 1  \n'],
        ['a 1\r\nb\r\n', 'a = 1\r\nb =\r\n'],
        ['a=\n\n \t# c \n!d\n', 'a =\n\n# c\n!d\n'],
        ['a=one,\\\n    two\n', 'a = one,\\\n    two\n'],
        ['a\\ b=\\ c', 'a\\ b = \\ c'],
        ['a=\\\n  b\n', 'a=\\\n  b\n'],
        ['\uFEFFa:b', '\uFEFFa = b'],
        ['=a\n', '=a\n'],
    ])('of %j is %j', (text, expected) => {
        expect(formatProperties(text)).toBe(expected);
    });

    test('is kept by formatting again, and keeps what is said', () => {
        fc.assert(
            fc.property(texts, (text) => {
                const formatted = formatProperties(text);
                expect(formatProperties(formatted)).toBe(formatted);
                expect(said(formatted)).toEqual(said(text));
            }),
            { numRuns: 1000 },
        );
    });
});

describe('the syntax', () => {
    const text = '# One\n# two\nid: my\\\n  id\ndelay = 30\nflag=true\nx.password = p\nurl = a${env:B}c # d\n';
    const syntax = syntaxOf('target', text);

    test('has a key of the outline for each entry, without secrets', () => {
        expect(
            syntax.outline.map(({ name, detail, range }) => `${name}|${detail}|${range.line}-${range.endLine}`),
        ).toEqual(['id|myid|3-4', 'delay|30|5-5', 'flag|true|6-6', 'x.password||7-7', 'url|a${env:B}c # d|8-8']);
    });

    test('has tokens of keys, signs, values and comments', () => {
        const lines = text.split('\n');
        const shown = syntax.tokens.map(({ line, column, length, type }) => {
            return `${type} ${lines[line - 1]?.slice(column - 1, column - 1 + length)}`;
        });
        expect(shown.join(', ')).toBe(
            'comment # One, comment # two, property id, operator :, string my\\, string id, property delay, operator =, number 30, ' +
                'property flag, operator =, keyword true, property x.password, operator =, string p, ' +
                'property url, operator =, string a, variable ${env:B}, string c # d',
        );
    });

    test('folds comments and values over several lines', () => {
        expect(syntax.folds).toEqual([
            { first: 1, last: 2, kind: 'comment' },
            { first: 3, last: 4, kind: 'region' },
        ]);
    });

    test('of any text is sorted, inside of the text, and has no two tokens in one place', () => {
        fc.assert(
            fc.property(texts, (any) => {
                const lines = any.split(/\r\n|\r|\n/);
                const { tokens, outline } = syntaxOf('target', any);
                let before = { line: 0, end: 0 };
                for (const { line, column, length } of tokens) {
                    expect(length).toBeGreaterThan(0);
                    expect(line > before.line || (line === before.line && column >= before.end)).toBe(true);
                    expect(column - 1 + length).toBeLessThanOrEqual(lines[line - 1]?.length ?? -1);
                    before = { line, end: column + length };
                }
                for (const { range } of outline) expect(range.endLine).toBeLessThanOrEqual(lines.length);
            }),
            { numRuns: 500 },
        );
    });
});

describe('the catalogue', () => {
    const all = TARGET_HANDLERS.flatMap(({ name, keys }) => keys.map((key) => [name, key.key, key] as const));

    test('names each handler and each of its keys once', () => {
        expect(new Set(TARGET_HANDLERS.map(({ name }) => name)).size).toBe(TARGET_HANDLERS.length);
        expect(new Set(all.map(([name, key]) => `${name} ${key}`)).size).toBe(all.length);
    });

    test.each(all)('%s: %s has an example and a default that are right', (name, key, entry) => {
        const [{ key: written, value } = { key: '', value: '' }] = parseProperties(entry.example, '').entries;
        const handler = TARGET_HANDLERS.find((each) => each.name === name) ?? null;
        expect(targetKeyOf(handler, written)?.key).toBe(key);
        const isKnownLater = placeholdersIn(value).length > 0;
        expect(
            isKnownLater ? placeholdersIn(value).every((each) => each.isWellFormed) : isOfKind(value, entry.value),
        ).toBe(true);
        if (entry.value.kind === 'secret') expect(isSecretInClear(value)).toBe(false);
        if (entry.default !== null) expect(isOfKind(entry.default, entry.value)).toBe(true);
        expect(entry.isRequired && entry.default !== null).toBe(false);
    });

    test('says something of every key', () => {
        for (const { summary } of [...COMMON_TARGET_KEYS, ...all.map(([, , entry]) => entry), ...TARGET_HANDLERS])
            expect(summary).toMatch(/^[A-Z`].*[.…]$/);
    });
});
