import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRules, type Rule, type RulesFile } from '../../../language/rules/rules-file.ts';
import { RULE_ATTRIBUTES } from '../../../language/rules/rule-words.ts';

function facts({ name, event, commands, timeWindow, sleepPeriod, occurrences }: Rule): string {
    const run = commands.map(({ text }) => text).join(' + ');
    return `${name.text}: ${event.text} -> ${run} (${timeWindow}, ${sleepPeriod}, ${occurrences})`;
}

/** `CODE/shape line:column-line:column` of every finding. */
function found({ findings }: RulesFile): readonly string[] {
    return findings.map(({ code, details, range }) => {
        const shape = details['SHAPE'] === undefined ? '' : `/${details['SHAPE']}`;
        return `${code}${shape} ${range?.line}:${range?.column}-${range?.endLine}:${range?.endColumn}`;
    });
}

const read = (text: string): RulesFile => parseRules(text, 'rules.autonomic/r.drl');

describe('rules that can be read', () => {
    test.each([
        ['on one line', 'rule "r" when e then c end', 'r: e -> c (-1, 0, 1)'],
        ['in capitals', 'RULE "r"\nWHEN\n\te\nTHEN\n\tc\nEND\n', 'r: e -> c (-1, 0, 1)'],
        ['with CRLF', 'rule "r"\r\nwhen\r\ne\r\nthen\r\nc\r\nend\r\n', 'r: e -> c (-1, 0, 1)'],
        ['with a byte order mark', '\uFEFFrule "r" when e then c end', 'r: e -> c (-1, 0, 1)'],
        ['commands by line and semicolon', 'rule "r" when e then a; b\nc;;\n end', 'r: e -> a + b + c (-1, 0, 1)'],
        ['a name with blanks around', 'rule " r " when e then c end', 'r: e -> c (-1, 0, 1)'],
        ['words within words', 'rule "when" when e then send\nend', 'when: e -> send (-1, 0, 1)'],
        ['the last then counts', 'rule "r" when e then x\nthen c end', 'r: e then x -> c (-1, 0, 1)'],
        ['the last when counts', 'rule "r" when e\nwhen f then c end', 'r: f -> c (-1, 0, 1)'],
        ['no blank before when', 'rule "r" xwhen e then c end', 'r: e -> c (-1, 0, 1)'],
        ['comments of all kinds', '# a\nrule /* b\n */ "r" // c\nwhen e # d\nthen c end # e\n', 'r: e -> c (-1, 0, 1)'],
        ['a comment that takes the line break with it', 'rule "r" when e then a # x\nb end', 'r: e -> a b (-1, 0, 1)'],
        [
            'attributes',
            'rule "r"\nSleep Period is 50 s\ntime window is 9s\noccurrences is 3\nwhen e then c end',
            'r: e -> c (9, 50, 3)',
        ],
        [
            'attributes side by side',
            'rule "r" sleep period is 5 time window is 6 when e then c end',
            'r: e -> c (6, 5, 1)',
        ],
        ['two blanks within an attribute', 'rule "r" sleep  period is 5 when e then c end', 'r: e -> c (-1, 0, 1)'],
        [
            'the first of two values',
            'rule "r" sleep period is 5s sleep period is 6s when e then c end',
            'r: e -> c (-1, 5, 1)',
        ],
    ])('%s', (_, text, expected) => {
        const { rules } = read(text);
        expect(rules.map(facts)).toEqual([expected]);
        expect(found(read(text)).filter((finding) => finding.startsWith('RULE_'))).toEqual([]);
    });

    test('several rules are read each, and the further ones reported at their names', () => {
        const file = read('rule "r" when e then c end\nrule "s"\nwhen f\nthen d\nend\n');
        expect(file.rules.map(facts)).toEqual(['r: e -> c (-1, 0, 1)', 's: f -> d (-1, 0, 1)']);
        expect(found(file)).toEqual(['X_RULE_SEVERAL_RULES 2:7-2:8']);
    });
});

