/** Imported variables: exported by somebody, and not by oneself (reference: language, sections 3.4 and 4.4). */
import { isResolved, wildcardPrefix, type ResolvedImport } from '../model/imported-variables.ts';
import { ownVariables, prefixOf } from '../model/exported-variables.ts';
import type { TypeDeclaration, Word } from '../model/declarations.ts';
import {
    cureFor,
    didYouMean,
    exportPlace,
    isUncertain,
    placeOf,
    relatedPlaces,
    type PlacedText,
    type Scope,
} from './scope.ts';

/** RM_UNRESOLVABLE_VARIABLE, RM_UNRESOLVABLE_FACET_VARIABLE and RM_COMPONENT_IMPORTS_EXPORTS of every component. */
export function checkImports(scope: Scope): void {
    let dotted: ReadonlyMap<string, Word> | undefined;
    const facetSpelling = (text: string): Word | undefined => (dotted ??= dottedFacetVariables(scope)).get(text);
    for (const name of scope.analysis.files.graph.components.keys()) {
        for (const item of scope.analysis.files.importsOf(name)) {
            if (item.declaration.external || item.declaration.variable === null) continue;
            checkOwnExports(scope, name, item);
            if (!isFine(scope, item)) reportUnresolved(scope, name, item, facetOf(scope, item, facetSpelling));
        }
    }
}

/** Variables that facets declare with a dot in their name, to the facet's name: an import that is spelled alike means them. */
function dottedFacetVariables({ analysis }: Scope): ReadonlyMap<string, Word> {
    const facets = [...analysis.files.graph.facets.values()];
    return new Map(
        facets.flatMap(({ exports, name }) =>
            exports.filter((item) => item.name.text.includes('.')).map((item) => [item.name.text, name] as const),
        ),
    );
}

/** Where an import is shown: at its own item, or, for an importing heir, at the name of what it extends. */
function placeFor(scope: Scope, component: string, item: ResolvedImport): Parameters<Scope['report']['add']>[1] {
    if (item.owner === component) return item.declaration.range;
    const type = scope.analysis.files.graph.components.get(component);
    return type === undefined ? item.declaration.range : (type.extends[0]?.range ?? placeOf(type));
}

function inheritance(component: string, item: ResolvedImport): string {
    return item.owner === component ? '' : ` ('${component}' inherits this import from '${item.owner}')`;
}

function checkOwnExports(scope: Scope, component: string, item: ResolvedImport): void {
    const { text, optional, range } = item.declaration;
    if (optional) return;
    const exports = scope.analysis.files.exports.ofComponent(component);
    const prefix = wildcardPrefix(text);
    const { graph } = scope.analysis.files;
    const isOwn =
        prefix === null
            ? exports.has(text)
            : graph.lineageOf(component).includes(prefix) || graph.allFacetsOf(component).includes(prefix);
    if (!isOwn) return;
    const message = `'${component}' imports '${text}', which it exports itself${inheritance(component, item)}: an instance would wait for another one of its kind. Add '(optional)', or remove the import.`;
    const related = relatedPlaces(
        ['The import is written here.', item.owner === component ? undefined : range],
        prefix === null
            ? [`'${text}' is exported here.`, exportPlace(scope, component, text)]
            : declarationPlace(scope, prefix),
    );
    const facts = { details: { VARIABLE: text, COMPONENT: component }, related };
    scope.report.add('RM_COMPONENT_IMPORTS_EXPORTS', placeFor(scope, component, item), message, facts);
}

function isFine(scope: Scope, { declaration: { text, prefix } }: ResolvedImport): boolean {
    const { exportIndex } = scope.analysis.files;
    return isResolved(text, exportIndex) || !scope.analysis.isGraphComplete || isExcused(scope, prefix.text);
}

/** The facet that an import nobody meets is about, if any. */
function facetOf(
    { analysis }: Scope,
    { declaration: { text, prefix, variable } }: ResolvedImport,
    facetSpelling: (text: string) => Word | undefined,
): TypeDeclaration | null {
    const { graph, exports } = analysis.files;
    const meant = graph.facets.get(facetSpelling(text)?.text ?? '') ?? null;
    const facet = graph.facets.get(prefix.text);
    if (facet === undefined) return meant;
    const own = ownVariables(facet);
    const isOwn = own.has(variable?.text ?? '') || own.has(text) || exports.ofFacet(prefix.text).has(text);
    return isOwn || wildcardPrefix(text) !== null ? facet : meant;
}

