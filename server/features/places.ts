/** From a position in a file to the name that stands there. */
import type { Position } from 'vscode-languageserver/node';
import type { Application, Declaration, SourceRange } from '../../language/index.ts';
import type { FileView } from '../workspace/units.ts';
import { lookupOf, type NamedPlace } from './name-lookup.ts';

export type { NamedPlace } from './name-lookup.ts';

/**
 * The smallest name around a position; a name ends where a caret behind its last letter still touches it. Where a variable is declared that
 * overrides another one, it is the declared one.
 */
export function placeAt(view: FileView, position: Position): NamedPlace | undefined {
    const places = lookupOf(view.application).onLine(view.file, position.line + 1);
    const touched = places.filter(({ range }) => touches(range, view.file, position));
    return touched.sort((a, b) => sizeOf(a.range) - sizeOf(b.range) || rankOf(a) - rankOf(b))[0];
}

/** Finds the innermost declaration whose block holds a place; only components, facets and instances have blocks worth the name. */
export function createBlockFinder(application: Application): (range: SourceRange) => Declaration | undefined {
    const byFile = new Map<string, Declaration[]>();
    for (const declaration of application.declarations) {
        if (!isType(declaration.kind)) continue;
        const list = byFile.get(declaration.block.file) ?? [];
        byFile.set(declaration.block.file, list);
        list.push(declaration);
    }
    for (const list of byFile.values()) list.sort((a, b) => a.block.line - b.block.line);
    return (range) => lastHolding(byFile.get(range.file) ?? [], range);
}

/** Blocks nest, so that of those that begin before a place, the last one that has not ended is the innermost. */
function lastHolding(sorted: readonly Declaration[], range: SourceRange): Declaration | undefined {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle]?.block.line ?? 0) <= range.line) low = middle + 1;
        else high = middle;
    }
    while (low > 0 && (sorted[low - 1]?.block.endLine ?? 0) < range.endLine) low -= 1;
    return sorted[low - 1];
}

function isType(kind: Declaration['kind']): boolean {
    return kind === 'component' || kind === 'facet' || kind === 'instance';
}

function touches(range: SourceRange, file: string, { line, character }: Position): boolean {
    if (range.file !== file || line + 1 < range.line || line + 1 > range.endLine) return false;
    const startsBefore = line + 1 > range.line || character + 1 >= range.column;
    const endsAfter = line + 1 < range.endLine || character + 1 <= range.endColumn;
    return startsBefore && endsAfter;
}

function rankOf({ kind }: NamedPlace): number {
    return kind === 'declaration' ? 0 : 1;
}

function sizeOf(range: SourceRange): number {
    return (range.endLine - range.line) * 100_000 + range.endColumn - range.column;
}
