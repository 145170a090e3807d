/**
 * What the world said in a recorded run, and facts in a form in which those of two worlds can be compared.
 *
 * A turn of the engine is one input and the facts that follow from it. The first fact of a turn tells which input it was,
 * so that a journal alone gives back everything the core was told, in order.
 */
import type { CoreEvent } from '../../../runner/core/event.ts';
import type { Input } from '../../../runner/core/input.ts';

/** An input without its time. */
export type News = Input extends infer Each ? (Each extends Input ? Omit<Each, 'time'> : never) : never;

/** One turn: its input, and the facts recorded for it. */
export interface RecordedTurn {
    readonly time: number;
    readonly news: News;
    readonly facts: readonly CoreEvent[];
    /** Nothing else was under way when its answer came: the engine may have found itself at rest. */
    readonly isAlone: boolean;
}

/** The turns of a run. Throws when its first fact begins none. */
export function turnsOf(facts: readonly CoreEvent[]): readonly RecordedTurn[] {
    const turns: { time: number; news: News; facts: CoreEvent[]; isAlone: boolean }[] = [];
    const underWay = new Set<string>();
    for (const fact of facts) {
        const news = newsOf(fact);
        const current = turns.at(-1);
        const path = pathOf(fact);
        // An instance has one thing under way at a time.
        if (path !== null && news !== null) underWay.delete(path);
        if (path !== null && BEGINNINGS.has(fact.kind)) underWay.add(path);
        if (news !== null) turns.push({ time: fact.time, news, facts: [fact], isAlone: underWay.size === 0 });
        else if (current === undefined) throw new Error(`a run does not begin with ${fact.kind}`);
        else current.facts.push(fact);
    }
    return turns;
}

/** Facts after which an answer of the world is due. */
const BEGINNINGS: ReadonlySet<CoreEvent['kind']> = new Set([
    'stepBegun',
    'portsRequested',
    'machineRequested',
    'machineDestructionBegun',
    'removalBegun',
]);

/** The input behind a fact that only an input can lead to; null for one that follows from others. */
function newsOf(fact: CoreEvent): News | null {
    const { kind } = fact;
    if (kind === 'runBegun') return { kind: 'order', run: fact.run, order: fact.order };
    if (kind === 'stepEnded') {
        const { path, attempt, result } = fact;
        return { kind, path, attempt, result };
    }
    if (kind === 'portsAssigned') {
        const { path, attempt, ports } = fact;
        return { kind: 'portsFound', path, attempt, ports: Object.values(ports) };
    }
    if (kind === 'machineCreated') {
        const { path, machineId, address } = fact;
        return { kind: 'machineUp', path, machineId, address };
    }
    if (kind === 'machineDestroyed') return { kind: 'machineDown', path: fact.path };
    if (kind === 'instanceRemoved') return { kind, path: fact.path };
    return null;
}

/** The instance that a fact is about; null when it is about a run. */
export function pathOf(fact: CoreEvent): string | null {
    return 'path' in fact ? fact.path : null;
}

/**
 * A fact without what no two worlds share: times, durations, the names of runs and attempts, the last lines of an output.
 * Attempts are told by their instance, runs by their order of appearance: both are dropped.
 */
export function comparable(fact: CoreEvent): unknown {
    const { time: _time, run: _run, ...rest } = fact;
    const shown: Record<string, unknown> = { ...rest };
    for (const name of ['attempt', 'begunAt', 'retryAt']) delete shown[name];
    if (fact.kind === 'stepEnded') shown['result'] = fact.result.kind;
    if ('failure' in fact && fact.failure !== null) {
        const { kind, phase, exitCode } = fact.failure;
        shown['failure'] = { kind, phase, exitCode };
    }
    return shown;
}
