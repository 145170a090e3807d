/**
 * Splits a text in top-level blocks, each with the tokens its grammar rule takes. The rules of lines are those of the language reference, sections 2.5
 * and 2.6; the difference is what happens at a fault: the language gives up there, the scanner repairs and goes on.
 *
 * Invariants:
 * 1. The pieces of a block always fit its grammar rule: what the text lacks is an empty piece.
 * 2. Up to the first fault at which the language gives up, findings have the codes and the lines of the language.
 * 3. Behind it, a block is repaired where the intention is clear, and what follows from an earlier fault is not reported again.
 */
import { closingsOf, type Closings } from './brackets.ts';
import { characterFindings } from './characters.ts';
import { findingOf, type Facts, type FileCode } from './catalogue.ts';
import { headerPieces, subjectOf } from './headers.ts';
import {
    componentHeader,
    facetHeader,
    importShape,
    instanceHeader,
    propertyShape,
    semicolonOutsideQuotes,
    type HeaderShape,
    type ImportShape,
    type PropertyShape,
} from './line-shapes.ts';
import type { BlockKind } from '../keywords.ts';
import { MAX_FINDINGS, type FileFinding, type RelatedText } from './parsed-file.ts';
import { rangeIn, type Piece } from './piece.ts';
import { propertyPieces } from './property-pieces.ts';
import { linesOf, trimSpan, type Line, type Span } from './text-lines.ts';

/** Deeper instances are not looked at: parsing is recursive. */
const MAX_DEPTH = 256;
/** How many times one line is taken up again behind a misplaced bracket. */
const MAX_REPAIRS = 16;

/** So many words of a file are looked at: each becomes a token, a syntax node and declarations. */
const MAX_PIECES = 500_000;
const PIECES_OF_HEADER = 4;
/** A broken block takes as long as so many words: it is parsed by itself, be it equal to others. */
const PIECES_OF_FAULT = 25;
const MAX_LINES = 1_000_000;

export interface Block {
    readonly kind: BlockKind | 'import';
    readonly pieces: readonly Piece[];
    /** Its first line. */
    readonly line: Line;
    /** Text of the comment lines right above it, without `#`; empty when there are none. */
    readonly description: string;
}

export interface Scan {
    readonly lines: readonly Line[];
    readonly blocks: readonly Block[];
    /** Whether some top-level line could not be understood at all. */
    readonly hasUnknown: boolean;
    readonly findings: readonly FileFinding[];
}

/** What is left to read of a line. */
interface Statement extends Span {
    readonly line: Line;
    readonly index: number;
    /** Behind a fault of the same line: it is not reported a second time. */
    readonly isRepair: boolean;
}

interface OpenBlock {
    readonly kind: BlockKind;
    readonly header: Statement;
    readonly subject: string;
    /** Shared by an instance and the instances in it; thrown away when the block is ignored. */
    readonly pieces: Piece[];
    readonly isIgnored: boolean;
}

interface Fault {
    readonly place: Span;
    readonly facts?: Facts;
    readonly related?: readonly RelatedText[];
}

/** Reads a whole text, in one pass. */
export function scanBlocks(text: string): Scan {
    return new BlockScanner(text).scan();
}

class BlockScanner {
    readonly #text: string;
    readonly #lines: readonly Line[];
    readonly #closings: Closings;
    readonly #blocks: Block[] = [];
    readonly #findings: FileFinding[] = [];
    readonly #open: OpenBlock[] = [];
    #comments: string[] = [];
    /** Lines up to this index have been dealt with. */
    #doneUpTo = -1;
    /** The language gives up at the first of these faults. */
    #hasGivenUp = false;
    #hasUnknown = false;
    #pieceCount = 0;
    #lastUsed: Line | undefined;
    /** The first block whose `}` is missing, where another one begins in its stead. */
    #forgotten: { readonly block: OpenBlock; readonly next: Statement } | undefined;

    constructor(text: string) {
        this.#text = text;
        this.#lines = linesOf(text, MAX_LINES);
        this.#closings = closingsOf(text, this.#lines);
    }

