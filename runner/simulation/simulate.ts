/**
 * The engine on a virtual clock: the same core as a real deployment, a simulated world, no waiting.
 * The same model, options and seed give the same events, byte for byte.
 */
import type { ApplicationModel } from '../../language/index.ts';
import { createAdvance, type Advance } from '../core/advance.ts';
import type { CoreEvent } from '../core/event.ts';
import { evolve } from '../core/evolve.ts';
import type { Input, CoreOrder } from '../core/input.ts';
import { LAWS } from '../core/laws.ts';
import { createState, DEFAULT_SETTINGS, type Settings, type State } from '../core/state.ts';
import { topologyOf, type Recipes, type Topology } from '../core/topology.ts';
import { deploymentSnapshotOf, runnerEventsOf } from '../projection.ts';
import type { DeploymentSnapshot, RunnerEvent } from '../protocol.ts';
import {
    DEFAULT_COSTS,
    type ComponentCosts,
    type CostModel,
    type Fault,
    type Happening,
    type Scenario,
    type ScenarioStep,
} from './scenario.ts';
import { earliestTime, takeEarliest } from './timeline.ts';
import {
    createWorld,
    loseMachine,
    newsOf,
    perform,
    readdressMachine,
    recoverMachine,
    vanishMachine,
    type News,
    type World,
} from './world.ts';

export interface SimulationOptions {
    readonly seed: number;
    /** Given at time 0 when there is no scenario; absent = deploy everything. */
    readonly order?: CoreOrder;
    /** Names of the recipes by component: no recipe is run, but another name is another recipe. */
    readonly recipes?: Recipes;
    readonly scenario?: Scenario;
    readonly faults?: readonly Fault[];
    /** Virtual milliseconds by kind of work; what is absent has its default. */
    readonly costs?: Partial<CostModel>;
    /** The same for the instances of some components. */
    readonly componentCosts?: ComponentCosts;
    readonly settings?: Partial<Settings>;
    /** The engine to use: a test passes one with a law exchanged. */
    readonly advance?: Advance;
}

export interface SimulationResult {
    readonly log: readonly RunnerEvent[];
    /** The recorded facts, as a journal would hold them. */
    readonly facts: readonly CoreEvent[];
    readonly snapshot: DeploymentSnapshot;
    /** Virtual milliseconds until the last fact. */
    readonly makespanMs: number;
}

/** Runs a scenario to its end. */
export function simulate(model: ApplicationModel, options: SimulationOptions): SimulationResult {
    const simulation = startSimulation(model, options);
    const log: RunnerEvent[] = [];
    for (let events = nextEvents(simulation); events !== null; events = nextEvents(simulation)) {
        for (const event of events) log.push(event);
    }
    const { facts } = simulation;
    return { log, facts, snapshot: snapshotOfSimulation(simulation), makespanMs: facts.at(-1)?.time ?? 0 };
}

/** A simulation that is taken forward step by step. */
export interface Simulation {
    /** As it was in the beginning: what facts are replayed over. */
    readonly topology: Topology;
    readonly settings: Settings;
    readonly advance: Advance;
    readonly world: World;
    readonly facts: CoreEvent[];
    readonly scenario: ScenarioStep[];
    state: State;
    now: number;
    runCount: number;
}

/** Simulated steps run no recipe. */
const NOTHING = {};

/** A simulation at virtual time 0, before its first happening. */
export function startSimulation(model: ApplicationModel, options: SimulationOptions): Simulation {
    const topology = topologyOf(model, options.recipes);
    const costs = { ...DEFAULT_COSTS, ...options.costs };
    const componentCosts = options.componentCosts ?? {};
    const expected = { general: costs, components: componentCosts };
    const settings = { ...DEFAULT_SETTINGS, expected, ...options.settings };
    const order = options.order ?? { kind: 'deploy', paths: [] };
    const simulation: Simulation = {
        topology,
        settings,
        advance: options.advance ?? createAdvance(LAWS, () => NOTHING),
        world: createWorld({
            seed: options.seed,
            costs,
            componentCosts,
            faults: options.faults ?? [],
            componentOf: (path) => componentIn(simulation.state.topology, path),
        }),
        facts: [],
        scenario: [...(options.scenario ?? [{ at: 0, happens: order }])],
        state: createState(topology, settings),
        now: 0,
        runCount: 0,
    };
    return simulation;
}

function componentIn({ indexOfPath, nodes }: Topology, path: string): string {
    return nodes[indexOfPath.get(path) ?? -1]?.component.name ?? '';
}

