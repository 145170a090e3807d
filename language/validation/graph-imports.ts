/** Imported variables: exported by somebody, and not by oneself (reference: language, sections 3.4 and 4.4). */
import { isResolved, wildcardPrefix, type ResolvedImport } from '../model/imported-variables.ts';
import { prefixOf } from '../model/exported-variables.ts';
import { besides, cureFor, didYouMean, isUncertain, placeOf, type Scope } from './scope.ts';

/** RM_UNRESOLVABLE_VARIABLE, RM_UNRESOLVABLE_FACET_VARIABLE and RM_COMPONENT_IMPORTS_EXPORTS of every component. */
export function checkImports(scope: Scope): void {
    for (const name of scope.analysis.files.graph.components.keys()) {
        for (const item of scope.analysis.files.importsOf(name)) {
            if (item.declaration.external || item.declaration.variable === null) continue;
            checkOwnExports(scope, name, item);
            checkResolved(scope, name, item);
        }
    }
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
    const facts = besides(
        { VARIABLE: text, COMPONENT: component },
        'The import is written here.',
        item.owner === component ? undefined : range,
    );
    scope.report.add('RM_COMPONENT_IMPORTS_EXPORTS', placeFor(scope, component, item), message, facts);
}

function checkResolved(scope: Scope, component: string, item: ResolvedImport): void {
    const { text, prefix, range } = item.declaration;
    const { exportIndex, graph, exports } = scope.analysis.files;
    if (isResolved(text, exportIndex) || !scope.analysis.isGraphComplete || isExcused(scope, prefix.text)) return;
    const isOfFacet =
        graph.facets.has(prefix.text) && (wildcardPrefix(text) !== null || exports.ofFacet(prefix.text).has(text));
    const code = isOfFacet ? 'RM_UNRESOLVABLE_FACET_VARIABLE' : 'RM_UNRESOLVABLE_VARIABLE';
    if (scope.report.isFull(code, range.file)) return;
    const { message, advice, details } = isOfFacet
        ? {
              message: `No component has the facet '${prefix.text}', so nothing exports '${text}'`,
              advice: ` List it in the facets of a component.`,
              details: { FACET: prefix.text },
          }
        : unresolved(scope, item);
    const facts = besides(
        { VARIABLE: text, ...details },
        'The import is written here.',
        item.owner === component ? undefined : range,
    );
    scope.report.add(
        code,
        placeFor(scope, component, item),
        `${message}${inheritance(component, item)}.${advice}`,
        facts,
    );
}

/** The type exists but lacks something that is reported elsewhere. */
function isExcused(scope: Scope, prefix: string): boolean {
    const { graph } = scope.analysis.files;
    if (scope.meantNames.has(prefix)) return true;
    if (graph.components.has(prefix)) return isUncertain(scope, prefix);
    return (
        graph.facets.has(prefix) &&
        graph.facetClosureOf(prefix).some((facet) => graph.facetLoops.some((loop) => loop.includes(facet)))
    );
}

function unresolved(
    scope: Scope,
    item: ResolvedImport,
): { message: string; advice: string; details: Readonly<Record<string, string>> } {
    const { text, prefix, variable } = item.declaration;
    const { graph, exportIndex, exports } = scope.analysis.files;
    const isType = graph.components.has(prefix.text) || graph.facets.has(prefix.text);
    if (!isType && !exportIndex.prefixes.has(prefix.text)) return unknownPrefix(scope, item);
    const exported = exports.ofComponent(prefix.text);
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
