/** From nodes of a picture to places in files and back. Lines and columns are those of SourceRange: from 1, end exclusive. */
import type { SourceRange } from '../../language/index.ts';
import type { LaidOutGraph } from '../../server/layout.ts';
import type { NodePlace } from '../../server/protocol.ts';

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

/** The nodes that the innermost block around a place is about; none outside all blocks. Blocks nest or are apart. */
export function nodesAt(places: readonly NodePlace[], place: Place): readonly string[] {
    const around = places.filter(({ range }) => isAround(range, place));
    const innermost = around.reduce<NodePlace | undefined>(
        (best, next) => (best === undefined || isAtOrBefore(best.range, next.range) ? next : best),
        undefined,
    );
    return innermost?.nodes ?? [];
}

function isAround({ file, line, column, endLine, endColumn }: SourceRange, place: Place): boolean {
    return (
        file === place.file &&
        isAtOrBefore({ line, column }, place) &&
        // A cursor right behind the closing brace still touches the block.
        isAtOrBefore(place, { line: endLine, column: endColumn })
    );
}

type Spot = Pick<Place, 'line' | 'column'>;

function isAtOrBefore(one: Spot, other: Spot): boolean {
    return one.line < other.line || (one.line === other.line && one.column <= other.column);
}

/** A file's path within a directory, with `/`; undefined when it is outside. Both are paths of URIs. */
export function fileWithin(directory: string, file: string): string | undefined {
    const base = directory.endsWith('/') ? directory : `${directory}/`;
    return file.startsWith(base) ? file.slice(base.length) : undefined;
}
