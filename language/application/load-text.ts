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

/** The faultless blocks of a text, by what is written in them; equal ones in the order of the text. */
export type KnownBlocks = ReadonlyMap<string, readonly KnownBlock[]>;

interface KnownBlock {
    readonly line: number;
    readonly declared: BlockDeclaration;
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
    if (faultyLines === undefined || !isFaultless(block, faultyLines)) return parsedBlock(loading, block).declared;
    const key = keyOf(scanned, block);
    const reused = reusedBlock(blocks.get(key), known.get(key), block);
    const { declared, isFine } =
        reused === undefined ? parsedBlock(loading, block) : { declared: reused, isFine: true };
    if (isFine) keep(blocks, key, block, declared);
    return declared;
}

function parsedBlock(loading: Loading, block: Block): { declared: BlockDeclaration; isFine: boolean } {
    const { parser, scanned, findings } = loading;
    const parsed = parser.parseBlock(scanned, block);
    loading.parsedBlockCount++;
    for (const finding of parsed.findings) findings.push(finding);
    return { declared: blockDeclarationOf(block, parsed, loading), isFine: parsed.findings.length === 0 };
}

/** A block whose meaning its own lines tell: nothing was found in them, nothing is missing, and nothing else stands on them. */
function isFaultless(block: Block, faultyLines: ReadonlySet<number>): boolean {
    const [first, last] = [block.pieces[0], block.pieces.at(-1)];
    if (first === undefined || last === undefined) return false;
    if (first.start !== block.line.from || last.end !== last.line.to || last.start === last.end) return false;
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
): BlockDeclaration | undefined {
    const known = earlier?.[own?.length ?? 0] ?? own?.[0] ?? earlier?.[0];
    return known === undefined ? undefined : moved(known.declared, block.line.number - known.line);
}

function moved(declared: BlockDeclaration, lines: number): BlockDeclaration {
    if (lines === 0) return declared;
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

function keep(blocks: Map<string, KnownBlock[]>, key: string, { line }: Block, declared: BlockDeclaration): void {
    const known = { line: line.number, declared };
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
