/**
 * What is put right while a person types in a model file. Only what was just typed is touched: a semicolon behind a finished line, the indentation of
 * a closing bracket, the blank in front of an opening one. What a text means stays the same, but for the semicolon that was missing.
 */
import { scanBlocks, type Block, type Scan } from '../parsing/block-scanner.ts';
import type { Piece } from '../parsing/piece.ts';
import { isBlankAt, type Line } from '../parsing/text-lines.ts';
import { isNamedLikeKeyword } from './statement-text.ts';
import type { TextEdit } from './format.ts';

/** The characters that something may follow from. */
export type TypedCharacter = '\n' | '{' | '}';

export interface Typing {
    readonly character: TypedCharacter;
    /** Where the caret is: behind the character, and behind the indentation an editor gave the line. In UTF-16 units. */
    readonly offset: number;
    /** What one level of indentation is made of. */
    readonly indentation: string;
}

const BYTE_ORDER_MARK = '\uFEFF';
const MISSING_END: ReadonlySet<string> = new Set(['P_PROPERTY_ENDS_WITH_SEMI_COLON', 'P_IMPORT_ENDS_WITH_SEMI_COLON']);
/** Behind one of these, a line is not finished. */
const UNFINISHED = /[:,=([{]$/;

/** The edits that follow from a character that was just typed; offsets of the text as it is with the character. */
export function typedEdits(text: string, typing: Typing): readonly TextEdit[] {
    const skipped = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    const body = text.slice(skipped);
    const edits = editsIn(body, { ...typing, offset: typing.offset - skipped });
    return edits.map((edit) => ({ ...edit, start: edit.start + skipped, end: edit.end + skipped }));
}

function editsIn(text: string, typing: Typing): readonly TextEdit[] {
    switch (typing.character) {
        case '\n':
            return afterEnter(text, typing);
        case '{':
            return beforeOpening(text, typing.offset - 1);
        case '}':
            return beforeClosing(text, typing.offset - 1);
        default:
            return typing.character satisfies never;
    }
}

/** Something is only added behind a line that ended where the caret was: what follows the caret would belong to it otherwise. */
function afterEnter(text: string, { offset, indentation }: Typing): readonly TextEdit[] {
    const start = text.lastIndexOf('\n', offset - 1) + 1;
    const feed = text.indexOf('\n', offset);
    const end = feed < 0 ? text.length : feed;
    if (start === 0) return [];
    const rest = text.slice(start, end).trim();
    if (rest === ';') return semicolonLeftBehind(text, start - 1, text.indexOf(';', start));
    if (rest !== '') return [];
    const semicolon = missingSemicolon(text, start - 1);
    const isEmpty = start === offset && text.slice(start, end).replace('\r', '') === '';
    const depth = isEmpty ? indentationAfter(text, start - 1, indentation) : '';
    return [...semicolon, ...(depth === '' ? [] : [{ start, end: start, text: depth }])];
}

/** Enter in front of a semicolon means the next line: a proposal that is accepted leaves the caret there. */
function semicolonLeftBehind(text: string, feed: number, semicolon: number): readonly TextEdit[] {
    const lineStart = text.lastIndexOf('\n', feed - 1) + 1;
    const written = text.slice(lineStart, feed).trimEnd();
    if (!isWholeLine(written.trim())) return [];
    const end = lineStart + written.length;
    return [
        { start: end, end, text: ';' },
        { start: semicolon, end: semicolon + 1, text: '' },
    ];
}

/** Whether nothing but a semicolon is to follow what is written. */
function isWholeLine(written: string): boolean {
    const isFinished = written !== '' && !/[#]|;$/.test(written) && !UNFINISHED.test(written);
    return isFinished && !hasOpenQuote(written);
}

/** `feed` is where the line ends that shall be finished. */
function missingSemicolon(text: string, feed: number): readonly TextEdit[] {
    const written = text.slice(text.lastIndexOf('\n', feed - 1) + 1, feed).trim();
    if (!isWholeLine(written)) return [];
    const scan = scanBlocks(text);
    const line = scan.lines.find(({ end }) => end === feed);
    if (line === undefined) return [];
    const found = scan.findings.filter(({ range }) => range.line === line.number);
    const isOnlyFault = found.length === 1 && found.every(({ code }) => MISSING_END.has(code));
    return isOnlyFault ? [{ start: line.to, end: line.to, text: ';' }] : [];
}

function hasOpenQuote(written: string): boolean {
    return (written.split('"').length - 1) % 2 === 1;
}

/** That of the line above, and one level more behind an opening bracket. */
function indentationAfter(text: string, feed: number, level: string): string {
    const above = text.slice(text.lastIndexOf('\n', feed - 1) + 1, feed);
    const own = /^[ \t]*/.exec(above)?.[0] ?? '';
    return above.trim() !== '' && above.trimEnd().endsWith('{') && !above.includes('#') ? own + level : own;
}

/** One blank between a header and its bracket; none where it would make a keyword of a name. */
function beforeOpening(text: string, bracket: number): readonly TextEdit[] {
    if (text[bracket] !== '{' || bracket === 0 || isBlankAt(text, bracket - 1)) return [];
    const scan = scanBlocks(text);
    const block = scan.blocks.find(({ pieces }) => pieces.some((piece) => isAt(piece, '{', bracket)));
    const line = block?.pieces.find((piece) => isAt(piece, '{', bracket))?.line;
    if (line === undefined || isNamedLikeKeyword(text.slice(line.from, line.to))) return [];
    return [{ start: bracket, end: bracket, text: ' ' }];
}

/** A closing bracket stands below the beginning of its block. */
function beforeClosing(text: string, bracket: number): readonly TextEdit[] {
    const scan = scanBlocks(text);
    const opening = openingLineOf(scan, bracket);
    const line = scan.lines.find(({ from, to }) => from <= bracket && bracket < to);
    if (opening === undefined || line === undefined || line === opening || line.from !== bracket) return [];
    const wanted = indentationOf(text, opening);
    return indentationOf(text, line) === wanted ? [] : [{ start: line.start, end: line.from, text: wanted }];
}

/** The line of the header whose block a bracket closes. */
function openingLineOf({ blocks }: Scan, bracket: number): Line | undefined {
    const block = blocks.find(({ pieces }) => pieces.some((piece) => isAt(piece, '}', bracket)));
    return block === undefined ? undefined : headerLineIn(block, bracket);
}

function headerLineIn({ pieces }: Block, bracket: number): Line | undefined {
    const open: Line[] = [];
    for (const piece of pieces) {
        if (piece.type === '{') open.push(piece.line);
        if (piece.type !== '}') continue;
        const line = open.pop();
        if (piece.start === bracket) return line;
    }
    return undefined;
}

function isAt(piece: Piece, type: Piece['type'], offset: number): boolean {
    return piece.type === type && piece.start === offset && piece.end > offset;
}

function indentationOf(text: string, line: Line): string {
    return text.slice(line.start, line.from);
}
