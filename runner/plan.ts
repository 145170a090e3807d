/**
 * What an order would do, before it is given: the core carries it out in thought, with every step taking one unit of time, so that what runs
 * side by side is one wave. What the steps took before gives an estimate, and the chain of steps on which the end depends.
 */
import type { ApplicationModel } from '../language/index.ts';
import type { Unreached } from './core/event.ts';
import { USUAL_DURATIONS, type Expectation, type Work } from './core/expectation.ts';
import { createState, type State } from './core/state.ts';
import { topologyOf } from './core/topology.ts';
import { instancesOf, presenceOf } from './plan/actions.ts';
import { rehearse, type RehearsedWork, type WorkPlace } from './plan/rehearsal.ts';
import type { News } from './simulation/world.ts';

/** What a plan does to one instance. `recreate`: what runs is removed and made again; `update`: it goes on with other files or values. */
export type PlannedAction = 'create' | 'start' | 'update' | 'restart' | 'stop' | 'delete' | 'recreate';

/** What is done in a plan: recipes, and what is done about machines. */
export type PlannedPhase = Exclude<Work, 'findPorts' | 'removeInstance'>;

export interface PlannedStep {
    readonly path: string;
    readonly component: string;
    readonly phase: PlannedPhase;
    /** From 1. Steps of one wave run side by side, those of a later one after it. */
    readonly wave: number;
    /** The whole plan takes longer when it does. */
    readonly isCritical: boolean;
    /** What it took before, in milliseconds; null when it was never measured. */
    readonly estimateMs: number | null;
}

export interface PlannedInstance {
    readonly path: string;
    readonly component: string;
    readonly action: PlannedAction;
    /** Waves of its first and of its last step; those of what it leaves with when it has none. */
    readonly firstWave: number;
    readonly lastWave: number;
    readonly isCritical: boolean;
}

export interface DeploymentPlan {
    readonly order: PlannedOrder;
    /** Something is deployed already. */
    readonly isDeployed: boolean;
    readonly waveCount: number;
    /** By wave, then as they are begun. */
    readonly steps: readonly PlannedStep[];
    /** Those something is done to, parents before children. */
    readonly instances: readonly PlannedInstance[];
    /** Milliseconds from the order to its end; null when no step of it was ever measured. */
    readonly estimatedMs: number | null;
    /** Steps that were never measured: a usual duration was assumed for each. */
    readonly guessedCount: number;
    /** At most 20 instances that will not be where the order wants them, with the reason; the count is of all. */
    readonly unreached: readonly Unreached[];
    readonly unreachedCount: number;
}

/** What is planned for; `paths` name sub-trees, none = all. */
export interface PlannedOrder {
    readonly kind: 'deploy' | 'start' | 'stop' | 'undeploy';
    readonly paths: readonly string[];
}

export type PlanAnswer =
    | { readonly kind: 'planned'; readonly plan: DeploymentPlan }
    /** The order would be refused. */
    | { readonly kind: 'refused'; readonly message: string };

/** Measured durations in milliseconds, by component name and kind of work. */
export type Measured = Expectation['components'];

/** Where a plan begins. */
export interface Situation {
    /** The state at this moment. It is planned on, which changes it: a fresh one at every call. */
    readonly state: () => State;
    readonly measured: Measured;
    /** What is given to the core, one after the other: the order last. */
    readonly inputs: readonly News[];
}

/**
 * The plan of a first deployment of a model, in a place where nothing is. `associations`: path of a scoped instance to the target that makes its
 * machine; what is not in it is on this computer.
 */
export function planOf(
    model: ApplicationModel,
    paths: readonly string[],
    {
        measured,
        associations,
    }: { readonly measured: Measured; readonly associations: Readonly<Record<string, string>> },
): PlanAnswer {
    const order = { kind: 'deploy', paths } as const;
    const state = (): State => {
        const fresh = createState(topologyOf(model));
        fresh.targets = associations;
        return fresh;
    };
    return planFrom({ state, measured, inputs: [{ kind: 'order', run: 'planned', order }] }, order);
}

