/** `textDocument/documentHighlight`: the other places of a name in the same file. */
import { type DocumentHighlight, DocumentHighlightKind, type Position } from 'vscode-languageserver/node';
import { toLspRange } from '../workspace/diagnostics.ts';
import type { FileView } from '../workspace/units.ts';
import type { Lines } from './line-context.ts';
import { lookupOf, type NamedPlace } from './name-lookup.ts';
import { placeAt } from './places.ts';
import { type Occurrence, occurrencesIn, targetsOf } from './symbol.ts';

/** Places where a name is introduced or given a value are written to; all others are read. A name that is not known is found by itself. */
export function highlightsAt(view: FileView, position: Position, lines: Lines): readonly DocumentHighlight[] {
    const place = placeAt(view, position);
    if (place === undefined) return [];
    return occurrencesOfPlace(view, place)
        .filter(({ range }) => range.file === view.file)
        .map((occurrence) => ({ range: toLspRange(occurrence.range), kind: kindOf(occurrence, lines) }));
}

function occurrencesOfPlace({ application }: FileView, place: NamedPlace): readonly Occurrence[] {
    const targets = targetsOf(place);
    if (targets.length > 0 || place.kind === 'declaration') return occurrencesIn(application, targets);
    const external = lookupOf(application).externalUsesOf(place.reference.name);
    const uses = external.includes(place.reference) ? external : [place.reference];
    return uses.map(({ range }) => ({ directory: application.directory, range, isDeclaration: false }));
}

function kindOf({ isDeclaration, range }: Occurrence, lines: Lines): DocumentHighlightKind {
    const behind = lines[range.endLine - 1]?.slice(range.endColumn - 1) ?? '';
    return isDeclaration || /^[ \t]*[=:]/.test(behind) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read;
}