describe('what is wrong is shown at its word', () => {
    test.each([
        ['', 'RULE_INVALID_SYNTAX/empty 1:1-1:1'],
        ['# nothing\n', 'RULE_INVALID_SYNTAX/empty 2:1-2:1'],
        ['if "r" when e then c end', 'RULE_INVALID_SYNTAX/start 1:1-1:3'],
        ['rule', 'RULE_INVALID_SYNTAX/name 1:1-1:5'],
        ['rule r when e then c end', 'RULE_INVALID_SYNTAX/name 1:6-1:7'],
        ['rule "r when e then c end', 'RULE_INVALID_SYNTAX/quote 1:6-1:8'],
        ['rule "r"when e then c end', 'RULE_INVALID_SYNTAX/blank 1:9-1:13'],
        ['rule "r" on e then c end', 'RULE_INVALID_SYNTAX/when 1:6-1:9'],
        ['rule "r"\nwhene then c end', 'RULE_INVALID_SYNTAX/when 2:1-2:6'],
        ['rule "r" when e do c end', 'RULE_INVALID_SYNTAX/then 1:10-1:14'],
        ['rule "r" when then c end', 'RULE_INVALID_SYNTAX/event 1:10-1:14'],
        ['rule "r" when e then end', 'RULE_INVALID_SYNTAX/commands 1:17-1:21'],
        ['rule "r" when e then c', 'RULE_INVALID_SYNTAX/end 1:22-1:23'],
        ['rule "r" when e then c end;', 'RULE_INVALID_SYNTAX/end 1:24-1:28'],
        ['rule "r" when e then c end # no line break', 'RULE_INVALID_SYNTAX/comment 1:38-1:43'],
        ['# see http://x\nrule "r" when e then c end', 'RULE_INVALID_SYNTAX/comment 1:1-1:2'],
        ['rule "a#b" when e then c\nend', 'RULE_INVALID_SYNTAX/comment 1:6-2:4'],
        ['rule "" when e then c end', 'RULE_EMPTY_NAME 1:6-1:8'],
        ['rule "  " when e then c end', 'RULE_EMPTY_NAME 1:6-1:10'],
        ['rule "r" when   then c end', 'RULE_EMPTY_WHEN 1:10-1:14'],
        ['rule "r" when e then ; end', 'RULE_EMPTY_THEN 1:17-1:21'],
        ['rule "R" when e then c end', 'X_RULE_NAME_MISMATCH 1:7-1:8'],
        ['rule "r" when e\nf then c end', 'X_RULE_SEVERAL_EVENTS 1:15-2:2'],
        ['rule "r" when e then a # x\nb end', 'X_RULE_JOINED_COMMANDS 1:22-2:2'],
        ['rule "r" sleep period is 99999999999 when e then c end', 'X_RULE_NUMBER_TOO_LARGE 1:26-1:37'],
        ['rule "r"\noccurrences is 1\noccurrences is 2 when e then c end', 'X_RULE_DUPLICATE_ATTRIBUTE 3:1-3:17'],
        ['rule "r" no loop when e then c end', 'X_RULE_UNKNOWN_ATTRIBUTE 1:10-1:17'],
        ['rule "r" sleep period is 5 minutes when e then c end', 'X_RULE_UNKNOWN_ATTRIBUTE 1:28-1:35'],
    ])('%j', (text, expected) => {
        expect(found(read(text))).toEqual([expected]);
    });

    test.each([
        ['sleep  period is 5', 'sleep period is 5s'],
        ['Sleep Perid is 5s', 'sleep period is 5s'],
        ['time window = 7', 'time window is 7s'],
        ['occurences is 3', 'occurrences is 3'],
        ['salience 10', undefined],
    ])('the attribute that %s comes close to is a fact', (text, meant) => {
        const { findings } = read(`rule "r"\n${text}\nwhen e then c end`);
        expect(findings.map(({ details }) => details['SUGGESTION'])).toEqual([meant]);
    });
});

test('the words of the table are those that are read', () => {
    for (const { name, example } of RULE_ATTRIBUTES) {
        const file = read(`rule "r" ${example} when e then c end`);
        expect(file.rules.flatMap(({ attributes }) => attributes.map((attribute) => attribute.name))).toEqual([name]);
        expect(file.findings).toEqual([]);
    }
});

