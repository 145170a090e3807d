/** Edits of whole lines: they leave the lines around as they are. */
import { type Change, insert, replace } from './fix.ts';
import type { SourceLine, SourceText } from './source-text.ts';

/** Takes a line away. */
export function removeLine(source: SourceText, line: SourceLine): Change {
    return removeLines(source, line.number, line.number);
}

/** Takes lines away, first and last included. */
export function removeLines(source: SourceText, first: number, last: number): Change {
    const { start } = source.lineOf(first);
    const isAtEnd = last >= source.lines.length;
    if (!isAtEnd) return replace(source, start, source.lineOf(last + 1).start, '');
    // The last line has no line end of its own: the one before it goes.
    const from = first > 1 ? source.lineOf(first - 1).end : 0;
    return replace(source, from, source.text.length, '');
}

/** Puts lines before the line of a number; one behind the last puts them at the end. */
export function insertLines(source: SourceText, before: number, lines: readonly string[]): Change {
    const text = lines.join('\n');
    if (before <= source.lines.length) return insert(source, source.lineOf(before).start, `${text}\n`);
    const isOpen = source.text !== '' && !source.text.endsWith('\n');
    return insert(source, source.text.length, isOpen ? `\n${text}` : `${text}\n`);
}

/** Puts a block at the end of a file, behind an empty line. */
export function appendBlock(source: SourceText, lines: readonly string[]): Change {
    const body = `${lines.join('\n')}\n`;
    const { text } = source;
    if (text.trim() === '') return insert(source, text.length, body);
    const gap = text.endsWith('\n\n') || text.endsWith('\n\r\n') ? '' : text.endsWith('\n') ? '\n' : '\n\n';
    return insert(source, text.length, gap + body);
}

interface Lines {
    readonly line: number;
    readonly endLine: number;
}

/** Takes a block away with the comment right above it, and one of the empty lines around it. */
export function removeBlock(source: SourceText, block: Lines): Change {
    const { line, endLine } = extentOf(source, block);
    return removeLines(source, line, endLine);
}

/** The same for several blocks, given in their order. */
export function removeBlocks(source: SourceText, blocks: readonly Lines[]): readonly Change[] {
    let done = 0;
    return blocks.map((block) => {
        const { line, endLine } = extentOf(source, block);
        const change = removeLines(source, Math.max(line, done + 1), endLine);
        done = endLine;
        return change;
    });
}

function extentOf(source: SourceText, block: Lines): Lines {
    const first = block.line - commentAbove(source, block.line).length;
    const next = source.lines[block.endLine];
    const isFollowed = block.endLine + 1 < source.lines.length;
    if (next !== undefined && isFollowed && next.text.trim() === '') return { line: first, endLine: block.endLine + 1 };
    const isBlankBefore = first > 1 && source.lineOf(first - 1).text.trim() === '';
    return { line: isBlankBefore ? first - 1 : first, endLine: block.endLine };
}

/** The lines of the comment right above a line. */
export function commentAbove(source: SourceText, number: number): readonly string[] {
    const above: string[] = [];
    for (let line = number - 1; line > 0 && isComment(source.lineOf(line)); line -= 1)
        above.unshift(source.lineOf(line).text);
    return above;
}

function isComment(line: SourceLine): boolean {
    return line.text.trimStart().startsWith('#');
}

/** Lines with so much indentation more; empty ones stay empty. */
export function indented(lines: readonly string[], indent: string): readonly string[] {
    return lines.map((line) => (line.trim() === '' ? line : indent + line));
}

/** Adds `import path;` below the imports of a file, else at its top. `below` is a line before which imports count. */
export function addImport(source: SourceText, path: string, below = source.lines.length + 1): Change {
    const last = source.lines.findLast(({ code, number }) => number < below && /^\s*import\s/i.test(code));
    if (last !== undefined) return insertLines(source, last.number + 1, [`import ${path};`]);
    const isApart = source.lineOf(1).text.trim() === '';
    return insertLines(source, 1, isApart ? [`import ${path};`] : [`import ${path};`, '']);
}
