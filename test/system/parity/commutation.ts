/**
 * Which steps are independent, and runs up to the commutation of independent steps.
 *
 * Two instances are *related* when they share a machine (one recipe at a time runs there), when one is the parent of the other, or when
 * one may import from the other. A turn of the engine touches
 *
 * 1. the instances of its facts;
 * 2. those that import from an instance whose exports it publishes or withdraws: what they are told of, and in which order, is theirs;
 * 3. those that an instance imports from which it brings to rest: they may have waited for just that, and be stopped next.
 *
 * Two turns are independent when no instance that one touches is, or is related to, one that the other touches. Facts about runs touch
 * everything, and so does a turn after which nothing else is under way: stops that wait for one another in a ring go on when all is at
 * rest, wherever that is.
 */
import { topologyOf, type Topology } from '../../../runner/core/topology.ts';
import type { ApplicationModel } from '../../../language/index.ts';
import type { CoreEvent } from '../../../runner/core/event.ts';
import { comparable, pathOf, type RecordedTurn } from './answers.ts';

/** How the instances of a model depend on one another; all by path. */
export interface Relation {
    /** Whether two instances are one or are related. */
    readonly related: (one: string, other: string) => boolean;
    /** Those that may import from an instance. */
    readonly importersOf: (path: string) => readonly string[];
    /** Those that an instance may import from. */
    readonly exportersOf: (path: string) => readonly string[];
}

/** The relation of a model's instances. */
export function relationOf(model: ApplicationModel): Relation {
    const topology = topologyOf(model);
    const near = topology.nodes.map((node) => new Set(relatedTo(topology, node)));
    const importers = topology.nodes.map((node) => topology.nodes.filter((other) => imports(other, node)));
    const exporters = topology.nodes.map((node) => topology.nodes.filter((other) => imports(node, other)));
    const indexOf = (path: string) => topology.indexOfPath.get(path) ?? -1;
    return {
        related: (one, other) => near[indexOf(one)]?.has(indexOf(other)) ?? true,
        importersOf: (path) => importers[indexOf(path)]?.map((node) => node.path) ?? [],
        exportersOf: (path) => exporters[indexOf(path)]?.map((node) => node.path) ?? [],
    };
}

type Node = Topology['nodes'][number];

function relatedTo(topology: Topology, node: Node): readonly number[] {
    return topology.nodes
        .filter((other) => {
            const isRelative = other.parent === node.index || node.parent === other.index;
            return other.machine === node.machine || isRelative || imports(node, other) || imports(other, node);
        })
        .map(({ index }) => index);
}

function imports(importer: Node, exporter: Node): boolean {
    const wanted = importer.component.imports.map(({ name }) => name.split('.')[0] ?? '');
    return exporter.prefixes.some((prefix) => wanted.includes(prefix));
}

/** The same turns in another order, and how often two that follow each other and are independent changed places. */
export interface Commuted {
    readonly turns: readonly RecordedTurn[];
    readonly swaps: number;
}

/** Tries `attempts` swaps at places that `choose` gives, numbers in [0, 1). */
export function commuted(
    recorded: readonly RecordedTurn[],
    relation: Relation,
    { attempts, choose }: { readonly attempts: number; readonly choose: () => number },
): Commuted {
    const turns = [...recorded];
    let swaps = 0;
    for (let i = 0; i < attempts; i++) {
        const place = Math.floor(choose() * (turns.length - 1));
        const [one, other] = [turns[place], turns[place + 1]];
        if (one === undefined || other === undefined || !areIndependent(one, other, relation)) continue;
        turns.splice(place, 2, other, one);
        swaps++;
    }
    return { turns, swaps };
}

function areIndependent(one: RecordedTurn, other: RecordedTurn, relation: Relation): boolean {
    const [touched, others] = [touchedBy(one, relation), touchedBy(other, relation)];
    if (touched === null || others === null) return false;
    return touched.every((path) => others.every((another) => !relation.related(path, another)));
}

/** Statuses that are entered together with, or may be entered from, visible exports. */
const PUBLISHING = new Set(['DEPLOYED_STARTED', 'STOPPING', 'UNDEPLOYING', 'PROBLEM']);

/** Statuses in which an instance keeps nobody from being stopped. */
const RESTING = new Set(['DEPLOYED_STOPPED', 'UNRESOLVED', 'WAITING_FOR_ANCESTOR', 'NOT_DEPLOYED', 'PROBLEM']);

/** Null = everything. */
function touchedBy({ facts, isAlone }: RecordedTurn, { importersOf, exportersOf }: Relation): readonly string[] | null {
    if (isAlone) return null;
    const paths = facts.map(pathOf);
    const changes = facts.flatMap((fact) => fact.changes);
    const told = changes.filter(({ status }) => PUBLISHING.has(status)).flatMap(({ path }) => importersOf(path));
    const freed = changes.filter(({ status }) => RESTING.has(status)).flatMap(({ path }) => exportersOf(path));
    const own = paths.filter((path) => path !== null);
    return own.length === paths.length ? [...own, ...changes.map(({ path }) => path), ...told, ...freed] : null;
}

/**
 * What each pair of related instances went through, in order: two runs are equal up to the commutation of independent
 * steps exactly when these projections are. Facts about runs belong to no instance.
 */
export function projections(
    facts: readonly CoreEvent[],
    paths: readonly string[],
    { related }: Relation,
): ReadonlyMap<string, readonly string[]> {
    const texts = facts.map((fact) => ({ path: pathOf(fact), text: JSON.stringify(comparable(fact)) }));
    const pairs = paths.flatMap((one, i) => paths.slice(i).map((other) => [one, other] as const));
    return new Map(
        pairs
            .filter(([one, other]) => related(one, other))
            .map(([one, other]) => [
                `${one} and ${other}`,
                texts.filter(({ path }) => path === one || path === other).map(({ text }) => text),
            ]),
    );
}
