/** What instances must satisfy (reference: language, sections 3.6, 4.3 and 4.4). */
import { isIp, simpleNameOf } from '../model/exported-variables.ts';
import type { InstanceDeclaration, TypeDeclaration, Word } from '../model/declarations.ts';
import { MAX_OVERRIDDEN } from '../model/resolve.ts';
import { internedFacts, isKnownRight, rememberRight, type ComponentFacts } from '../model/known-blocks.ts';
import { closureOf, memo, type TypeGraph } from '../model/type-graph.ts';
import type { AppliedOverrides } from '../model/instance-exports.ts';
import { MAX_INSTANCES, type InstanceNode } from '../model/instance-tree.ts';
import { checkPaths, nameOf } from './instance-paths.ts';
import {
    besides,
    childPlace,
    cureFor,
    didYouMean,
    exportPlace,
    isUncertain,
    relatedTo,
    placeOf,
    type Scope,
} from './scope.ts';

/** Checks all instances. Copies made by `count` are as right as what they copy: only the first of each declaration is looked at. */
export function checkInstances(scope: Scope): void {
    const { tree } = scope.analysis.files;
    checkPaths(scope);
    for (const range of tree.tooMany) {
        const message = `This would make more than ${MAX_INSTANCES} instances: the count is ignored.`;
        scope.report.add('X_TOO_MANY_INSTANCES', range, message, { details: { MAXIMUM: String(MAX_INSTANCES) } });
    }
    const { containment, roots } = scope.analysis.files;
    const places: Places = {
        rooted: new Set(closureOf(roots, containment.childrenOf)),
        isClear: memo((component) => areChildrenKnown(scope, component)),
        lacksNothing: memo((component) => {
            const plain = scope.analysis.files.plainExportsOf(component);
            return valuesMissingIn(scope, component, plain).length === 0;
        }),
    };
    checkNodes(scope, places);
    for (const { node } of tree.clashes) if (node.isFirst) checkInstance(scope, node, places);
}

/** Checks the top-level blocks one after the other, but those known to be right. */
function checkNodes(scope: Scope, places: Places): void {
    const { files, known, isGraphComplete } = scope.analysis;
    const { nodes, clashes } = files.tree;
    const factsOf = internedFacts(known, (component) => factsAbout(scope, component, places));
    const now = { graph: files.types, factsOf };
    // What other blocks say may make a right one wrong only in these cases.
    const canBeKnown = isGraphComplete && clashes.length === 0 && !files.isAnyTooMuch;
    for (const { root, first, end } of blocksOf(nodes)) {
        if (canBeKnown && isKnownRight(known, root, now)) continue;
        const before = scope.report.foundCount();
        known.checkedBlockCount++;
        for (const node of nodes.slice(first, end)) if (node.isFirst) checkInstance(scope, node, places);
        if (canBeKnown && scope.report.foundCount() === before) rememberRight(known, root, now);
    }
}

/** The nodes of each top-level block, copies included: they follow each other in the tree. */
function* blocksOf(
    nodes: readonly InstanceNode[],
): Generator<{ root: InstanceDeclaration; first: number; end: number }> {
    let first = 0;
    for (let end = 1; end <= nodes.length; end++) {
        const root = nodes[first]?.declaration;
        const next = nodes[end];
        if (root === undefined || (next !== undefined && (next.parent !== null || next.declaration === root))) continue;
        yield { root, first, end };
        first = end;
    }
}

function factsAbout(scope: Scope, component: string, places: Places): ComponentFacts | null {
    const { graph, containment, exports } = scope.analysis.files;
    if (!graph.components.has(component)) return null;
    return {
        ancestors: containment.ancestorsOf(component),
        exports: exports.ofComponent(component),
        isRooted: places.rooted.has(component),
        isUncertain: isUncertain(scope, component),
        isClear: places.isClear(component),
    };
}

function checkInstance(scope: Scope, node: InstanceNode, places: Places): void {
    if (!checkComponent(scope, node)) return;
    checkParent(scope, node, places);
    if (scope.analysis.files.isTooMuch(node.declaration)) reportTooMuch(scope, node);
    else if (node.declaration.overrides.length > 0 || !places.lacksNothing(node.component)) checkOverrides(scope, node);
}

function reportTooMuch(scope: Scope, node: InstanceNode): void {
    const message = `The instances that override variables have more than ${MAX_OVERRIDDEN} together: those '${node.path}' sets are ignored.`;
    const details = { SHAPE: 'overrides', NAME: node.path, MAXIMUM: String(MAX_OVERRIDDEN) };
    scope.report.add('X_TOO_MANY_VARIABLES', nameOf(node).range, message, { details });
}

