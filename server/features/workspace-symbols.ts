/** `workspace/symbol`: what the applications of a workspace declare, found by a part of its name. */
import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver/node';
import type { Application, Declaration, DeclarationKind } from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import { type Locations, pathIn } from '../workspace/locations.ts';

/** More are of no use to a person: they type another letter. */
const MOST_SYMBOLS = 300;

interface Found {
    readonly application: Application;
    readonly declaration: Declaration;
    readonly name: string;
    readonly rank: number;
}

/** Symbols whose name has the letters of the query in order, the best matches first; all of them for an empty query. */
export function workspaceSymbols(
    applications: readonly Application[],
    query: string,
    locations: Locations,
): readonly WorkspaceSymbol[] {
    const wanted = query.replace(/\s+/g, '').toLowerCase();
    const found = applications.flatMap((application) => matchesIn(application, wanted));
    const best = found.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || compare(a.name, b.name));
    return best.slice(0, MOST_SYMBOLS).map((one) => toSymbol(one, locations));
}

/** The last part of a name, as it is written. */
function writtenName({ kind, name }: Declaration): string {
    if (kind === 'instance') return name.slice(name.lastIndexOf('/') + 1);
    const isInside = kind === 'variable' || kind === 'definition' || kind === 'value';
    return isInside ? name.slice(name.indexOf('.') + 1) : name;
}

/** Pictures of an editor for what is declared. */
export const SYMBOL_KINDS: Readonly<Record<DeclarationKind, SymbolKind>> = {
    component: SymbolKind.Class,
    facet: SymbolKind.Interface,
    instance: SymbolKind.Object,
    variable: SymbolKind.Variable,
    file: SymbolKind.File,
    command: SymbolKind.Function,
    definition: SymbolKind.Variable,
    rule: SymbolKind.Method,
    event: SymbolKind.Event,
    target: SymbolKind.Constant,
    value: SymbolKind.Key,
    external: SymbolKind.Constant,
};

function matchesIn(application: Application, wanted: string): readonly Found[] {
    return application.declarations.flatMap((declaration) => {
        if (declaration.kind === 'file') return [];
        const name = writtenName(declaration);
        const rank = rankOf(name.toLowerCase(), declaration.name.toLowerCase(), wanted);
        return rank === null ? [] : [{ application, declaration, name, rank }];
    });
}

/** 0 for the name itself, then names that begin with, hold, or scatter the letters; the whole name counts for queries with a path. Null = no match. */
function rankOf(name: string, whole: string, wanted: string): number | null {
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    if (name.includes(wanted)) return 2;
    if (hasLetters(name, wanted)) return 3;
    return /[./]/.test(wanted) && hasLetters(whole, wanted) ? 4 : null;
}

function hasLetters(name: string, wanted: string): boolean {
    let at = 0;
    for (const letter of wanted) {
        at = name.indexOf(letter, at) + 1;
        if (at === 0) return false;
    }
    return true;
}

function compare(a: string, b: string): number {
    if (a === b) return 0;
    return a < b ? -1 : 1;
}

function toSymbol({ application, declaration, name }: Found, locations: Locations): WorkspaceSymbol {
    const { kind, range } = declaration;
    const around = declaration.name.slice(0, declaration.name.length - name.length).replace(/[./]$/, '');
    return {
        name,
        kind: SYMBOL_KINDS[kind],
        containerName: around === '' ? application.name : `${application.name} › ${around}`,
        location: { uri: locations.uriOf(pathIn(application.directory, range.file)), range: toLspRange(range) },
    };
}
