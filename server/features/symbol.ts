/**
 * What a name at a place stands for, and everywhere it is written: in the application, in files the application does not reach, and, for what an
 * application exports to others, in all applications of the workspace.
 */
import type { Position } from 'vscode-languageserver/node';
import type { Application, Declaration, Reference, SourceRange } from '../../language/index.ts';
import type { Analysis, FileView } from '../workspace/units.ts';
import { declarationKey, isWritten, lookupOf, type NamedPlace } from './name-lookup.ts';
import { placeAt } from './places.ts';

export interface NavigationQuestion {
    readonly view: FileView;
    readonly position: Position;
    /** Analyses of graph files that the application does not reach and that hold a word. */
    readonly unreached: (word: string) => readonly Application[];
    /** All applications of the workspace. */
    readonly analyses: () => Promise<readonly Analysis[]>;
}

/** A declaration, and the directory its file is relative to. */
export interface PlacedDeclaration {
    readonly directory: string;
    readonly declaration: Declaration;
}

/** A place where a name is written. */
export interface Occurrence {
    readonly directory: string;
    readonly range: SourceRange;
    readonly isDeclaration: boolean;
}

export interface SymbolAt {
    readonly place: NamedPlace;
    /** What is named there: more than one where a name is declared twice, none where it is not declared. */
    readonly declared: readonly PlacedDeclaration[];
}

/** The name at a position with what it stands for. */
export async function symbolAt(question: NavigationQuestion): Promise<SymbolAt | undefined> {
    const place = placeAt(question.view, question.position);
    if (place === undefined) return undefined;
    const { directory } = question.view.application;
    const declared = targetsOf(place).map((declaration) => ({ directory, declaration }));
    if (declared.length > 0 || place.kind === 'declaration' || !isExternal(question.view, place.reference))
        return { place, declared };
    return { place, declared: await exportedAs(question, place.reference.name) };
}

/** The declarations a place names; a declaration names itself. */
export function targetsOf(place: NamedPlace): readonly Declaration[] {
    return place.kind === 'reference' ? place.reference.targets : [place.declaration];
}

/** Everywhere the given declarations stand or are used, each place once, by file and place. */
export async function occurrencesOf(
    question: NavigationQuestion,
    declared: readonly PlacedDeclaration[],
): Promise<readonly Occurrence[]> {
    const [first] = declared;
    if (first === undefined) return [];
    if (first.declaration.kind === 'external') return externalOccurrences(question, first.declaration.name);
    const declarations = declared.map(({ declaration }) => declaration);
    return distinct(scopeOf(question, declarations).flatMap((application) => occurrencesIn(application, declarations)));
}

/** Everywhere the given declarations stand or are used in one application. */
export function occurrencesIn(application: Application, declarations: readonly Declaration[]): readonly Occurrence[] {
    const { directory } = application;
    const lookup = lookupOf(application);
    const uses = declarations.flatMap((declaration) => lookup.usesOf(declaration));
    return distinct([
        ...declarations.map(({ range }) => ({ directory, range, isDeclaration: true })),
        ...uses.map(({ range }) => ({ directory, range, isDeclaration: false })),
    ]);
}

/**
 * The declarations that have to keep one name: those declared twice, and variables with what they override and what overrides them.
 */
export function familyOf(question: NavigationQuestion, declared: readonly PlacedDeclaration[]): readonly Declaration[] {
    const known = declared.map(({ declaration }) => declaration);
    const applications = scopeOf(question, known);
    const family = new Map<string, Declaration>();
    const names = new Set<string>();
    const pending = [...known];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        if (family.has(declarationKey(next))) continue;
        family.set(declarationKey(next), next);
        // All that share a name are found with the first of them: there may be thousands.
        const name = `${next.kind} ${next.name}`;
        const isFirst = !names.has(name);
        names.add(name);
        for (const application of applications) {
            const namesakes = isFirst ? namesakesOf(application, next) : [];
            for (const one of [...namesakes, ...relativesOf(application, next)]) pending.push(one);
        }
    }
    return [...family.values()];
}

