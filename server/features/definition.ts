/** `textDocument/definition` and `textDocument/declaration`: from the use of a name to where it is introduced. */
import type { Location, LocationLink } from 'vscode-languageserver/node';
import type { Declaration } from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import { type Locations, pathIn } from '../workspace/locations.ts';
import { declarationKey, type NamedPlace } from './name-lookup.ts';
import { type NavigationQuestion, overriddenIn, type PlacedDeclaration, symbolAt } from './symbol.ts';

/** Links to every declaration the name at a position may mean; a declaration leads to itself. */
export async function definitionAt(
    question: NavigationQuestion,
    locations: Locations,
): Promise<readonly LocationLink[]> {
    const symbol = await symbolAt(question);
    return symbol === undefined ? [] : symbol.declared.map((target) => linkTo(symbol.place, target, locations));
}

/** As the definition; a variable that overrides others leads to those that introduce it. */
export async function declarationAt(
    question: NavigationQuestion,
    locations: Locations,
): Promise<readonly LocationLink[]> {
    const symbol = await symbolAt(question);
    if (symbol === undefined) return [];
    const introducing = symbol.declared.flatMap((target) => introducers(question, target));
    return introducing.map((target) => linkTo(symbol.place, target, locations));
}

/** A link from a name to what it leads to. */
export function linkTo(
    place: NamedPlace,
    { directory, declaration }: PlacedDeclaration,
    locations: Locations,
): LocationLink {
    return {
        originSelectionRange: toLspRange(place.range),
        targetUri: locations.uriOf(pathIn(directory, declaration.range.file)),
        targetRange: toLspRange(declaration.block),
        targetSelectionRange: toLspRange(declaration.range),
    };
}

/** The same for editors that do not know links. */
export function toLocation(link: LocationLink): Location {
    return { uri: link.targetUri, range: link.targetSelectionRange };
}

function introducers({ view }: NavigationQuestion, { directory, declaration }: PlacedDeclaration): PlacedDeclaration[] {
    const seen = new Map<string, Declaration>();
    const found: Declaration[] = [];
    const pending = [declaration];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        if (seen.has(declarationKey(next))) continue;
        seen.set(declarationKey(next), next);
        const overridden = overriddenIn(view.application, next);
        if (overridden.length === 0) found.push(next);
        pending.push(...overridden);
    }
    return found.map((one) => ({ directory, declaration: one }));
}
