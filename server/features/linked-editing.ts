/**
 * `textDocument/linkedEditingRange`: places of one file that are always spelled alike, so that typing in one changes the others.
 *
 * Only those that no other file could share: a variable of a command file with its uses, and the name of a type with the same name before its
 * own variables. For all else there is rename.
 */
import type { LinkedEditingRanges, Position } from 'vscode-languageserver/node';
import type { Application, Declaration, SourceRange } from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import type { FileView } from '../workspace/units.ts';
import { lookupOf } from './name-lookup.ts';
import { placeAt } from './places.ts';
import { occurrencesIn, targetsOf } from './symbol.ts';

/** The places with the one at the position; null when it stands alone. */
export function linkedRangesAt(view: FileView, position: Position): LinkedEditingRanges | null {
    const place = placeAt(view, position);
    if (place === undefined) return null;
    const targets = targetsOf(place).filter(({ range }) => range.file === view.file);
    const ranges = rangesOf(view, targets);
    if (ranges.length < 2 || !ranges.some((range) => isSame(range, place.range))) return null;
    return { ranges: ranges.map(toLspRange), wordPattern: '[a-zA-Z_][\\w-]*' };
}

function rangesOf({ application, file }: FileView, targets: readonly Declaration[]): readonly SourceRange[] {
    const [target] = targets;
    if (target === undefined || targets.length > 1 || !isLinked(target)) return [];
    const places = occurrencesIn(application, [target]).map(({ range }) => range);
    const here = places.filter((range) => range.file === file);
    return target.kind === 'definition' ? here : here.filter((range) => isOwnPrefix(application, target, range));
}

function isLinked({ kind }: Declaration): boolean {
    return kind === 'definition' || kind === 'component' || kind === 'facet';
}

/** The name itself, and where it stands before one of the variables that the type's block declares. */
function isOwnPrefix(application: Application, type: Declaration, range: SourceRange): boolean {
    if (isSame(range, type.range)) return true;
    const declared = lookupOf(application).onLine(range.file, range.line);
    return declared.some(
        (place) =>
            place.kind === 'declaration' &&
            place.declaration.kind === 'variable' &&
            place.declaration.name.startsWith(`${type.name}.`) &&
            place.range.column === range.endColumn + 1,
    );
}

function isSame(a: SourceRange, b: SourceRange): boolean {
    return a.line === b.line && a.column === b.column && a.endColumn === b.endColumn;
}
