/** Instructions, statuses and variables in command files. */
import type { Position } from 'vscode-languageserver/node';
import { commandsPlaceAt } from '../commands-context.ts';
import type { Lines } from '../line-context.ts';
import { GENERATORS, INSTRUCTIONS, signatureOf, STATUSES } from '../vocabulary/commands.ts';
import { codeBlock, inlineCode } from '../wording.ts';
import { list, paragraphs } from './markdown.ts';
import { explained, type ExplainedWord, wordTouching } from './word-at.ts';

/** The word of the language at a position. */
export function commandsWord(lines: Lines, position: Position): ExplainedWord | undefined {
    const { line: number, character } = position;
    const line = lines[number] ?? '';
    if (line.slice(0, character).includes('#')) return undefined;
    return variableWord(lines, position) ?? statusWord(line, character) ?? headWord(lines, position);
}

function headWord(lines: Lines, { line: number, character }: Position): ExplainedWord | undefined {
    const line = lines[number] ?? '';
    const place = commandsPlaceAt(lines, number, line.length) ?? commandsPlaceAt(lines, number, character);
    if (place === null || place.text !== place.typed.text) return undefined;
    const lower = place.text.toLowerCase();
    const instruction = INSTRUCTIONS.find(({ head }) => lower.startsWith(head));
    if (instruction === undefined) return undefined;
    const start = line.length - line.trimStart().length;
    const parts = instruction.slots.map(({ label, summary }) => `${inlineCode(label)} ${summary}`);
    const text = paragraphs([
        codeBlock(signatureOf(instruction), 'roboconf-commands'),
        instruction.summary,
        list(parts),
        codeBlock(instruction.example, 'roboconf-commands'),
    ]);
    return { start, end: start + instruction.head.length, text };
}

function statusWord(line: string, column: number): ExplainedWord | undefined {
    const word = wordTouching(line, /^\s*change\s+status\s+of\s.*\sto\s+(?<word>[^#]*[^\s#])/dgi, column);
    const name = (word?.text ?? '').toUpperCase().replaceAll(' ', '_').replaceAll('_AND_', '_');
    const status = STATUSES.find((one) => one.name === name);
    return explained(word, status === undefined ? undefined : `**${status.name}** — ${status.summary}`);
}

/** `$(name)`: a generator, or a variable with the value that the last `define` above gives it. */
function variableWord(lines: Lines, position: Position): ExplainedWord | undefined {
    const word = wordTouching(lines[position.line] ?? '', /(?<word>\$\([^()]*\))/dg, position.character);
    if (word === undefined) return undefined;
    const name = word.text.slice(2, -1);
    const generator = GENERATORS.find((one) => name === one.name || name.startsWith(`${one.name} `));
    if (generator !== undefined) return explained(word, `**${generator.name}** — ${generator.summary}`);
    const value = valueAbove(lines, position.line, name);
    return explained(word, value === undefined ? undefined : `**${word.text}** — ${inlineCode(value)}`);
}

function valueAbove(lines: Lines, line: number, name: string): string | undefined {
    for (let above = line - 1; above >= 0; above -= 1) {
        const groups = /^\s*define\s+(?<name>[^=#]*?)\s*=\s*(?<value>[^#]*)/i.exec(lines[above] ?? '')?.groups;
        if (groups?.['name'] === name) return (groups['value'] ?? '').trim();
    }
    return undefined;
}
