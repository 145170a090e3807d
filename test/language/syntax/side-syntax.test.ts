/** Outline, colours and folds of rules and measures files. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { syntaxOf, type FileKind, type OutlineItem } from '../../../language/index.ts';

/** Each coloured word with its type, in the order of the text. */
function coloured(kind: FileKind, text: string): readonly string[] {
    const lines = text.split('\n');
    return syntaxOf(kind, text).tokens.map(({ line, column, length, type, isDeclaration }) => {
        const word = lines[line - 1]?.slice(column - 1, column - 1 + length) ?? '';
        return `${word} ${type}${isDeclaration ? '!' : ''}`;
    });
}

const RULE = `# why
# and how
RULE "scale" // up
sleep period is 60s
when
	load
then
	grow; /* a
	b */ tell
end
`;

const MEASURES = `# all
[EVENT file full]
Delete if exists /tmp/{{ dir }}/x
[event REST load]
Check http://h:{{ port }}/x that average >= {{ limit }}
# one
# two
[EVENT nagios hosts]
Nagios configuration at h:1
GET hosts
[EVENT docker lost]
web-ROBOCONF_INSTANCE_NAME
[EVENT odd x]
body
`;

test('colours of a rule', () => {
    expect(coloured('rules', RULE)).toEqual([
        '# why comment',
        '# and how comment',
        'RULE keyword',
        'scale string!',
        '// up comment',
        'sleep period is  property',
        '60 number',
        'when keyword',
        'load event',
        'then keyword',
        'grow command',
        '/* a comment',
        '\tb */ comment',
        'tell command',
        'end keyword',
    ]);
});

test('colours of probes', () => {
    expect(coloured('measures', MEASURES)).toEqual([
        '# all comment',
        'EVENT keyword',
        'file keyword',
        'full event!',
        'Delete if exists keyword',
        '/tmp/{{  path',
        'dir variable',
        ' }}/x path',
        'event keyword',
        'REST keyword',
        'load event!',
        'Check keyword',
        'http://h:{{  string',
        'port variable',
        ' }}/x string',
        'that keyword',
        'average variable',
        '>= operator',
        '{{  string',
        'limit variable',
        ' }} string',
        '# one comment',
        '# two comment',
        'EVENT keyword',
        'nagios keyword',
        'hosts event!',
        'Nagios configuration at keyword',
        'h:1 string',
        'EVENT keyword',
        'docker keyword',
        'lost event!',
        'ROBOCONF_INSTANCE_NAME variable',
        'EVENT keyword',
        'odd keyword',
        'x event!',
    ]);
});

function outlined(items: readonly OutlineItem[]): readonly string[] {
    return items.flatMap(({ kind, name, detail, children, nameRange }) => [
        `${kind} ${name} ${detail} ${nameRange.line}:${nameRange.column}`,
        ...outlined(children).map((line) => `  ${line}`),
    ]);
}

test('outlines', () => {
    expect(outlined(syntaxOf('rules', RULE).outline)).toEqual([
        'rule scale load 3:7',
        '  instruction grow  8:2',
        '  instruction tell  9:7',
    ]);
    expect(outlined(syntaxOf('measures', MEASURES).outline)).toEqual([
        'probe full file 2:13',
        'probe load REST 4:13',
        'probe hosts nagios 8:15',
        'probe lost docker 11:15',
        'probe x odd 13:12',
    ]);
});

test('folds', () => {
    expect(syntaxOf('rules', RULE).folds.map(({ first, last, kind }) => `${first}-${last} ${kind}`)).toEqual([
        '3-10 region',
        '1-2 comment',
    ]);
    expect(syntaxOf('measures', MEASURES).folds.map(({ first, last, kind }) => `${first}-${last} ${kind}`)).toEqual([
        '2-3 region',
        '4-5 region',
        '8-10 region',
        '11-12 region',
        '13-14 region',
        '6-7 comment',
    ]);
});

describe.each(['rules', 'measures'] as const)('any text of %s', (kind) => {
    const pieces = [
        'rule "r"',
        'when',
        'then',
        'end',
        '[EVENT file a]',
        '[event rest b]',
        'check u that v > 1',
        '\n',
        ' ',
        '#',
        '//',
        '/*',
        '*/',
        '{{ k }}',
        'İ',
        '\r\n',
        '\uFEFF',
    ];
    const texts = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
    );

    test('has tokens that are sorted, do not overlap and lie in their lines', () => {
        fc.assert(
            fc.property(texts, (text) => {
                const lines = text.split('\n');
                let end = { line: 0, column: 0 };
                for (const { line, column, length } of syntaxOf(kind, text).tokens) {
                    expect(length).toBeGreaterThan(0);
                    expect(column - 1 + length).toBeLessThanOrEqual(lines[line - 1]?.length ?? 0);
                    expect(line > end.line || column >= end.column).toBe(true);
                    end = { line, column: column + length };
                }
            }),
        );
    });

    test('has an outline whose parts lie inside one another, and folds of several lines', () => {
        fc.assert(
            fc.property(texts, (text) => {
                const { outline, folds } = syntaxOf(kind, text);
                for (const { range, nameRange, name, children } of outline) {
                    expect(name).not.toBe('');
                    for (const inner of [nameRange, ...children.map((child) => child.range)]) {
                        expect(inner.line).toBeGreaterThanOrEqual(range.line);
                        expect(inner.endLine).toBeLessThanOrEqual(range.endLine);
                    }
                }
                const count = text.split('\n').length;
                for (const { first, last } of folds) {
                    expect(last).toBeGreaterThan(first);
                    expect(last).toBeLessThanOrEqual(count);
                }
            }),
        );
    });
});
