/**
 * What another model does to the state, in place: a topology of what the model has and of what is still deployed as an earlier one had
 * it, with everything known of the instances carried over by path. Only `evolve` calls this.
 */
import { note } from './agenda.ts';
import { mergedPaths } from './difference.ts';
import type { CoreEvent } from './event.ts';
import { forgetRetry, noteFamily } from './evolve-status.ts';
import { randomPortsOf } from './exports.ts';
import { recount } from './recount.ts';
import { at, createState, statusOf, type State, type Succession, type Task } from './state.ts';
import {
    definitionsOf,
    indexOf,
    isMachine,
    nodeAt,
    replaceNode,
    topologyFrom,
    type Definition,
    type Topology,
} from './topology.ts';

type Of<Kind extends CoreEvent['kind']> = Extract<CoreEvent, { kind: Kind }>;

/** Takes the place of the model before. Instances at work stay as they are defined until they come to rest. */
export function adoptModel(state: State, { model, recipes, transitions }: Of<'modelChanged'>): void {
    const asked = new Map(definitionsOf(model, recipes).map((definition) => [definition.instance.path, definition]));
    const kindOf = new Map(transitions.map(({ path, kind }) => [path, kind]));
    const added = transitions.filter(({ path, kind }) => kind === 'added' || isComingBack(state, path, kind));
    const successions = transitions.flatMap(({ path, kind }) => {
        if (kind === 'added' || kind === 'noted') return [];
        return [[path, { kind, desired: desiredAfter(state, path, kind) }] as const];
    });
    // A runner that died before the run of the model before began leaves some that still wait for theirs.
    const awaitedBefore = [...(state.accepted ?? [])].map((instance) => nodeAt(state.topology, instance).path);
    const paths = mergedPaths(
        state.topology.nodes.map((node) => node.path),
        [...asked.keys()],
    );
    const definitions = paths.flatMap((path) => {
        const kind = kindOf.get(path);
        const isOther = kind === undefined || kind === 'added' || kind === 'noted';
        return (isOther ? asked.get(path) : runningOf(state, path)) ?? [];
    });
    rebuild(state, topologyFrom(model, recipes, definitions));
    state.asked = asked;
    state.successions.clear();
    for (const [path, succession] of successions) succeed(state, indexOf(state.topology, path), succession);
    adoptOrigins(state, transitions);
    const awaited = [...awaitedBefore, ...added.map(({ path }) => path)];
    state.accepted = new Set(awaited.flatMap((path) => state.topology.indexOfPath.get(path) ?? []));
    state.halted = true;
}

/** Who was to take the place of one that stays after all does not wait for it. */
function adoptOrigins(state: State, transitions: Of<'modelChanged'>['transitions']): void {
    for (const [instance, origin] of state.origins) {
        if (state.successions.get(origin)?.kind !== 'removed') state.origins.delete(instance);
    }
    for (const { path, from } of transitions) {
        const origin = state.topology.indexOfPath.get(from ?? '');
        if (origin !== undefined) state.origins.set(indexOf(state.topology, path), origin);
    }
}

/** An instance at rest is from then on as the model has it. */
export function redefine(state: State, instance: number): void {
    const former = nodeAt(state.topology, instance);
    const asked = state.asked.get(former.path);
    if (asked === undefined) throw new Error(`the model does not have ${former.path}`);
    if (isMachine(asked.component) === former.scoped) replaceNode(state.topology, instance, asked);
    else rebuild(state, topologyWith(state.topology, instance, asked));
    settleInto(state, instance, former.recipe);
    noteFamily(state, nodeAt(state.topology, instance));
}

/** What lives on which machine is another thing from then on. */
function topologyWith({ model, recipes, nodes }: Topology, instance: number, asked: Definition): Topology {
    const definitions = nodes.map((node): Definition => (node.index === instance ? asked : node));
    return topologyFrom(model, recipes, definitions);
}

/** Nothing is known of these instances any more. */
export function forgetInstances(state: State, paths: readonly string[]): void {
    const { model, recipes, nodes } = state.topology;
    const forgotten = new Set(paths);
    rebuild(
        state,
        topologyFrom(
            model,
            recipes,
            nodes.filter((node) => !forgotten.has(node.path)),
        ),
    );
}

function runningOf(state: State, path: string): Definition | undefined {
    const index = state.topology.indexOfPath.get(path);
    return index === undefined ? undefined : nodeAt(state.topology, index);
}

/** It was leaving under the model before. */
function isComingBack(state: State, path: string, kind: string): boolean {
    const index = state.topology.indexOfPath.get(path);
    return kind === 'replaced' && index !== undefined && state.successions.get(index)?.kind === 'removed';
}

