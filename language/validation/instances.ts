/** What instances must satisfy (reference: language, sections 3.6, 4.3 and 4.4). */
import type { InstanceDeclaration, Word } from '../model/declarations.ts';
import { isIp } from '../model/exported-variables.ts';
import { MAX_OVERRIDDEN } from '../model/resolve.ts';
import { closureOf, memo, type TypeGraph } from '../model/type-graph.ts';
import type { AppliedOverrides } from '../model/instance-exports.ts';
import { MAX_INSTANCES, type InstanceNode } from '../model/instance-tree.ts';
import { besides, cureFor, didYouMean, isUncertain, others, type Scope } from './scope.ts';

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
    for (const node of tree.nodes) if (node.isFirst) checkInstance(scope, node, places);
    for (const { node } of tree.clashes) if (node.isFirst) checkInstance(scope, node, places);
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

function checkPaths(scope: Scope): void {
    const { tree } = scope.analysis.files;
    const written = new Map<string, InstanceNode[]>();
    const reported = new Set<InstanceDeclaration>();
    for (const { node, taken } of tree.clashes) {
        const same = written.get(node.path);
        if (node.copiedBy === null && taken.copiedBy === null) {
            if (same === undefined) written.set(node.path, [taken, node]);
            else same.push(node);
        } else if (node.declaration !== taken.declaration && !reported.has(node.declaration)) {
            reported.add(node.declaration);
            reportInferred(scope, node, taken);
        }
    }
    for (const [path, nodes] of written) reportDeclaredTwice(scope, path, nodes);
}

function reportDeclaredTwice(scope: Scope, path: string, nodes: readonly InstanceNode[]): void {
    const words = nodes.map(nameOf);
    for (const word of words) {
        if (scope.report.isFull('CO_ALREADY_DEFINED_INSTANCE', word.range.file)) continue;
        const related = others(`'${path}' is also declared here.`, word, words);
        const message = `The instance '${path}' is declared ${words.length} times: give each a name of its own.`;
        scope.report.add('CO_ALREADY_DEFINED_INSTANCE', word.range, message, {
            details: { INSTANCE: path, ALREADY_DEFINED: path, COUNT: String(words.length) },
            related,
        });
    }
}

function reportInferred(scope: Scope, node: InstanceNode, taken: InstanceNode): void {
    const [copy, other] = node.copiedBy === null ? [taken, node] : [node, taken];
    const place = copy.copiedBy?.count?.range ?? nameOf(copy).range;
    const message = `The count makes a copy called '${node.path}', but an instance of this name exists: rename one of them.`;
    const facts = besides(
        { INSTANCE: node.name, PATH: node.path },
        `'${node.path}' is declared here.`,
        nameOf(other).range,
    );
    scope.report.add('CO_CONFLICTING_INFERRED_INSTANCE', place, message, facts);
}

function nameOf({ declaration, name }: InstanceNode): Word {
    return declaration.name ?? { text: name, range: declaration.block };
}

/** Whether the component is known; says so when it is not. */
function checkComponent(scope: Scope, node: InstanceNode): boolean {
    const { graph } = scope.analysis.files;
    const word = node.declaration.component;
    if (word === null) return false;
    if (graph.components.has(word.text)) return true;
    if (!scope.analysis.isGraphComplete || isBelowUnknown(scope, node) || scope.meantNames.has(word.text)) return false;
    if (scope.report.isFull('CO_INEXISTING_COMPONENT', word.range.file)) return false;
    const { hint, details } = cureFor(scope, word.text, graph.components.keys());
    const shape = graph.facets.has(word.text) ? { SHAPE: 'facet' } : {};
    const cause = graph.facets.has(word.text)
        ? `'${word.text}' is a facet: an instance is made of a component.`
        : `No component is called '${word.text}'.${hint}`;
    scope.report.add('CO_INEXISTING_COMPONENT', word.range, cause, {
        details: { COMPONENT: word.text, ...shape, ...details },
    });
    return false;
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
        scope.report.add('RM_MISSING_INSTANCE_PARENT', word.range, message, { details: details() });
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
        checkMissingValues(scope, node);
    }
    for (const { override, variables } of applied.ambiguous) {
        const { key } = override;
        const message = `'${key.text}' sets several variables at once: ${variables.join(', ')}. Write the full name of the one you mean.`;
        const details = { VARIABLE: key.text, CONFLICTING: variables.join(', ') };
        scope.report.add('RM_AMBIGUOUS_OVERRIDING', key.range, message, { details });
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

function checkMissingValues(scope: Scope, node: InstanceNode): void {
    for (const name of valuesMissingIn(scope, node.component, scope.analysis.files.overridesOf(node))) {
        const message = `The instance '${node.path}' gives no value to '${name}', and the graph has none: add '${name}: …;'.`;
        scope.report.add('RM_MISSING_VARIABLE_VALUE', nameOf(node).range, message, {
            details: { VARIABLE: name, INSTANCE: node.path },
        });
    }
}

/** Variables of a component without value, neither from the graph nor from the instance; a blank override is no value. */
function valuesMissingIn(scope: Scope, component: string, { given, exports }: AppliedOverrides): readonly string[] {
    const missing: string[] = [];
    for (const [name, { value, random }] of scope.analysis.files.exports.ofComponent(component)) {
        if (given.has(name) || random !== null || isIp(name)) continue;
        if (value === null || exports[name] !== value) missing.push(name);
    }
    return missing;
}
