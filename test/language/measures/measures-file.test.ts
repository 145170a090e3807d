import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMeasures, type MeasuresFile } from '../../../language/measures/measures-file.ts';
import { PROBE_HANDLERS } from '../../../language/measures/probe-handlers.ts';

const read = (text: string): MeasuresFile => parseMeasures(text, 'probes/App.measures');

/** `CODE/shape line:column-line:column` of every finding. */
function found({ findings }: MeasuresFile): readonly string[] {
    return findings.map(({ code, details, range }) => {
        const shape = details['SHAPE'] === undefined ? '' : `/${details['SHAPE']}`;
        return `${code}${shape} ${range?.line}:${range?.column}-${range?.endLine}:${range?.endColumn}`;
    });
}

describe('probes', () => {
    test.each([
        ['[EVENT file a]\n/x', ['file a: /x']],
        ['[event FILE a] /x', ['FILE a: /x']],
        ['\uFEFF[ EVENT file a]\n/x', []],
        ['[EVENT file a ]\r\n/x\r\n', ['file a: /x']],
        ['[EVENT file]\n/x\n[EVENT docker d]', ['docker d: ']],
        ['[EVENT file a b]\n/x', []],
        [
            'junk\n# comment\n[EVENT nagios a]\n  GET hosts  \n\n# no\nColumns: x # kept',
            ['nagios a: GET hosts|Columns: x # kept'],
        ],
        ['[EVENT file a]\n[eventually]\n/x', ['file a: ']],
        ['say [EVENT file a]', []],
        ['', []],
    ])('%j', (text, expected) => {
        const { probes } = read(text);
        const said = probes.map((probe) => {
            return `${probe.handler.text} ${probe.event.text}: ${probe.text.replaceAll('\n', '|')}`;
        });
        expect(said).toEqual(expected);
    });

    test('places are those of the words', () => {
        const [probe] = read('# c\n  [EVENT file low-disk] /x\n\n').probes;
        expect(probe?.handler.range).toMatchObject({ line: 2, column: 10, endColumn: 14 });
        expect(probe?.event.range).toMatchObject({ line: 2, column: 15, endColumn: 23 });
        expect(probe?.header).toMatchObject({ line: 2, column: 3, endColumn: 24 });
        expect(probe?.block).toMatchObject({ line: 2, column: 3, endLine: 2, endColumn: 27 });
        expect(probe?.lines[0]?.range).toMatchObject({ line: 2, column: 25, endColumn: 27 });
    });
});

describe('bodies', () => {
    const bodyOf = (handler: string, body: string) => read(`[EVENT ${handler} a]\n${body}`).probes[0]?.body;
    test.each([
        ['file', '/x', { path: '/x', action: 'exists' }],
        ['file', 'delete IF exists /a b', { path: '/a b', action: 'delete' }],
        ['file', 'Notify if not exists /x', { path: '/x', action: 'notify' }],
        ['file', 'Delete  if exists /x', { path: 'Delete  if exists /x', action: 'exists' }],
        ['file', '', { path: '', action: 'exists' }],
        ['nagios', 'GET hosts\nColumns: a', { query: 'GET hosts\nColumns: a', host: null, port: null }],
        ['nagios', 'nagios configuration at http://h:50001\nGET x', { query: 'GET x', host: 'http://h', port: 50001 }],
        ['nagios', 'Nagios configuration at 1.2.3.4\nGET x', { query: 'GET x', host: '1.2.3.4', port: null }],
        ['rest', 'check http://h THAT v >= 1', { url: 'http://h', parameter: 'v', operator: '>=', threshold: '1' }],
        ['rest', 'please check u that v = on', { url: 'u', parameter: 'v', operator: '=', threshold: 'on' }],
        [
            'rest',
            'Check http://h:{{ port }}/x that {{ what }} >= {{ limit }}',
            { url: 'http://h:{{ port }}/x', parameter: '{{ what }}', operator: '>=', threshold: '{{ limit }}' },
        ],
        ['docker', '', { container: '' }],
        ['docker', 'a-ROBOCONF_INSTANCE_NAME', { container: 'a-ROBOCONF_INSTANCE_NAME' }],
    ])('%s %j', (handler, text, expected) => {
        expect(bodyOf(handler, text)).toEqual({ kind: handler, ...expected });
    });

    test.each([
        ['file', '/a\n/b'],
        ['rest', 'check u that v>1'],
        ['other', 'x'],
    ])('%s %j is ignored', (handler, text) => expect(bodyOf(handler, text)).toBeNull());

    test.each(PROBE_HANDLERS.map(({ name, example }) => [name, example]))(
        'the example of %s is right',
        (name, text) => {
            const file = read(text);
            expect(file.findings).toEqual([]);
            expect(file.probes.map(({ body }) => body?.kind)).toEqual([name]);
        },
    );
});

