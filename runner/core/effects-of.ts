/** What a fact asks of the world, read from the state that contains it. */
import type { Effect } from './effect.ts';
import { environmentOf } from './environment.ts';
import type { CoreEvent } from './event.ts';
import { randomPortsOf, takenPortsOf } from './exports.ts';
import type { State, Task } from './state.ts';
import { indexOf, nodeAt, subTreeOf, type InstanceNode } from './topology.ts';
import { at, statusOf } from './state.ts';

/** The effects of the fact that was the last to be applied. The loop hands them out once the fact is on disk. */
export function effectsOf(state: State, event: CoreEvent): readonly Effect[] {
    switch (event.kind) {
        case 'stepBegun': {
            const node = nodeAt(state.topology, indexOf(state.topology, event.path));
            const environment = environmentOf(state, node.index, event.phase, event.change);
            return [{ kind: 'runStep', ...stepOf(node, event.attempt), phase: event.phase, environment }];
        }
        case 'portsRequested':
        case 'machineRequested':
        case 'machineDestructionBegun':
        case 'removalBegun':
            return askAgain(state, indexOf(state.topology, event.path));
        case 'stepEnded':
            return event.retryAt === null ? [] : [{ kind: 'setTimer', path: event.path, at: event.retryAt }];
        case 'cancelRequested':
            return cancelEffects(state);
        case 'runnerRestarted':
            return state.cancelling ? [...resumeEffects(state), ...cancelEffects(state)] : resumeEffects(state);
        case 'machineDestroyed':
            return event.orphans.map((orphan) => ({ kind: 'destroyMachine', ...orphan }));
        case 'machineRecovered': {
            const recovered = subTreeOf(state.topology, indexOf(state.topology, event.path));
            return recovered.flatMap((instance) => askAgain(state, instance));
        }
        case 'runBegun':
        case 'runEnded':
        case 'orderRefused':
        case 'machineCreated':
        case 'machineCreationFailed':
        case 'machineLost':
        case 'machineDestructionFailed':
        case 'portsAssigned':
        case 'portsNotFound':
        case 'updateDropped':
        case 'stopDecided':
        case 'instanceMoved':
        case 'instanceRemoved':
        case 'retryDue':
        case 'workAbandoned':
            return [];
        default:
            return event satisfies never;
    }
}

/** Everything that was under way and whose answer is due, after a restart. Steps are asked about, never run again. */
function resumeEffects(state: State): readonly Effect[] {
    const timers = [...state.retries].flatMap(([instance, { dueAt }]): readonly Effect[] =>
        dueAt === null ? [] : [{ kind: 'setTimer', path: nodeAt(state.topology, instance).path, at: dueAt }],
    );
    return [...[...state.tasks.keys()].flatMap((instance) => askAgain(state, instance)), ...timers];
}

function cancelEffects(state: State): readonly Effect[] {
    return [...state.tasks].flatMap(([instance, task]) => cancelTask(state, instance, task));
}

/** The request behind the task of an instance. All but steps can be asked twice for the same result. */
function askAgain(state: State, instance: number): readonly Effect[] {
    const task = state.tasks.get(instance);
    const node = nodeAt(state.topology, instance);
    const { path } = node;
    switch (task?.kind) {
        case undefined:
            return [];
        case 'step':
            return [
                {
                    kind: 'askStep',
                    ...stepOf(node, task.attempt),
                    phase: task.phase,
                    environment: environmentOf(state, instance, task.phase, task.change),
                },
            ];
        case 'ports': {
            const count = randomPortsOf(node).length;
            return [
                { kind: 'findPorts', attempt: task.attempt, path, count, taken: takenPortsOf(state, node.machine) },
            ];
        }
        case 'machine':
            return statusOf(state, instance) === 'DEPLOYING'
                ? [{ kind: 'createMachine', path }]
                : [{ kind: 'destroyMachine', path, machineId: state.machines.get(instance)?.id ?? '' }];
        case 'removal':
            return [{ kind: 'removeInstance', path }];
        default:
            return task satisfies never;
    }
}

/** Destructions, removals and port searches are short and go on. */
function cancelTask(state: State, instance: number, task: Task): readonly Effect[] {
    const { path } = nodeAt(state.topology, instance);
    switch (task.kind) {
        case 'step':
            return [{ kind: 'cancelStep', attempt: task.attempt, path }];
        case 'machine':
            return at(state.status, instance) === 'DEPLOYING' ? [{ kind: 'cancelMachine', path }] : [];
        case 'ports':
        case 'removal':
            return [];
        default:
            return task satisfies never;
    }
}

function stepOf(
    node: InstanceNode,
    attempt: string,
): Pick<Extract<Effect, { kind: 'askStep' }>, 'attempt' | 'path' | 'component' | 'installer'> {
    const installer = node.component.resolvedInstaller ?? '';
    return { attempt, path: node.path, component: node.component.name, installer };
}