    scan(): Scan {
        for (const finding of characterFindings(this.#text, this.#lines)) this.#add(finding);
        let index = -1;
        for (const line of this.#lines) {
            index++;
            if (index <= this.#doneUpTo) continue;
            if (this.#pieceCount > MAX_PIECES || index === MAX_LINES - 1) return this.#cutOff(line);
            if (line.from === line.to) this.#keepComment(line);
            else this.#readLine(line, index);
        }
        this.#reportMissingClosing();
        this.#closeAll();
        if (this.#lines.every((line) => line.from === line.to)) this.#reportAtTop('P_EMPTY_FILE', {});
        return { lines: this.#lines, blocks: this.#blocks, hasUnknown: this.#hasUnknown, findings: this.#findings };
    }

    /** What was understood so far, when the text is too much to go on. */
    #cutOff(line: Line): Scan {
        this.#add(findingOf('X_TOO_MANY_WORDS', rangeIn(line, { start: line.from, end: line.to })));
        this.#closeAll();
        return { lines: this.#lines, blocks: this.#blocks, hasUnknown: true, findings: this.#findings };
    }

    #keepComment(line: Line): void {
        if (line.comment < 0) this.#comments = [];
        else
            this.#comments.push(
                this.#text
                    .slice(line.comment, line.end)
                    .replace(/^#+\s*/, '')
                    .trimEnd(),
            );
    }

    #readLine(line: Line, index: number): void {
        let rest: Statement | undefined = { line, index, start: line.from, end: line.to, isRepair: false };
        for (let i = 0; rest !== undefined && i < MAX_REPAIRS; i++) rest = this.#step(rest);
        this.#comments = [];
        this.#lastUsed = line;
    }

    /** Reads one statement; answers what follows a misplaced bracket. */
    #step(statement: Statement): Statement | undefined {
        const block = this.#open.at(-1);
        return block === undefined ? this.#readTopLevel(statement) : this.#readBody(statement, block);
    }

    #readTopLevel(statement: Statement): Statement | undefined {
        const shape = importShape(this.#text, statement);
        if (shape !== undefined) return this.#readImport(statement, shape);
        const header = this.#headerOf(statement);
        if (header !== undefined) return this.#readHeader(statement, header.kind, header.shape);
        return this.#unrecognized(statement);
    }

    #headerOf(span: Span): { kind: BlockKind; shape: HeaderShape } | undefined {
        const facet = facetHeader(this.#text, span);
        if (facet !== undefined) return { kind: 'facet', shape: facet };
        const instance = instanceHeader(this.#text, span);
        if (instance !== undefined) return { kind: 'instance', shape: instance };
        const component = componentHeader(this.#text, span);
        return component === undefined ? undefined : { kind: 'component', shape: component };
    }

    #readImport(statement: Statement, shape: ImportShape): undefined {
        const { line } = statement;
        const path = this.#text.slice(shape.path.start, shape.path.end);
        if (shape.semicolon === undefined) {
            this.#report('P_IMPORT_ENDS_WITH_SEMI_COLON', statement, lastCharacter(statement), { NAME: path });
        } else if (shape.rest.start < shape.rest.end) this.#report('P_ONE_BLOCK_PER_LINE', statement, shape.rest);
        const before = trimSpan(this.#text, { start: statement.start, end: shape.keyword.start });
        if (before.start < before.end) this.#report('X_WORDS_BEFORE_IMPORT', statement, before);
        const end = shape.semicolon ?? statement.end;
        const pieces: Piece[] = [{ type: 'import', ...shape.keyword, line }];
        if (path !== '') pieces.push({ type: 'TEXT', ...shape.path, line });
        pieces.push({ type: ';', start: end, end: shape.semicolon === undefined ? end : end + 1, line });
        this.#blocks.push({ kind: 'import', pieces, line, description: '' });
        return undefined;
    }

    #unrecognized(statement: Statement): undefined {
        this.#hasUnknown = true;
        const isClosing = this.#text[statement.start] === '}';
        if (isClosing && this.#hasGivenUp) return undefined;
        this.#report('P_UNRECOGNIZED_BLOCK', statement, statement, this.#unrecognizedFacts(statement, isClosing));
        return undefined;
    }

    #unrecognizedFacts(statement: Statement, isClosing: boolean): Facts {
        if (isClosing) return { SHAPE: 'closing' };
        if (/^import\b/i.test(this.#text.slice(statement.start, statement.end))) return { SHAPE: 'import' };
        const property = propertyShape(this.#text, statement);
        return property === undefined
            ? {}
            : { SHAPE: 'property', NAME: this.#text.slice(property.key.start, property.key.end) };
    }

    #readHeader(statement: Statement, kind: BlockKind, shape: HeaderShape): Statement | undefined {
        if (shape.bracket === undefined) return this.#readHeaderWithoutBracket(statement, kind, shape);
        if (shape.doubled.start < shape.doubled.end) this.#report('X_DOUBLED_BRACKET', statement, shape.doubled);
        const hasRest = shape.rest.start < shape.rest.end;
        if (hasRest) this.#giveUpAtHeader('P_O_C_BRACKET_EXTRA_CHARACTERS', statement, { kind, place: shape.rest });
        this.#openBlock(statement, kind, shape, {
            type: '{',
            start: shape.bracket,
            end: shape.bracket + 1,
            line: statement.line,
        });
        return hasRest ? { ...statement, ...shape.rest, isRepair: true } : undefined;
    }

    /** The bracket may stand on the next line, or be forgotten in front of what can only be a body. */
    #readHeaderWithoutBracket(statement: Statement, kind: BlockKind, shape: HeaderShape): Statement | undefined {
        const subject = subjectOf(this.#text, kind, shape);
        this.#giveUpAtHeader('P_O_C_BRACKET_MISSING', statement, {
            kind,
            place: statement,
            facts: { SUBJECT: subject },
        });
        const index = this.#nextUsedIndex(statement.index + 1);
        const next = index === undefined ? undefined : this.#lines[index];
        if (index === undefined || next === undefined) return this.#dropHeader(kind);
        if (this.#text[next.from] === '{') {
            this.#doneUpTo = index;
            this.#openBlock(statement, kind, shape, { type: '{', start: next.from, end: next.from + 1, line: next });
            const rest = trimSpan(this.#text, { start: next.from + 1, end: next.to });
            return rest.start < rest.end ? { line: next, index, ...rest, isRepair: true } : undefined;
        }
        if (!this.#isBody(next, statement)) return this.#dropHeader(kind);
        this.#openBlock(statement, kind, shape, {
            type: '{',
            start: statement.end,
            end: statement.end,
            line: statement.line,
        });
        return undefined;
    }

    #dropHeader(kind: BlockKind): undefined {
        if (kind === 'component') this.#hasUnknown = true;
        return undefined;
    }

    /** Whether the line behind a header without bracket belongs to its block. */
    #isBody(next: Line, header: Statement): boolean {
        const span = { start: next.from, end: next.to };
        const canBe =
            this.#text[next.from] === '}' ||
            propertyShape(this.#text, span) !== undefined ||
            instanceHeader(this.#text, span) !== undefined;
        const isDeeper = next.from - next.start > header.line.from - header.line.start;
        return canBe && (this.#open.length === 0 || isDeeper);
    }

    #nextUsedIndex(from: number): number | undefined {
        for (let index = from; index < this.#lines.length; index++) {
            const line = this.#lines[index];
            if (line !== undefined && line.from < line.to) return index;
        }
        return undefined;
    }

    #giveUpAtHeader(code: FileCode, statement: Statement, fault: Fault & { kind: BlockKind }): void {
        const isFirst = this.#blocks.length === 0 && this.#open.length === 0 && !this.#hasUnknown && !this.#hasGivenUp;
        if (isFirst && fault.kind !== 'component') this.#reportAtTop('P_EMPTY_FILE', { BROKEN: 'header' });
        this.#giveUp(code, statement, fault);
    }

    #openBlock(header: Statement, kind: BlockKind, shape: HeaderShape, bracket: Piece): void {
        const parent = this.#open.at(-1);
        const pieces = parent === undefined ? [] : this.#piecesInside(parent, header);
        const block = {
            kind,
            header,
            subject: subjectOf(this.#text, kind, shape),
            pieces: pieces ?? [],
            isIgnored: pieces === undefined,
        };
        this.#pieceCount += PIECES_OF_HEADER;
        block.pieces.push(...headerPieces(header.line, kind, shape), bracket);
        if (parent === undefined) {
            const description = this.#comments.join('\n').trim();
            this.#blocks.push({ kind, pieces: block.pieces, line: header.line, description });
        }
        this.#open.push(block);
    }

    /** Where the pieces of a nested instance go; undefined when it is ignored. */
    #piecesInside(parent: OpenBlock, header: Statement): Piece[] | undefined {
        if (parent.isIgnored) return undefined;
        if (parent.kind !== 'instance') this.#report('X_INSTANCE_IN_TYPE', header, header, { BLOCK: parent.kind });
        else if (this.#open.length < MAX_DEPTH) return parent.pieces;
        else this.#report('X_TOO_DEEP', header, header);
        return undefined;
    }

    #readBody(statement: Statement, block: OpenBlock): Statement | undefined {
        if (this.#text[statement.start] === '}') return this.#readClosing(statement, block);
        if (statement.isRepair) return this.#readRepairedBody(statement, block);
        const instance = instanceHeader(this.#text, statement);
        if (instance !== undefined) {
            this.#closeForgotten(statement);
            return this.#readHeader(statement, 'instance', instance);
        }
        const property = propertyShape(this.#text, statement);
        if (property !== undefined) return this.#readProperty(statement, block, property);
        return this.#readInvalid(statement, block);
    }

    #readClosing(statement: Statement, block: OpenBlock): Statement | undefined {
        block.pieces.push({ type: '}', start: statement.start, end: statement.start + 1, line: statement.line });
        this.#open.pop();
        const rest = trimSpan(this.#text, { start: statement.start + 1, end: statement.end });
        if (rest.start === rest.end) return undefined;
        this.#giveUp('P_C_C_BRACKET_EXTRA_CHARACTERS', statement, { place: rest });
        const isUsable =
            this.#text[rest.start] === '}' ? this.#open.length > 0 : this.#headerOf(rest)?.shape.bracket !== undefined;
        return isUsable ? { ...statement, ...rest, isRepair: true } : undefined;
    }

    /** Behind a misplaced bracket: properties up to a closing bracket, or a header. Nothing is reported here. */
    #readRepairedBody(statement: Statement, block: OpenBlock): Statement | undefined {
        const instance = instanceHeader(this.#text, statement);
        if (instance?.bracket !== undefined) return this.#readHeader(statement, 'instance', instance);
        const semicolon = semicolonOutsideQuotes(this.#text, statement);
        const closes = this.#text[statement.end - 1] === '}';
        const end = semicolon === undefined ? statement.end - (closes ? 1 : 0) : semicolon + 1;
        const property = propertyShape(this.#text, trimSpan(this.#text, { start: statement.start, end }));
        if (property !== undefined) this.#keepProperty(statement, block, property);
        const rest = trimSpan(this.#text, { start: end, end: statement.end });
        return rest.start < rest.end ? { ...statement, ...rest } : undefined;
    }

    #readProperty(statement: Statement, block: OpenBlock, property: PropertyShape): undefined {
        const facts = { NAME: this.#text.slice(property.key.start, property.key.end) };
        const before = trimSpan(this.#text, { start: statement.start, end: property.key.start });
        if (before.start < before.end) this.#report('X_WORDS_BEFORE_PROPERTY', statement, before, facts);
        const second = semicolonOutsideQuotes(this.#text, property.value);
        if (second !== undefined)
            this.#report('P_ONE_BLOCK_PER_LINE', statement, { start: second, end: statement.end });
        if (property.semicolon === undefined) {
            this.#report('P_PROPERTY_ENDS_WITH_SEMI_COLON', statement, lastCharacter(statement), facts);
        }
        this.#keepProperty(statement, block, property);
        return undefined;
    }

    #keepProperty(statement: Statement, block: OpenBlock, property: PropertyShape): void {
        const { pieces, findings } = propertyPieces(this.#text, statement.line, property, block.kind);
        if (block.isIgnored) return;
        this.#pieceCount += pieces.length;
        for (const piece of pieces) block.pieces.push(piece);
        for (const finding of findings) this.#add(finding);
    }

    #readInvalid(statement: Statement, block: OpenBlock): Statement | undefined {
        const code = block.kind === 'instance' ? 'P_INVALID_PROPERTY_OR_INSTANCE' : 'P_INVALID_PROPERTY';
        const isImport = importShape(this.#text, statement) !== undefined;
        const opensBlock = !isImport && this.#headerOf(statement)?.shape.bracket !== undefined;
        const isUnclosed = (isImport || opensBlock) && !this.#closings.has(block.header.index);
        const shape = isUnclosed ? 'unclosed' : isImport ? 'import' : opensBlock ? 'nested' : 'text';
        const facts = { SUBJECT: block.subject, SHAPE: shape, ...this.#misspelledInstance(statement, shape) };
        this.#giveUp(code, statement, { place: statement, facts, related: openedAt(block) });
        if (isUnclosed) {
            this.#closeAll();
            return { ...statement, isRepair: true };
        }
        if (opensBlock) this.#doneUpTo = this.#closings.get(statement.index) ?? statement.index;
        return undefined;
    }

    /** For `instance X {`, `instanceof X {` and `instance  of X {`, with the component X; empty when nothing follows. */
    #misspelledInstance(statement: Statement, shape: string): Facts {
        const line = this.#text.slice(statement.start, statement.end);
        const component = /^instance\s*(?:of\b)?\s*([\w.-]*)/i.exec(line)?.[1];
        return component === undefined || shape === 'unclosed' ? {} : { SHAPE: 'header', NAME: component };
    }

    /**
     * A bracket is missing somewhere, and this instance is not indented deeper than the open one: it stands beside that one, not in it.
     * What is left out is still reported where the language does, at the end of the file.
     */
    #closeForgotten(statement: Statement): void {
        const indentation = ({ line }: Statement): number => line.from - line.start;
        for (let block = this.#open.at(-1); block !== undefined; block = this.#open.at(-1)) {
            const isBeside = block.kind === 'instance' && indentation(statement) <= indentation(block.header);
            if (!isBeside || this.#closings.has(block.header.index)) return;
            this.#forgotten ??= { block, next: statement };
            this.#closeInnermost(block);
        }
    }

    #reportMissingClosing(): void {
        const last = this.#lines.at(-1);
        const innermost = this.#forgotten?.block ?? this.#open.at(-1);
        if (last === undefined || innermost === undefined) return;
        const endsWithFeed = this.#text.endsWith('\n');
        const number = endsWithFeed ? last.number + 1 : last.number;
        const column = endsWithFeed ? 1 : last.end - last.start + 1;
        const range = { line: number, column, endLine: number, endColumn: column };
        const related =
            this.#forgotten === undefined ? this.#open.slice(-3).reverse().flatMap(openedAt) : openedAt(innermost);
        this.#add(
            findingOf('P_C_C_BRACKET_MISSING', range, { SUBJECT: innermost.subject }, [...related, ...this.#endedAt()]),
        );
    }

    #endedAt(): RelatedText[] {
        if (this.#forgotten === undefined) return [];
        const { next } = this.#forgotten;
        return [{ message: "A '}' seems to be missing before this.", range: rangeIn(next.line, next) }];
    }

    /** Closes every open block behind the last line that was read. */
    #closeAll(): void {
        for (let block = this.#open.at(-1); block !== undefined; block = this.#open.at(-1)) this.#closeInnermost(block);
    }

    #closeInnermost(block: OpenBlock): void {
        const line = this.#lastUsed ?? block.header.line;
        block.pieces.push({ type: '}', start: line.to, end: line.to, line });
        this.#open.pop();
        this.#pieceCount += PIECES_OF_FAULT;
    }

    #giveUp(code: FileCode, statement: Statement, fault: Fault): void {
        if (!statement.isRepair)
            this.#add(findingOf(code, rangeIn(statement.line, fault.place), fault.facts, fault.related));
        this.#pieceCount += PIECES_OF_FAULT;
        this.#hasGivenUp = true;
    }

    #report(code: FileCode, statement: Statement, place: Span, facts?: Facts): void {
        if (!statement.isRepair) this.#add(findingOf(code, rangeIn(statement.line, place), facts));
    }

    #reportAtTop(code: FileCode, facts: Facts): void {
        const line = this.#lines[0] ?? { number: 1, start: 0, end: 0, from: 0, to: 0, comment: -1 };
        this.#add(findingOf(code, rangeIn(line, { start: line.from, end: line.to }), facts));
    }

    #add(finding: FileFinding): void {
        if (this.#findings.length < MAX_FINDINGS) this.#findings.push(finding);
    }
}

function openedAt(block: OpenBlock): RelatedText[] {
    const { header, subject } = block;
    return [{ message: `The block of ${subject} opens here.`, range: rangeIn(header.line, header) }];
}

function lastCharacter(span: Span): Span {
    return { start: span.end - 1, end: span.end };
}
