/** What must hold of a state after every single fact, written without the engine's own indexes. */
import type { CoreEvent } from '../../runner/core/event.ts';
import { nodeAt, type InstanceNode } from '../../runner/core/topology.ts';
import type { State } from '../../runner/core/state.ts';

/** Breaches of R1, R2, R3 and R8, of the counters the engine keeps, and of what a model says; empty when all is well. */
export function breachesOf(state: State): readonly string[] {
    return [
        ...startBreaches(state),
        ...visibilityBreaches(state),
        ...machineBreaches(state),
        ...counterBreaches(state),
        ...definitionBreaches(state),
    ];
}

function startBreaches(state: State): readonly string[] {
    const found: string[] = [];
    for (const node of state.topology.nodes) {
        if (state.status[node.index] !== 'DEPLOYED_STARTED') continue;
        if (node.parent !== -1 && state.status[node.parent] !== 'DEPLOYED_STARTED')
            found.push(`R1: ${node.path} without its parent`);
        for (const variable of node.component.imports) {
            const prefix = variable.name.split('.')[0] ?? '';
            if (!variable.optional && !isFed(state, node.index, prefix))
                found.push(`R1: ${node.path} without ${prefix}`);
        }
    }
    return found;
}

function isFed(state: State, importer: number, prefix: string): boolean {
    return state.topology.nodes.some(
        (node) =>
            node.index !== importer &&
            state.status[node.index] === 'DEPLOYED_STARTED' &&
            Object.keys(node.instance.exports).some((name) => name.startsWith(`${prefix}.`)),
    );
}

function visibilityBreaches(state: State): readonly string[] {
    return state.topology.nodes
        .filter((node) => (state.status[node.index] === 'DEPLOYED_STARTED') !== state.published.has(node.index))
        .map((node) => `R2: ${node.path} is ${state.status[node.index]}`);
}

function machineBreaches(state: State): readonly string[] {
    const steps = new Map<number, number>();
    for (const [instance, task] of state.tasks) {
        const { machine } = nodeAt(state.topology, instance);
        if (task.kind === 'step') steps.set(machine, (steps.get(machine) ?? 0) + 1);
    }
    return [...steps].filter(([, count]) => count > 1).map(([machine]) => `R8: ${String(machine)}`);
}

function counterBreaches(state: State): readonly string[] {
    const found: string[] = [];
    for (const group of state.topology.groups) {
        const feeders = [...state.published].filter(
            ([, values]) =>
                Object.keys(values).some((name) => name.startsWith(`${group.prefix}.`)) &&
                group.variables.every((name) => values[name] !== undefined),
        );
        if (!group.external && state.feeders[group.index] !== feeders.length) found.push(`feeders of ${group.prefix}`);
        const busy = group.importers.filter((i) => state.status[i] === 'STARTING' || state.status[i] === 'STOPPING');
        if (state.busyImporters[group.index] !== busy.length) found.push(`busy importers of ${group.prefix}`);
    }
    for (const node of state.topology.nodes) {
        const present = node.children.filter((i) => state.status[i] !== 'NOT_DEPLOYED' || state.hasFiles[i]);
        if (state.presentChildren[node.index] !== present.length) found.push(`children of ${node.path}`);
    }
    const running = [...state.tasks.values()].filter((task) => task.kind === 'step' || task.kind === 'ports');
    if (state.runningCount !== running.length) found.push('running steps');
    if (state.timerCount !== [...state.retries.values()].filter(({ dueAt }) => dueAt !== null).length)
        found.push('timers');
    return [...found, ...activityBreaches(state), ...occupationBreaches(state)];
}

function activityBreaches(state: State): readonly string[] {
    const isActive = ({ index, scoped }: InstanceNode): boolean =>
        (scoped ? /^(STOPPING|UNDEPLOYING)$/ : /^(STARTING|DEPLOYED_STARTED|STOPPING)$/).test(
            state.status[index] ?? '',
        );
    return state.topology.nodes
        .filter(({ index, path }) => {
            const below = state.topology.nodes.filter((other) => other.path.startsWith(`${path}/`) && isActive(other));
            return state.activeBelow[index] !== below.length;
        })
        .map(({ path }) => `active below ${path}`);
}

function occupationBreaches(state: State): readonly string[] {
    return state.occupied.flatMap((count, machine) => {
        const tasks = [...state.tasks].filter(
            ([instance, { kind }]) =>
                kind !== 'removal' && kind !== 'orphan' && nodeAt(state.topology, instance).machine === machine,
        );
        return tasks.length === count ? [] : [`occupied ${String(machine)}`];
    });
}

/** What waits for nothing is as the model has it; what the model does not have leaves and is not wanted. */
function definitionBreaches(state: State): readonly string[] {
    const { model, recipes, nodes } = state.topology;
    const instances = new Map(model.instances.map((instance) => [instance.path, instance]));
    const components = new Map(model.components.map((component) => [component.name, component]));
    return nodes.flatMap(({ index, path, instance, component, recipe }) => {
        const asked = instances.get(path);
        const kind = state.successions.get(index)?.kind ?? 'none';
        if ((kind === 'removed') !== (asked === undefined)) return [`${path} is ${kind}`];
        const isGoing = kind === 'removed' || kind === 'replaced';
        if (isGoing && state.desired[index] !== 'NOT_DEPLOYED') return [`${path} is wanted while it goes`];
        const isAsked = instance === asked && component === components.get(component.name);
        const isOld = !isAsked || recipe !== (recipes[component.name] ?? null);
        return kind === 'none' && isOld ? [`${path} is old`] : [];
    });
}

/** Steps begun twice without an end between, and attempts used twice. */
export function stepBreachesOf(facts: readonly CoreEvent[]): readonly string[] {
    const open = new Map<string, string>();
    const used = new Set<string>();
    const found: string[] = [];
    for (const fact of facts) {
        if (fact.kind === 'stepBegun') {
            if (used.has(fact.attempt)) found.push(`attempt ${fact.attempt} begun twice`);
            if (open.has(fact.path)) found.push(`${fact.path} begun twice`);
            used.add(fact.attempt);
            open.set(fact.path, fact.attempt);
        }
        if (fact.kind === 'stepEnded') open.delete(fact.path);
        if (fact.kind === 'machineDestroyed' || fact.kind === 'machineLost') {
            const within = [...open.keys()].filter((path) => path.startsWith(`${fact.path}/`));
            within.forEach((path) => open.delete(path));
        }
    }
    return found;
}