/** Whether the component is known; says so when it is not. */
function checkComponent(scope: Scope, node: InstanceNode): boolean {
    const { graph } = scope.analysis.files;
    const word = node.declaration.component;
    if (word === null) return false;
    if (graph.components.has(word.text)) return true;
    if (!scope.analysis.isGraphComplete || isBelowUnknown(scope, node) || scope.meantNames.has(word.text)) return false;
    if (scope.report.isFull('CO_INEXISTING_COMPONENT', word.range.file)) return false;
    const facet = graph.facets.get(word.text);
    if (facet !== undefined) reportFacet(scope, word, facet);
    else {
        const { hint, details } = cureFor(scope, word.text, graph.components.keys());
        scope.report.add('CO_INEXISTING_COMPONENT', word.range, `No component is called '${word.text}'.${hint}`, {
            details: { COMPONENT: word.text, ...details },
        });
    }
    return false;
}

function reportFacet(scope: Scope, word: Word, facet: TypeDeclaration): void {
    const message = `'${word.text}' is a facet: an instance is made of a component.`;
    const facts = besides(
        { COMPONENT: word.text, SHAPE: 'facet' },
        `The facet '${word.text}' is declared here.`,
        placeOf(facet),
    );
    scope.report.add('CO_INEXISTING_COMPONENT', word.range, message, facts);
}

function isBelowUnknown(scope: Scope, node: InstanceNode): boolean {
    return node.parent !== null && !scope.analysis.files.graph.components.has(node.parent.component);
}

/** What the graph says about places for instances. */
interface Places {
    /** Components that some root component leads to: the others have no place at all, which is said in the graph. */
    readonly rooted: ReadonlySet<string>;
    /** Whether all that a component may contain is known. */
    readonly isClear: (component: string) => boolean;
    /** Whether an instance that overrides nothing has all its values. */
    readonly lacksNothing: (component: string) => boolean;
}

function checkParent(scope: Scope, node: InstanceNode, { rooted, isClear }: Places): void {
    const { containment } = scope.analysis.files;
    const word = node.declaration.component;
    const ancestors = containment.ancestorsOf(node.component);
    if (word === null || !scope.analysis.isGraphComplete || isUncertain(scope, node.component)) return;
    const details = (): Readonly<Record<string, string>> => ({
        EXPECTED: ancestors.slice(0, 10).join(', '),
        COMPONENT: node.component,
    });
    if (node.parent === null) {
        if (ancestors.length === 0 || !rooted.has(node.component)) return;
        const message = `'${node.component}' runs inside another instance: place this one in an instance of ${orList(ancestors)}.`;
        const related = relatedTo(ancestors, (ancestor) => [
            `'${node.component}' is a child of '${ancestor}' here.`,
            childPlace(scope, ancestor, node.component),
        ]);
        scope.report.add('RM_MISSING_INSTANCE_PARENT', word.range, message, { details: details(), related });
        return;
    }
    const parent = node.parent.component;
    if (ancestors.includes(parent) || !isClear(parent)) return;
    const isMachine = scope.analysis.files.installerOf(node.component) === 'target';
    const shape = ancestors.length > 0 ? 'elsewhere' : isMachine ? 'machine' : 'homeless';
    const message = `An instance of '${node.component}' cannot be inside an instance of '${parent}': ${CURES[shape](node.component, parent, ancestors)}`;
    const facts = besides(
        { ...details(), PARENT: parent, SHAPE: shape },
        'The instance around it is here.',
        node.parent.declaration.component?.range,
    );
    scope.report.add('RM_INVALID_INSTANCE_PARENT', word.range, message, facts);
}

/** Whether all that a component may contain is known: otherwise the contained one may be meant by what is not. */
function areChildrenKnown(scope: Scope, component: string): boolean {
    const { graph } = scope.analysis.files;
    if (!graph.components.has(component) || isUncertain(scope, component)) return false;
    const types = [
        ...graph.lineageOf(component).map((name) => graph.components.get(name)),
        ...graph.allFacetsOf(component).map((name) => graph.facets.get(name)),
    ];
    return types.flatMap((type) => type?.children ?? []).every((word) => isType(graph, word.text));
}

function isType(graph: TypeGraph, name: string): boolean {
    return graph.components.has(name) || graph.facets.has(name);
}

/** Where an instance that stands in a wrong place should be. */
const CURES = {
    elsewhere: (_component: string, _parent: string, ancestors: readonly string[]) =>
        `it must be in an instance of ${orList(ancestors)}.`,
    machine: () => 'it is a machine, move it to the top level.',
    homeless: (component: string, parent: string) =>
        `'${component}' is in no children list: add it to the children of '${parent}'.`,
} as const;

