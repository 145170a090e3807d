/**
 * The state of one deployment, owned by one loop. `evolve` alone changes it, in place; everybody else reads it through
 * the functions below and never keeps a reference to what it holds. Dense arrays are indexed like the topology; maps
 * hold what only a few instances have at one time.
 */
import { createAgenda, type Agenda } from './agenda.ts';
import { USUAL_DURATIONS, type Expectation } from './expectation.ts';
import type { Failure, ImportChange, PublishedValues } from './event.ts';
import type { CoreOrder } from './input.ts';
import { NO_RETRY, type RetryPolicy } from './retry.ts';
import type { DesiredStatus, InstanceStatus, Phase } from './status.ts';
import { nodeAt, type Definition, type Topology } from './topology.ts';

export interface Settings {
    /** Steps (recipes and port searches) that may run at one time, over all machines. */
    readonly concurrency: number;
    /** Address of what lives under no scoped instance. */
    readonly localAddress: string;
    readonly retry: RetryPolicy;
    /** How long work is expected to take as long as nothing else was learnt. */
    readonly expected: Expectation;
}

export const DEFAULT_SETTINGS: Settings = {
    concurrency: 128,
    localAddress: '127.0.0.1',
    retry: NO_RETRY,
    expected: { general: USUAL_DURATIONS, components: {} },
};

/** What is under way for one instance; it has at most one task. */
export type Task =
    | {
          readonly kind: 'step';
          readonly phase: Phase;
          readonly attempt: string;
          readonly begunAt: number;
          /** The status before the step. */
          readonly previous: InstanceStatus;
          /** Only an `update` has one. */
          readonly change: ImportChange | null;
          /** What the instance knew of the exporter before its `update`: null = nothing, as for every other phase. */
          readonly told: PublishedValues | null;
      }
    | { readonly kind: 'ports'; readonly attempt: string }
    /** `target`: name of the snapshot of the target that makes it; null = this computer. */
    | { readonly kind: 'machine'; readonly target: string | null }
    | { readonly kind: 'removal' }
    /** Its machine is being destroyed although the instance itself is gone already. `machineId` is empty when none is known. */
    | { readonly kind: 'orphan'; readonly machineId: string; readonly target: string | null };

/** A step that was begun and whose end nobody knows. */
export interface UnknownStep {
    readonly phase: Phase;
    readonly attempt: string;
    readonly previous: InstanceStatus;
    readonly change: ImportChange | null;
    readonly told: PublishedValues | null;
}

export interface Machine {
    readonly id: string;
    readonly address: string;
    /** Name of the snapshot of the target that made it; null = this computer. */
    readonly target: string | null;
}

/** Path of a scoped instance to the name of the snapshot of its target; what is not in it is on this computer. */
export type Targets = Readonly<Record<string, string>>;

/** What another model still has to do to an instance that runs as an earlier one had it. */
export interface Succession {
    readonly kind: 'removed' | 'replaced' | 'reinstalled' | 'restarted';
    /** What will be wanted of it once it is gone and comes back; only a replaced one is, so that it counts for no other. */
    readonly desired: DesiredStatus;
}

export interface Run {
    readonly id: string;
    readonly order: CoreOrder;
    readonly begunAt: number;
    readonly endedAt: number | null;
    readonly outcome: 'succeeded' | 'failed' | 'cancelled' | null;
}

export interface State {
    readonly topology: Topology;
    readonly settings: Settings;
    readonly desired: DesiredStatus[];
    readonly status: InstanceStatus[];
    /** When the status was entered. */
    readonly since: number[];
    /** A held instance makes no move of its own towards what is desired until an order releases it. */
    readonly held: boolean[];
    /** What makes machines from then on. One that is there keeps the target it was made by. */
    targets: Targets;
    /** What the model accepted last makes instances from, by path; empty while it is the first one. */
    asked: ReadonlyMap<string, Definition>;
    /** Instances that do not yet run as the model accepted last has them. */
    readonly successions: Map<number, Succession>;
    /** Added instances that take the place of one that leaves: they wait until that is gone. */
    readonly origins: Map<number, number>;
    /** Instances undeployed by force: none of their recipes is run. */
    readonly forced: Set<number>;
    /** Deployed instances whose recipe is another one: names of the copies of which files may be left there, to be deployed over. */
    readonly outdated: Map<number, readonly string[]>;
    /** Instances added by a model that was accepted and whose run has not begun; null when no run is due. */
    accepted: ReadonlySet<number> | null;
    /** Id of the run whose order was the last to want something of the instance; empty when none did. */
    readonly orderedBy: string[];
    /** `initialize` has ended well since the instance was last absent. */
    readonly initialized: boolean[];
    /** Something may be left in the instance's directory. */
    readonly hasFiles: boolean[];
    /** How many children have a status or files. */
    readonly presentChildren: number[];
    /** How many descendants start, run or stop. */
    readonly activeBelow: number[];
    /** Per machine slot: tasks that occupy it. */
    readonly occupied: number[];
    /** Per import group: visible exporters that satisfy it. */
    readonly feeders: number[];
    /** Per import group: importers that start or stop. */
    readonly busyImporters: number[];
    readonly failures: Map<number, Failure>;
    readonly tasks: Map<number, Task>;
    readonly unknowns: Map<number, UnknownStep>;
    /** Retries used by the phase under way, and when the next is due (null while it is not waited for). */
    readonly retries: Map<number, { readonly count: number; readonly dueAt: number | null }>;
    /** By machine slot. */
    readonly machines: Map<number, Machine>;
    /** Status to come back to when a lost machine answers again. */
    readonly beforeLoss: Map<number, InstanceStatus>;
    /** What was under way for instances of a lost machine, but for steps: those are unknown. */
    readonly lostTasks: Map<number, Task>;
    /** Ports by local variable name. */
    readonly ports: Map<number, Readonly<Record<string, number>>>;
    readonly published: Map<number, PublishedValues>;
    readonly visible: Map<string, Set<number>>;
    /** Importer to exporter to what the importer was last told of it (null = nothing, or that it left). Oldest first. */
    readonly updates: Map<number, Map<number, PublishedValues | null>>;
    /** Instances in a status that must not last, in the order they entered it. */
    readonly restless: Set<number>;
    /** Runs that have not ended, oldest first. */
    readonly runs: Run[];
    /** Runs under way that lost instances to a later order. */
    readonly superseded: Set<string>;
    /** The latest run, ended or not. */
    lastRun: Run | null;
    /** Attempts made so far. */
    attemptCount: number;
    /** Steps and port searches under way. */
    runningCount: number;
    /** Timers waited for. */
    timerCount: number;
    /** Nothing is begun until an order comes: after a cancel and after a restart. */
    halted: boolean;
    /** A cancel was asked for and its runs have not ended. */
    cancelling: boolean;
    /** Facts this state contains. */
    sequence: number;
    /** A list of what is worth considering. Never content: naming more instances changes nothing but time. */
    readonly agenda: Agenda;
}