/** Goes on to the next thing that happens and answers what it led to; null at the end. */
export function nextEvents(simulation: Simulation): readonly RunnerEvent[] | null {
    const { scenario, world } = simulation;
    const [step] = scenario;
    if (step !== undefined && timeOf(simulation, step) <= earliestTime(world.timeline)) {
        scenario.shift();
        simulation.now = Math.max(simulation.now, timeOf(simulation, step));
        return happen(simulation, step.happens);
    }
    const next = takeEarliest(world.timeline);
    if (next === undefined) return null;
    simulation.now = next.time;
    const news = newsOf(world, next.item);
    return news === null ? [] : turn(simulation, news);
}

/** The state as it is at this moment of the simulation. */
export function snapshotOfSimulation({ state, topology }: Simulation): DeploymentSnapshot {
    return deploymentSnapshotOf(state, { directory: '', deployment: topology.model.name }, true);
}

/** Goes on in the same world with a runner that knows only `facts`: what a crash right after the last of them leaves. */
export function restartSimulation(simulation: Simulation, facts: readonly CoreEvent[]): readonly RunnerEvent[] {
    simulation.facts.splice(0, simulation.facts.length, ...facts);
    return crash(simulation);
}

/** The state that recorded facts lead to. */
export function replay(topology: Topology, settings: Settings, facts: readonly CoreEvent[]): State {
    const state = createState(topology, settings);
    for (const fact of facts) evolve(state, fact);
    return state;
}

/** A step that waits for quiet comes when nothing else is planned. */
function timeOf({ now, world }: Simulation, step: ScenarioStep): number {
    if ('at' in step) return step.at;
    return earliestTime(world.timeline) === Number.POSITIVE_INFINITY ? now + step.afterQuiet : Number.POSITIVE_INFINITY;
}

function happen(simulation: Simulation, happening: Happening): readonly RunnerEvent[] {
    const { now, state, world } = simulation;
    switch (happening.kind) {
        case 'loseMachine':
            loseMachine(world, happening.path, now);
            return [];
        case 'recoverMachine':
            recoverMachine(world, happening.path, now);
            return [];
        case 'readdressMachine':
            readdressMachine(world, happening.path, now);
            return [];
        case 'destroyMachine':
            vanishMachine(world, happening.path, now);
            return [];
        case 'answer': {
            const attempt = state.unknowns.get(state.topology.indexOfPath.get(happening.path) ?? -1)?.attempt;
            if (attempt === undefined) return [];
            return turn(simulation, {
                kind: 'stepEnded',
                attempt,
                path: happening.path,
                result: answered(happening.succeeded),
            });
        }
        case 'change': {
            const { model, recipes, paths } = happening;
            return turn(simulation, { kind: 'change', run: nextRunOf(simulation), model, recipes, paths });
        }
        case 'crash':
            return crash(simulation);
        case 'deploy':
        case 'start':
        case 'stop':
        case 'undeploy':
        case 'retry':
        case 'settle':
        case 'resume':
        case 'cancel':
            return order(simulation, happening);
        default:
            return happening satisfies never;
    }
}

function answered(succeeded: boolean): Extract<News, { kind: 'stepEnded' }>['result'] {
    if (succeeded) return { kind: 'succeeded', durationMs: 0 };
    return { kind: 'failed', durationMs: 0, exitCode: null, signal: null, reason: 'somebody said so', lastLines: [] };
}

function order(simulation: Simulation, given: CoreOrder): readonly RunnerEvent[] {
    return turn(simulation, { kind: 'order', run: nextRunOf(simulation), order: given });
}

function nextRunOf(simulation: Simulation): string {
    simulation.runCount++;
    return `r${simulation.runCount}`;
}

/** Only the facts survive; answers to the dead runner are lost. */
function crash(simulation: Simulation): readonly RunnerEvent[] {
    const { topology, settings, facts, world } = simulation;
    world.epoch++;
    simulation.state = replay(topology, settings, facts);
    const events = turn(simulation, { kind: 'restarted' });
    if (simulation.state.runs.length === 0) return events;
    return [...events, ...order(simulation, { kind: 'resume', retryUnknown: false })];
}

function turn(simulation: Simulation, news: News): readonly RunnerEvent[] {
    const { state, now, world, facts } = simulation;
    const events: RunnerEvent[] = [];
    // `News` is `Input` without its time, member by member; with the time it is an `Input` again.
    const input = { ...news, time: now } as Input;
    const { effects } = simulation.advance(state, input, (fact, changed) => {
        facts.push(fact);
        events.push(...runnerEventsOf(state, fact, changed));
    });
    for (const effect of effects) perform(world, effect, now);
    return events;
}
