/**
 * An order carried out in thought: the core itself decides, and all that it asks of the world ends well after as long as it is said to take.
 * Deterministic: no chance, no clock, nothing but the state and the orders.
 */
import { createAdvance } from '../core/advance.ts';
import type { Effect } from '../core/effect.ts';
import type { Unreached } from '../core/event.ts';
import type { Work } from '../core/expectation.ts';
import type { Input } from '../core/input.ts';
import { LAWS } from '../core/laws.ts';
import type { State } from '../core/state.ts';
import { createTimeline, plan, takeEarliest, type Timeline } from '../simulation/timeline.ts';
import type { News } from '../simulation/world.ts';

/** Something that is done to an instance. Times count from the order, in the unit of the durations. */
export interface RehearsedWork {
    readonly path: string;
    readonly work: Work;
    readonly begunAt: number;
    readonly endsAt: number;
    /** Index of the work whose end let it begin; -1 = the order did. */
    readonly cause: number;
}

export interface Rehearsal {
    /** In the order in which it is begun. */
    readonly works: readonly RehearsedWork[];
    /** Why nothing was done; null when the order was obeyed. */
    readonly refusal: string | null;
    /** At most 20 instances that are not where the order wants them in the end; the count is of all. */
    readonly unreached: readonly Unreached[];
    readonly unreachedCount: number;
}

/** What a duration may depend on. `target`: what makes the machine of a machine's work; null = this computer, or other work. */
export interface WorkPlace {
    readonly path: string;
    readonly work: Work;
    readonly target: string | null;
}

export type DurationOf = (place: WorkPlace) => number;

interface Delivery {
    /** What it is the end of; -1 = nothing. */
    readonly work: number;
    readonly news: News;
    /** Not heard when the work was given up before. */
    readonly isPromised: boolean;
}

interface Thought {
    readonly state: State;
    readonly durationOf: DurationOf;
    readonly timeline: Timeline<Delivery>;
    readonly works: RehearsedWork[];
    /** Work that was given up. */
    readonly voided: Set<number>;
    /** Work under way by what answers it: a step's attempt, or the path of a machine. */
    readonly current: Map<string, number>;
    now: number;
    /** The time facts are stamped with: never before those of the state. */
    stamp: number;
}

/** Nothing a recipe needs: none is run. */
const NOTHING = {};

/** Gives the inputs one after the other and goes on until all is quiet. The state has changed when it returns. */
export function rehearse(state: State, orders: readonly News[], durationOf: DurationOf): Rehearsal {
    const advance = createAdvance(LAWS, () => NOTHING);
    const thought: Thought = {
        ...{ state, durationOf, timeline: createTimeline(), works: [], voided: new Set(), current: new Map() },
        now: 0,
        stamp: Math.max(0, state.lastRun?.endedAt ?? 0, state.lastRun?.begunAt ?? 0, latestOf(state.since)),
    };
    const ends = { refusal: null as string | null, unreached: [] as readonly Unreached[], unreachedCount: 0 };
    const turn = (news: News, cause: number): void => {
        // `News` is `Input` without its time, member by member; with the time it is an `Input` again.
        const input = { ...news, time: thought.stamp } as Input;
        const { effects } = advance(state, input, (fact) => {
            if (fact.kind === 'orderRefused') ends.refusal = fact.message;
            if (fact.kind !== 'runEnded') return;
            ends.unreached = fact.unreached;
            ends.unreachedCount = fact.unreachedCount;
        });
        for (const effect of effects) answer(thought, effect, cause);
    };
    for (const order of orders) turn(order, -1);
    for (let next = takeEarliest(thought.timeline); next !== undefined; next = takeEarliest(thought.timeline)) {
        const { work, news, isPromised } = next.item;
        thought.stamp += Math.max(0, next.time - thought.now);
        thought.now = next.time;
        if (!isPromised || !thought.voided.has(work)) turn(news, work);
    }
    return { works: thought.works, ...ends };
}