describe('what is wrong is shown at its word', () => {
    test.each([
        ['a\nb\n[EVENT file a]\n/x', 'X_MEASURES_STRAY_TEXT 1:1-2:2'],
        ['[EVENT file] /x', 'X_MEASURES_INVALID_HEADER 1:1-1:13'],
        ['[EVENT file a', 'X_MEASURES_INVALID_HEADER 1:1-1:14'],
        ['[EVENT fiel a]\n/x', 'X_MEASURES_UNKNOWN_HANDLER 1:8-1:12'],
        ['[EVENT file a]', 'X_MEASURES_INVALID_BODY/filePath 1:1-1:15'],
        ['[EVENT file a]\n/x\n/y', 'X_MEASURES_INVALID_BODY/fileLines 3:1-3:3'],
        ['[EVENT file a]\nDelete if exist /x', 'X_MEASURES_INVALID_BODY/fileAction 2:1-2:19'],
        ['[EVENT nagios a]', 'X_MEASURES_INVALID_BODY/nagiosQuery 1:1-1:17'],
        ['[EVENT rest a]\ncheck u that v>1', 'X_MEASURES_INVALID_BODY/rest 2:1-2:17'],
        ['[EVENT rest a]\ncheck u that v = "a b"', 'X_MEASURES_INVALID_BODY/restQuoted 2:1-2:23'],
        ['[EVENT rest a]\ncheck u that v > high', 'X_MEASURES_INVALID_BODY/restNumber 2:1-2:22'],
        ['[EVENT docker a]\none two', 'X_MEASURES_INVALID_BODY/docker 2:1-2:8'],
    ])('%j', (text, expected) => expect(found(read(text))).toEqual([expected]));

    test.each([
        '[EVENT {{ h }} a]\n/x',
        '[EVENT rest a]\ncheck u that v > {{ limit }}',
        '[EVENT docker a]\n{{ name }}',
    ])('%j may be right with its values', (text) => expect(read(text).findings).toEqual([]));
});

test('keys are found with their places, but not in comments', () => {
    const text = '[EVENT file a]\n/{{ k }}/{{other-one}}\n# {{ no }}\n';
    const { keys } = read(text);
    expect(keys.map((key) => [key.text, key.range.line, key.range.column])).toEqual([
        ['k', 2, 5],
        ['other-one', 2, 12],
    ]);
});

test('any text is read, and every place lies inside it', () => {
    const pieces = [
        '[EVENT',
        ' file',
        ' a',
        ']',
        '\n',
        '#',
        '{{ k }}',
        '{{',
        '\r',
        '/x',
        'check u that v = "x y"',
        'İ',
        '\0',
    ];
    const texts = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
        fc.property(texts, (text) => {
            const lines = text.replace(/^\uFEFF/, '').split('\n');
            const { probes, keys, findings } = read(text);
            const words = [...keys, ...probes.flatMap(({ handler, event, lines: body }) => [handler, event, ...body])];
            for (const { text: word, range } of words)
                expect(lines[range.line - 1]?.slice(range.column - 1, range.endColumn - 1)).toBe(word);
            for (const { range } of findings) {
                expect(range?.endLine).toBeLessThanOrEqual(lines.length);
                expect(range?.endColumn).toBeLessThanOrEqual((lines[(range?.endLine ?? 0) - 1]?.length ?? 0) + 1);
            }
        }),
    );
});

test.each([
    ['one long line', 'x'.repeat(1_000_000)],
    ['headers without end', '[event a '.repeat(40_000)],
    ['braces', `x\n[EVENT file a]\n${'{{ '.repeat(100_000)}`],
    ['blanks', `[EVENT rest a]\ncheck${' '.repeat(300_000)}x`],
])('large hostile texts take no longer than their size: %s', (_, text) => {
    expect(read(text).findings.length).toBeGreaterThan(0);
});
