/** Command files nobody would write: the time they take grows with their size, and nothing is lost on the way. */
import { describe, expect, test } from 'vitest';
import { parseCommands } from '../../../language/commands/commands-file.ts';
import { formatCommands } from '../../../language/commands/format-commands.ts';
import { commandsSyntax } from '../../../language/syntax/commands-syntax.ts';
import { applicationWith, foundIn } from './sample.ts';

const LONG = 50_000;

/** Everything a text is asked for. Fails when it takes much longer than reading it line by line does. */
function readAll(text: string): void {
    const before = performance.now();
    parseCommands(text, 'c.commands');
    commandsSyntax(text);
    formatCommands(text);
    expect(performance.now() - before).toBeLessThan(5_000);
}

describe('long texts do not make anything slow', () => {
    test.each<readonly [string, string]>([
        ['one word', 'x'.repeat(LONG)],
        ['blanks', `create${' '.repeat(LONG)}x`],
        ['blanks before a comment', `execute x${' '.repeat(LONG)}# c`],
        ['slashes', `stop all ${'/'.repeat(LONG)}`],
        ['names', `stop all ${'/a'.repeat(LONG / 2)}`],
        ['keywords', `create ${'as '.repeat(LONG / 3)}`],
        ['keywords that do not fit', `email ${'withx '.repeat(LONG / 6)}`],
        ['keywords between blanks', `create A as b${' under'.repeat(LONG / 6)}`],
        ['instances', `stop all${' instances of'.repeat(LONG / 13)}`],
        ['instances with blanks', `x${` instances${' '.repeat(50)}o`.repeat(LONG / 60)}`],
        ['openings', `define a = ${'$('.repeat(LONG / 2)}`],
        ['openings in openings', `define a = ${'$('.repeat(LONG / 2)})`],
        ['uses', `write ${'$(a)'.repeat(LONG / 4)} into x`],
        ['indexes', `define a = ${'$(EXISTING_INDEX '.repeat(LONG / 17)}`],
        ['blanks in an index', `define a = $(EXISTING_INDEX MIN${' '.repeat(LONG)}x)`],
        ['quotes', `define a = $(FORMATTED_TIME ${"'".repeat(LONG + 1)})`],
        ['letters', `define a = $(FORMATTED_TIME ${'y'.repeat(LONG)})`],
        ['continuations', 'a\\\n'.repeat(LONG / 3)],
        ['continuations in a path', `stop all ${'/a\\\n '.repeat(LONG / 5)}`],
        ['backslashes', '\\'.repeat(LONG)],
        ['comments', '# c\n'.repeat(LONG / 4)],
        ['blank lines behind a continuation', `a \\\n${'\n'.repeat(LONG)}# b \\${'\n'.repeat(LONG)}`],
        ['blank lines', 'a \n\n'.repeat(LONG / 4) + ' \n'.repeat(LONG)],
        ['returns', '\r'.repeat(LONG)],
        ['characters without meaning', '\0'.repeat(LONG)],
    ])('%s', (_, text) => {
        readAll(text);
    });
});

/** The application is checked once, and what it takes is measured. */
function secondsFor(text: string): number {
    const before = performance.now();
    const found = foundIn(text);
    expect(found).toEqual([]);
    return (performance.now() - before) / 1000;
}

describe('many instructions are checked in a moment', () => {
    const times = (count: number, line: (i: number) => string): string =>
        Array.from({ length: count }, (_, i) => line(i)).join('\n');

    test.each<readonly [string, string]>([
        ['paths', times(20_000, () => 'stop all /front/web/shop')],
        ['created instances', times(5_000, (i) => `create Machine as m${i}\nstop all /m${i}`)],
        ['free indexes', times(2_000, () => 'define a = m $(SMART_INDEX)\ncreate Machine as $(a)')],
        ['existing indexes', times(2_000, () => 'define a = node$(EXISTING_INDEX MAX)\nstop all /$(a)')],
        ['renames there and back', times(3_000, () => 'rename /front as x\nrename /x as front')],
        ['deletions of a component', times(3_000, (i) => `create Machine as m${i}\ndelete instances of Machine`)],
        ['copies of copies', times(40, (i) => `replicate /front as c${i}\ncreate Server as s${i} under /front`)],
    ])('%s', (_, text) => {
        expect(secondsFor(text)).toBeLessThan(5);
    });

    test('copies beyond measure end what can be said, not the check', () => {
        const grow = times(400, (i) => `create Server as s${i} under /front`);
        const copies = times(400, (i) => `replicate /front as c${i}`);
        const more = times(400, (i) => `replicate /front as d${i}\nstop all /d${i}/s399`);
        expect(foundIn(`${grow}\n${copies}\n${more}\nstop all /nowhere`)).toEqual([]);
    });

    test('more faults than are shown are counted, not listed', () => {
        const found = foundIn(times(25_000, (i) => `stop all /x${i}\nfoo${i}`));
        expect(found).toHaveLength(1_000);
        expect(found.at(-1)).toMatch(/^X_TOO_MANY_FINDINGS /);
    });
});

test('names of built-in properties are names as all others', () => {
    const text =
        'define __proto__ = constructor\ncreate Machine as $(__proto__)\nstop all /constructor\nwrite $(toString) into x';
    expect(foundIn(text)).toEqual(['CMD_UNRESOLVED_VARIABLE 4:7-18']);
    const { declarations } = applicationWith({ 'commands/constructor.commands': text });
    expect(declarations.some(({ name }) => name === 'constructor.__proto__')).toBe(true);
});

test('many files that execute one another are looked at once each', () => {
    const files = Object.fromEntries(
        Array.from({ length: 1_000 }, (_, i) => [`commands/f${i}.commands`, `execute f${i + 1}\nexecute f${i + 2}`]),
    );
    const before = performance.now();
    const { findings } = applicationWith({ ...files, 'commands/f1000.commands': 'delete /big' });
    expect(findings.map(({ code, range }) => `${code} ${range?.file}`)).toContain(
        'CMD_INEXISTING_COMMAND commands/f999.commands',
    );
    expect(performance.now() - before).toBeLessThan(5_000);
});
