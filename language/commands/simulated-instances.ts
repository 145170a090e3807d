/**
 * The instances a command file finds while it runs: those of the model, and what earlier instructions made of them (reference: language,
 * section 5.1). Nothing is copied before it is looked at. Searches spend a budget, so that a file of any length is checked in a moment.
 */
import type { SourceRange } from '../model/application-model.ts';
import { MAX_INSTANCES, type InstanceNode } from '../model/instance-tree.ts';
import { STAND_IN, type Indexes, type IndexQuery } from './generators.ts';

/** So many instances may be looked at in searches of one file. */
const SEARCH_BUDGET = 2_000_000;

/** One instance at some point of a file. */
export interface SimulatedInstance {
    readonly name: string;
    /** Null for what stands for an instance that was not found: it may be of any component. */
    readonly component: string | null;
    readonly parent: SimulatedInstance | null;
    /** What it is, or was copied from, in the model; null when an instruction created it. */
    readonly node: InstanceNode | null;
    /** Where an instruction gave it its name; null when the model did. */
    readonly named: SourceRange | null;
}

/** Where a path leads: as far as its instances exist. */
export interface Trail {
    /** From the root on. */
    readonly found: readonly SimulatedInstance[];
    /** The last one, when all exist. */
    readonly instance: SimulatedInstance | null;
}

export interface SimulatedInstances {
    readonly find: (segments: readonly string[]) => Trail;
    readonly childCalled: (parent: SimulatedInstance | null, name: string) => SimulatedInstance | null;
    readonly namesIn: (parent: SimulatedInstance | null) => Iterable<string>;
    /** False once something was too much to be followed: then nothing can be said about what does not exist. */
    readonly isCertain: () => boolean;
    readonly create: (created: Omit<SimulatedInstance, 'node'>) => void;
    readonly replicate: (root: SimulatedInstance, name: string, named: SourceRange) => void;
    readonly rename: (instance: SimulatedInstance, name: string, named: SourceRange) => void;
    readonly remove: (instance: SimulatedInstance) => void;
    readonly removeAll: (component: string) => void;
    /** Makes an instance that stands for one that was not found. */
    readonly addStandIn: (parent: SimulatedInstance | null) => void;
    /** Answers of a `define` with or without `under`. */
    readonly indexesUnder: (under: SimulatedInstance | null) => Indexes;
}

interface Living extends SimulatedInstance {
    name: string;
    named: SourceRange | null;
    readonly parent: Living | null;
    /** Undefined until somebody looks. */
    children: Map<string, Living> | undefined;
}

/** Instances as the model has them; `childrenOf` answers those of null for the roots. */
export function simulateInstances(
    childrenOf: (node: InstanceNode | null) => readonly InstanceNode[],
): SimulatedInstances {
    return new Simulation(childrenOf);
}

class Simulation implements SimulatedInstances {
    readonly #childrenOf: (node: InstanceNode | null) => readonly InstanceNode[];
    #roots: Map<string, Living> | undefined;
    #byComponent: Map<string, Set<Living>> | undefined;
    /** The index found last for a name, as long as nothing was removed. */
    readonly #lastFree = new Map<string, number>();
    #budget = SEARCH_BUDGET;
    #copies = 0;
    #isCertain = true;

    constructor(childrenOf: (node: InstanceNode | null) => readonly InstanceNode[]) {
        this.#childrenOf = childrenOf;
    }

    readonly isCertain = (): boolean => this.#isCertain;

    readonly find = (segments: readonly string[]): Trail => {
        const found: Living[] = [];
        let instance: Living | null = null;
        for (const name of segments) {
            const child: Living | undefined = this.#children(instance).get(name);
            if (child === undefined) return { found, instance: null };
            found.push(child);
            instance = child;
        }
        return { found, instance };
    };

    readonly childCalled = (parent: SimulatedInstance | null, name: string): SimulatedInstance | null =>
        this.#children(living(parent)).get(name) ?? null;

    readonly namesIn = (parent: SimulatedInstance | null): Iterable<string> => this.#children(living(parent)).keys();

    readonly create = ({ name, component, parent, named }: Omit<SimulatedInstance, 'node'>): void => {
        this.#add({ name, component, parent: living(parent), node: null, named, children: new Map() });
    };

    readonly replicate = (root: SimulatedInstance, name: string, named: SourceRange): void => {
        this.#copy(living(root), null, { name, named });
    };

    readonly rename = (instance: SimulatedInstance, name: string, named: SourceRange): void => {
        const renamed = living(instance);
        const siblings = this.#children(renamed.parent);
        siblings.delete(renamed.name);
        renamed.name = name;
        renamed.named = named;
        siblings.set(name, renamed);
        this.#lastFree.clear();
    };

