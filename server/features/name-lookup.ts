/** The names of an application, indexed once: what stands at a place, what has a name, and what uses it. */
import type { Application, Declaration, DeclarationKind, Reference, SourceRange } from '../../language/index.ts';

/** A name in a text: used there, or introduced there. */
export type NamedPlace =
    | { readonly kind: 'reference'; readonly range: SourceRange; readonly reference: Reference }
    | { readonly kind: 'declaration'; readonly range: SourceRange; readonly declaration: Declaration };

export interface NameLookup {
    /** Names that touch a line of a file, in no order. Names without text, such as those of whole files, stand nowhere. */
    readonly onLine: (file: string, line: number) => readonly NamedPlace[];
    readonly usesOf: (declaration: Declaration) => readonly Reference[];
    /** Components and facets share their names; every other kind has its own. */
    readonly called: (kind: DeclarationKind, name: string) => readonly Declaration[];
    /** What stands exactly at a range. */
    readonly exactly: (range: SourceRange) => readonly NamedPlace[];
    /** Uses of what another application exports. */
    readonly externalUsesOf: (name: string) => readonly Reference[];
}

/** An analysis never changes: what is made of it holds as long as it lives. */
const lookups = new WeakMap<Application, NameLookup>();

/** The lookup of an application, made when it is first asked for. */
export function lookupOf(application: Application): NameLookup {
    const known = lookups.get(application);
    if (known !== undefined) return known;
    const made = createLookup(application);
    lookups.set(application, made);
    return made;
}

/** Names a declaration in all analyses that have read the same text. */
export function declarationKey({ kind, name, range }: Declaration): string {
    return `${groupOf(kind)} ${name}\n${range.file}:${range.line}:${range.column}`;
}

/** Whether a name has text that could be pointed at. */
export function isWritten({ line, column, endLine, endColumn }: SourceRange): boolean {
    return line !== endLine || column !== endColumn;
}

function createLookup({ declarations, references, externalReferences }: Application): NameLookup {
    const byLine = new Map<string, NamedPlace[]>();
    const byName = new Map<string, Declaration[]>();
    const uses = new Map<string, Reference[]>();
    const external = new Map<string, Reference[]>();
    for (const declaration of declarations) {
        append(byName, nameKey(declaration.kind, declaration.name), declaration);
        addPlace(byLine, { kind: 'declaration', range: declaration.range, declaration });
    }
    for (const reference of references) {
        addPlace(byLine, { kind: 'reference', range: reference.range, reference });
        for (const target of reference.targets) append(uses, declarationKey(target), reference);
    }
    for (const reference of externalReferences) {
        addPlace(byLine, { kind: 'reference', range: reference.range, reference });
        append(external, reference.name, reference);
    }
    const onLine = (file: string, line: number): readonly NamedPlace[] => byLine.get(lineKey(file, line)) ?? [];
    return {
        onLine,
        usesOf: (declaration) => uses.get(declarationKey(declaration)) ?? [],
        called: (kind, name) => byName.get(nameKey(kind, name)) ?? [],
        exactly: (range) => onLine(range.file, range.line).filter((place) => isSame(place.range, range)),
        externalUsesOf: (name) => external.get(name) ?? [],
    };
}

function addPlace(byLine: Map<string, NamedPlace[]>, place: NamedPlace): void {
    const { file, line, endLine } = place.range;
    if (!isWritten(place.range)) return;
    for (let at = line; at <= endLine; at += 1) append(byLine, lineKey(file, at), place);
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
    const known = lists.get(key);
    if (known === undefined) lists.set(key, [item]);
    else known.push(item);
}

function lineKey(file: string, line: number): string {
    return `${line} ${file}`;
}

function nameKey(kind: DeclarationKind, name: string): string {
    return `${groupOf(kind)} ${name}`;
}

function groupOf(kind: DeclarationKind): string {
    return kind === 'component' || kind === 'facet' ? 'type' : kind;
}

function isSame(a: SourceRange, b: SourceRange): boolean {
    return a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn;
}
