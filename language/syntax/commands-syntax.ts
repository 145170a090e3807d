/** The syntax of commands files. */
import { parseCommands, readInstruction, type CommandLine, type CommandsFile } from '../commands/commands-file.ts';
import type { Instruction } from '../commands/instruction.ts';
import type { PathWord } from '../commands/located-text.ts';
import { afterSpace, isSpaceAt, physicalLinesOf, withoutMark } from '../commands/logical-lines.ts';
import type { Word } from '../model/declarations.ts';
import type { FileSyntax, Fold, OutlineItem, SyntaxToken, TextRange, TokenType } from './file-syntax.ts';

/** So much of an instruction stands in the outline. */
const MAX_LABEL = 80;

/** Any text has some syntax. */
export function commandsSyntax(text: string): FileSyntax {
    const commands = parseCommands(text, '');
    return {
        outline: commands.lines.map((line) => outlineItem(line, commands)),
        tokens: tokensOf(text, commands),
        folds: foldsOf(commands),
    };
}

/** What is written, not what it stands for: variables keep their names. */
function outlineItem({ instruction, logical }: CommandLine, { places }: CommandsFile): OutlineItem {
    const hasValues = instruction.uses.some(({ isDefined }) => isDefined);
    const written = hasValues ? readInstruction(logical, places, new Map()) : instruction;
    const [name, detail] = labelOf(written);
    const { line, column, endLine, endColumn } = instruction.range;
    const range = { line, column, endLine, endColumn };
    const head = instruction.keywords[0]?.range;
    const nameRange =
        head === undefined
            ? range
            : { line: head.line, column: head.column, endLine: head.endLine, endColumn: head.endColumn };
    return { kind: 'instruction', name: shortened(name), detail: shortened(detail), range, nameRange, children: [] };
}

function labelOf(instruction: Instruction): readonly [string, string] {
    switch (instruction.kind) {
        case 'create':
            return [`create ${instruction.name.text}`, instruction.component.text];
        case 'replicate':
        case 'rename':
            return [`${instruction.kind} ${instruction.path.text}`, instruction.name.text];
        case 'associate':
            return [`associate ${instruction.path.text}`, instruction.target.text];
        case 'changeStatus':
            return [`change status of ${instruction.path.text}`, instruction.status.text];
        case 'email':
            return ['email', instruction.recipients.text];
        case 'define':
            return [`define ${instruction.name.text}`, instruction.value.text];
        case 'write':
        case 'append':
            return [`${instruction.kind} ${instruction.target.text}`, instruction.content.text];
        case 'execute':
        case 'bulkOnPath':
        case 'bulkOnComponent':
        case 'malformed':
        case 'unrecognized':
            return [instruction.text, ''];
        default:
            return instruction satisfies never;
    }
}

function shortened(text: string): string {
    return text.length > MAX_LABEL ? `${text.slice(0, MAX_LABEL)}…` : text;
}

interface PaintedWord {
    readonly range: TextRange;
    readonly type: TokenType;
    readonly isDeclaration: boolean;
}

/** A part of one line; columns are 1-based, the end is exclusive. */
interface Segment {
    readonly line: number;
    readonly from: number;
    readonly to: number;
}

