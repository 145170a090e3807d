/** What every check is given. */
import type { Analysis } from '../application/analysis.ts';
import type { RelatedPlace } from '../finding.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { TypeDeclaration, Word } from '../model/declarations.ts';
import { prefixOf, simpleNameOf } from '../model/exported-variables.ts';
import type { ResolvedFiles } from '../model/resolve.ts';
import { memo, type TypeGraph } from '../model/type-graph.ts';
import type { FindingFacts, Report } from './report.ts';
import type { Suggestions } from './suggestions.ts';

/** So many other places are shown with a finding. */
const MAX_RELATED = 20;

export interface Scope {
    readonly analysis: Analysis;
    readonly report: Report;
    readonly suggestions: Suggestions;
    /** What misspelled headers probably meant to declare: that these names are unknown is a consequence. */
    readonly meantNames: ReadonlySet<string>;
    /** The file of the application, relative to `graph/`, that declares a type but is not a part of the graph; null when there is none. */
    readonly unreachedFileOf: (type: string) => string | null;
    /** See `isUncertain`; remembered for each component. */
    readonly uncertaintyOf: (component: string) => boolean;
}

/** A sentence to append when a similar name exists, and the fact for the quick fix. */
export function didYouMean(
    scope: Scope,
    word: string,
    candidates: Iterable<string>,
): { readonly hint: string; readonly details: Readonly<Record<string, string>> } {
    const closest = scope.suggestions.closest(word, candidates);
    return closest === null
        ? { hint: '', details: {} }
        : { hint: ` Did you mean '${closest}'?`, details: { SUGGESTION: closest } };
}

/** The cure for an unknown type: importing the file that declares it, or else the closest name. */
export function cureFor(scope: Scope, word: string, candidates: Iterable<string>): ReturnType<typeof didYouMean> {
    const file = scope.unreachedFileOf(word);
    if (file === null) return didYouMean(scope, word, candidates);
    return { hint: ` The file '${file}' declares it: add 'import ${file};'.`, details: { IMPORT: file } };
}

/** Facts with one place beside the finding. */
export function besides(
    details: Readonly<Record<string, string>>,
    message: string,
    range: SourceRange | undefined,
): FindingFacts {
    return range === undefined ? { details } : { details, related: [{ message, range }] };
}

/** What is to be said about a place, if there is one. */
export type PlacedText = readonly [message: string, range: SourceRange | undefined];

/** The places that are there. */
export function relatedPlaces(...places: readonly PlacedText[]): readonly RelatedPlace[] {
    return relatedTo(places, (place) => place);
}

/** A place for each of the first things that have one, at most MAX_RELATED. */
export function relatedTo<T>(things: readonly T[], placed: (thing: T) => PlacedText): readonly RelatedPlace[] {
    return things.slice(0, MAX_RELATED).flatMap((thing) => {
        const [message, range] = placed(thing);
        return range === undefined ? [] : [{ message, range }];
    });
}

/** Where a variable that a component exports, under its full name, is declared: in the component, what it extends, or a facet. */
export function exportPlace({ analysis }: Scope, component: string, variable: string): SourceRange | undefined {
    const { graph } = analysis.files;
    const types = [
        ...graph.lineageOf(component).map((name) => graph.components.get(name)),
        ...graph.allFacetsOf(component).map((name) => graph.facets.get(name)),
    ].flatMap((type) => type ?? []);
    const simpleName = simpleNameOf(variable);
    const named = [prefixOf(variable), ''].flatMap((prefix) =>
        types.filter((type) => prefix === '' || type.name.text === prefix),
    );
    for (const type of named) {
        const own = type.exports.find(({ name }) => name.text === simpleName || name.text === variable);
        if (own !== undefined) return own.name.range;
    }
    return undefined;
}

/** Where a component's text, or that of what it builds on, says that another one may be inside it. */
export function childPlace({ analysis }: Scope, component: string, child: string): SourceRange | undefined {
    const { graph, containment } = analysis.files;
    const types = [
        ...graph.lineageOf(component).map((name) => graph.components.get(name)),
        ...graph.allFacetsOf(component).map((name) => graph.facets.get(name)),
    ];
    const words = types.flatMap((type) => type?.children ?? []);
    const direct = words.find(({ text }) => text === child);
    return (direct ?? words.find(({ text }) => containment.bearersOf(text).includes(child)))?.range;
}

/** The other declarations of what `own` declares, at most MAX_RELATED. */
export function others(message: string, own: Word, all: readonly Word[]): readonly RelatedPlace[] {
    const places = all.slice(0, MAX_RELATED + 1).filter((word) => word !== own);
    return places.slice(0, MAX_RELATED).map((word) => ({ message, range: word.range }));
}

/** Where to show a fact about a type: its name, or its block when it has none. */
export function placeOf(type: TypeDeclaration): SourceRange {
    return type.name.text === '' ? type.block : type.name.range;
}

/** Whether something the type builds on could not be found or is cut off, so that what it has or lacks cannot be judged. */
export function isUncertain(scope: Scope, component: string): boolean {
    return scope.uncertaintyOf(component);
}

/** What `isUncertain` answers, for a set of files. */
export function uncertaintyIn({ graph, exports }: ResolvedFiles): (component: string) => boolean {
    return memo((component) => exports.tooMany.has(component) || isUncertainIn(graph, component));
}

function isUncertainIn(graph: TypeGraph, component: string): boolean {
    const isBroken = (type: TypeDeclaration | undefined): boolean =>
        type === undefined ||
        type.isDamaged ||
        graph.tooDeep.has(type.name.text) ||
        (type.kind === 'component' && type.extends.length > 0 && graph.writtenSuperOf(type.name.text) === null) ||
        (type.kind === 'component' && type.facets.some((facet) => !graph.facets.has(facet.text))) ||
        (type.kind === 'facet' && type.extends.some((facet) => !graph.facets.has(facet.text)));
    return (
        graph.lineageOf(component).some((name) => isBroken(graph.components.get(name))) ||
        graph.allFacetsOf(component).some((name) => isBroken(graph.facets.get(name)))
    );
}