function reportUnresolved(scope: Scope, component: string, item: ResolvedImport, facet: TypeDeclaration | null): void {
    const { range } = item.declaration;
    const code = facet === null ? 'RM_UNRESOLVABLE_VARIABLE' : 'RM_UNRESOLVABLE_FACET_VARIABLE';
    if (scope.report.isFull(code, range.file)) return;
    const { message, advice, details } = facet === null ? unresolved(scope, item) : ofFacet(scope, item, facet);
    const related = relatedPlaces(
        ['The import is written here.', item.owner === component ? undefined : range],
        declarationPlace(scope, facet?.name.text ?? item.declaration.prefix.text),
    );
    const text = `${message}${inheritance(component, item)}.${advice}`;
    scope.report.add(code, placeFor(scope, component, item), text, {
        details: { VARIABLE: item.declaration.text, ...details },
        related,
    });
}

function declarationPlace({ analysis }: Scope, name: string): PlacedText {
    const { components, facets } = analysis.files.graph;
    const type = components.get(name) ?? facets.get(name);
    return [`The ${type?.kind ?? 'component'} '${name}' is declared here.`, type?.name.range];
}

/** A facet is declared, but no component exports what is imported from it. */
function ofFacet(
    scope: Scope,
    { declaration: { text, prefix } }: ResolvedImport,
    facet: TypeDeclaration,
): ReturnType<typeof unresolved> {
    const name = facet.name.text;
    const { exportIndex, graph } = scope.analysis.files;
    const full = `${name}.${text}`;
    if (prefix.text !== name && exportIndex.variables.has(full)) {
        const details = { SHAPE: 'prefixed', FACET: name, SUGGESTION: full };
        return { message: `The facet '${name}' exports '${text}' as '${full}'`, advice: ' Import that name.', details };
    }
    if (graph.facetLoops.some((loop) => loop.includes(name))) {
        const message = `The facet '${name}' extends itself and so exports nothing, not even '${text}'`;
        return { message, advice: ' Break the loop of extensions.', details: { SHAPE: 'loop', FACET: name } };
    }
    const message = `No component has the facet '${name}', so nothing exports '${text}'`;
    return { message, advice: ' List it in the facets of a component.', details: { FACET: name } };
}

/** The type exists but lacks something that is reported elsewhere. */
function isExcused(scope: Scope, prefix: string): boolean {
    if (scope.meantNames.has(prefix)) return true;
    return scope.analysis.files.graph.components.has(prefix) && isUncertain(scope, prefix);
}

function unresolved(
    scope: Scope,
    item: ResolvedImport,
): { message: string; advice: string; details: Readonly<Record<string, string>> } {
    const { text, prefix, variable } = item.declaration;
    const { graph, exportIndex, exports } = scope.analysis.files;
    const isType = graph.components.has(prefix.text) || graph.facets.has(prefix.text);
    if (!isType && !exportIndex.prefixes.has(prefix.text)) return unknownPrefix(scope, item);
    const exported = graph.facets.has(prefix.text) ? exports.ofFacet(prefix.text) : exports.ofComponent(prefix.text);
    const { hint, details } = didYouMean(scope, text, withPrefix(exported.keys(), prefix.text, exported.size));
    const first = [...withPrefix(exported.keys(), prefix.text, 5)];
    const known = first.map((name) => `'${name}'`).join(', ');
    const advice = known === '' ? ' It exports nothing.' : ` It exports ${known}.`;
    const message = `'${prefix.text}' does not export '${variable?.text ?? '*'}'`;
    const facts = known === '' ? { SHAPE: 'exportsNothing' } : { KNOWN: first.join(', ') };
    return { message, advice: hint === '' ? advice : hint, details: { PREFIX: prefix.text, ...facts, ...details } };
}

/** One by one: of a component that exports thousands, the first ones are enough. */
function* withPrefix(variables: Iterable<string>, prefix: string, limit: number): Generator<string> {
    let count = 0;
    for (const name of variables) {
        if (count === limit) return;
        if (prefixOf(name) !== prefix) continue;
        count++;
        yield name;
    }
}

function unknownPrefix(scope: Scope, { declaration }: ResolvedImport): ReturnType<typeof unresolved> {
    const { text, prefix, variable } = declaration;
    const { hint, details } = cureFor(scope, prefix.text, scope.analysis.files.exportIndex.prefixes);
    const suggestion = details['SUGGESTION'];
    const corrected = suggestion === undefined ? details : { SUGGESTION: `${suggestion}.${variable?.text ?? '*'}` };
    const message = `No component or facet is called '${prefix.text}', so nothing exports '${text}'`;
    const advice = hint === '' ? " Write 'external' before it if another application does." : hint;
    return { message, advice, details: { SHAPE: 'unknownPrefix', PREFIX: prefix.text, ...corrected } };
}