function desiredAfter(state: State, path: string, kind: Succession['kind']): Succession['desired'] {
    if (kind !== 'replaced') return 'NOT_DEPLOYED';
    const index = indexOf(state.topology, path);
    const former = state.successions.get(index);
    return former?.kind === 'replaced' ? former.desired : at(state.desired, index);
}

function succeed(state: State, instance: number, succession: Succession): void {
    state.successions.set(instance, succession);
    if (succession.kind === 'removed' || succession.kind === 'replaced') state.desired[instance] = 'NOT_DEPLOYED';
}

function settleInto(state: State, instance: number, formerRecipe: string | null): void {
    const succession = state.successions.get(instance);
    state.successions.delete(instance);
    forgetRetry(state, instance);
    if (succession?.kind === 'replaced') state.desired[instance] = succession.desired;
    keepPorts(state, instance);
    const isDeployed = statusOf(state, instance) !== 'NOT_DEPLOYED';
    if (succession?.kind !== 'reinstalled' || !isDeployed) return;
    const former = state.outdated.get(instance) ?? [];
    state.outdated.set(instance, formerRecipe === null ? former : [...new Set([...former, formerRecipe])]);
    state.initialized[instance] = false;
}

/** Ports that are not random any more are given back; when one is missing, all are searched for anew. */
function keepPorts(state: State, instance: number): void {
    const known = state.ports.get(instance);
    if (known === undefined) return;
    const names = randomPortsOf(nodeAt(state.topology, instance));
    const kept = names.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]] as const]));
    if (kept.length === names.length) state.ports.set(instance, Object.fromEntries(kept));
    else state.ports.delete(instance);
}

/** The same state over another topology. Instances that are not in it are gone, others in it are as before anything was ordered. */
function rebuild(state: State, topology: Topology): void {
    const before = state.topology;
    const next = createState(topology, state.settings);
    const moved = before.nodes.map((node) => topology.indexOfPath.get(node.path) ?? -1);
    const slotOf = (slot: number) => (slot === before.localMachine ? topology.localMachine : (moved[slot] ?? -1));
    carryLists(state, next, moved);
    carryMaps(state, next, moved);
    carry(state.machines, next.machines, slotOf);
    for (const place of carriedSet(state.restless, moved)) next.restless.add(place);
    for (const place of carriedSet(state.forced, moved)) next.forced.add(place);
    const { targets, asked, runs, superseded, lastRun, attemptCount, halted, cancelling, sequence } = state;
    const accepted = state.accepted === null ? null : carriedSet(state.accepted, moved);
    const kept = { targets, asked, accepted, runs, superseded, lastRun, attemptCount, halted, cancelling, sequence };
    Object.assign(state, next, kept);
    recount(state);
    for (const node of topology.nodes) note(state.agenda, node.index);
}

function carriedSet(instances: ReadonlySet<number>, moved: readonly number[]): ReadonlySet<number> {
    return new Set([...instances].flatMap((instance) => moved[instance] ?? []).filter((place) => place !== -1));
}

function carryLists(state: State, next: State, moved: readonly number[]): void {
    moved.forEach((place, instance) => {
        if (place === -1) return;
        next.desired[place] = at(state.desired, instance);
        next.status[place] = at(state.status, instance);
        next.since[place] = at(state.since, instance);
        next.held[place] = at(state.held, instance);
        next.orderedBy[place] = at(state.orderedBy, instance);
        next.initialized[place] = at(state.initialized, instance);
        next.hasFiles[place] = at(state.hasFiles, instance);
    });
}

function carryMaps(state: State, next: State, moved: readonly number[]): void {
    const placeOf = (instance: number) => moved[instance] ?? -1;
    carry<Task>(state.tasks, next.tasks, placeOf);
    carry(state.successions, next.successions, placeOf);
    carry(state.outdated, next.outdated, placeOf);
    carry(state.failures, next.failures, placeOf);
    carry(state.unknowns, next.unknowns, placeOf);
    carry(state.retries, next.retries, placeOf);
    carry(state.beforeLoss, next.beforeLoss, placeOf);
    carry(state.lostTasks, next.lostTasks, placeOf);
    carry(state.ports, next.ports, placeOf);
    carry(state.published, next.published, placeOf);
    for (const [instance, origin] of state.origins) {
        if (placeOf(instance) !== -1 && placeOf(origin) !== -1) next.origins.set(placeOf(instance), placeOf(origin));
    }
    for (const [importer, pending] of state.updates) {
        const told = new Map<number, Readonly<Record<string, string>> | null>();
        carry(pending, told, placeOf);
        if (placeOf(importer) !== -1 && told.size > 0) next.updates.set(placeOf(importer), told);
    }
}

function carry<Value>(
    from: ReadonlyMap<number, Value>,
    to: Map<number, Value>,
    placeOf: (instance: number) => number,
): void {
    for (const [instance, value] of from) {
        const place = placeOf(instance);
        if (place !== -1) to.set(place, value);
    }
}
