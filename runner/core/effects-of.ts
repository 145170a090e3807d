/** What a fact asks of the world, read from the state that contains it. */
import type { Effect, MachinePlace } from './effect.ts';
import type { EnvironmentOf } from './environment.ts';
import type { CoreEvent } from './event.ts';
import { randomPortsOf, takenPortsOf } from './exports.ts';
import { timeoutOf } from './policy.ts';
import type { State, Task } from './state.ts';
import type { Phase } from './status.ts';
import { indexOf, nodeAt, subTreeOf, type InstanceNode } from './topology.ts';
import { at, statusOf } from './state.ts';

/**
 * The effects of the fact that was the last to be applied. The loop hands them out once the fact is on disk. `environmentOf` is asked
 * once for each step: an environment is as large as what is imported, so worlds without recipes give none.
 */
export function effectsOf(state: State, event: CoreEvent, environmentOf: EnvironmentOf): readonly Effect[] {
    switch (event.kind) {
        case 'stepBegun': {
            const node = nodeAt(state.topology, indexOf(state.topology, event.path));
            const environment = environmentOf(state, node.index, event.phase, event.change);
            return [{ kind: 'runStep', ...stepOf(state, node, event), environment }];
        }
        case 'portsRequested':
        case 'machineRequested':
        case 'machineDestructionBegun':
        case 'removalBegun':
        case 'machineUnclaimed':
            return askAgain(state, environmentOf, indexOf(state.topology, event.path));
        case 'stepEnded':
            return event.retryAt === null ? [] : [{ kind: 'setTimer', path: event.path, at: event.retryAt }];
        case 'runBegun':
            return event.order.kind === 'undeploy' && event.order.force === true
                ? forcedEffects(state, environmentOf)
                : [];
        case 'cancelRequested':
            return cancelEffects(state);
        case 'runnerRestarted':
            return state.cancelling
                ? [...resumeEffects(state, environmentOf), ...cancelEffects(state)]
                : resumeEffects(state, environmentOf);
        case 'machineDestroyed':
            return event.orphans.flatMap(({ path }) => askAgain(state, environmentOf, indexOf(state.topology, path)));
        case 'machineRecovered': {
            const recovered = subTreeOf(state.topology, indexOf(state.topology, event.path));
            return recovered.flatMap((instance) => [
                ...askAgain(state, environmentOf, instance),
                ...cancelAgain(state, instance),
            ]);
        }
        case 'modelChanged':
        case 'targetsAssigned':
        case 'instanceRedefined':
        case 'instancesForgotten':
        case 'runEnded':
        case 'orderRefused':
        case 'machineCreated':
        case 'machineCreationFailed':
        case 'machineLost':
        case 'machineReaddressed':
        case 'machineDestructionFailed':
        case 'orphanDestroyed':
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
function resumeEffects(state: State, environmentOf: EnvironmentOf): readonly Effect[] {
    const timers = [...state.retries].flatMap(([instance, { dueAt }]): readonly Effect[] =>
        dueAt === null ? [] : [{ kind: 'setTimer', path: nodeAt(state.topology, instance).path, at: dueAt }],
    );
    return [...[...state.tasks.keys()].flatMap((instance) => askAgain(state, environmentOf, instance)), ...timers];
}

/** What runs of an instance that was given up is killed. Whoever destroys a machine is told that it is given up. */
function forcedEffects(state: State, environmentOf: EnvironmentOf): readonly Effect[] {
    return [...state.forced].flatMap((instance) => {
        const task = state.tasks.get(instance);
        if (task === undefined) return [];
        const isDestroyed = task.kind === 'machine' && statusOf(state, instance) !== 'DEPLOYING';
        return isDestroyed ? askAgain(state, environmentOf, instance) : cancelTask(state, instance, task);
    });
}

function cancelEffects(state: State): readonly Effect[] {
    return [...state.tasks].flatMap(([instance, task]) => cancelTask(state, instance, task));
}

/** The request behind the task of an instance. All but steps can be asked twice for the same result. */
function askAgain(state: State, environmentOf: EnvironmentOf, instance: number): readonly Effect[] {
    const task = state.tasks.get(instance);
    const node = nodeAt(state.topology, instance);
    const { path } = node;
    const machine = placeOf(state, node);
    switch (task?.kind) {
        case undefined:
            return [];
        case 'step':
            return [
                {
                    kind: 'askStep',
                    ...stepOf(state, node, task),
                    environment: environmentOf(state, instance, task.phase, task.change),
                },
            ];
        case 'ports': {
            const count = randomPortsOf(node).length;
            return [
                {
                    kind: 'findPorts',
                    attempt: task.attempt,
                    path,
                    machine,
                    count,
                    taken: takenPortsOf(state, node.machine),
                },
            ];
        }
        case 'machine':
            return statusOf(state, instance) === 'DEPLOYING'
                ? [{ kind: 'createMachine', path, target: task.target }]
                : [
                      {
                          kind: 'destroyMachine',
                          path,
                          machineId: state.machines.get(instance)?.id ?? '',
                          target: task.target,
                          ...(state.forced.has(instance) ? { isGivenUp: true } : {}),
                      },
                  ];
        case 'orphan':
            return [{ kind: 'destroyMachine', path, machineId: task.machineId, target: task.target }];
        case 'removal':
            return [{ kind: 'removeInstance', path, machine }];
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
        case 'orphan':
            return [];
        default:
            return task satisfies never;
    }
}

/** A cancel that fell into the loss of a machine reached nothing that was under way there. */
function cancelAgain(state: State, instance: number): readonly Effect[] {
    const task = state.tasks.get(instance);
    return state.halted && at(state.held, instance) && task !== undefined ? cancelTask(state, instance, task) : [];
}

type StepFacts = Omit<Extract<Effect, { kind: 'askStep' }>, 'kind' | 'environment'>;

function stepOf(
    state: State,
    node: InstanceNode,
    { attempt, phase }: { readonly attempt: string; readonly phase: Phase },
): StepFacts {
    const installer = node.component.resolvedInstaller ?? '';
    const timeoutMs = timeoutOf(state, node.index, phase);
    const { path, component, recipe } = node;
    const over = state.outdated.get(node.index) ?? null;
    const machine = placeOf(state, node);
    return { attempt, path, machine, component: component.name, installer, recipe, over, phase, timeoutMs };
}

function placeOf(state: State, { machine }: InstanceNode): MachinePlace {
    const path = machine === state.topology.localMachine ? '' : nodeAt(state.topology, machine).path;
    const { id, address, target } = state.machines.get(machine) ?? { id: '', address: '', target: null };
    return { path, id, address, target };
}
