/** `textDocument/definition`: from the use of a name to where it is introduced. */
import type { Location, LocationLink, Position } from 'vscode-languageserver/node';
import type { Declaration } from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import { type Locations, pathIn } from '../workspace/locations.ts';
import type { FileView } from '../workspace/units.ts';
import { type NamedPlace, placeAt } from './places.ts';

/** Links to every declaration the name at a position may mean; a declaration leads to itself. */
export function definitionAt(view: FileView, position: Position, locations: Locations): readonly LocationLink[] {
    const place = placeAt(view, position);
    if (place === undefined) return [];
    const { directory } = view.application;
    return targetsOf(place).map((target) => ({
        originSelectionRange: toLspRange(place.range),
        targetUri: locations.uriOf(pathIn(directory, target.range.file)),
        targetRange: toLspRange(target.block),
        targetSelectionRange: toLspRange(target.range),
    }));
}

/** The same for editors that do not know links. */
export function toLocation(link: LocationLink): Location {
    return { uri: link.targetUri, range: link.targetSelectionRange };
}

function targetsOf(place: NamedPlace): readonly Declaration[] {
    return place.kind === 'reference' ? place.reference.targets : [place.declaration];
}
