/** From nodes of a picture to places in files and back. Lines and columns are those of SourceRange: from 1, end exclusive. */
import type { SourceRange } from '../../language/index.ts';
import type { LaidOutGraph, PlacedNode } from '../../server/layout.ts';

export interface Place {
    /** Relative to the application's directory, with `/`. */
    readonly file: string;
    readonly line: number;
    readonly column: number;
}

/** The range a node is declared at; null when it has none or is not in the picture. */
export function rangeOfNode(graph: LaidOutGraph, id: string): SourceRange | null {
    return graph.nodes.find((node) => node.id === id)?.range ?? null;
}

/** The node a place belongs to: the innermost whose range holds it, else the last one declared before it in that file. */
export function nodeAt(graph: LaidOutGraph, place: Place): string | null {
    const declared = graph.nodes.flatMap((node) => declarationOf(node, place.file));
    const before = declared.filter(({ range }) => isAtOrBefore(range.line, range.column, place));
    const around = before.filter(({ range }) => !isAtOrBefore(range.endLine, range.endColumn, place));
    return (latestOf(around) ?? latestOf(before))?.id ?? null;
}

interface Declared {
    readonly id: string;
    readonly range: SourceRange;
}

function declarationOf({ id, range }: PlacedNode, file: string): readonly Declared[] {
    return range !== null && range.file === file ? [{ id, range }] : [];
}

function isAtOrBefore(line: number, column: number, place: Place): boolean {
    return line < place.line || (line === place.line && column <= place.column);
}

/** Of several the one that begins last: of nested ranges that is the innermost. The first among equals: copies share one declaration. */
function latestOf(declared: readonly Declared[]): Declared | undefined {
    return declared.reduce<Declared | undefined>((latest, next) => {
        if (latest === undefined) return next;
        const { line, column } = next.range;
        return isAtOrBefore(line, column, latest.range) ? latest : next;
    }, undefined);
}
