/** The one way from the text of a .graph or .instances file to syntax trees and findings. */
import {
    isFileImport,
    isGraphType,
    isInstance,
    type FileImport,
    type GraphType,
    type Instance,
} from '../generated/ast.ts';
import { createGrammars, type Grammars, type GrammarServices } from '../module.ts';
import { parsingModelFindings } from '../validation/parsing-model.ts';
import { scanBlocks, type Block, type Scan } from './block-scanner.ts';
import { findingOf } from './catalogue.ts';
import { MAX_FINDINGS, type FileFinding, type FileKind, type ParsedFile, type RelatedText } from './parsed-file.ts';
import { rangeIn, type Piece } from './piece.ts';

export { MAX_FINDINGS, rangeOf, type FileFinding, type ParsedFile } from './parsed-file.ts';

/** Holds the grammars; make one and keep it. Nothing here ever throws for any text; all is done in time linear in it. */
export interface Parser {
    readonly parseFile: (text: string) => ParsedFile;
    /** The blocks of a text, whose syntax is not looked at yet. A leading byte order mark is skipped. */
    readonly scanText: (text: string) => ScannedText;
    readonly parseBlock: (scanned: ScannedText, block: Block) => ParsedBlock;
}

/** A text without byte order mark, and its blocks. */
export interface ScannedText extends Scan {
    readonly text: string;
}

/** The syntax of one block. */
export interface ParsedBlock {
    readonly node: FileImport | GraphType | Instance;
    /** PM_ findings of the block, in no particular order. */
    readonly findings: readonly FileFinding[];
}

type Token = Parameters<GrammarServices['lexer']['feed']>[0][number];

const RULES = { import: 'FileImport', component: 'Component', facet: 'Facet', instance: 'Instance' } as const;
const BYTE_ORDER_MARK = '\uFEFF';

/** A parser of both kinds of file. */
export function createParser(): Parser {
    const grammars = createGrammars();
    return {
        parseFile: (text) => parseFile(grammars, scanText(text)),
        scanText,
        parseBlock: (scanned, block) => parseBlock(grammars, scanned, block),
    };
}

function scanText(text: string): ScannedText {
    const body = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    return { text: body, ...scanBlocks(body) };
}

/** What a file is, and all that was found in it, once its blocks are parsed. */
export function summaryOf(
    scan: Scan,
    findings: readonly FileFinding[],
): { readonly kind: FileKind; readonly findings: readonly FileFinding[] } {
    const found = [...scan.findings, ...mixtureFindings(scan), ...findings];
    return { kind: kindOf(scan), findings: sortedFindings(found) };
}

function parseFile(grammars: Grammars, scanned: ScannedText): ParsedFile {
    const blocks = scanned.blocks.map((block) => ({ ...block, ...parseBlock(grammars, scanned, block) }));
    const nodes = blocks.map(({ node }) => node);
    return {
        ...summaryOf(
            scanned,
            blocks.flatMap(({ findings }) => findings),
        ),
        imports: nodes.filter((node) => isFileImport(node)),
        types: nodes.filter((node) => isGraphType(node)),
        instances: nodes.filter((node) => isInstance(node)),
    };
}

function parseBlock(grammars: Grammars, { text }: ScannedText, block: Block): ParsedBlock {
    const grammar = block.kind === 'instance' ? grammars.instances : grammars.graph;
    grammar.lexer.feed(block.pieces.map((piece) => tokenOf(grammar, text, piece)));
    const { value: node, parserErrors } = grammar.parser.parse(text, { rule: RULES[block.kind] });
    const [fault] = parserErrors;
    if (fault !== undefined) throw new Error(`The tokens of a block do not fit its rule: ${fault.message}`);
    if (!isFileImport(node) && !isGraphType(node) && !isInstance(node))
        throw new Error(`The rule of a block made a ${node.$type}`);
    return { node, findings: parsingModelFindings(node) };
}

function tokenOf(grammar: GrammarServices, text: string, piece: Piece): Token {
    const tokenType = grammar.lexer.definition[piece.type];
    if (tokenType?.tokenTypeIdx === undefined) throw new Error(`No token ${piece.type} in this grammar`);
    const { line } = piece;
    return {
        image: text.slice(piece.start, piece.end),
        startOffset: piece.start,
        // Langium drops tokens whose end lies before their start; the length of empty ones comes from their image.
        endOffset: Math.max(piece.start, piece.end - 1),
        startLine: line.number,
        endLine: line.number,
        startColumn: piece.start - line.start + 1,
        endColumn: piece.end - line.start,
        tokenType,
        tokenTypeIdx: tokenType.tokenTypeIdx,
    };
}

/** Reference: language, section 2.9. */
function kindOf(scan: Scan): FileKind {
    const kinds = new Set(scan.blocks.map((block) => block.kind));
    const isGraph = kinds.has('component') || kinds.has('facet');
    if (kinds.has('instance')) return isGraph ? 'undetermined' : 'instances';
    if (isGraph) return 'graph';
    if (kinds.has('import')) return 'aggregator';
    return scan.hasUnknown ? 'undetermined' : 'empty';
}

function mixtureFindings(scan: Scan): FileFinding[] {
    const [first] = scan.lines;
    const instance = scan.blocks.find((block) => block.kind === 'instance');
    const type = scan.blocks.find((block) => block.kind === 'component' || block.kind === 'facet');
    if (first === undefined || instance === undefined || type === undefined) return [];
    const related = [
        placeOf(type, 'The first component or facet is here.'),
        placeOf(instance, 'The first instance is here.'),
    ];
    return [findingOf('P_INVALID_FILE_TYPE', rangeIn(first, { start: first.from, end: first.to }), {}, related)];
}

function placeOf(block: Block, message: string): RelatedText {
    return { message, range: rangeIn(block.line, { start: block.line.from, end: block.line.to }) };
}

function sortedFindings(found: readonly FileFinding[]): FileFinding[] {
    const sorted = found.toSorted(byPlace);
    const next = sorted[MAX_FINDINGS - 1];
    if (sorted.length < MAX_FINDINGS || next === undefined) return sorted;
    return [...sorted.slice(0, MAX_FINDINGS - 1), findingOf('X_TOO_MANY_FINDINGS', next.range)];
}

function byPlace(a: FileFinding, b: FileFinding): number {
    const byPosition = a.range.line - b.range.line || a.range.column - b.range.column;
    if (byPosition !== 0 || a.code === b.code) return byPosition;
    return a.code < b.code ? -1 : 1;
}
