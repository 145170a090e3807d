/** From the text of a model file to its declarations, parsing only the blocks that an earlier text of the file does not have. */
import type { FileDeclarations } from '../model/declarations.ts';
import { movedInstance, movedType, movedWord } from '../model/moved.ts';
import type { Block } from '../parsing/block-scanner.ts';
import { MAX_FINDINGS, summaryOf, type FileFinding, type Parser, type ScannedText } from '../parsing/parse-file.ts';
import { blockDeclarationOf, damagedLinesOf, type BlockDeclaration } from './file-declarations.ts';

/** A model file as it was understood. */
export interface LoadedFile {
    readonly kind: 'loaded';
    readonly declarations: FileDeclarations;
    readonly findings: readonly FileFinding[];
}

/** The blocks of a text without fault in its lines, by what is written in them; equal ones in the order of the text. */
export type KnownBlocks = ReadonlyMap<string, readonly KnownBlock[]>;

interface KnownBlock {
    readonly line: number;
    readonly declared: BlockDeclaration;
    /** What was found when it was parsed. */
    readonly findings: readonly FileFinding[];
}

export interface LoadedText {
    readonly loaded: LoadedFile;
    readonly blocks: KnownBlocks;
    /** How many blocks had to be parsed. */
    readonly parsedBlockCount: number;
}

interface Loading {
    readonly parser: Parser;
    readonly file: string;
    readonly scanned: ScannedText;
    readonly known: KnownBlocks;
    readonly damagedLines: readonly number[];
    /** Undefined when there are more findings than are kept: it is not known then which lines have none. */
    readonly faultyLines: ReadonlySet<number> | undefined;
    readonly blocks: Map<string, KnownBlock[]>;
    readonly findings: FileFinding[];
    parsedBlockCount: number;
}

/** `file` is relative to the application; `known` are the blocks of an earlier text of the same file. */
export function loadText(parser: Parser, text: string, file: string, known: KnownBlocks): LoadedText {
    const scanned = parser.scanText(text);
    const loading: Loading = {
        parser,
        file,
        scanned,
        known,
        damagedLines: damagedLinesOf(scanned.findings),
        faultyLines: scanned.findings.length < MAX_FINDINGS ? linesOf(scanned.findings) : undefined,
        blocks: new Map(),
        findings: [],
        parsedBlockCount: 0,
    };
    const declared = scanned.blocks.map((block) => declarationOf(loading, block));
    const { kind, findings } = summaryOf(scanned, loading.findings);
    const loaded: LoadedFile = { kind: 'loaded', declarations: { file, kind, ...partsOf(declared) }, findings };
    return { loaded, blocks: loading.blocks, parsedBlockCount: loading.parsedBlockCount };
}

function declarationOf(loading: Loading, block: Block): BlockDeclaration {
    const { scanned, blocks, known, faultyLines } = loading;
    if (faultyLines === undefined || !isFaultless(block, faultyLines))
        return reported(loading, parsedBlock(loading, block));
    const key = keyOf(scanned, block);
    const kept = reusedBlock(blocks.get(key), known.get(key), block) ?? parsedBlock(loading, block);
    keep(blocks, key, kept);
    return reported(loading, kept);
}

function parsedBlock(loading: Loading, block: Block): KnownBlock {
    const parsed = loading.parser.parseBlock(loading.scanned, block);
    loading.parsedBlockCount++;
    const declared = blockDeclarationOf(block, parsed, loading);
    return { line: block.line.number, declared, findings: parsed.findings };
}

/** Blocks come in the order of the text: of all their findings, the first ones are enough. */
function reported({ findings }: Loading, { declared, findings: found }: KnownBlock): BlockDeclaration {
    for (const finding of found) if (findings.length < MAX_FINDINGS) findings.push(finding);
    return declared;
}

/** A block whose meaning its own lines tell: nothing was found in them, nothing is missing, and nothing else stands on them. */
function isFaultless(block: Block, faultyLines: ReadonlySet<number>): boolean {
    const [first, last] = [block.pieces[0], block.pieces.at(-1)];
    if (first === undefined || last === undefined) return false;
    if (first.start !== block.line.from || last.end !== last.line.to || last.start === last.end) return false;
    if (faultyLines.size === 0) return true;
    for (let line = block.line.number; line <= last.line.number; line++) if (faultyLines.has(line)) return false;
    return true;
}

function linesOf(findings: readonly FileFinding[]): ReadonlySet<number> {
    return new Set(findings.map(({ range }) => range.line));
}

function keyOf({ text }: ScannedText, block: Block): string {
    const end = block.pieces.at(-1)?.end ?? block.line.to;
    return `${block.kind}\n${block.description}\n{\n${text.slice(block.line.start, end)}`;
}

/** The n-th of equal blocks is the n-th of before; further ones are copies. Undefined when there was none. */
function reusedBlock(
    own: readonly KnownBlock[] | undefined,
    earlier: readonly KnownBlock[] | undefined,
    block: Block,
): KnownBlock | undefined {
    const known = earlier?.[own?.length ?? 0] ?? own?.[0] ?? earlier?.[0];
    if (known === undefined) return undefined;
    const line = block.line.number;
    const lines = line - known.line;
    if (lines === 0) return known;
    return {
        line,
        declared: moved(known.declared, lines),
        findings: known.findings.map((one) => movedFinding(one, lines)),
    };
}

function movedFinding(finding: FileFinding, lines: number): FileFinding {
    const related = finding.related.map((place) => ({ ...place, range: movedRange(place.range, lines) }));
    return { ...finding, range: movedRange(finding.range, lines), related };
}

function movedRange({ line, column, endLine, endColumn }: FileFinding['range'], lines: number): FileFinding['range'] {
    return { line: line + lines, column, endLine: endLine + lines, endColumn };
}

function moved(declared: BlockDeclaration, lines: number): BlockDeclaration {
    switch (declared.kind) {
        case 'import':
            return { kind: 'import', path: declared.path === null ? null : movedWord(declared.path, lines) };
        case 'type':
            return { kind: 'type', type: movedType(declared.type, lines) };
        case 'instance':
            return { kind: 'instance', instance: movedInstance(declared.instance, lines) };
        default:
            return declared satisfies never;
    }
}

function keep(blocks: Map<string, KnownBlock[]>, key: string, known: KnownBlock): void {
    const same = blocks.get(key);
    if (same === undefined) blocks.set(key, [known]);
    else same.push(known);
}

function partsOf(declared: readonly BlockDeclaration[]): Pick<FileDeclarations, 'imports' | 'types' | 'instances'> {
    return {
        imports: declared.flatMap((one) => (one.kind === 'import' && one.path !== null ? [one.path] : [])),
        types: declared.flatMap((one) => (one.kind === 'type' ? [one.type] : [])),
        instances: declared.flatMap((one) => (one.kind === 'instance' ? [one.instance] : [])),
    };
}
