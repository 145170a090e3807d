/**
 * The simulated world: machines, recipes and their costs. It takes effects and plans the inputs that answer them.
 * It outlives the runner: a step goes on while its runner is dead, and its result waits to be asked for.
 */
import type { Effect } from '../core/effect.ts';
import type { Input, StepResult } from '../core/input.ts';
import { isWithin } from '../core/instance-path.ts';
import { randomOf } from './random.ts';
import type { ComponentCosts, CostModel, Fault } from './scenario.ts';
import { createTimeline, plan, type Timeline } from './timeline.ts';

/** News without its time: that is when it is delivered. */
export type News = Input extends infer Each ? (Each extends Input ? Omit<Each, 'time'> : never) : never;

export interface Delivery {
    /** Answers to a dead runner are lost; null = told to whoever is there. */
    readonly epoch: number | null;
    readonly news: News;
}

interface Work {
    readonly endsAt: number;
    readonly result: StepResult;
}

interface SimulatedMachine {
    readonly address: string;
    readonly upAt: number;
}

/** What decides about costs and misfortunes. */
export interface Nature {
    readonly seed: number;
    readonly costs: CostModel;
    /** Win over `costs`. */
    readonly componentCosts: ComponentCosts;
    readonly faults: readonly Fault[];
    /** Name of an instance's component; empty when the instance is not known. */
    readonly componentOf: (path: string) => string;
}

export interface World extends Nature {
    readonly timeline: Timeline<Delivery>;
    readonly work: Map<string, Work>;
    /** Machines that exist or are being made, by path. */
    readonly machines: Map<string, SimulatedMachine>;
    /** Machines off the network. */
    readonly lost: Set<string>;
    /** What those would have said; it arrives when they are back. */
    heldBack: Delivery[];
    readonly counts: Map<string, number>;
    machineCount: number;
    epoch: number;
}

/** A world in which nothing exists yet. */
export function createWorld(nature: Nature): World {
    return {
        ...nature,
        timeline: createTimeline(),
        work: new Map(),
        machines: new Map(),
        lost: new Set(),
        heldBack: [],
        counts: new Map(),
        machineCount: 0,
        epoch: 0,
    };
}

/** Takes an effect handed out at a virtual time. */
export function perform(world: World, effect: Effect, now: number): void {
    switch (effect.kind) {
        case 'runStep':
            return runStep(world, effect, now);
        case 'askStep':
            return askStep(world, effect, now);
        case 'cancelStep':
            return cancelStep(world, effect, now);
        case 'createMachine':
            return createMachine(world, effect.path, now);
        case 'cancelMachine':
            return cancelMachine(world, effect.path, now);
        case 'destroyMachine':
            return destroyMachine(world, effect.path, now);
        case 'findPorts':
            return findPorts(world, effect, now);
        case 'removeInstance':
            return deliver(world, now + costOf(world, effect.path, 'removeInstance'), {
                kind: 'instanceRemoved',
                path: effect.path,
            });
        case 'setTimer':
            return deliver(world, Math.max(now, effect.at), { kind: 'timerFired', path: effect.path });
        default:
            return effect satisfies never;
    }
}

/** The news of a delivery whose time has come; null when it means nothing any more, or cannot be heard. */
export function newsOf(world: World, delivery: Delivery): News | null {
    if (isDeliverable(world, delivery)) return delivery.news;
    world.heldBack.push(delivery);
    return null;
}

function isDeliverable(world: World, { epoch, news }: Delivery): boolean {
    if ((epoch !== null && epoch !== world.epoch) || !('path' in news)) return false;
    if (news.kind === 'machineUp') return world.machines.get(news.path)?.address === news.address;
    if (news.kind === 'machineLost') return world.lost.has(news.path);
    return news.kind === 'machineDown' || !isUnreachable(world, news.path);
}

/** Takes a machine off the network; that is noticed after a lease. */
export function loseMachine(world: World, path: string, now: number): void {
    if ((world.machines.get(path)?.upAt ?? Number.POSITIVE_INFINITY) > now) return;
    world.lost.add(path);
    tell(world, now + LEASE_MS, { kind: 'machineLost', path, reason: 'no sign of life' });
}