    readonly remove = (instance: SimulatedInstance): void => {
        const removed = living(instance);
        this.#children(removed.parent).delete(removed.name);
        this.#lastFree.clear();
        if (this.#byComponent !== undefined) for (const each of this.#below(removed)) this.#forget(each);
    };

    readonly removeAll = (component: string): void => {
        this.#byComponent ??= this.#indexed();
        for (const instance of [...(this.#byComponent.get(component) ?? [])]) this.remove(instance);
    };

    readonly addStandIn = (parent: SimulatedInstance | null): void => {
        const children = this.#children(living(parent));
        if (children.has(STAND_IN)) return;
        this.create({ name: STAND_IN, component: null, parent, named: null });
    };

    readonly indexesUnder = (under: SimulatedInstance | null): Indexes => ({
        free: (nameOf) => this.#freeIndex(under, nameOf),
        existing: (query) => this.#existingIndex(under, query),
    });

    #children(parent: Living | null): Map<string, Living> {
        const known = parent === null ? this.#roots : parent.children;
        if (known !== undefined) return known;
        const nodes = parent !== null && parent.node === null ? [] : this.#childrenOf(parent?.node ?? null);
        const children = new Map<string, Living>();
        for (const node of nodes)
            children.set(node.name, {
                name: node.name,
                component: node.component,
                parent,
                node,
                named: null,
                children: undefined,
            });
        if (parent === null) this.#roots = children;
        else parent.children = children;
        return children;
    }

    #add(instance: Living): void {
        this.#children(instance.parent).set(instance.name, instance);
        if (this.#byComponent !== undefined) remember(this.#byComponent, instance);
    }

    #copy(original: Living, parent: Living | null, as: Pick<Living, 'name' | 'named'>): void {
        if (this.#copies++ >= MAX_INSTANCES) {
            this.#isCertain = false;
            return;
        }
        const { component, node } = original;
        const copy: Living = { ...as, component, parent, node, children: new Map() };
        const children = [...this.#children(original).values()];
        this.#add(copy);
        for (const child of children) this.#copy(child, copy, { name: child.name, named: child.named });
    }

    /** The instance, or null for all of them, with everything inside. */
    *#below(start: Living | null): Generator<Living> {
        const queue: (Living | null)[] = [start];
        for (const each of queue) {
            if (each !== null) yield each;
            for (const child of this.#children(each).values()) queue.push(child);
        }
    }

    #indexed(): Map<string, Set<Living>> {
        const index = new Map<string, Set<Living>>();
        for (const instance of this.#below(null)) remember(index, instance);
        return index;
    }

    #forget(instance: Living): void {
        if (instance.component !== null) this.#byComponent?.get(instance.component)?.delete(instance);
    }

    #spend(): boolean {
        if (this.#budget-- > 0) return true;
        this.#isCertain = false;
        return false;
    }

    #freeIndex(under: SimulatedInstance | null, nameOf: (index: number) => string): number {
        const base = under === null ? [] : pathOf(under);
        const key = [...base, nameOf(0)].join('/');
        let index = (this.#lastFree.get(key) ?? 1) - 1;
        do index++;
        while (this.#spend() && this.find([...base, ...nameOf(index).split('/')]).instance !== null);
        this.#lastFree.set(key, index);
        return index;
    }

    #existingIndex(under: SimulatedInstance | null, query: IndexQuery): number | null {
        const above = query.prefix.split('/');
        const below = query.suffix.split('/');
        const shape = { ...query, prefix: above.at(-1) ?? '', suffix: below[0] ?? '' };
        let best: number | null = null;
        for (const candidate of this.#candidates(under, above.slice(0, -1))) {
            if (!this.#spend()) break;
            const index = indexIn(candidate.name, shape);
            if (index === null || !isBetter(index, best, query.end)) continue;
            const inside = below.slice(1);
            if (inside.length === 0 || this.find([...pathOf(candidate), ...inside]).instance !== null) best = index;
        }
        return best;
    }

    /** What can bear the index: without `under`, instances at any depth. */
    *#candidates(under: SimulatedInstance | null, above: readonly string[]): Iterable<Living> {
        if (under !== null) {
            const { instance } = this.find([...pathOf(under), ...above]);
            if (instance !== null) yield* this.#children(living(instance)).values();
            return;
        }
        for (const instance of this.#below(null)) {
            const parents = above.length === 0 ? [] : pathOf(instance).slice(-above.length - 1, -1);
            if (above.every((name, i) => name === parents[i])) yield instance;
        }
    }
}

/** All instances that leave the simulation were made by it. */
function living<T extends SimulatedInstance | null>(instance: T): T extends null ? null : Living;
function living(instance: SimulatedInstance | null): Living | null {
    return instance as Living | null;
}

function remember(index: Map<string, Set<Living>>, instance: Living): void {
    if (instance.component === null) return;
    const known = index.get(instance.component);
    if (known === undefined) index.set(instance.component, new Set([instance]));
    else known.add(instance);
}

function indexIn(name: string, { prefix, suffix, above, below }: IndexQuery): number | null {
    if (name.length <= prefix.length + suffix.length || !name.startsWith(prefix) || !name.endsWith(suffix)) return null;
    const digits = name.slice(prefix.length, name.length - suffix.length);
    if (!/^\d{1,15}$/.test(digits)) return null;
    const index = Number(digits);
    return (above === null || index > above) && (below === null || index < below) ? index : null;
}

function isBetter(index: number, best: number | null, end: IndexQuery['end']): boolean {
    if (best === null) return true;
    return end === 'MIN' ? index < best : index > best;
}

/** The names from the root to an instance. */
export function pathOf(instance: SimulatedInstance): readonly string[] {
    const names: string[] = [];
    for (let each: SimulatedInstance | null = instance; each !== null; each = each.parent) names.push(each.name);
    return names.reverse();
}
