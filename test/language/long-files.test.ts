/** Files beside the model that are longer than anybody would write: what is read of them is checked, and the place where reading ends is told. */
import { describe, expect, test } from 'vitest';
import { createLanguage, formatFile, syntaxOf, type FileKind, type Finding } from '../../language/index.ts';
import { memoryFiles } from '../support/memory-files.ts';

const SOUND = {
    '/app/descriptor/application.properties':
        'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\n',
    '/app/graph/main.graph': 'VM {\n\tinstaller: target;\n}\nFiles {\n\tinstaller: file;\n}\n',
    '/app/graph/VM/target.properties': 'id = a\nhandler = local\nname = n\n',
};
const LINES = 100_000;
const CHARACTERS = 1_000_000;

/** A file of each kind with a sound beginning; each line that follows is `line`. */
const KINDS: readonly (readonly [FileKind, string, string, string])[] = [
    ['commands', 'commands/a.commands', 'write a into b\n', '#'],
    ['rules', 'rules.autonomic/a.drl', 'rule "a"\nwhen\ne\nthen\nx;\nend\n', '#'],
    ['measures', 'probes/VM.measures', '[EVENT file e]\n/a\n', '#'],
    ['measureValues', 'probes/VM.measures.properties', '', '#'],
    ['descriptor', 'descriptor/application.properties', SOUND['/app/descriptor/application.properties'], '#'],
    ['target', 'graph/VM/target.properties', 'id = a\nhandler = local\nname = n\n', '#'],
    ['recipe', 'graph/Files/recipe.properties', '', '#'],
    ['instructions', 'graph/Files/instructions.properties', '', '#'],
];

function cutsOf(file: string, text: string): readonly string[] {
    const { findings } = createLanguage().loadApplication(memoryFiles({ ...SOUND, [`/app/${file}`]: text }), '/app');
    return findings.filter(({ code }) => code === 'X_TOO_MANY_WORDS').map(placeOf);
}

function placeOf({ range }: Finding): string {
    return range === null ? '-' : `${range.file}:${range.line}:${range.column}`;
}

describe.each(KINDS)('a file of %s', (kind, file, head, line) => {
    const headLines = head.split('\n').length - 1;
    const full = head + `${line}\n`.repeat(LINES - headLines);

    test('is read to its end when it has as many lines as may be', () => {
        expect(cutsOf(file, full)).toEqual([]);
    });

    test('is read up to the first line too many, and formatted no more', () => {
        expect(cutsOf(file, `${full}${line}\n`)).toEqual([`${file}:${LINES + 1}:1`]);
        expect(formatFile(kind, `${full}   ${line}\n`)).toEqual([]);
    });

    test('is read up to the last character that may be', () => {
        const start = head + '#';
        const text = start + 'x'.repeat(CHARACTERS);
        expect(cutsOf(file, text)).toEqual([`${file}:${headLines + 1}:${CHARACTERS - head.length + 1}`]);
        const lengths = syntaxOf(kind, text).tokens.map(({ column, length }) => column + length);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(CHARACTERS - head.length + 1);
    });
});

test('values that use others twice, again and again, stay short', () => {
    const doubled = Array.from({ length: 200 }, (_, i) => `define v${i + 1} = $(v${i})$(v${i})\n`).join('');
    const text = `define v0 = 12345678\n${doubled}`;
    const [first, ...others] = cutsOf('commands/a.commands', text);
    // 8 characters, doubled seven times, are more than 1,000.
    expect(first).toBe('commands/a.commands:8:13');
    expect(others.length).toBeLessThan(50);
});

test('a line with very many uses of a long value does not grow without end', () => {
    const text = `define v = ${'x'.repeat(1000)}\nwrite ${'$(v)'.repeat(50_000)} into a\n`;
    expect(cutsOf('commands/a.commands', text)).toEqual([]);
});
