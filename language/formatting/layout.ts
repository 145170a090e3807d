/** How each line of a model file shall look: its depth and its words, or that it is left as it stands. */
import { scanBlocks, type Block, type Scan } from '../parsing/block-scanner.ts';
import { MAX_FINDINGS } from '../parsing/parsed-file.ts';
import type { Piece } from '../parsing/piece.ts';
import type { Line } from '../parsing/text-lines.ts';
import { isNamedLikeKeyword, statementText } from './statement-text.ts';

/** What a model file holds. */
export type ModelFileKind = 'graph' | 'instances';

/** The form of one line. */
export type LineForm =
    | { readonly kind: 'verbatim' }
    | {
          readonly kind: 'formed';
          /** How many tabs stand in front. */
          readonly depth: number;
          readonly text: string;
          readonly opens: boolean;
          readonly closes: boolean;
          /** Whether it is the last line of a top-level block, or an import. */
          readonly endsUnit: boolean;
      };

export interface Layout {
    readonly lines: readonly Line[];
    /** By index of the line; what is said of an empty line counts only when it is left as it stands. */
    readonly forms: readonly LineForm[];
    /** Indexes of the lines that top-level blocks (not imports) begin with, their descriptions included. */
    readonly blockStarts: ReadonlySet<number>;
}

type PiecesByLine = ReadonlyMap<number, readonly Piece[]>;

/** Faults of a body that is understood only in part, though no bracket is missing. */
const PARTLY_IGNORED: ReadonlySet<string> = new Set(['X_INSTANCE_IN_TYPE', 'X_TOO_DEEP']);
/** The bytes of the file are not what was meant, and nobody can tell which blanks are; or its end was not looked at. */
const DAMAGED: ReadonlySet<string> = new Set(['X_UNEXPECTED_CHARACTER', 'X_LONE_CARRIAGE_RETURN', 'X_TOO_MANY_WORDS']);
/** Reported at the end of the file; the block that lacks the bracket has an empty piece in its place. */
const AT_END = 'P_C_C_BRACKET_MISSING';
const BRACKETS_AND_ENDS: ReadonlySet<string> = new Set(['{', '}', ';']);
const VERBATIM: LineForm = { kind: 'verbatim' };

/** The layout of a text; undefined when it has so many faults that not all of them are known, characters no text should have, or too many words. */
export function layoutOf(kind: ModelFileKind, text: string): Layout | undefined {
    const scan = scanBlocks(text);
    if (scan.findings.length >= MAX_FINDINGS || scan.findings.some(({ code }) => DAMAGED.has(code))) return undefined;
    const forms: LineForm[] = scan.lines.map((line) =>
        line.from === line.to ? formed(0, commentOf(text, line)) : VERBATIM,
    );
    const faults = faultsOf(scan);
    const blockStarts = new Set<number>();
    for (const block of scan.blocks) {
        const pieces = piecesByLine(block);
        const extent = extentOf(block);
        if (!fits(kind, block) || !isSound(scan, { block, pieces, extent }, faults)) {
            for (let i = extent.first; i <= extent.last; i++) forms[i] = VERBATIM;
            continue;
        }
        if (block.kind !== 'import') blockStarts.add(startOf(scan.lines, extent.first));
        formBlock({ text, lines: scan.lines, forms, kept: faults.kept }, pieces, extent);
    }
    return { lines: scan.lines, forms, blockStarts };
}

/** Whether nothing stands on a line, not even a comment. */
export function isBlankLine(line: Line): boolean {
    return line.from === line.to && line.comment < 0;
}

interface Extent {
    readonly first: number;
    readonly last: number;
}

interface Faults {
    /** Indexes of the lines whose block is left as it stands. */
    readonly breaking: ReadonlySet<number>;
    /** Indexes of the lines that keep their words. */
    readonly kept: ReadonlySet<number>;
}