/** The analyses that may name what is declared: those of the application, and of files it does not reach. */
export function scopeOf(
    { view, unreached }: NavigationQuestion,
    declared: readonly Declaration[],
): readonly Application[] {
    const { application, strays } = view.analysis;
    const words = new Set(declared.filter(isInGraphs).map(({ name }) => name.slice(name.indexOf('.') + 1)));
    const others = [...words].flatMap((word) => unreached(word));
    return [...new Set([application, ...strays.values(), ...others, view.application])];
}

function isInGraphs({ kind }: Declaration): boolean {
    return kind === 'component' || kind === 'facet' || kind === 'variable';
}

/** What one declaration of a variable overrides, directly; nothing for other kinds. */
export function overriddenIn(application: Application, declaration: Declaration): readonly Declaration[] {
    if (declaration.kind !== 'variable') return [];
    const places = lookupOf(application).exactly(declaration.range);
    return places.flatMap((place) => (place.kind === 'reference' ? place.reference.targets : []));
}

/** Several command files may each make an instance of the same path. */
function namesakesOf(application: Application, { kind, name }: Declaration): readonly Declaration[] {
    return kind === 'instance' ? [] : lookupOf(application).called(kind, name);
}

/** Of a variable what it overrides, and what overrides it. */
function relativesOf(application: Application, declaration: Declaration): readonly Declaration[] {
    if (declaration.kind !== 'variable') return [];
    const lookup = lookupOf(application);
    const overriding = lookup
        .usesOf(declaration)
        .flatMap(({ range }) => lookup.exactly(range))
        .flatMap((place) => (place.kind === 'declaration' ? [place.declaration] : []));
    return [...overriddenIn(application, declaration), ...overriding];
}

function isExternal({ application }: FileView, reference: Reference): boolean {
    return lookupOf(application).externalUsesOf(reference.name).includes(reference);
}

async function exportedAs({ analyses }: NavigationQuestion, name: string): Promise<readonly PlacedDeclaration[]> {
    return (await analyses()).flatMap(({ application }) =>
        lookupOf(application)
            .called('external', name)
            .map((declaration) => ({ directory: application.directory, declaration })),
    );
}

async function externalOccurrences(question: NavigationQuestion, name: string): Promise<readonly Occurrence[]> {
    const exporters = await exportedAs(question, name);
    const all = (await question.analyses()).flatMap(({ application, strays }) => [application, ...strays.values()]);
    const uses = all.flatMap((application) =>
        lookupOf(application)
            .externalUsesOf(name)
            .map(({ range }) => ({ directory: application.directory, range, isDeclaration: false })),
    );
    const declared = exporters.map(({ directory, declaration: { range } }) => ({
        directory,
        range,
        isDeclaration: true,
    }));
    return distinct([...declared, ...uses]);
}

/** A place that is a declaration and a use at once, as that of an overriding variable, counts as what comes first. */
function distinct(occurrences: readonly Occurrence[]): readonly Occurrence[] {
    const byPlace = new Map<string, Occurrence>();
    for (const occurrence of occurrences) {
        const { directory, range } = occurrence;
        const key = `${directory}\n${range.file}\n${range.line}:${range.column}-${range.endLine}:${range.endColumn}`;
        if (isWritten(range) && !byPlace.has(key)) byPlace.set(key, occurrence);
    }
    return [...byPlace.values()].sort(byTextOrder);
}

function byTextOrder(a: Occurrence, b: Occurrence): number {
    if (a.directory !== b.directory) return a.directory < b.directory ? -1 : 1;
    if (a.range.file !== b.range.file) return a.range.file < b.range.file ? -1 : 1;
    return a.range.line - b.range.line || a.range.column - b.range.column;
}
