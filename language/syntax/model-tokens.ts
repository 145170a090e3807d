/** The coloured words of a model file. */
import type { BlockKind } from '../keywords.ts';
import type { Piece } from '../parsing/piece.ts';
import { trimSpan, type Line, type Span } from '../parsing/text-lines.ts';
import type { SyntaxToken, TokenType } from './file-syntax.ts';
import type { BlockPart, PropertyPart } from './model-blocks.ts';

/** A word before it is placed: offsets into the text. */
export interface Word extends Span {
    readonly line: Line;
    readonly type: TokenType;
    readonly isDeclaration: boolean;
}

type Meaning = Pick<Word, 'type' | 'isDeclaration'>;

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
/** A variable of an instance inside a value. */
const INSTANCE_VARIABLE = /\$\(\w+\)/g;
const RUNTIME_DATA = /^data\./i;

const HEADER_NAMES: Readonly<Record<BlockKind, Meaning>> = {
    component: { type: 'component', isDeclaration: true },
    facet: { type: 'facet', isDeclaration: true },
    instance: { type: 'component', isDeclaration: false },
};

/** Words of the language inside values; commas and dots are left to the editor. */
const WORDS_OF_VALUES: Readonly<Partial<Record<Piece['type'], TokenType>>> = {
    '*': 'operator',
    '=': 'operator',
    external: 'keyword',
    '(optional)': 'keyword',
    'random[': 'keyword',
    KIND: 'keyword',
    ']': 'keyword',
};

/** The words of an import. */
export function importWords(pieces: readonly Piece[]): readonly Word[] {
    return pieces.flatMap((piece) => {
        if (piece.type === 'import') return [wordOf(piece, 'keyword')];
        return piece.type === 'TEXT' ? [wordOf(piece, 'path')] : [];
    });
}

/** The words of a block and of the blocks in it, in no particular order. */
export function* blockWords(text: string, block: BlockPart): Generator<Word> {
    const pending = [block];
    for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
        for (const piece of one.header) yield { ...piece, ...headerMeaning(piece, one.kind) };
        for (const part of one.parts) {
            if (part.kind === 'property') yield* propertyWords(text, part, one.kind);
            else pending.push(part);
        }
    }
}

/** The comments of a text. */
export function* commentWords(lines: readonly Line[]): Generator<Word> {
    for (const line of lines) {
        if (line.comment >= 0)
            yield { start: line.comment, end: line.end, line, type: 'comment', isDeclaration: false };
    }
}

/** Words as tokens: sorted, none empty, none over another, without the blanks around them. */
export function tokensOf(text: string, words: readonly Word[]): readonly SyntaxToken[] {
    const tokens: SyntaxToken[] = [];
    let last = 0;
    for (const { line, type, isDeclaration, ...span } of words.toSorted((one, other) => one.start - other.start)) {
        const { start, end } = trimSpan(text, span);
        if (start === end || start < last) continue;
        last = end;
        tokens.push({ line: line.number, column: start - line.start + 1, length: end - start, type, isDeclaration });
    }
    return tokens;
}

function headerMeaning(piece: Piece, kind: BlockKind): Meaning {
    return piece.type === 'NAME' ? HEADER_NAMES[kind] : { type: 'keyword', isDeclaration: false };
}

function* propertyWords(text: string, { key, value }: PropertyPart, owner: BlockKind): Generator<Word> {
    yield wordOf(key, key.type === 'KEY' ? keyType(text, key, owner) : 'keyword');
    for (const piece of value) yield* valueWords(text, piece, { key: key.type, owner });
}

/** A name that is no keyword overrides a variable in an instance, and means nothing elsewhere. */
function keyType(text: string, key: Piece, owner: BlockKind): TokenType {
    const isOverride = owner === 'instance' && !RUNTIME_DATA.test(text.slice(key.start, key.end));
    return isOverride ? 'variable' : 'property';
}

interface Property {
    readonly key: Piece['type'];
    readonly owner: BlockKind;
}

function valueWords(text: string, piece: Piece, property: Property): readonly Word[] {
    if (piece.type === 'TEXT' || piece.type === 'QUOTED') return textWords(text, piece, property);
    if (piece.type === 'NAME') return [wordOf(piece, typeNamedIn(property))];
    if (piece.type === 'VARNAME') return [{ ...piece, type: 'variable', isDeclaration: property.key === 'exports' }];
    const type = WORDS_OF_VALUES[piece.type];
    return type === undefined ? [] : [wordOf(piece, type)];
}

function typeNamedIn({ key, owner }: Property): TokenType {
    return key === 'facets' || (key === 'extends' && owner === 'facet') ? 'facet' : 'component';
}

/** A value is one word, but for the variables of instances in it. */
function textWords(text: string, piece: Piece, { key }: Property): readonly Word[] {
    if (key === 'name') return [{ ...piece, type: 'instance', isDeclaration: true }];
    const value = text.slice(piece.start, piece.end);
    const type = NUMBER.test(value.trim()) ? 'number' : 'string';
    const words: Word[] = [];
    let { start } = piece;
    for (const { 0: variable, index } of value.matchAll(INSTANCE_VARIABLE)) {
        const from = piece.start + index;
        words.push({ ...wordOf(piece, type), start, end: from });
        start = from + variable.length;
        words.push({ ...wordOf(piece, 'variable'), start: from, end: start });
    }
    return [...words, { ...wordOf(piece, type), start, end: piece.end }];
}

function wordOf(piece: Piece, type: TokenType): Word {
    return { start: piece.start, end: piece.end, line: piece.line, type, isDeclaration: false };
}
