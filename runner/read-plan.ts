/** What an order would do to what is deployed, and what is deployed, told from the disk without any runner. */
import type { ApplicationModel } from '../language/index.ts';
import { differenceTo, isEmptyDifference } from './deployment-difference.ts';
import { isOver, readDeployment } from './deployment-store.ts';
import type { Work } from './core/expectation.ts';
import type { CoreEvent } from './core/event.ts';
import { restoreState, savedStateOf } from './core/saved-state.ts';
import type { State } from './core/state.ts';
import { readJournal, type ReadJournal } from './journal/read.ts';
import { planFrom, planOf, type Measured, type PlanAnswer, type PlannedOrder } from './plan.ts';
import type { DeploymentKey, Order } from './protocol.ts';
import { placesOf } from './read-history.ts';
import type { News } from './simulation/world.ts';
import { defaultStateDirectory, deploymentKeyOf, deploymentPathsOf, type DeploymentPaths } from './state-directory.ts';

/** Orders that can be planned. A deploy of a model over another one that is deployed is what applying their difference does. */
export type PlannableOrder = Extract<Order, { readonly kind: PlannedOrder['kind'] }>;

/** Plans an order from what the journal says at this moment; from nothing when nothing is deployed, or nobody can tell what is. */
export function readPlan(
    { directory, deployment }: DeploymentKey,
    order: PlannableOrder,
    stateDirectory?: string,
): PlanAnswer {
    const key = deploymentKeyOf(directory, deployment);
    const paths = deploymentPathsOf(stateDirectory ?? defaultStateDirectory(), key);
    const read = readDeployment(paths);
    const state = read.kind === 'replayed' && !isOver(read.state) ? read.state : null;
    const model = order.kind === 'deploy' ? order.model : (state?.topology.model ?? null);
    const measured = readMeasured(paths, model);
    if (state !== null) return planOver({ state, measured, key, paths }, order);
    if (order.kind !== 'deploy') return { kind: 'refused', message: `Nothing is deployed as '${deployment}'.` };
    const associations = order.targets?.associations ?? {};
    return planOf(order.model, order.paths, { measured, associations });
}

/** The model that is deployed under a name: the one accepted last. Null when nothing is. */
export function readDeployedModel(
    directory: string,
    deployment: string,
    stateDirectory?: string,
): ApplicationModel | null {
    const key = deploymentKeyOf(directory, deployment);
    const read = readDeployment(deploymentPathsOf(stateDirectory ?? defaultStateDirectory(), key));
    return read.kind === 'replayed' && !isOver(read.state) ? read.state.topology.model : null;
}

interface Deployed {
    readonly state: State;
    readonly measured: Measured;
    readonly key: DeploymentKey;
    readonly paths: DeploymentPaths;
}

function planOver(deployed: Deployed, order: PlannableOrder): PlanAnswer {
    const { state, measured } = deployed;
    const inputs = inputsFor(deployed, order);
    const saved = savedStateOf(state);
    const copies = [structuredClone(saved), structuredClone(saved)];
    const freshState = (): State => {
        const copy = copies.pop();
        const restored = copy === undefined ? null : restoreState(copy, state.settings);
        if (restored === null) throw new Error('a state that was just saved cannot be restored');
        return restored;
    };
    return planFrom({ state: freshState, measured, inputs }, { kind: order.kind, paths: order.paths });
}

/** As a runner would be given them. What was under way when the journal was read goes on first. */
function inputsFor({ state, key, paths }: Deployed, order: PlannableOrder): readonly News[] {
    const isUnderWay = state.tasks.size > 0 || state.runs.length > 0;
    const before: readonly News[] = isUnderWay ? [{ kind: 'restarted' }] : [];
    if (order.kind !== 'deploy') return [...before, { kind: 'order', run: 'planned', order }];
    const { model, targets } = order;
    const { difference, recipes } = differenceTo(state, { model }, { key, paths });
    const made: readonly News[] = targets === undefined ? [] : [{ kind: 'targets', targets: targets.associations }];
    const given: News = isEmptyDifference(difference)
        ? { kind: 'order', run: 'planned', order: { kind: 'deploy', paths: order.paths } }
        : { kind: 'change', run: 'planned', paths: order.paths, model, recipes };
    return [...before, ...made, given];
}

/** Journals that are looked at, the newest first. */
const JOURNALS_AT_MOST = 5;

/** What steps and machines of this deployment took, and of those before it under its name where it does not tell. */
function readMeasured(paths: DeploymentPaths, model: ApplicationModel | null): Measured {
    const wanted = new Set(model?.components.map(({ name }) => name));
    let measured: Measured = {};
    for (const { journal } of placesOf(paths).slice(0, JOURNALS_AT_MOST)) {
        const read = readJournal(journal);
        if (read.kind === 'read') measured = { ...measuredIn(read), ...measured };
        if ([...wanted].every((name) => Object.hasOwn(measured, name))) break;
    }
    return measured;
}

/** Work that was begun and not ended yet. */
interface Begun {
    readonly work: Work;
    readonly time: number;
}

/** Means of what succeeded, in which a later one counts as much as all before it. A phase without a recipe takes no time, and that is known too. */
function measuredIn({ opened, events }: ReadJournal): Measured {
    const components = new Map(opened.model.instances.map(({ path, component }) => [path, component]));
    const begun = new Map<string, Begun>();
    const measured: Record<string, Partial<Record<Work, number>>> = {};
    const note = (path: string, work: Work, tookMs: number): void => {
        const own = (measured[components.get(path) ?? ''] ??= {});
        const before = own[work];
        own[work] = before === undefined ? tookMs : (before + tookMs) / 2;
    };
    for (const event of events) {
        if (event.kind === 'modelChanged')
            for (const { path, component } of event.model.instances) components.set(path, component);
        const beginning = beginningIn(event);
        if (beginning !== null) begun.set(beginning.path, beginning);
        const end = endIn(event, begun);
        if (end !== null) note(end.path, end.work, end.tookMs);
    }
    return measured;
}

function beginningIn(event: CoreEvent): (Begun & { readonly path: string }) | null {
    const { time } = event;
    if (event.kind === 'machineRequested') return { path: event.path, work: 'createMachine', time };
    if (event.kind === 'machineDestructionBegun') return { path: event.path, work: 'destroyMachine', time };
    return event.kind === 'stepBegun' ? { path: event.path, work: event.phase, time } : null;
}

/** Somebody may say of a step in doubt that it ended well: that is no measure. */
const NEVER_RUN_MS = 1000;

function endIn(
    event: CoreEvent,
    begun: ReadonlyMap<string, Begun>,
): { readonly path: string; readonly work: Work; readonly tookMs: number } | null {
    const begin = 'path' in event ? begun.get(event.path) : undefined;
    if (begin === undefined) return null;
    const elapsed = event.time - begin.time;
    if (event.kind === 'stepEnded') {
        const { result, phase, path } = event;
        const isMeasured = result.kind === 'succeeded' && (result.durationMs > 0 || elapsed < NEVER_RUN_MS);
        return isMeasured ? { path, work: phase, tookMs: result.durationMs } : null;
    }
    const isMachine =
        (event.kind === 'machineCreated' && begin.work === 'createMachine') ||
        (event.kind === 'machineDestroyed' && begin.work === 'destroyMachine');
    return isMachine ? { path: event.path, work: begin.work, tookMs: elapsed } : null;
}
