/** The diff, applied by a reader of such diffs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../cli/unified-diff.ts';

test('changes stand with three lines around them', () => {
    const before = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((line) => `${line}\n`).join('');
    expect(unifiedDiff('a.graph', before, before.replace('5\n', 'five\nand\n'))).toBe(
        [
            '--- a.graph',
            '+++ a.graph',
            '@@ -2,7 +2,8 @@',
            ...[' 2', ' 3', ' 4', '-5', '+five', '+and', ' 6', ' 7', ' 8', ''],
        ].join('\n'),
    );
    expect(unifiedDiff('a.graph', before, before)).toBe('');
});

test('a last line without an end is marked', () => {
    expect(unifiedDiff('a', 'x', 'x\n')).toBe('--- a\n+++ a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n');
});

/** What a reader of unified diffs makes of one: the text after it. */
function applied(before: string, diff: string): string {
    const source = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const result: string[] = [];
    let next = 0;
    const lines = diff.split('\n').slice(2, -1);
    lines.forEach((line, index) => {
        const from = /^@@ -(\d+)(?:,(\d+))? \+/.exec(line);
        const end = lines[index + 1]?.startsWith('\\') === true ? '' : '\n';
        if (from !== null) {
            const start = Number(from[1]) - (from[2] === '0' ? 0 : 1);
            result.push(...source.slice(next, start));
            next = start;
        } else if (line.startsWith('+')) result.push(line.slice(1) + end);
        else if (line.startsWith('-') || line.startsWith(' ')) {
            expect(source[next]).toBe(line.slice(1) + end);
            if (line.startsWith(' ')) result.push(line.slice(1) + end);
            next++;
        }
    });
    return [...result, ...source.slice(next)].join('');
}

const text = fc
    .tuple(fc.array(fc.constantFrom('a', 'b', 'c', '', 'd\r'), { maxLength: 25 }), fc.boolean())
    .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));

test('applying the diff of any two texts to the first gives the second', () => {
    fc.assert(
        fc.property(text, text, (before, after) => {
            const diff = unifiedDiff('x', before, after);
            expect(diff === '' ? before : applied(before, diff)).toBe(after);
        }),
        { numRuns: 500 },
    );
});

test('texts that have nothing in common are replaced as a whole, quickly', () => {
    const lines = (word: string): string => Array.from({ length: 20_000 }, (_, index) => `${word} ${index}\n`).join('');
    const diff = unifiedDiff('x', lines('old'), lines('new'));
    expect(diff.split('\n').filter((line) => line.startsWith('+new'))).toHaveLength(20_000);
    expect(applied(lines('old'), diff)).toBe(lines('new'));
});
