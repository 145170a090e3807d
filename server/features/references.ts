/** `textDocument/references`: everywhere a name is used. */
import type { Location } from 'vscode-languageserver/node';
import { toLspRange } from '../workspace/diagnostics.ts';
import { type Locations, pathIn } from '../workspace/locations.ts';
import { type NavigationQuestion, type Occurrence, occurrencesOf, symbolAt } from './symbol.ts';

/** Places by file and line; with the declarations when they are asked for. */
export async function referencesAt(
    question: NavigationQuestion,
    isWithDeclaration: boolean,
    locations: Locations,
): Promise<readonly Location[]> {
    const symbol = await symbolAt(question);
    if (symbol === undefined) return [];
    const occurrences = await occurrencesOf(question, symbol.declared);
    return occurrences
        .filter(({ isDeclaration }) => isWithDeclaration || !isDeclaration)
        .map((occurrence) => locationOf(occurrence, locations));
}

function locationOf({ directory, range }: Occurrence, locations: Locations): Location {
    return { uri: locations.uriOf(pathIn(directory, range.file)), range: toLspRange(range) };
}