/** The plan of an order in a situation. Takes time in proportion to what is done. */
export function planFrom(situation: Situation, order: PlannedOrder): PlanAnswer {
    const state = situation.state();
    const before = presenceOf(state);
    const rehearsal = rehearse(state, situation.inputs, unitOf);
    if (rehearsal.refusal !== null) return { kind: 'refused', message: rehearsal.refusal };
    const after = presenceOf(state);
    const componentOf = (path: string): string => after.get(path)?.component ?? before.get(path)?.component ?? '';
    const measured = (path: string, work: Work): number | null => situation.measured[componentOf(path)]?.[work] ?? null;
    const works = rehearsal.works.filter(isStep);
    const guessedCount = works.filter(({ path, work }) => measured(path, work) === null).length;
    const isEstimated = guessedCount < works.length;
    const timed = isEstimated
        ? rehearse(situation.state(), situation.inputs, (place) => durationOf(place, measured)).works
        : rehearsal.works;
    const steps = stepsOf(works, criticalKeys(timed), { componentOf, measured });
    const plan: DeploymentPlan = {
        order,
        isDeployed: [...before.values()].some(({ isPresent }) => isPresent),
        waveCount: steps.at(-1)?.wave ?? 0,
        steps,
        instances: instancesOf({ before, after }, steps, componentOf),
        estimatedMs: isEstimated ? timed.reduce((end, { endsAt }) => Math.max(end, endsAt), 0) : null,
        guessedCount,
        unreached: rehearsal.unreached,
        unreachedCount: rehearsal.unreachedCount,
    };
    return { kind: 'planned', plan };
}

interface Facts {
    readonly componentOf: (path: string) => string;
    /** Milliseconds; null = never measured. */
    readonly measured: (path: string, work: Work) => number | null;
}

function stepsOf(
    works: readonly StepWork[],
    critical: ReadonlySet<string>,
    { componentOf, measured }: Facts,
): readonly PlannedStep[] {
    const keyOf = createKeys();
    const steps = works.map(({ path, work, begunAt }): PlannedStep => ({
        path,
        component: componentOf(path),
        phase: work,
        wave: begunAt + 1,
        isCritical: critical.has(keyOf({ path, work })),
        estimateMs: measured(path, work),
    }));
    return steps.sort((left, right) => left.wave - right.wave);
}

type StepWork = RehearsedWork & { readonly work: PlannedPhase };

function isStep(work: RehearsedWork): work is StepWork {
    return work.work !== 'findPorts' && work.work !== 'removeInstance';
}

/** Ports are found and directories removed within the wave. */
function unitOf({ work }: WorkPlace): number {
    return work === 'findPorts' || work === 'removeInstance' ? 0 : 1;
}

/** This computer is there: it is not made. */
const THIS_COMPUTER_MS = 100;

function durationOf({ path, work, target }: WorkPlace, measured: (path: string, work: Work) => number | null): number {
    const isMachine = work === 'createMachine' || work === 'destroyMachine';
    const usual = isMachine && target === null ? THIS_COMPUTER_MS : USUAL_DURATIONS[work];
    return measured(path, work) ?? usual;
}

/** The work that ends last, what let it begin, and so on to the order: each begins when the one before it ends. */
function criticalKeys(works: readonly RehearsedWork[]): ReadonlySet<string> {
    const keyOf = createKeys();
    const keys = works.map(keyOf);
    const critical = new Set<string>();
    const last = works.reduce((best, { endsAt }, index) => (endsAt > (works[best]?.endsAt ?? -1) ? index : best), -1);
    for (let index = last; index >= 0; index = works[index]?.cause ?? -1) critical.add(keys[index] ?? '');
    return critical;
}

/** Names work by what it is and which of several alike: the same in two rehearsals of one order. */
function createKeys(): (work: Pick<RehearsedWork, 'path' | 'work'>) => string {
    const counts = new Map<string, number>();
    return ({ path, work }) => {
        const name = `${work} ${path}`;
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        return `${count} ${name}`;
    };
}
