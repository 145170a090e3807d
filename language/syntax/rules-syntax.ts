/** The syntax of rules files. */
import { sourceRangesIn } from '../application/source-ranges.ts';
import type { Word } from '../model/declarations.ts';
import { parseRules, type Rule } from '../rules/rules-file.ts';
import type { FileSyntax, Fold, OutlineItem, SyntaxToken, TextRange } from './file-syntax.ts';
import { blockFold, commentFolds, commentTokens, orderedTokens, tokenAt, withoutFile } from './syntax-parts.ts';

const COMMENT = /\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|#[^\n]*/g;

/** Any text has some syntax. */
export function rulesSyntax(text: string): FileSyntax {
    const { rules } = parseRules(text, '');
    const rangeOf = sourceRangesIn(text, '');
    const comments = [...text.matchAll(COMMENT)];
    const colours = comments.flatMap(({ 0: comment, index }) => commentTokens(comment, index, rangeOf));
    return {
        outline: rules.map(outlineOf),
        tokens: orderedTokens([...colours, ...rules.flatMap(tokensOf)]),
        folds: [...rules.flatMap(({ block }) => blockFold(block)), ...foldsOf(colours, text)],
    };
}

/** Whole lines of comment, one below the other. */
function foldsOf(colours: readonly (SyntaxToken | null)[], text: string): readonly Fold[] {
    const lines = text.split('\n');
    const isWhole = ({ line, column }: SyntaxToken): boolean =>
        (lines[line - 1]?.slice(0, column - 1).trim() ?? '') === '';
    const whole = colours.flatMap((token) => (token !== null && isWhole(token) ? [token.line] : []));
    return commentFolds([...new Set(whole)]);
}

function tokensOf(rule: Rule): readonly (SyntaxToken | null)[] {
    return [
        ...rule.keywords.map((range) => tokenAt(range, 'keyword')),
        tokenAt(rule.name.range, 'string', true),
        tokenAt(rule.event.range, 'event'),
        ...rule.commands.map(({ range }) => tokenAt(range, 'command')),
        ...rule.attributes.flatMap(({ range, number }) => [
            tokenAt({ ...range, endLine: number.range.line, endColumn: number.range.column }, 'property'),
            tokenAt(number.range, 'number'),
        ]),
    ];
}

function outlineOf({ name, event, commands, block }: Rule): OutlineItem {
    return {
        kind: 'rule',
        name: name.text === '' ? 'rule' : shown(name),
        detail: shown(event),
        range: withoutFile(block),
        nameRange: withoutFile(name.range),
        children: commands.map((command) => outlineOfCommand(command)),
    };
}

function outlineOfCommand(command: Word): OutlineItem {
    const range: TextRange = withoutFile(command.range);
    return { kind: 'instruction', name: shown(command), detail: '', range, nameRange: range, children: [] };
}

function shown({ text }: Word): string {
    return text.replaceAll(/\s+/g, ' ').slice(0, 100);
}
