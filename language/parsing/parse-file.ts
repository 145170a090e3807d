/** The one way from the text of a .graph or .instances file to syntax trees and findings. */
import type { AstNode } from 'langium';
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

/** Holds the grammars; make one and keep it. */
export interface Parser {
    /** Never throws, in time linear in the text. A leading byte order mark is skipped. */
    readonly parseFile: (text: string) => ParsedFile;
}

type Token = Parameters<GrammarServices['lexer']['feed']>[0][number];

const RULES = { import: 'FileImport', component: 'Component', facet: 'Facet', instance: 'Instance' } as const;
const BYTE_ORDER_MARK = '\uFEFF';

/** A parser of both kinds of file. */
export function createParser(): Parser {
    const grammars = createGrammars();
    return { parseFile: (text) => parseText(grammars, text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text) };
}

function parseText(grammars: Grammars, text: string): ParsedFile {
    const scan = scanBlocks(text);
    const imports: FileImport[] = [];
    const types: GraphType[] = [];
    const instances: Instance[] = [];
    const descriptions = new Map<AstNode, string>();
    for (const block of scan.blocks) {
        const node = parseBlock(block.kind === 'instance' ? grammars.instances : grammars.graph, text, block);
        if (block.description !== '') descriptions.set(node, block.description);
        if (isFileImport(node)) imports.push(node);
        else if (isGraphType(node)) types.push(node);
        else if (isInstance(node)) instances.push(node);
    }
    const model = { imports, types, instances };
    const found = [...scan.findings, ...mixtureFindings(scan), ...parsingModelFindings(model)];
    return { kind: kindOf(scan), ...model, descriptions, findings: sortedFindings(found) };
}

function parseBlock(grammar: GrammarServices, text: string, block: Block): AstNode {
    grammar.lexer.feed(block.pieces.map((piece) => tokenOf(grammar, text, piece)));
    const { value, parserErrors } = grammar.parser.parse(text, { rule: RULES[block.kind] });
    const [fault] = parserErrors;
    if (fault !== undefined) throw new Error(`The tokens of a block do not fit its rule: ${fault.message}`);
    return value;
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
    const sorted = found.toSorted(
        (a, b) => a.range.line - b.range.line || a.range.column - b.range.column || a.code.localeCompare(b.code),
    );
    const next = sorted[MAX_FINDINGS - 1];
    if (sorted.length < MAX_FINDINGS || next === undefined) return sorted;
    return [...sorted.slice(0, MAX_FINDINGS - 1), findingOf('X_TOO_MANY_FINDINGS', next.range)];
}
