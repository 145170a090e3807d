/**
 * How long the engine takes beside the least time any engine could take, on random skewed applications in virtual time: few machines carry
 * most instances, few exporters feed most importers, few steps take most of the time.
 */
import type { CoreEvent } from '../../runner/core/event.ts';
import type { ApplicationModel } from '../../language/index.ts';
import { randomOf } from '../../runner/simulation/random.ts';
import type { ComponentCosts, CostModel } from '../../runner/simulation/scenario.ts';
import { simulate, type SimulationOptions } from '../../runner/simulation/simulate.ts';
import { modelOf } from '../scenarios/model-text.ts';

export interface SkewedApplication {
    readonly model: ApplicationModel;
    readonly costs: ComponentCosts;
}

export interface Makespan {
    readonly instances: number;
    readonly makespanMs: number;
    /** No schedule of the same steps is shorter. */
    readonly boundMs: number;
    /** Which of the three bounds is the largest. */
    readonly binding: 'path' | 'work' | 'host';
}

const CONCURRENCY = 30;

/**
 * An application of 100 to 1,000 instances, a function of its seed alone. Some are wide and some are deep, some have a machine for every
 * second instance and some for every twentieth.
 */
export function skewedApplication(seed: number): SkewedApplication {
    const draw = (key: string): number => randomOf(seed, key);
    const count = 100 + Math.round(900 * draw('count'));
    const machineCount = Math.max(4, Math.round(count / (2 * 10 ** draw('density'))));
    const [crowding, depth] = [1 + draw('crowding'), draw('depth')];
    const lines: string[] = [];
    const instances: string[] = [];
    const costs: Record<string, Partial<CostModel>> = {};
    for (let machine = 0; machine < machineCount; machine++) {
        lines.push(`VM${String(machine)} is target gives ip`);
        instances.push(`/vm${String(machine)} VM${String(machine)}`);
        costs[`VM${String(machine)}`] = { createMachine: skewed(draw(`vm ${String(machine)}`), 20_000) };
    }
    for (let i = 0; i < count - machineCount; i++) {
        const name = `C${String(i)}`;
        const needs = importsOf(i, depth, draw);
        lines.push(`${name} gives ip${needs.length === 0 ? '' : ` needs ${needs.join(' ')}`}`);
        const machine = Math.floor(machineCount * draw(`place ${String(i)}`) ** crowding);
        instances.push(`/vm${String(machine)}/i${String(i)} ${name}`);
        costs[name] = {
            initialize: 1_000,
            deploy: skewed(draw(`deploy ${String(i)}`), 4_000),
            start: skewed(draw(`start ${String(i)}`), 2_000),
        };
    }
    return { model: modelOf([...lines, ...instances].join('\n')), costs };
}

/** Up to three of the components before it: in a deep application the last ones, in a wide one the first ones. */
function importsOf(i: number, depth: number, draw: (key: string) => number): readonly string[] {
    const wanted = i === 0 ? 0 : Math.floor(4 * draw(`imports ${String(i)}`));
    const chosen = Array.from({ length: wanted }, (_, j) => {
        const near = draw(`import ${String(i)} ${String(j)}`) ** 3;
        return draw(`side ${String(i)} ${String(j)}`) < depth ? i - 1 - Math.floor(i * near) : Math.floor(i * near);
    });
    return [...new Set(chosen)].map((other) => `C${String(other)}.ip`);
}

/** Pareto: most of them near the least, one in a hundred ten times as long and more. */
function skewed(draw: number, least: number): number {
    return Math.round(least * Math.min(50, (1 - draw) ** -0.6));
}

/** Deploys it in virtual time. */
export function makespanOf({ model, costs }: SkewedApplication, options: Omit<SimulationOptions, 'seed'>): Makespan {
    const { facts, makespanMs } = simulate(model, {
        seed: 1,
        componentCosts: costs,
        ...options,
        settings: { ...options.settings, concurrency: CONCURRENCY },
    });
    const durations = durationsOf(facts);
    const bounds = {
        path: criticalPath(model, durations),
        work: totalWork(durations) / CONCURRENCY,
        host: longestHost(model, durations),
    };
    const boundMs = Math.max(...Object.values(bounds));
    const binding = (['path', 'work', 'host'] as const).find((kind) => bounds[kind] === boundMs) ?? 'path';
    return { instances: model.instances.length, makespanMs, boundMs, binding };
}

interface Durations {
    readonly create: number;
    readonly deploy: number;
    readonly start: number;
}

/** What each instance really took, by path: milliseconds to make its machine, to initialise and deploy it, to start it. */
function durationsOf(facts: readonly CoreEvent[]): ReadonlyMap<string, Durations> {
    const found = new Map<string, Durations>();
    const requestedAt = new Map<string, number>();
    const add = (path: string, more: Partial<Durations>): void => {
        const known = found.get(path) ?? { create: 0, deploy: 0, start: 0 };
        const { create = 0, deploy = 0, start = 0 } = more;
        found.set(path, {
            create: known.create + create,
            deploy: known.deploy + deploy,
            start: known.start + start,
        });
    };
    for (const fact of facts) {
        if (fact.kind === 'machineRequested') requestedAt.set(fact.path, fact.time);
        if (fact.kind === 'machineCreated') add(fact.path, { create: fact.time - (requestedAt.get(fact.path) ?? 0) });
        if (fact.kind !== 'stepEnded' || fact.result.kind !== 'succeeded') continue;
        const { durationMs } = fact.result;
        if (fact.phase === 'start') add(fact.path, { start: durationMs });
        else if (fact.phase !== 'update') add(fact.path, { deploy: durationMs });
    }
    return found;
}

function totalWork(durations: ReadonlyMap<string, Durations>): number {
    return [...durations.values()].reduce((sum, { deploy, start }) => sum + deploy + start, 0);
}

/** A machine is made before anything is done on it, and does one thing at a time. */
function longestHost(model: ApplicationModel, durations: ReadonlyMap<string, Durations>): number {
    const sums = new Map<string, number>();
    for (const { path } of model.instances) {
        const machine = path.split('/')[1] ?? '';
        const { create, deploy, start } = durations.get(path) ?? { create: 0, deploy: 0, start: 0 };
        sums.set(machine, (sums.get(machine) ?? 0) + create + deploy + start);
    }
    return Math.max(...sums.values());
}

/** The model lists parents before children, and exporters before those that import from them. */
function criticalPath(model: ApplicationModel, durations: ReadonlyMap<string, Durations>): number {
    const components = new Map(model.components.map((component) => [component.name, component]));
    const startedAt = new Map<string, number>();
    const offeredAt = new Map<string, number>();
    const upAt = new Map<string, number>();
    for (const { path, component } of model.instances) {
        const { create, deploy, start } = durations.get(path) ?? { create: 0, deploy: 0, start: 0 };
        const parent = path.slice(0, path.lastIndexOf('/'));
        const deployedAt = (upAt.get(parent) ?? 0) + create + deploy;
        upAt.set(path, deployedAt);
        const imports = components.get(component)?.imports ?? [];
        const fedAt = imports.map(({ name }) => offeredAt.get(name.split('.')[0] ?? '') ?? 0);
        const begunAt = Math.max(deployedAt, startedAt.get(parent) ?? 0, ...fedAt);
        startedAt.set(path, begunAt + start);
        offeredAt.set(component, begunAt + start);
    }
    return Math.max(...startedAt.values());
}
