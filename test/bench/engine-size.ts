/** What the engine holds and how fast it is when an application is large. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ApplicationModel } from '../../language/index.ts';
import { createAdvance, type Advance } from '../../runner/core/advance.ts';
import { LAWS } from '../../runner/core/laws.ts';
import { nextEvents, startSimulation, type Simulation } from '../../runner/simulation/simulate.ts';
import { modelOf } from '../scenarios/model-text.ts';

export interface EngineSize {
    readonly instances: number;
    /** Per instance: the indexes of the model, and what is known of it once all is deployed. The model itself is not counted. */
    readonly topologyBytes: number;
    readonly stateBytes: number;
    /** Per second of processor time. */
    readonly eventsPerSecond: number;
    /** From a change that ten instances depend on to all that follows from it, by change: milliseconds of the turn. */
    readonly resolutionMs: readonly number[];
}

/** Deploys a large application, then stops and starts exporters of ten importers, `rounds` of them. */
export function engineSize(instances: number, rounds: number): EngineSize {
    const model = largeModel(instances);
    const turns: Turn[] = [];
    const empty = heapBytes();
    const simulation = startSimulation(model, {
        seed: 1,
        scenario: [],
        settings: { concurrency: 5_000 },
        advance: timed(turns),
    });
    const withTopology = heapBytes();
    simulation.scenario.push({ at: 0, happens: { kind: 'deploy', paths: [] } });
    const begun = process.cpuUsage().user;
    const events = drain(simulation);
    const seconds = (process.cpuUsage().user - begun) / 1_000_000;
    simulation.world.work.clear();
    simulation.world.counts.clear();
    turns.length = 0;
    const deployed = heapBytes();
    const { length } = model.instances;
    return {
        instances: length,
        topologyBytes: (withTopology - empty) / length,
        stateBytes: (deployed - withTopology) / length,
        eventsPerSecond: events / seconds,
        resolutionMs: resolutions(simulation, turns, rounds),
    };
}

interface Turn {
    readonly ms: number;
    readonly changes: number;
}

const NOTHING = {};

/** The engine, with the length of each turn noted. */
function timed(turns: Turn[]): Advance {
    const advance = createAdvance(LAWS, () => NOTHING);
    return (state, input, observe) => {
        const begun = performance.now();
        const turn = advance(state, input, observe);
        const ms = performance.now() - begun;
        turns.push({ ms, changes: turn.events.reduce((sum, { changes }) => sum + changes.length, 0) });
        return turn;
    };
}

/** The turns of an exporter that leave ten importers without it, and those that bring them up again. */
function resolutions(simulation: Simulation, turns: Turn[], rounds: number): readonly number[] {
    const groups = simulation.topology.nodes.length / 12;
    for (let round = 0; round < rounds; round++) {
        const path = `/vm${String(Math.floor((round * groups) / rounds))}/store`;
        simulation.scenario.push({ afterQuiet: 1, happens: { kind: 'stop', paths: [path] } });
        simulation.scenario.push({ afterQuiet: 1, happens: { kind: 'start', paths: [path] } });
        drain(simulation);
    }
    return turns.filter(({ changes }) => changes > 10).map(({ ms }) => ms);
}

function drain(simulation: Simulation): number {
    let events = 0;
    for (let next = nextEvents(simulation); next !== null; next = nextEvents(simulation)) {
        events += next.length;
        simulation.facts.length = 0;
    }
    return events;
}

/** Twelve instances a machine: what ten of them need is on the machines before theirs, one exporter each. */
function largeModel(instances: number): ApplicationModel {
    const lines = ['VM is target gives ip'];
    const groups = Math.ceil(instances / 12);
    for (let group = 0; group < groups; group++) {
        const id = String(group);
        lines.push(`Store${id} gives ip port=80`, `Part${id} gives ip needs Store${id}.ip Store${id}.port`);
        lines.push(`/vm${id} VM`, `/vm${id}/store Store${id}`);
        for (let part = 0; part < 10; part++)
            lines.push(`/vm${id}/p${String(part)} Part${String((group + 1 + part) % groups)}`);
    }
    return modelOf(lines.join('\n'));
}

function heapBytes(): number {
    setFlagsFromString('--expose-gc');
    // What the flag just made available.
    const collect = runInNewContext('gc') as () => void;
    collect();
    collect();
    return process.memoryUsage().heapUsed;
}
