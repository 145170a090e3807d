/** A deployment under way with its loop: effects go to the executor, facts to whoever listens. */
import { join } from 'node:path';
import { createAdvance } from './core/advance.ts';
import { isWithin } from './core/instance-path.ts';
import type { State } from './core/state.ts';
import { nodeAt, subTreeOf as indexesBelow, type InstanceNode } from './core/topology.ts';
import type { StoredDeployment } from './deployment-store.ts';
import type { DrivenConfig } from './driven-config.ts';
import type { Executor, MachinePlace, StepOutput } from './executor.ts';
import { createLoop, type Loop } from './loop.ts';
import { createPerform } from './perform.ts';
import type { RunnerEvent } from './protocol.ts';
import { instanceDirectoryOf, type DeploymentPaths } from './state-directory.ts';
import type { AwaitedInstance } from './targets/target.ts';

/** A deployment under way with its loop. */
export interface Driven {
    readonly deployment: StoredDeployment;
    readonly loop: Loop;
}

/** Ports that instances of the deployment have. */
export function portsOf(driven: Driven | null): readonly number[] {
    return [...(driven?.deployment.state.ports.values() ?? [])].flatMap((ports) => Object.values(ports));
}

/** Machines of targets: this computer needs no watching. */
export function machinesOf(driven: Driven | null): readonly MachinePlace[] {
    if (driven === null) return [];
    const { machines, topology } = driven.deployment.state;
    return [...machines].flatMap(([slot, { id, address, target }]) =>
        target === null || address === '' ? [] : [{ path: nodeAt(topology, slot).path, id, address, target }],
    );
}

/** What is going to be initialized on a machine, as far as it was ordered and nothing can be left of it there. */
export function awaitedOn(paths: DeploymentPaths, driven: Driven | null, machine: string): readonly AwaitedInstance[] {
    if (driven === null) return [];
    const { state } = driven.deployment;
    const slot = state.topology.indexOfPath.get(machine);
    if (slot === undefined) return [];
    const below = indexesBelow(state.topology, slot).map((index) => nodeAt(state.topology, index));
    return below
        .filter((node) => node.machine === slot && isAwaited(state, node))
        .map(({ path, recipe }) => ({
            instanceDirectory: instanceDirectoryOf(paths, path),
            recipeSnapshot: recipeIn(paths, recipe),
        }));
}

function isAwaited(
    { status, desired, initialized, hasFiles, unknowns }: State,
    { index, component }: InstanceNode,
): boolean {
    if (component.resolvedInstaller?.toLowerCase() !== 'script' || desired[index] === 'NOT_DEPLOYED') return false;
    const isUntouched = hasFiles[index] !== true && initialized[index] !== true && !unknowns.has(index);
    return isUntouched && status[index] === 'NOT_DEPLOYED';
}

/** Makes the loop of a deployment that was just read or begun. */
export function createDrivenLoop(
    config: DrivenConfig,
    deployment: StoredDeployment,
    world: {
        readonly executor: Executor;
        readonly tell: (event: RunnerEvent) => void;
        readonly closed: AbortSignal;
    },
): Loop {
    const { clock, paths } = config;
    const onOutput = (path: string, { attempt, stream, text }: StepOutput): void => {
        const stamp = { sequence: deployment.state.sequence, time: clock.now() };
        world.tell({ kind: 'output', path, attempt, stream, text, ...stamp });
    };
    const perform = createPerform({
        executor: world.executor,
        clock,
        instanceDirectoryOf: (path) => instanceDirectoryOf(paths, path),
        subTreeOf: (path) => subTreeOf(deployment, path),
        requestOf: (effect) => ({
            attempt: effect.attempt,
            instancePath: effect.path,
            machine: effect.machine,
            component: effect.component,
            installer: effect.installer,
            phase: effect.phase,
            instanceDirectory: instanceDirectoryOf(paths, effect.path),
            recipeSnapshot: recipeIn(paths, effect.recipe),
            formerSnapshots: effect.over?.map((recipe) => join(paths.recipes, recipe)) ?? null,
            environment: effect.environment,
            timeoutMs: effect.timeoutMs ?? config.stepTimeoutMs,
        }),
        onOutput,
        submit: (news) => void loop.submit(news),
        onBug: (failure) => loop.fail(failure),
        closed: world.closed,
    });
    const loop = createLoop({
        state: deployment.state,
        advance: createAdvance(),
        writer: deployment.writer,
        clock,
        perform,
        onEvents: (events) => events.forEach(world.tell),
        isSuperseded: config.isSuperseded,
        keepShort: deployment.keepShort,
    });
    return loop;
}

/** An instance and all below it, deepest first: parents stand before their children. */
function recipeIn(paths: DeploymentPaths, recipe: string | null): string | null {
    return recipe === null ? null : join(paths.recipes, recipe);
}

function subTreeOf({ state }: StoredDeployment, path: string): readonly string[] {
    const paths = state.topology.nodes.map((node) => node.path);
    return paths.filter((other) => isWithin(other, path)).toReversed();
}
