/** What parsing one .graph or .instances text gives. Everything that could be understood is present, whatever is wrong elsewhere. */
import type { AstNode, CstNode } from 'langium';
import type { Severity } from '../finding.ts';
import type { FileImport, GraphType, Instance } from '../generated/ast.ts';

/** Lines and columns are 1-based, columns in UTF-16 units, the end is exclusive. A leading byte order mark is not counted. */
export interface TextRange {
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
}

/** A Finding whose file is not known to the parser. */
export interface FileFinding {
    readonly code: string;
    readonly severity: Severity;
    readonly message: string;
    readonly range: TextRange;
    readonly details: Readonly<Record<string, string>>;
    readonly related: readonly RelatedText[];
}

export interface RelatedText {
    readonly message: string;
    readonly range: TextRange;
}

/** Decided by content, never by extension (reference §2.9). */
export type FileKind = 'graph' | 'instances' | 'aggregator' | 'empty' | 'undetermined';

export interface ParsedFile {
    readonly kind: FileKind;
    /** In file order, wherever they stand. `path` is undefined for `import ;`. */
    readonly imports: readonly FileImport[];
    /** Components and facets, in file order. Names may be empty or invalid (a finding says so). */
    readonly types: readonly GraphType[];
    /** Top-level instances, in file order; nested ones are in `instances` of their parent. */
    readonly instances: readonly Instance[];
    /** P_, PM_ and X_ findings by position; at most `MAX_FINDINGS`. */
    readonly findings: readonly FileFinding[];
}

/** A file never has more findings than this; the last one then says that there are more. */
export const MAX_FINDINGS = 1000;

/** The place of a node of a parsed file. Nodes made by the parser always have a concrete syntax node. */
export function rangeOf(node: AstNode | CstNode): TextRange {
    const cst = '$type' in node ? node.$cstNode : node;
    if (cst === undefined) throw new Error('A syntax node without text has no place');
    const { start, end } = cst.range;
    return { line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}