/** Puts it back. */
export function recoverMachine(world: World, path: string, now: number): void {
    const machine = world.machines.get(path);
    if (machine === undefined || !world.lost.delete(path)) return;
    tell(world, now, { kind: 'machineUp', path, machineId: machineIdOf(path), address: machine.address });
    const { heldBack } = world;
    world.heldBack = [];
    for (const delivery of heldBack) plan(world.timeline, now, delivery);
}

/** Gives it another address. */
export function readdressMachine(world: World, path: string, now: number): void {
    const machine = world.machines.get(path);
    if (machine === undefined || machine.upAt > now) return;
    const address = addressOf(++world.machineCount);
    world.machines.set(path, { ...machine, address });
    if (!world.lost.has(path)) tell(world, now, { kind: 'machineUp', path, machineId: machineIdOf(path), address });
}

/** Destroys it without having been asked. */
export function vanishMachine(world: World, path: string, now: number): void {
    if ((world.machines.get(path)?.upAt ?? Number.POSITIVE_INFINITY) > now) return;
    world.lost.delete(path);
    if (world.machines.delete(path)) tell(world, now, { kind: 'machineDown', path });
}

const LEASE_MS = 3_000;
const KILL_MS = 100;

function runStep(world: World, effect: Extract<Effect, { kind: 'runStep' }>, now: number): void {
    const { attempt, path, component, phase, timeoutMs } = effect;
    const hits = hitsOf(world, { path, component, work: phase });
    const costMs = costOf(world, path, phase, slownessOf(hits));
    const durationMs = Math.min(costMs, timeoutMs ?? costMs);
    const result = hits.some((fault) => fault.kind === 'loseAnswer')
        ? { kind: 'unknown' as const, reason: 'the connection was lost' }
        : resultOf(hits, durationMs, durationMs < costMs);
    world.work.set(attempt, { endsAt: now + durationMs, result });
    for (const delay of delaysOf(world, hits, attempt))
        deliver(world, now + durationMs + delay, { kind: 'stepEnded', attempt, path, result });
}

function askStep(world: World, { attempt, path }: Extract<Effect, { kind: 'askStep' }>, now: number): void {
    const work = world.work.get(attempt);
    const result = work?.result ?? { kind: 'unknown', reason: 'there is no trace of it' };
    deliver(world, Math.max(now, work?.endsAt ?? now), { kind: 'stepEnded', attempt, path, result });
}

function cancelStep(world: World, { attempt, path }: Extract<Effect, { kind: 'cancelStep' }>, now: number): void {
    const work = world.work.get(attempt);
    if (work !== undefined && work.endsAt <= now) return;
    const result: StepResult = { kind: 'cancelled', lastLines: [] };
    world.work.set(attempt, { endsAt: now + KILL_MS, result });
    deliver(world, now + KILL_MS, { kind: 'stepEnded', attempt, path, result });
}

function createMachine(world: World, path: string, now: number): void {
    const existing = world.machines.get(path);
    if (existing !== undefined) {
        const { address, upAt } = existing;
        deliver(world, Math.max(now, upAt), { kind: 'machineUp', path, machineId: machineIdOf(path), address });
        return;
    }
    const hits = hitsOf(world, { path, component: '', work: 'createMachine' });
    const readyAt = now + costOf(world, path, 'createMachine', slownessOf(hits));
    if (hits.some((fault) => fault.kind === 'fail')) {
        deliver(world, readyAt, { kind: 'machineFailed', path, reason: 'a seeded fault' });
        return;
    }
    const address = addressOf(++world.machineCount);
    world.machines.set(path, { address, upAt: readyAt });
    deliver(world, readyAt, { kind: 'machineUp', path, machineId: machineIdOf(path), address });
}

function destroyMachine(world: World, path: string, now: number): void {
    const hits = hitsOf(world, { path, component: '', work: 'destroyMachine' });
    const doneAt = now + costOf(world, path, 'destroyMachine', slownessOf(hits));
    world.lost.delete(path);
    if (hits.some((fault) => fault.kind === 'fail')) {
        deliver(world, doneAt, { kind: 'machineFailed', path, reason: 'a seeded fault' });
        return;
    }
    world.machines.delete(path);
    deliver(world, doneAt, { kind: 'machineDown', path });
}

function cancelMachine(world: World, path: string, now: number): void {
    world.machines.delete(path);
    deliver(world, now + KILL_MS, { kind: 'machineFailed', path, reason: 'it was cancelled' });
}