function faultsOf(scan: Scan): Faults {
    const breaking = new Set<number>();
    const kept = new Set<number>();
    for (const { code, severity, range } of scan.findings) {
        if (code === AT_END) continue;
        kept.add(range.line - 1);
        if ((code.startsWith('P_') && severity === 'error') || PARTLY_IGNORED.has(code)) breaking.add(range.line - 1);
    }
    return { breaking, kept };
}

function fits(kind: ModelFileKind, block: Block): boolean {
    return block.kind === 'import' || (block.kind === 'instance') === (kind === 'instances');
}

function piecesByLine(block: Block): PiecesByLine {
    const byLine = new Map<number, Piece[]>();
    for (const piece of block.pieces) {
        const index = piece.line.number - 1;
        const pieces = byLine.get(index);
        if (pieces === undefined) byLine.set(index, [piece]);
        else pieces.push(piece);
    }
    return byLine;
}

function extentOf(block: Block): Extent {
    const first = block.line.number - 1;
    return { first, last: Math.max(first, (block.pieces.at(-1)?.line.number ?? 0) - 1) };
}

interface Candidate {
    readonly block: Block;
    readonly pieces: PiecesByLine;
    readonly extent: Extent;
}

/** A block is sound when it lacks nothing, and every line of it that says something was understood. */
function isSound(scan: Scan, { block, pieces, extent }: Candidate, faults: Faults): boolean {
    if (block.pieces.some((piece) => piece.start === piece.end && BRACKETS_AND_ENDS.has(piece.type))) return false;
    if (block.kind !== 'import' && !hasItsLines(scan, block, extent)) return false;
    for (let i = extent.first; i <= extent.last; i++) {
        const line = scan.lines[i];
        if (faults.breaking.has(i) || (line !== undefined && line.from < line.to && !pieces.has(i))) return false;
    }
    return true;
}

/** Whether nothing but the block stands on its first and on its last line. */
function hasItsLines(scan: Scan, block: Block, { first, last }: Extent): boolean {
    const [opening, closing] = [block.pieces[0], block.pieces.at(-1)];
    return opening?.start === scan.lines[first]?.from && closing?.end === scan.lines[last]?.to;
}

/** The first of the comment lines right above a block, or its own line. */
function startOf(lines: readonly Line[], first: number): number {
    let start = first;
    for (let line = lines[start - 1]; line !== undefined && isCommentLine(line); line = lines[start - 1]) start--;
    return start;
}

function isCommentLine(line: Line): boolean {
    return line.from === line.to && line.comment >= 0;
}

interface Target {
    readonly text: string;
    readonly lines: readonly Line[];
    readonly forms: LineForm[];
    readonly kept: ReadonlySet<number>;
}

function formBlock(target: Target, pieces: PiecesByLine, extent: Extent): void {
    let depth = 0;
    for (let i = extent.first; i <= extent.last; i++) {
        const line = target.lines[i];
        if (line === undefined) continue;
        const own = pieces.get(i) ?? [];
        const opens = own.at(-1)?.type === '{';
        const closes = own[0]?.type === '}';
        if (closes) depth--;
        const form = formed(depth, lineText(target, line, own));
        target.forms[i] = { ...form, opens, closes, endsUnit: i === extent.last };
        if (opens) depth++;
    }
}

/** The words of a line and its comment. Lines with a finding keep their words. */
function lineText(target: Target, line: Line, pieces: readonly Piece[]): string {
    const written = target.text.slice(line.from, line.to);
    const isKept = target.kept.has(line.number - 1) || (pieces.at(-1)?.type === '{' && isNamedLikeKeyword(written));
    const words = pieces.length === 0 || isKept ? written : statementText(target.text, pieces);
    const comment = commentOf(target.text, line);
    return words === '' || comment === '' ? words + comment : `${words} ${comment}`;
}

function formed(depth: number, text: string): LineForm & { kind: 'formed' } {
    return { kind: 'formed', depth, text, opens: false, closes: false, endsUnit: false };
}

function commentOf(text: string, line: Line): string {
    if (line.comment < 0) return '';
    return text.slice(line.comment, line.end).trimEnd();
}