function orList(names: readonly string[]): string {
    const shown = names.slice(0, 5).map((name) => `'${name}'`);
    return shown.join(' or ') + (names.length > shown.length ? ' or others' : '');
}

function checkOverrides(scope: Scope, node: InstanceNode): void {
    const { files } = scope.analysis;
    const applied = files.overridesOf(node);
    const exported = [...files.exports.ofComponent(node.component).keys()];
    if (!isUncertain(scope, node.component)) {
        for (const { key } of applied.unknown) {
            if (scope.report.isFull('RM_MAGIC_INSTANCE_VARIABLE', key.range.file)) break;
            const { hint, details } = didYouMean(scope, key.text, namesFor(exported));
            const message = `'${node.component}' exports no variable '${key.text}': this instance gets one of its own.${hint}`;
            scope.report.add('RM_MAGIC_INSTANCE_VARIABLE', key.range, message, {
                details: { VARIABLE: key.text, COMPONENT: node.component, ...details },
            });
        }
        checkMissingValues(scope, node, applied);
    }
    for (const { override, variables } of applied.ambiguous) {
        const { key } = override;
        const message = `'${key.text}' sets several variables at once: ${variables.join(', ')}. Write the full name of the one you mean.`;
        const details = { VARIABLE: key.text, CONFLICTING: variables.join(', ') };
        const related = relatedTo(variables, (name) => [
            `'${name}' is exported here.`,
            exportPlace(scope, node.component, name),
        ]);
        scope.report.add('RM_AMBIGUOUS_OVERRIDING', key.range, message, { details, related });
    }
    for (const { override, by } of applied.shadowed) {
        const message = `'${override.key.text}' and '${by.key.text}' both set '${by.key.text}': the value of the full name is used.`;
        const facts = besides(
            { VARIABLE: by.key.text, NAME: override.key.text },
            'The full name is set here.',
            by.key.range,
        );
        scope.report.add('X_CONFLICTING_OVERRIDES', override.key.range, message, facts);
    }
}

/** What follows the first dot of each name, then the full names. */
function* namesFor(variables: readonly string[]): Generator<string> {
    for (const name of variables) yield name.slice(name.indexOf('.') + 1);
    yield* variables;
}

/** Shown at the blank value that was given, else at the name of the instance. */
function checkMissingValues(scope: Scope, node: InstanceNode, applied: AppliedOverrides): void {
    const missing = valuesMissingIn(scope, node.component, applied);
    if (missing.length === 0) return;
    const written = new Map(node.declaration.overrides.map(({ key }) => [key.text, key]));
    for (const name of missing) {
        const blank = written.get(name) ?? written.get(simpleNameOf(name)) ?? null;
        const place = blank?.range ?? nameOf(node).range;
        if (scope.report.isFull('RM_MISSING_VARIABLE_VALUE', place.file)) return;
        const { message, details } = blank === null ? withoutValue(node, name) : withBlankValue(node, name, blank);
        const exported = exportPlace(scope, node.component, name);
        const facts = besides(details, `'${name}' is exported here.`, exported);
        scope.report.add('RM_MISSING_VARIABLE_VALUE', place, message, facts);
    }
}

interface Missing {
    readonly message: string;
    readonly details: Readonly<Record<string, string>>;
}

function withoutValue({ path }: InstanceNode, name: string): Missing {
    const message = `The instance '${path}' gives no value to '${name}', and the graph has none: add '${name}: …;'.`;
    return { message, details: { VARIABLE: name, INSTANCE: path } };
}

function withBlankValue({ path }: InstanceNode, name: string, { text }: Word): Missing {
    const message = `The instance '${path}' gives '${name}' a blank value: write one, or '""' for an empty text.`;
    return { message, details: { VARIABLE: name, INSTANCE: path, SHAPE: 'blank', NAME: text } };
}

/** Variables of an instance without value, neither from the graph nor from itself; a blank override is no value. */
function valuesMissingIn(scope: Scope, component: string, applied: AppliedOverrides): readonly string[] {
    const { given, exports } = applied;
    const missing: string[] = [];
    for (const [name, { value, random }] of scope.analysis.files.exports.ofComponent(component)) {
        if (given.has(name) || random !== null || isIp(name)) continue;
        if (value === null || exports[name] !== value) missing.push(name);
    }
    const further = [...applied.unknown, ...applied.ambiguous.map(({ override }) => override)].map(
        ({ key }) => key.text,
    );
    return [...missing, ...further.filter((name) => !given.has(name) && !isIp(name))];
}