test('what a broken rule says is known as far as it goes', () => {
    expect(read('rule "r" when e then a; b').rules.map(facts)).toEqual(['r: e -> a + b (-1, 0, 1)']);
    expect(read('rule "r" when e').rules.map(facts)).toEqual(['r: e ->  (-1, 0, 1)']);
    expect(read('rule r when e then c end').rules).toEqual([]);
});

const PIECES = [
    'rule',
    '"r"',
    '"',
    'when',
    'then',
    'end',
    'e',
    ';',
    ' ',
    '\n',
    '\r\n',
    '#',
    '//',
    '/*',
    '*/',
    'is 5',
    'İ',
    '\0',
];
const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
);

/** The grammar of the reference as one expression: what the reader must agree with, on texts of one rule. */
const WHOLE =
    /^[ \t\n\v\f\r]*rule[ \t\n\v\f\r]+"([^"]*)"[ \t\n\v\f\r]+([^]*)when[ \t\n\v\f\r]+([^]+)[ \t\n\v\f\r]+then[ \t\n\v\f\r]+([^]+)[ \t\n\v\f\r]+end[ \t\n\v\f\r]*$/i;

test('the reader agrees with the grammar of the reference', () => {
    const words = ['rule', '"r"', 'when', 'then', 'end', 'e', 'send', ';', 'whenthen'];
    const blanks = fc.constantFrom(' ', '\n', '  ', '');
    const rule = fc
        .array(fc.tuple(fc.constantFrom(...words), blanks), { maxLength: 14 })
        .map((parts) => `rule "r" ${parts.flat().join('')} end`);
    fc.assert(
        fc.property(rule, (text) => {
            const file = read(text);
            fc.pre(file.rules.length < 2);
            const [, name, , event, commands] = WHOLE.exec(text) ?? [];
            const isRefused = file.findings.some(({ code }) => code === 'RULE_INVALID_SYNTAX');
            expect(isRefused).toBe(name === undefined);
            if (name === undefined) return;
            expect(file.rules[0]?.event.text).toBe(event?.trim());
            const expected = (commands ?? '').split(/[;\n]/).map((command) => command.trim());
            expect(file.rules[0]?.commands.map(({ text: command }) => command)).toEqual(
                expected.filter((command) => command !== ''),
            );
        }),
        { numRuns: 2000 },
    );
});

test('any text is read, and every place lies inside it', () => {
    fc.assert(
        fc.property(texts, (text) => {
            const lines = text.replace(/^\uFEFF/, '').split('\n');
            const { rules, findings } = read(text);
            const words = rules.flatMap(({ name, event, commands }) => [name, event, ...commands]);
            const ranges = [...findings.map(({ range }) => range), ...words.map(({ range }) => range)];
            for (const range of ranges) {
                expect(range).not.toBeNull();
                if (range === null) continue;
                expect(range.endLine).toBeLessThanOrEqual(lines.length);
                expect(range.endColumn).toBeLessThanOrEqual((lines[range.endLine - 1]?.length ?? 0) + 1);
                expect(range.endLine).toBeGreaterThanOrEqual(range.line);
                if (range.endLine === range.line) expect(range.endColumn).toBeGreaterThanOrEqual(range.column);
            }
        }),
    );
});

describe('large hostile texts take no longer than their size', () => {
    const size = 300_000;
    test.each([
        ['one long line', 'x'.repeat(1_000_000)],
        ['blanks', `rule "r" when${' '.repeat(size)}`],
        ['opened comments', '/*'.repeat(size / 2)],
        ['a closed comment before opened ones', `/**/${'/*'.repeat(size / 2)}`],
        ['slashes', '/'.repeat(size)],
        ['quotes', `rule ${'"'.repeat(size)}`],
        ['words that divide', `rule "r" ${'when then end '.repeat(size / 14)}`],
        ['beginnings of rules', 'end rule "x'.repeat(size / 11)],
        ['rules that are none', 'rule "r" x end\n'.repeat(size / 15)],
        ['attributes', `rule "r" ${'sleep period is 1 '.repeat(size / 180)} when e then c end`],
    ])('%s', (_, text) => {
        expect(read(text).findings.length).toBeGreaterThan(0);
    });
});
