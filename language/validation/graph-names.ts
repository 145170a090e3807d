/** Names of types: declared once, and known where they are used (reference: language, sections 3.1 and 4.3). */
import type { TypeDeclaration, Word } from '../model/declarations.ts';
import type { TypeGraph } from '../model/type-graph.ts';
import { besides, cureFor, others, type Scope } from './scope.ts';

/** CO_ALREADY_DEFINED_*, CO_CONFLICTING_NAME, CO_INEXISTING_* of graph files. */
export function checkGraphNames(scope: Scope): void {
    const { graph } = scope.analysis.files;
    checkUniqueness(scope, graph);
    if (!scope.analysis.isGraphComplete) return;
    for (const type of graph.declarations) {
        if (type.kind === 'component') checkComponent(scope, graph, type);
        else checkFacetNames(scope, graph, type.extends, `facet '${type.name.text}' extends`);
        checkChildren(scope, graph, type);
    }
}

function checkUniqueness(scope: Scope, graph: TypeGraph): void {
    const byName = new Map<string, TypeDeclaration[]>();
    for (const type of graph.declarations) {
        if (type.name.text === '') continue;
        const same = byName.get(type.name.text);
        if (same === undefined) byName.set(type.name.text, [type]);
        else same.push(type);
    }
    for (const [name, types] of byName) {
        if (types.length > 1) checkSameName(scope, name, types);
    }
}

function checkSameName(scope: Scope, name: string, types: readonly TypeDeclaration[]): void {
    const components = types.filter((type) => type.kind === 'component');
    const facets = types.filter((type) => type.kind === 'facet');
    const words = types.map((type) => type.name);
    for (const type of types) {
        if (isReported(scope, type)) continue;
        const same = type.kind === 'component' ? components : facets;
        const related = others(`'${name}' is also declared here.`, type.name, words);
        if (same.length > 1) {
            const code = type.kind === 'component' ? 'CO_ALREADY_DEFINED_COMPONENT' : 'CO_ALREADY_DEFINED_FACET';
            const message = `The ${type.kind} '${name}' is declared ${same.length} times: keep one, or rename the others.`;
            scope.report.add(code, type.name.range, message, {
                details: { [type.kind.toUpperCase()]: name, COUNT: String(same.length) },
                related,
            });
        }
        if (components.length > 0 && facets.length > 0) {
            const message = `'${name}' names both a component and a facet: rename one of them.`;
            scope.report.add('CO_CONFLICTING_NAME', type.name.range, message, { details: { NAME: name }, related });
        }
    }
}

/** Whether no more about the name of a type would be shown. */
function isReported(scope: Scope, { kind, name }: TypeDeclaration): boolean {
    const code = kind === 'component' ? 'CO_ALREADY_DEFINED_COMPONENT' : 'CO_ALREADY_DEFINED_FACET';
    return scope.report.isFull(code, name.range.file);
}

function checkComponent(scope: Scope, graph: TypeGraph, type: TypeDeclaration): void {
    const [parent] = type.extends;
    const isUnknown = parent !== undefined && !graph.components.has(parent.text) && !scope.meantNames.has(parent.text);
    if (isUnknown && !scope.report.isFull('CO_INEXISTING_COMPONENT', parent.range.file)) {
        const { hint, details } = cureFor(scope, parent.text, graph.components.keys());
        const facet = graph.facets.get(parent.text);
        const cause =
            facet === undefined
                ? `No component is called '${parent.text}'.${hint}`
                : `'${parent.text}' is a facet: a component extends components. Write 'facets: ${parent.text};' instead.`;
        const shape = facet === undefined ? {} : { SHAPE: 'extendedFacet' };
        const facts = { COMPONENT: parent.text, ...shape, ...details };
        scope.report.add(
            'CO_INEXISTING_COMPONENT',
            parent.range,
            cause,
            besides(facts, `The facet '${parent.text}' is declared here.`, facet?.name.range),
        );
    }
    checkFacetNames(scope, graph, type.facets, `component '${type.name.text}' has`);
}

function checkFacetNames(scope: Scope, graph: TypeGraph, words: readonly Word[], subject: string): void {
    for (const word of words) {
        if (graph.facets.has(word.text) || scope.meantNames.has(word.text)) continue;
        if (scope.report.isFull('CO_INEXISTING_FACET', word.range.file)) return;
        const { hint, details } = cureFor(scope, word.text, graph.facets.keys());
        const component = graph.components.get(word.text);
        const cause =
            component === undefined
                ? `No facet is called '${word.text}'.${hint}`
                : `'${word.text}' is a component, but the ${subject} facets only.`;
        const shape = component === undefined ? {} : { SHAPE: 'component' };
        const facts = { FACET: word.text, ...shape, ...details };
        scope.report.add(
            'CO_INEXISTING_FACET',
            word.range,
            cause,
            besides(facts, `The component '${word.text}' is declared here.`, component?.name.range),
        );
    }
}

function checkChildren(scope: Scope, graph: TypeGraph, type: TypeDeclaration): void {
    for (const word of type.children) {
        if (isKnown(scope, graph, word.text)) continue;
        if (scope.report.isFull('CO_INEXISTING_CHILD', word.range.file)) return;
        const { hint, details } = cureFor(scope, word.text, typeNames(graph));
        const message = `No component or facet is called '${word.text}'.${hint}`;
        scope.report.add('CO_INEXISTING_CHILD', word.range, message, { details: { NAME: word.text, ...details } });
    }
}

/** One by one: looking for similar names stops early when many are asked for. */
function* typeNames(graph: TypeGraph): Generator<string> {
    yield* graph.components.keys();
    yield* graph.facets.keys();
}

function isKnown(scope: Scope, graph: TypeGraph, name: string): boolean {
    return graph.components.has(name) || graph.facets.has(name) || scope.meantNames.has(name);
}
