/**
 * How long work is expected to take. It decides in which order things are begun that could all begin, and nothing else: a deployment
 * with wrong expectations ends in the same state, later.
 */
import type { ApplicationModel } from '../../language/index.ts';
import type { CoreEvent } from './event.ts';
import type { Phase } from './status.ts';

/** What takes time: recipe phases, and what is done to machines and directories. */
export type Work = Phase | 'createMachine' | 'destroyMachine' | 'findPorts' | 'removeInstance';

/** Milliseconds for each kind of work. */
export type WorkDurations = Readonly<Record<Work, number>>;

export interface Expectation {
    readonly general: WorkDurations;
    /** What differs for the instances of some components, by component name. */
    readonly components: Readonly<Record<string, Partial<WorkDurations>>>;
}

/** Of a component of which nothing is known. */
export const USUAL_DURATIONS: WorkDurations = {
    initialize: 1_000,
    deploy: 10_000,
    start: 5_000,
    update: 2_000,
    stop: 3_000,
    undeploy: 4_000,
    createMachine: 30_000,
    destroyMachine: 10_000,
    findPorts: 100,
    removeInstance: 200,
};

/** Milliseconds that a kind of work of a component is expected to take: as told, else as usual. */
export function expectedMs({ general, components }: Expectation, component: string, work: Work): number {
    const own = Object.hasOwn(components, component) ? components[component] : undefined;
    return own?.[work] ?? general[work];
}

/**
 * What to expect after what recorded steps of a deployment of a model really took; later steps count more. It is never learnt while a
 * runner decides: the same inputs lead to the same facts, however long their steps take.
 */
export function expectationFrom(told: Expectation, model: ApplicationModel, facts: readonly CoreEvent[]): Expectation {
    const components = new Map(model.instances.map(({ path, component }) => [path, component]));
    const learnt = new Map<string, Partial<Record<Work, number>>>();
    for (const fact of facts) {
        if (fact.kind === 'modelChanged')
            for (const { path, component } of fact.model.instances) components.set(path, component);
        const component = fact.kind === 'stepEnded' ? components.get(fact.path) : undefined;
        if (fact.kind !== 'stepEnded' || component === undefined || fact.result.kind !== 'succeeded') continue;
        const own = learnt.get(component) ?? { ...told.components[component] };
        const { durationMs } = fact.result;
        // Somebody said that it ended well, not when.
        if (durationMs === 0) continue;
        const known = own[fact.phase];
        own[fact.phase] = known === undefined ? durationMs : (known + durationMs) / 2;
        learnt.set(component, own);
    }
    return { general: told.general, components: { ...told.components, ...Object.fromEntries(learnt) } };
}
