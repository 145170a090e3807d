/**
 * What an input means: the facts that follow from it, given the state. Deterministic; changes nothing.
 * Consequences beyond these facts are found by considering what they touched: see `advance`.
 */
import { decideModelChange, forgettingOf } from './change.ts';
import { breakRing, consider } from './consider.ts';
import { stamp, statusWithoutDeployment } from './move.ts';
import type { CoreEvent } from './event.ts';
import type { CoreOrder, Input } from './input.ts';
import { LAWS, type Laws } from './laws.ts';
import { decideMachineDown, decideMachineFailed, decideMachineLost, decideMachineUp } from './decide-machine.ts';
import { decidePorts, decideRemoved, decideStepEnded } from './decide-step.ts';
import { refusalOf } from './orders.ts';
import { runEndOf } from './outcome.ts';
import { nodeAt } from './topology.ts';
import { statusOf, type State, type Targets } from './state.ts';
import { changeTo } from './wave.ts';

export type Decide = (state: State, input: Input) => readonly CoreEvent[];

/** The decision function under a table of laws. */
export function createDecide(laws: Laws = LAWS): Decide {
    return (state, input) => decideInput(laws, state, input);
}

function decideInput(laws: Laws, state: State, input: Input): readonly CoreEvent[] {
    switch (input.kind) {
        case 'order':
            return decideOrder(state, input);
        case 'change':
            return decideModelChange(state, input);
        case 'targets':
            return decideTargets(state, input);
        case 'restarted':
            return [
                {
                    ...stamp({ state, time: input.time }, 'the runner started again'),
                    kind: 'runnerRestarted',
                    changes: [],
                },
            ];
        case 'considered': {
            const move = consider({
                laws,
                state,
                node: nodeAt(state.topology, input.instance),
                time: input.time,
                isTurn: true,
            });
            return move.kind === 'act' ? move.events : [];
        }
        case 'quiet':
            return decideQuiet(laws, state, input.time);
        case 'stepEnded':
        case 'portsFound':
        case 'machineUp':
        case 'machineFailed':
        case 'machineLost':
        case 'machineDown':
        case 'instanceRemoved':
        case 'timerFired':
            return decideNews(laws, state, input);
        default:
            return input satisfies never;
    }
}

function decideTargets(state: State, { targets, time }: Extract<Input, { kind: 'targets' }>): readonly CoreEvent[] {
    const isSame = JSON.stringify(sorted(targets)) === JSON.stringify(sorted(state.targets));
    if (isSame) return [];
    return [
        {
            ...stamp({ state, time }, 'machines are to be made elsewhere'),
            kind: 'targetsAssigned',
            targets,
            changes: [],
        },
    ];
}

function sorted(targets: Targets): readonly (readonly [string, string])[] {
    return Object.entries(targets).sort(([left], [right]) => (left < right ? -1 : 1));
}

type News = Exclude<Input, { kind: 'order' | 'change' | 'targets' | 'restarted' | 'considered' | 'quiet' }>;

/** News about an instance the model does not know is no news. */
function decideNews(laws: Laws, state: State, input: News): readonly CoreEvent[] {
    const instance = state.topology.indexOfPath.get(input.path);
    if (instance === undefined) return [];
    const sight = { laws, state, time: input.time, node: nodeAt(state.topology, instance), isTurn: true };
    switch (input.kind) {
        case 'stepEnded':
            return decideStepEnded(sight, input.attempt, input.result);
        case 'portsFound':
            return decidePorts(sight, input.attempt, input.ports);
        case 'machineUp':
            return decideMachineUp(sight, input);
        case 'machineFailed':
            return decideMachineFailed(sight, input.reason);
        case 'machineLost':
            return decideMachineLost(sight, input.reason);
        case 'machineDown':
            return decideMachineDown(sight);
        case 'instanceRemoved':
            return decideRemoved(sight);
        case 'timerFired':
            return isDue(state, instance, input.time)
                ? [{ ...stamp(sight, 'the delay is over'), kind: 'retryDue', path: input.path, changes: [] }]
                : [];
        default:
            return input satisfies never;
    }
}

/** A timer set before an order that began the waiting anew is not the one waited for. */
function isDue(state: State, instance: number, time: number): boolean {
    const dueAt = state.retries.get(instance)?.dueAt ?? null;
    return dueAt !== null && dueAt <= time;
}

function decideOrder(state: State, input: Extract<Input, { kind: 'order' }>): readonly CoreEvent[] {
    const { order, run, time } = input;
    const refusal = refusalOf(state, order);
    const stamped = stamp({ state, time }, becauseOf(state, order));
    if (refusal !== null) return [{ ...stamped, kind: 'orderRefused', order: order.kind, ...refusal, changes: [] }];
    if (order.kind === 'cancel') return [{ ...stamped, kind: 'cancelRequested', changes: [] }];
    return [{ ...stamped, run, kind: 'runBegun', order, changes: [] }];
}

/** A `resume` says with what it goes on. */
function becauseOf({ runs, lastRun }: State, order: CoreOrder): string {
    const resumed = runs.at(-1) ?? lastRun;
    if (order.kind !== 'resume' || resumed === null) return 'it was ordered';
    const { kind } = resumed.order;
    if (resumed.outcome === 'cancelled') return `it goes on with what is wanted since the ${kind} that was cancelled`;
    if (resumed.outcome === null) return `it goes on with the ${kind} that was interrupted`;
    return `it goes on with what is wanted since the last ${kind}`;
}

/** Nothing is under way: rings are broken, what a cancel left half-way is put to rest, runs end. */
function decideQuiet(laws: Laws, state: State, time: number): readonly CoreEvent[] {
    const forgotten = forgettingOf(state, time);
    if (forgotten.length > 0) return forgotten;
    const isHalfway = state.restless.size > 0 || state.runs.length === 0;
    if (state.cancelling && isHalfway) return [abandonment(state, time)];
    if (state.halted && !state.cancelling) return [];
    if (!state.halted) {
        const forced = breakRing(laws, state, time);
        if (forced.length > 0) return forced;
    }
    return state.runs.map((run) => runEndOf(state, run, time));
}

function abandonment(state: State, time: number): CoreEvent {
    const changes = [...state.restless].map((instance) =>
        changeTo(
            state,
            instance,
            statusOf(state, instance) === 'DEPLOYING' ? statusWithoutDeployment(state, instance) : 'PROBLEM',
        ),
    );
    return { ...stamp({ state, time }, 'it was cancelled half-way'), kind: 'workAbandoned', changes };
}
