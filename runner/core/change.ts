/**
 * Another model over what is deployed: whether it can be accepted, and what it makes of each instance. An instance keeps the definition
 * it runs with until it is at rest; then it is redefined, or forgotten when the model does not have it any more.
 *
 * 1. What is removed or replaced is not wanted until it is gone: it leaves as by an order to undeploy, dependants and children first.
 * 2. What is reinstalled or restarted is stopped as it was, dependants and children first, and goes on as it is.
 * 3. Nothing of which a step is in doubt is changed: what runs there cannot be told.
 */
import { transitionsTo } from './difference.ts';
import type { CoreEvent } from './event.ts';
import type { Input } from './input.ts';
import { act, mayBegin, stamp, stop, type Move, type Sight } from './move.ts';
import { refusedParent, type Refusal } from './orders.ts';
import { isGone, isLeaving, statusOf, type State } from './state.ts';
import { nodeAt } from './topology.ts';

type ChangeInput = Extract<Input, { kind: 'change' }>;

/** The model's change and the run that goes with it, or why not. */
export function decideModelChange(state: State, input: ChangeInput): readonly CoreEvent[] {
    const { run, model, recipes, paths, time } = input;
    const transitions = transitionsTo(state, model, recipes);
    const touched = transitions.filter(({ kind }) => kind !== 'added' && kind !== 'noted');
    const refusal = refusalOf(
        state,
        input,
        touched.map(({ path }) => path),
    );
    const stamped = stamp({ state, time }, 'another model was accepted');
    if (refusal !== null)
        return [
            { ...stamped, because: 'it was ordered', kind: 'orderRefused', order: 'deploy', ...refusal, changes: [] },
        ];
    const named = transitions.map(({ path, kind, from }) => ({ path, kind, ...(from === undefined ? {} : { from }) }));
    return [
        { ...stamped, kind: 'modelChanged', model, recipes, transitions: named, changes: [] },
        { ...stamped, run, kind: 'runBegun', order: { kind: 'deploy', paths }, changes: [] },
    ];
}

/** What the model accepted last means for an instance at this moment; null when nothing yet, so that the instance goes on as it is. */
export function considerSuccession(sight: Sight): Move | null {
    const { state, node } = sight;
    const succession = state.successions.get(node.index);
    if (succession === undefined) return null;
    switch (succession.kind) {
        case 'removed':
            return considerForgetting(sight);
        case 'replaced':
            return isRedefinable(state, node.index) ? redefinition(sight) : null;
        case 'reinstalled':
        case 'restarted':
            if (isRedefinable(state, node.index)) return redefinition(sight);
            return statusOf(state, node.index) === 'DEPLOYED_STARTED' && mayBegin(sight)
                ? stop(sight, `it is to be ${succession.kind}`)
                : null;
        default:
            return succession.kind satisfies never;
    }
}

/** What has left is forgotten all at once, or as far as it can be when nothing else is left to do: it changes the whole topology. */
export function forgettingOf(state: State, time: number): readonly CoreEvent[] {
    const paths = forgettable(state);
    if (paths.length === 0) return [];
    return [{ ...stamp({ state, time }, 'nothing is left of it'), kind: 'instancesForgotten', paths, changes: [] }];
}

function considerForgetting({ state, node, time }: Sight): Move | null {
    if (!isGone(state, node.index)) return null;
    const leaving = leavingOf(state);
    if (!leaving.every((instance) => isGone(state, instance))) return null;
    if (forgettable(state).length < leaving.length) return null;
    return { kind: 'act', events: forgettingOf(state, time) };
}

function refusalOf(state: State, { model, paths }: ChangeInput, touched: readonly string[]): Refusal | null {
    if (state.cancelling)
        return { code: 'alreadyRunning', message: 'A cancel is under way: wait until it is quiet, then deploy again.' };
    const known = new Set(model.instances.map((instance) => instance.path));
    const unknown = paths.find((path) => !known.has(path));
    if (unknown !== undefined) return { code: 'unknownInstance', message: `There is no instance ${unknown}.` };
    const doubtful = touched.filter((path) => isDoubtful(state, path));
    if (doubtful.length > 0) return { code: 'stepUnknown', message: doubtMessage(doubtful) };
    return refusedParent(state, paths, 'deploy');
}

const NAMED_AT_MOST = 5;

function doubtMessage(paths: readonly string[]): string {
    const more = paths.length > NAMED_AT_MOST ? ` and ${paths.length - NAMED_AT_MOST} more` : '';
    const named = `${paths.slice(0, NAMED_AT_MOST).join(', ')}${more}`;
    return `Nobody can tell how the last step of ${named} ended. Say how it ended, or retry it, then deploy again.`;
}

/** On a lost machine it is asked about when that is back. */
function isDoubtful(state: State, path: string): boolean {
    const index = state.topology.indexOfPath.get(path);
    return index !== undefined && state.unknowns.has(index) && !state.beforeLoss.has(index);
}

function redefinition(sight: Sight): Move {
    return act({ ...stamp(sight, 'it is at rest'), kind: 'instanceRedefined', path: sight.node.path, changes: [] });
}

function isRedefinable(state: State, instance: number): boolean {
    if (state.tasks.has(instance) || state.beforeLoss.has(instance)) return false;
    const status = statusOf(state, instance);
    if (state.successions.get(instance)?.kind === 'replaced') return isGone(state, instance);
    const isIdle = status === 'DEPLOYED_STOPPED' || status === 'UNRESOLVED' || status === 'WAITING_FOR_ANCESTOR';
    return isIdle || status === 'NOT_DEPLOYED';
}

/** Paths of what left, is gone with all below it, and of which nobody has to be told any more; parents first. */
function forgettable(state: State): readonly string[] {
    const gone = leavingOf(state).filter((instance) => isGone(state, instance));
    if (gone.length === 0) return [];
    const told = new Set([...state.updates.values()].flatMap((pending) => [...pending.keys()]));
    const tellers = [...state.tasks.values()].map((task) => (task.kind === 'step' ? task.change?.exporterPath : null));
    const toldPaths = new Set(tellers);
    const found = new Set<number>();
    for (const instance of gone.sort((left, right) => right - left)) {
        const { children, path } = nodeAt(state.topology, instance);
        const isTold = told.has(instance) || toldPaths.has(path);
        if (!isTold && children.every((child) => found.has(child))) found.add(instance);
    }
    return [...found].reverse().map((instance) => nodeAt(state.topology, instance).path);
}

function leavingOf(state: State): number[] {
    return [...state.successions.keys()].filter((instance) => isLeaving(state, instance));
}
