/** What a plan comes to for each instance, from its steps and from whether it is there before and after them. */
import { at, statusOf, type State } from '../core/state.ts';
import type { PlannedAction, PlannedInstance, PlannedPhase, PlannedStep } from '../plan.ts';

/** Whether anything of an instance is there, and whether its deployment has begun and not ended. */
export interface Presence {
    readonly component: string;
    readonly isPresent: boolean;
    readonly isComing: boolean;
}

export interface Presences {
    readonly before: ReadonlyMap<string, Presence>;
    readonly after: ReadonlyMap<string, Presence>;
}

/** By path, in the order of the topology. */
export function presenceOf(state: State): ReadonlyMap<string, Presence> {
    return new Map(
        state.topology.nodes.map(({ index, path, component }) => {
            const status = statusOf(state, index);
            const isPresent = status !== 'NOT_DEPLOYED' || at(state.hasFiles, index);
            return [path, { component: component.name, isPresent, isComing: status === 'DEPLOYING' }] as const;
        }),
    );
}

/** Those something is done to, parents before children. What leaves with its parent without a step of its own has the waves of that. */
export function instancesOf(
    { before, after }: Presences,
    steps: readonly PlannedStep[],
    componentOf: (path: string) => string,
): readonly PlannedInstance[] {
    const byPath = Map.groupBy(steps, ({ path }) => path);
    const known = new Map<string, PlannedInstance>();
    for (const path of new Set([...after.keys(), ...before.keys()])) {
        const own = byPath.get(path) ?? [];
        const action = actionOf(new Set(own.map(({ phase }) => phase)), before.get(path), after.get(path));
        if (action === null) continue;
        const above = known.get(path.slice(0, path.lastIndexOf('/')));
        known.set(path, {
            path,
            component: componentOf(path),
            action,
            firstWave: own[0]?.wave ?? above?.firstWave ?? 1,
            lastWave: own.at(-1)?.wave ?? above?.lastWave ?? 1,
            isCritical: own.some(({ isCritical }) => isCritical),
        });
    }
    return [...known.values()];
}

function actionOf(
    phases: ReadonlySet<PlannedPhase>,
    before: Presence | undefined,
    after: Presence | undefined,
): PlannedAction | null {
    const isThere = after?.isPresent === true;
    if (before?.isPresent !== true) return isThere || phases.size > 0 ? 'create' : null;
    return isThere ? actionOnStaying(phases, before.isComing) : 'delete';
}

/** The first row of which a phase is run says it. */
const ROWS: readonly (readonly [PlannedPhase, PlannedAction])[] = [
    ['undeploy', 'recreate'],
    ['destroyMachine', 'recreate'],
    ['createMachine', 'create'],
    ['deploy', 'update'],
    ['initialize', 'update'],
    ['stop', 'stop'],
    ['start', 'start'],
    ['update', 'update'],
];

function actionOnStaying(phases: ReadonlySet<PlannedPhase>, isComing: boolean): PlannedAction | null {
    const action = ROWS.find(([phase]) => phases.has(phase))?.[1] ?? null;
    if (action === 'update' && isComing) return 'create';
    return action === 'stop' && phases.has('start') ? 'restart' : action;
}
