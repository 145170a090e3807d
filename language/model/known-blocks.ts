/**
 * What earlier analyses of an application found right, so that it need not be looked at again.
 *
 * 1. Only what had no finding is remembered: what has one is checked each time, so that places and hints are those of now.
 * 2. A block is right as long as its text and what the graph says about the components it names are the same.
 */
import type { InstanceDeclaration } from './declarations.ts';
import type { ResolvedVariables } from './exported-variables.ts';
import type { ResolvedGraph } from './resolve.ts';

/** All that the check of an instance asks the graph about one component. */
export interface ComponentFacts {
    readonly ancestors: readonly string[];
    readonly exports: ResolvedVariables;
    /** Whether some root component leads to it. */
    readonly isRooted: boolean;
    /** Whether something it builds on is unknown. */
    readonly isUncertain: boolean;
    /** Whether all that it may contain is known. */
    readonly isClear: boolean;
}

interface RightBlock {
    graph: ResolvedGraph;
    readonly facts: ReadonlyMap<string, ComponentFacts>;
}

/** The memory of one application. Its members change with each analysis. */
export interface KnownBlocks {
    /** The graph whose checks found nothing, with how it was checked; null when they found something. */
    rightGraph: { readonly graph: ResolvedGraph; readonly use: string } | null;
    /** By the writing of a top-level instance. */
    readonly rightInstances: WeakMap<object, RightBlock>;
    /** The last facts of each component: equal ones stay the same object. */
    readonly facts: Map<string, ComponentFacts>;
    /** How many blocks have been checked so far. */
    checkedBlockCount: number;
}

/** A memory of nothing. */
export function createKnownBlocks(): KnownBlocks {
    return { rightGraph: null, rightInstances: new WeakMap(), facts: new Map(), checkedBlockCount: 0 };
}

/** What the graph says about a component; null when there is none of this name. */
export type FactsOf = (component: string) => ComponentFacts | null;

/** The facts of `compute`, each asked once; those that did not change are the objects of the analysis before. */
export function internedFacts({ facts }: KnownBlocks, compute: FactsOf): FactsOf {
    const asked = new Map<string, ComponentFacts | null>();
    return (component) => {
        const known = asked.get(component);
        if (known !== undefined) return known;
        const computed = compute(component);
        const earlier = facts.get(component);
        const kept = computed !== null && earlier !== undefined && isSame(earlier, computed) ? earlier : computed;
        if (kept === null) facts.delete(component);
        else facts.set(component, kept);
        asked.set(component, kept);
        return kept;
    };
}

function isSame(one: ComponentFacts, other: ComponentFacts): boolean {
    return (
        one.isRooted === other.isRooted &&
        one.isUncertain === other.isUncertain &&
        one.isClear === other.isClear &&
        one.ancestors.length === other.ancestors.length &&
        one.ancestors.every((name, i) => name === other.ancestors[i]) &&
        areSameVariables(one.exports, other.exports)
    );
}

function areSameVariables(one: ResolvedVariables, other: ResolvedVariables): boolean {
    if (one === other) return true;
    if (one.size !== other.size) return false;
    for (const [name, { value, random }] of one) {
        const same = other.get(name);
        if (same === undefined || same.value !== value || same.random !== random) return false;
    }
    return true;
}

/** Whether a top-level instance was right before and still is. */
export function isKnownRight(
    known: KnownBlocks,
    { writing }: InstanceDeclaration,
    { graph, factsOf }: { readonly graph: ResolvedGraph; readonly factsOf: FactsOf },
): boolean {
    const right = known.rightInstances.get(writing);
    if (right === undefined) return false;
    if (right.graph === graph) return true;
    for (const [component, facts] of right.facts) if (factsOf(component) !== facts) return false;
    right.graph = graph;
    return true;
}

/** Remembers that a top-level instance is right. Nothing is remembered of one that names an unknown component. */
export function rememberRight(
    known: KnownBlocks,
    declaration: InstanceDeclaration,
    { graph, factsOf }: { readonly graph: ResolvedGraph; readonly factsOf: FactsOf },
): void {
    const facts = new Map<string, ComponentFacts>();
    const pending = [declaration];
    for (const { component, instances } of pending) {
        const found = component === null ? null : factsOf(component.text);
        if (component === null || found === null) return;
        facts.set(component.text, found);
        pending.push(...instances);
    }
    known.rightInstances.set(declaration.writing, { graph, facts });
}