/** The state before anything was ordered. */
export function createState(topology: Topology, settings: Settings = DEFAULT_SETTINGS): State {
    const count = topology.nodes.length;
    return {
        topology,
        settings,
        desired: Array.from({ length: count }, () => 'NOT_DEPLOYED'),
        status: Array.from({ length: count }, () => 'NOT_DEPLOYED'),
        since: Array.from({ length: count }, () => 0),
        held: Array.from({ length: count }, () => false),
        targets: {},
        asked: new Map(),
        successions: new Map(),
        origins: new Map(),
        forced: new Set(),
        outdated: new Map(),
        accepted: null,
        orderedBy: Array.from({ length: count }, () => ''),
        initialized: Array.from({ length: count }, () => false),
        hasFiles: Array.from({ length: count }, () => false),
        presentChildren: Array.from({ length: count }, () => 0),
        activeBelow: Array.from({ length: count }, () => 0),
        occupied: Array.from({ length: count + 1 }, () => 0),
        feeders: topology.groups.map(() => 0),
        busyImporters: topology.groups.map(() => 0),
        failures: new Map(),
        tasks: new Map(),
        unknowns: new Map(),
        retries: new Map(),
        machines: new Map([[topology.localMachine, { id: 'local', address: settings.localAddress, target: null }]]),
        beforeLoss: new Map(),
        lostTasks: new Map(),
        ports: new Map(),
        published: new Map(),
        visible: new Map(),
        updates: new Map(),
        restless: new Set(),
        superseded: new Set(),
        runs: [],
        lastRun: null,
        attemptCount: 0,
        runningCount: 0,
        timerCount: 0,
        halted: false,
        cancelling: false,
        sequence: 0,
        agenda: createAgenda(),
    };
}

/** The element at `index`; an index out of range is a bug. */
export function at<Value>(list: readonly Value[], index: number): Value {
    const value = list[index];
    if (value === undefined) throw new Error(`index ${index} is out of range`);
    return value;
}

/** The observed status of an instance. */
export function statusOf(state: State, instance: number): InstanceStatus {
    return at(state.status, instance);
}

/** What is wanted of an instance in the end: of one that is replaced, once it is back. */
export function wantedOf(state: State, instance: number): DesiredStatus {
    const succession = state.successions.get(instance);
    return succession?.kind === 'replaced' ? succession.desired : at(state.desired, instance);
}

/** Whether nothing is left of an instance: no status, no files, nothing under way. */
export function isGone(state: State, instance: number): boolean {
    const isAbsent = statusOf(state, instance) === 'NOT_DEPLOYED' && !at(state.hasFiles, instance);
    return isAbsent && !state.tasks.has(instance) && !state.lostTasks.has(instance);
}

/** The instance whose place this one takes and that is not gone yet; null when there is none. */
export function awaitedOriginOf(state: State, instance: number): number | null {
    const origin = state.origins.get(instance);
    return origin === undefined || isGone(state, origin) ? null : origin;
}

/** Whether the model accepted last does not have the instance any more. */
export function isLeaving(state: State, instance: number): boolean {
    return state.successions.get(instance)?.kind === 'removed';
}

/** The observed status of the parent; a root's parent always counts as started. */
export function parentStatusOf(state: State, instance: number): InstanceStatus {
    const { parent } = nodeAt(state.topology, instance);
    return parent === -1 ? 'DEPLOYED_STARTED' : statusOf(state, parent);
}

/** The id of the latest run, empty before the first one. */
export function runIdOf(state: State): string {
    return state.lastRun?.id ?? '';
}

/** The snapshot of the target that is to make the machine of a scoped instance; null = this computer. */
export function targetOf(state: State, instance: number): string | null {
    const { path } = nodeAt(state.topology, instance);
    return Object.hasOwn(state.targets, path) ? (state.targets[path] ?? null) : null;
}

/** The target as facts carry it: what is on this computer says nothing. */
export function namedTarget(target: string | null): { readonly target?: string } {
    return target === null ? {} : { target };
}
