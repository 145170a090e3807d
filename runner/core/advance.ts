/** One turn of the engine: an input, the facts that follow from it until nothing more follows, and what they ask of the world. */
import { consider } from './consider.ts';
import { note, park, takeDue, takeParked } from './agenda.ts';
import { createDecide, type Decide } from './decide.ts';
import type { Effect } from './effect.ts';
import { effectsOf } from './effects-of.ts';
import { environmentOf, type EnvironmentOf } from './environment.ts';
import type { CoreEvent } from './event.ts';
import { evolve, type StatusChange } from './evolve.ts';
import type { CoreOrder, Input, StepResult } from './input.ts';
import { LAWS, type Laws } from './laws.ts';
import { instancesUnder, isAsked } from './orders.ts';
import { rankOf } from './rank.ts';
import type { State } from './state.ts';
import { nodeAt } from './topology.ts';

/** Told of every fact right after it was applied, while the state is exactly what it was after that fact. */
export type Observer = (event: CoreEvent, changed: readonly StatusChange[]) => void;

export interface Turn {
    /** To be recorded, in order, before any of the effects is handed out. */
    readonly events: readonly CoreEvent[];
    readonly effects: readonly Effect[];
}

export type Advance = (state: State, input: Input, observe?: Observer) => Turn;

/**
 * The engine under a table of laws. The state has changed when it returns: a loop that cannot record the facts must not
 * go on with that state.
 */
export function createAdvance(laws: Laws = LAWS, environment: EnvironmentOf = environmentOf): Advance {
    const decide = createDecide(laws);
    return (state, input, observe = () => undefined) => {
        const turn = { events: [] as CoreEvent[], effects: [] as Effect[] };
        const apply = (events: readonly CoreEvent[]) => {
            for (const event of events) {
                observe(event, evolve(state, event));
                turn.events.push(event);
                turn.effects.push(...effectsOf(state, event, environment));
            }
            return events.length > 0;
        };
        const isObeyed = apply(decide(state, input)) && turn.events[0]?.kind === 'runBegun';
        if (isObeyed && input.kind === 'order' && input.order.kind === 'settle')
            settleSteps(laws, state, input.order, (answer) => apply(decide(state, { ...answer, time: input.time })));
        bringToRest(laws, decide, state, { time: input.time, apply });
        return turn;
    };
}

type Answer = Omit<Extract<Input, { kind: 'stepEnded' }>, 'time'>;

/**
 * What an order says about steps in doubt, one after the other: what one of them publishes may be what another needs, so those that
 * have all they need come first.
 */
function settleSteps(
    laws: Laws,
    state: State,
    { paths, succeeded }: Extract<CoreOrder, { kind: 'settle' }>,
    give: (answer: Answer) => void,
): void {
    const asked = new Set(instancesUnder(state, paths).filter((instance) => isAsked(state, instance)));
    while (asked.size > 0) {
        const [first = -1] = asked;
        const instance = [...asked].find((each) => laws.R1(state, each)) ?? first;
        asked.delete(instance);
        const attempt = state.unknowns.get(instance)?.attempt;
        const { path } = nodeAt(state.topology, instance);
        if (attempt !== undefined) give({ kind: 'stepEnded', attempt, path, result: succeeded ? SUCCESS : FAILURE });
    }
}

const SUCCESS: StepResult = { kind: 'succeeded', durationMs: 0 };
const FAILURE: StepResult = {
    kind: 'failed',
    durationMs: 0,
    exitCode: null,
    signal: null,
    reason: 'somebody said so',
    lastLines: [],
};

/** When it is, and what becomes of facts. */
interface Moment {
    readonly time: number;
    readonly apply: (events: readonly CoreEvent[]) => boolean;
}

/**
 * Until no instance has a move left that may begin. Steps come last: what is most urgent is known only when all that could begin one at
 * this moment has been looked at.
 */
function bringToRest(laws: Laws, decide: Decide, state: State, { time, apply }: Moment): void {
    for (;;) {
        const due = takeDue(state.agenda);
        const instance = due ?? nextStep(laws, state);
        if (instance === undefined) {
            if (!isQuiet(state) || !apply(decide(state, { kind: 'quiet', time }))) return;
            continue;
        }
        const { topology } = state;
        const node = nodeAt(topology, instance);
        const move = consider({ laws, state, node, time, isTurn: due === undefined });
        if (move.kind === 'wait') park(state.agenda, node.machine, instance, rankOf(state, instance));
        // A changed topology has other indexes, and its agenda names every instance.
        if (move.kind === 'act' && apply(move.events) && state.topology === topology) note(state.agenda, instance);
    }
}

function isQuiet(state: State): boolean {
    return state.tasks.size === 0 && state.timerCount === 0;
}

/** The most urgent instance that could begin a step where there is room for one. */
function nextStep(laws: Laws, state: State): number | undefined {
    if (state.runningCount >= state.settings.concurrency) return undefined;
    return takeParked(state.agenda, (machine) => laws.R8(state, machine));
}
