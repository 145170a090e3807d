/** What editors do by themselves: indentation, comments that go on, words. */
import { describe, expect, test } from 'vitest';
import {
    commandsConfiguration,
    measuresConfiguration,
    modelConfiguration,
    rulesConfiguration,
} from '../../scripts/grammars/language-configurations.ts';

type Expression = string | { readonly pattern: string; readonly flags: string };

interface EnterRule {
    readonly beforeText: string;
    readonly afterText?: string;
    readonly previousLineText?: string;
    readonly action: { readonly indent: string; readonly appendText?: string; readonly removeText?: number };
}

interface Configuration {
    readonly wordPattern: string;
    readonly onEnterRules: readonly EnterRule[];
    readonly indentationRules?: {
        readonly increaseIndentPattern: Expression;
        readonly decreaseIndentPattern: Expression;
    };
    readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
}

/** The maker's result is a table of our own: its shape is what editors document. */
function read(made: unknown): Configuration {
    return made as Configuration;
}

const CONFIGURATIONS = {
    model: read(modelConfiguration()),
    commands: read(commandsConfiguration()),
    rules: read(rulesConfiguration()),
    measures: read(measuresConfiguration()),
};

type Name = keyof typeof CONFIGURATIONS;

function expressionOf(expression: Expression): RegExp {
    return typeof expression === 'string' ? new RegExp(expression) : new RegExp(expression.pattern, expression.flags);
}

/** What Enter does at `|`, by the first rule that fits, as editors decide. */
function enter(name: Name, marked: string): string {
    const [before = '', after = ''] = marked.split('|');
    const [previous = '', line = ''] = ['', ...before.split('\n')].slice(-2);
    const rule = CONFIGURATIONS[name].onEnterRules.find(
        ({ beforeText, afterText, previousLineText }) =>
            new RegExp(beforeText).test(line) &&
            (afterText === undefined || new RegExp(afterText).test(after)) &&
            (previousLineText === undefined || new RegExp(previousLineText).test(previous)),
    );
    if (rule === undefined) return '';
    return [rule.action.indent, rule.action.appendText ?? '', rule.action.removeText ?? ''].join(' ').trim();
}

test.each<[Name, string, string]>([
    ['model', 'VM {|}', 'indentOutdent'],
    ['model', 'VM {|', ''],
    ['model', '# a |comment', 'none #'],
    ['model', '# a comment|', ''],
    ['commands', 'email a@b.c with x \\|', 'indent'],
    ['commands', '# x \\|', ''],
    ['commands', 'email a@b.c with x \\\n\tgoes on|', 'outdent'],
    ['commands', '\tdefine a = b|', ''],
    ['rules', '/* why| */', 'indentOutdent  *'],
    ['rules', '/* why|', 'none  *'],
    ['rules', ' * more|', 'none *'],
    ['rules', ' */|', 'none  1'],
    ['rules', '// a |comment', 'none //'],
    ['measures', '# a |comment', 'none #'],
    ['measures', '[EVENT file a]|', ''],
])('in %s, Enter at %j: %s', (name, marked, expected) => expect(enter(name, marked)).toBe(expected));

describe('indentation', () => {
    const rulesOf = (name: Name) => CONFIGURATIONS[name].indentationRules;
    test.each<[Name, string, boolean, boolean]>([
        ['model', 'VM {', true, false],
        ['model', 'VM { # open', true, false],
        ['model', '# VM {', false, false],
        ['model', '}', false, true],
        ['model', '\tname: vm;', false, false],
        ['rules', 'when', true, false],
        ['rules', 'THEN', true, true],
        ['rules', 'end', false, true],
        ['rules', '\tend-of-day', false, false],
        ['rules', 'rule "r" when e then c end', false, false],
    ])('in %s, %j', (name, line, increases, decreases) => {
        const { increaseIndentPattern = '', decreaseIndentPattern = '' } = rulesOf(name) ?? {};
        expect(expressionOf(increaseIndentPattern).test(line)).toBe(increases);
        expect(expressionOf(decreaseIndentPattern).test(line)).toBe(decreases);
    });
});

test.each<[Name, string, readonly string[]]>([
    ['model', 'MySQL.ip load-balancer 8080', ['MySQL', 'ip', 'load-balancer', '8080']],
    ['commands', 'create VM as my-vm.1 under /a/b', ['create', 'VM', 'as', 'my-vm.1', 'under', 'a', 'b']],
    ['rules', 'when high-load.cpu', ['when', 'high-load.cpu']],
    ['measures', '[EVENT file low-disk]', ['EVENT', 'file', 'low-disk']],
])('words of %s in %j', (name, line, words) => {
    expect(line.match(new RegExp(CONFIGURATIONS[name].wordPattern, 'g'))).toEqual(words);
});

test.each(Object.keys(CONFIGURATIONS) as readonly Name[])('regions of %s', (name) => {
    const { start, end } = CONFIGURATIONS[name].folding.markers;
    expect([new RegExp(start).test('# region machines'), new RegExp(end).test('  # endregion')]).toEqual([true, true]);
    expect(new RegExp(start).test('# regional')).toBe(false);
});