function latestOf(times: readonly number[]): number {
    return times.reduce((latest, time) => Math.max(latest, time), 0);
}

function answer(thought: Thought, effect: Effect, cause: number): void {
    const { path } = effect;
    switch (effect.kind) {
        case 'runStep':
        case 'askStep': {
            const { attempt, phase } = effect;
            const place = { path, work: phase, target: null };
            const news = (durationMs: number): News => ({
                kind: 'stepEnded',
                attempt,
                path,
                result: { kind: 'succeeded', durationMs },
            });
            return begin(thought, { place, key: attempt, cause, news });
        }
        case 'cancelStep': {
            const { attempt } = effect;
            const result = { kind: 'cancelled', lastLines: [] } as const;
            return giveUp(thought, attempt, { kind: 'stepEnded', attempt, path, result });
        }
        case 'createMachine':
            return createMachine(thought, effect, cause);
        case 'cancelMachine':
            return giveUp(thought, path, { kind: 'machineFailed', path, reason: 'it was cancelled' });
        case 'destroyMachine': {
            const place = { path, work: 'destroyMachine', target: effect.target } as const;
            return begin(thought, { place, key: path, cause, news: () => ({ kind: 'machineDown', path }) });
        }
        case 'findPorts':
            return findPorts(thought, effect, cause);
        case 'removeInstance': {
            const place = { path, work: 'removeInstance', target: null } as const;
            const key = `removal of ${path}`;
            return begin(thought, { place, key, cause, news: () => ({ kind: 'instanceRemoved', path }) });
        }
        case 'setTimer':
            // A plan does not wait for what failed before: it is tried at once.
            thought.stamp = Math.max(thought.stamp, effect.at);
            return hear(thought, cause, { kind: 'timerFired', path });
        default:
            return effect satisfies never;
    }
}

interface Beginning {
    readonly place: WorkPlace;
    /** What else may end it. */
    readonly key: string;
    readonly cause: number;
    /** What is heard at its end. */
    readonly news: (durationMs: number) => News;
}

function begin(thought: Thought, { place, key, cause, news }: Beginning): void {
    const duration = thought.durationOf(place);
    const { path, work } = place;
    const index = thought.works.push({ path, work, begunAt: thought.now, endsAt: thought.now + duration, cause }) - 1;
    thought.current.set(key, index);
    plan(thought.timeline, thought.now + duration, { work: index, news: news(duration), isPromised: true });
}

/** What is under way ends at once, otherwise than it would have. */
function giveUp(thought: Thought, key: string, news: News): void {
    const index = thought.current.get(key) ?? -1;
    const work = thought.works[index];
    if (work === undefined) return;
    thought.voided.add(index);
    thought.works[index] = { ...work, endsAt: thought.now };
    hear(thought, index, news);
}

function hear({ timeline, now }: Thought, work: number, news: News): void {
    plan(timeline, now, { work, news, isPromised: false });
}

function createMachine(
    thought: Thought,
    { path, target }: Extract<Effect, { kind: 'createMachine' }>,
    cause: number,
): void {
    const machine = { machineId: `planned:${path}`, address: '192.0.2.1' };
    const made = target === null ? {} : { target };
    const place = { path, work: 'createMachine', target } as const;
    begin(thought, { place, key: path, cause, news: () => ({ kind: 'machineUp', path, ...machine, ...made }) });
}

function findPorts(thought: Thought, effect: Extract<Effect, { kind: 'findPorts' }>, cause: number): void {
    const { attempt, path, count, taken } = effect;
    const unfree = new Set(taken);
    const ports: number[] = [];
    for (let port = 10_000; ports.length < count; port++) if (!unfree.has(port)) ports.push(port);
    const place = { path, work: 'findPorts', target: null } as const;
    begin(thought, { place, key: attempt, cause, news: () => ({ kind: 'portsFound', path, attempt, ports }) });
}