function findPorts(world: World, effect: Extract<Effect, { kind: 'findPorts' }>, now: number): void {
    const { attempt, path, count, taken } = effect;
    const hits = hitsOf(world, { path, component: '', work: 'findPorts' });
    const ports: number[] = [];
    const unfree = new Set(taken);
    const isRefused = hits.some((fault) => fault.kind === 'fail');
    for (let port = 10_000; !isRefused && ports.length < count; port++) {
        if (!unfree.has(port)) ports.push(port);
    }
    const doneAt = now + costOf(world, path, 'findPorts', slownessOf(hits));
    deliver(world, doneAt, { kind: 'portsFound', path, attempt, ports });
}

function deliver(world: World, time: number, news: News): void {
    plan(world.timeline, time, { epoch: world.epoch, news });
}

/** Something that happens by itself reaches any runner. */
function tell(world: World, time: number, news: News): void {
    plan(world.timeline, time, { epoch: null, news });
}

function isUnreachable(world: World, path: string): boolean {
    for (const machine of world.lost) {
        if (isWithin(path, machine)) return true;
    }
    return false;
}

interface Target {
    readonly path: string;
    readonly component: string;
    readonly work: NonNullable<Fault['phase']>;
}

const NO_FAULT: readonly Fault[] = [];

/** Faults that hit one piece of work; each kind of work of an instance is counted. */
function hitsOf(world: World, { path, component, work }: Target): readonly Fault[] {
    const key = `${path} ${work}`;
    const count = (world.counts.get(key) ?? 0) + 1;
    world.counts.set(key, count);
    if (world.faults.length === 0) return NO_FAULT;
    return world.faults.filter(
        (fault, i) =>
            (fault.path ?? path) === path &&
            (fault.component ?? component) === component &&
            (fault.phase ?? work) === work &&
            (fault.times ?? count) >= count &&
            randomOf(world.seed, `${key} ${count} fault ${i}`) < (fault.chance ?? 1),
    );
}

function slownessOf(hits: readonly Fault[]): number {
    return hits.reduce((factor, fault) => (fault.kind === 'slow' ? factor * fault.factor : factor), 1);
}

/** A step that is killed for its time never comes to its own failure. */
function resultOf(hits: readonly Fault[], durationMs: number, isTooLong: boolean): StepResult {
    if (isTooLong) return { kind: 'timedOut', timeoutMs: durationMs, lastLines: [] };
    return failureOf(hits, durationMs) ?? { kind: 'succeeded', durationMs };
}

function failureOf(hits: readonly Fault[], durationMs: number): StepResult | null {
    const fault = hits.find((hit) => hit.kind === 'fail');
    if (fault?.kind !== 'fail') return null;
    const exitCode = fault.exitCode ?? 1;
    const reason = `exited with code ${exitCode}`;
    return { kind: 'failed', durationMs, exitCode, signal: null, reason, lastLines: ['a seeded fault'] };
}

function delaysOf(world: World, hits: readonly Fault[], attempt: string): readonly number[] {
    const reorder = hits.find((fault) => fault.kind === 'reorder');
    const byMs = reorder?.kind === 'reorder' ? reorder.byMs : 0;
    const delay = Math.round(byMs * randomOf(world.seed, `${attempt} delay`));
    return hits.some((fault) => fault.kind === 'duplicate') ? [delay, delay + 1] : [delay];
}

/** Whole milliseconds, 20 % around what the cost model says. */
function costOf(world: World, path: string, work: keyof CostModel, factor = 1): number {
    const count = world.counts.get(`${path} ${work}`) ?? 0;
    const jitter = 0.8 + 0.4 * randomOf(world.seed, `${path} ${work} ${count} cost`);
    const costMs = componentCostsOf(world, path)?.[work] ?? world.costs[work];
    return Math.max(1, Math.round(costMs * jitter * factor));
}

function componentCostsOf({ componentCosts, componentOf }: World, path: string): Partial<CostModel> | undefined {
    const component = componentOf(path);
    return Object.hasOwn(componentCosts, component) ? componentCosts[component] : undefined;
}

function machineIdOf(path: string): string {
    return `simulated:${path}`;
}

function addressOf(count: number): string {
    return `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`;
}