function tokensOf(text: string, { lines, comments }: CommandsFile): readonly SyntaxToken[] {
    const cut = lineCutter(text);
    const tokens: SyntaxToken[] = [];
    for (const { instruction } of lines) {
        const uses = instruction.uses.flatMap(({ range }) => cut(range));
        for (const segment of uses) tokens.push(tokenOf(segment, 'variable', false));
        const words = wordsOf(instruction).toSorted((a, b) => byPlace(a.range, b.range));
        addWords(tokens, words, { uses, cut });
    }
    for (const range of comments) for (const segment of cut(range)) tokens.push(tokenOf(segment, 'comment', false));
    return tokens.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function byPlace(a: TextRange, b: TextRange): number {
    return a.line - b.line || a.column - b.column;
}

type LineCutter = (range: TextRange) => readonly Segment[];

/** Cuts what spans lines into its lines, without the blanks and backslashes of continuations. */
function lineCutter(text: string): LineCutter {
    const body = withoutMark(text);
    const lines = physicalLinesOf(body);
    return (range) => {
        const segments: Segment[] = [];
        for (let line = range.line; line <= range.endLine; line++) {
            const { start, end } = lines[line - 1] ?? { start: 0, end: 0 };
            const from = line === range.line ? range.column : afterSpace(body, start, end) - start + 1;
            let to = line === range.endLine ? range.endColumn : end - start;
            while (line < range.endLine && to > from && isSpaceAt(body, start + to - 2)) to--;
            if (to > from) segments.push({ line, from, to });
        }
        return segments;
    };
}

function tokenOf({ line, from, to }: Segment, type: TokenType, isDeclaration: boolean): SyntaxToken {
    return { line, column: from, length: to - from, type, isDeclaration };
}

interface Around {
    readonly uses: readonly Segment[];
    readonly cut: LineCutter;
}

/** Words and uses are sorted: each use is looked at a fixed number of times. */
function addWords(tokens: SyntaxToken[], words: readonly PaintedWord[], { uses, cut }: Around): void {
    let next = 0;
    for (const { range, type, isDeclaration } of words)
        for (const segment of cut(range)) {
            while (isBefore(uses[next], segment)) next++;
            for (const part of outside(segment, uses, next)) tokens.push(tokenOf(part, type, isDeclaration));
        }
}

/** What no use covers; `next` is the first use that may. */
function outside(segment: Segment, uses: readonly Segment[], next: number): readonly Segment[] {
    const parts: Segment[] = [];
    let from = segment.from;
    for (let i = next, use = uses[i]; use?.line === segment.line && use.from < segment.to; use = uses[++i]) {
        if (use.from > from) parts.push({ ...segment, from, to: use.from });
        from = Math.max(from, use.to);
    }
    if (segment.to > from) parts.push({ ...segment, from });
    return parts;
}

function isBefore(use: Segment | undefined, segment: Segment): boolean {
    return use !== undefined && (use.line < segment.line || (use.line === segment.line && use.to <= segment.from));
}

function wordsOf(instruction: Instruction): readonly PaintedWord[] {
    const keywords = instruction.keywords.map((word) => painted(word, word.text === '=' ? 'operator' : 'keyword'));
    return [...keywords, ...partsOf(instruction)];
}

function painted({ range }: Word, type: TokenType, isDeclaration = false): PaintedWord {
    return { range, type, isDeclaration };
}

function partsOf(instruction: Instruction): readonly PaintedWord[] {
    switch (instruction.kind) {
        case 'create':
            return [
                painted(instruction.component, 'component'),
                painted(instruction.name, 'instance', true),
                ...pathOf(instruction.under),
            ];
        case 'replicate':
        case 'rename':
            return [...pathOf(instruction.path), painted(instruction.name, 'instance', true)];
        case 'associate':
            return [...pathOf(instruction.path), valueOf(instruction.target)];
        case 'changeStatus':
            return [...pathOf(instruction.path), painted(instruction.status, 'property')];
        case 'bulkOnPath':
            return pathOf(instruction.path);
        case 'bulkOnComponent':
            return [painted(instruction.component, 'component')];
        case 'email':
            return [painted(instruction.recipients, 'string'), painted(instruction.message, 'string')];
        case 'define':
            return [
                painted(instruction.name, 'variable', true),
                valueOf(instruction.value),
                ...pathOf(instruction.under),
            ];
        case 'write':
        case 'append':
            return [painted(instruction.content, 'string'), painted(instruction.target, 'path')];
        case 'execute':
            return [painted(instruction.command, 'command')];
        case 'malformed':
        case 'unrecognized':
            return [];
        default:
            return instruction satisfies never;
    }
}

function valueOf(word: Word): PaintedWord {
    return painted(word, /^\d+$/.test(word.text) ? 'number' : 'string');
}

function pathOf(path: PathWord | null): readonly PaintedWord[] {
    return (path?.segments ?? []).map((segment) => painted(segment, 'instance'));
}

/** Instructions over several lines, and runs of lines that hold nothing but a comment. */
function foldsOf({ lines, comments }: CommandsFile): readonly Fold[] {
    const regions = lines
        .map(({ instruction }) => instruction.range)
        .filter(({ line, endLine }) => endLine > line)
        .map(({ line, endLine }): Fold => ({ first: line, last: endLine, kind: 'region' }));
    const taken = new Set(lines.map(({ instruction }) => instruction.range.endLine));
    const runs: { first: number; last: number; readonly kind: 'comment' }[] = [];
    for (const { line, endLine } of comments.filter((comment) => !taken.has(comment.line))) {
        const run = runs.at(-1);
        if (run?.last === line - 1) run.last = endLine;
        else runs.push({ first: line, last: endLine, kind: 'comment' });
    }
    return [...regions, ...runs.filter(({ first, last }) => last > first)].toSorted((a, b) => a.first - b.first);
}
