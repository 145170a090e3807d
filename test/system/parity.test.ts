/**
 * The simulation and the real thing agree. Real deployments of trivial recipes, of which one may fail, are recorded and held against the pure core, against the
 * simulated world, and against a free simulation, from the strictest comparison to the widest:
 *
 * 1. *Replayed*: the world's answers in their recorded order, put into the pure core, give exactly the recorded facts, times included.
 * 2. *Followed*: a simulation whose own world gives the same answers in the same order records the same facts, asks for the same
 *    recipes with the same environment the real ones found, and shows the same instances at rest.
 * 3. *Commuted*: the same with independent answers exchanged records the same facts up to the commutation of independent steps.
 * 4. *Free*: a simulation left to its cost model, under any seed, agrees in everything a schedule cannot change (schedule-free.ts).
 *
 * PARITY_SEED and PARITY_CASES choose other applications, or more of them.
 */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createLanguage } from '../../language/index.ts';
import { createAdvance } from '../../runner/core/advance.ts';
import { createState } from '../../runner/core/state.ts';
import { topologyOf } from '../../runner/core/topology.ts';
import type { InstanceSnapshot } from '../../runner/protocol.ts';
import { randomOf } from '../../runner/simulation/random.ts';
import type { Fault } from '../../runner/simulation/scenario.ts';
import { simulate, type SimulationResult } from '../../runner/simulation/simulate.ts';
import { createDisk } from '../../server/workspace/disk.ts';
import { comparable, turnsOf } from './parity/answers.ts';
import { commuted, relationOf, projections } from './parity/commutation.ts';
import { follow, type FollowedRun } from './parity/followed.ts';
import { faultsOf, generatedCases, ordersFor, type ParityCase } from './parity/generated.ts';
import { type RanRecipe, type RealRun, runForReal } from './parity/real-run.ts';
import { boundOrders, knowledgeAtRest, lifecycles } from './parity/schedule-free.ts';

const seed = Number(process.env['PARITY_SEED'] ?? '20260'); // any number: a failure names it
const caseCount = Number(process.env['PARITY_CASES'] ?? '30');
const freeSeeds = [1, 2, 3] as const;
const lateSeeds = Array.from({ length: 12 }, (_, index) => index);
const commutationCount = 5;

function helloCluster(): ParityCase {
    const source = resolve(import.meta.dirname, '..', '..', 'examples', 'hello-cluster');
    const { model } = createLanguage().loadApplication(createDisk(), source);
    if (model === null) throw new Error('the example has a model');
    return { text: 'hello-cluster', model, source, failing: null, orders: ordersFor(['/data/store'], 0) };
}

const cases = [helloCluster(), ...generatedCases(seed, caseCount)];

test(
    'what is independent can change places, also where answers come in an order that is seldom met',
    { timeout: 300_000 },
    () => {
        const late: readonly Fault[] = [
            { kind: 'reorder', byMs: 50_000 },
            { kind: 'slow', chance: 0.2, factor: 40 },
        ];
        for (const each of cases)
            for (const lateSeed of lateSeeds) {
                const swaps = expectCommuted(each, simulated(each, lateSeed, late));
                if (each === cases[0]) expect(swaps, 'independent steps of the example').toBeGreaterThan(0);
            }
    },
);

for (const [index, each] of cases.entries()) {
    const size = each.model.instances.length;
    const title = `seed ${seed}, application ${index} of ${size} instances: simulated as it really was`;
    test.concurrent(title, { timeout: 300_000 }, async ({ signal }) => {
        const real = await runForReal(each, signal);
        expect(real.outcomes, each.text).toHaveLength(each.orders.length);
        expectReplayed(each, real);
        expectFollowed(each, real);
        expectCommuted(each, real);
        for (const freeSeed of freeSeeds) expectFree(each, real, freeSeed);
    });
}

/** The recorded facts are exactly what the pure core makes of the recorded answers. */
function expectReplayed({ model, text }: ParityCase, { facts }: RealRun): void {
    const advance = createAdvance();
    const state = createState(topologyOf(model));
    for (const turn of turnsOf(facts)) {
        // With a time, `News` is the `Input` it was made from.
        const { events } = advance(state, { ...turn.news, time: turn.time });
        expect(asRecorded(events), text).toEqual(asRecorded(turn.facts));
    }
    expect([...state.tasks], text).toEqual([]);
}

/** What JSON keeps of it: a journal has no undefined fields. */
function asRecorded(value: unknown): unknown {
    return JSON.parse(JSON.stringify(value));
}

function expectFollowed(parityCase: ParityCase, real: RealRun): void {
    const { text } = parityCase;
    const followed = follow(
        parityCase,
        turnsOf(real.facts).map(({ news }) => news),
    );
    expect(followed.facts.map(comparable), text).toEqual(real.facts.map(comparable));
    expect(followed.unheard, text).toEqual([]);
    expect(followed.atRest.map(shown), text).toEqual(real.atRest.map(shown));
    expectSameRecipes(followed, real, text);
}

/** An instance but for times and names of attempts. */
function shown(instances: readonly InstanceSnapshot[]): readonly unknown[] {
    return instances.map(({ path, status, desired, missing, exports, failure }) => ({
        path,
        status,
        desired,
        missing,
        exports,
        failure: failure?.phase ?? null,
    }));
}

/** Each recipe found exactly what the simulated step of the same instance was given, and nothing else of the contract. */
function expectSameRecipes({ steps }: FollowedRun, real: RealRun, text: string): void {
    for (const [path, recipes] of real.recipes) {
        const phases = new Set(recipes.map(({ phase }) => phase));
        const simulated = steps.filter((step) => step.path === path && phases.has(step.phase));
        const asRun = simulated.map(({ phase, environment }): RanRecipe => ({ phase, environment }));
        expect(recipes.map(withoutHost), `${path} in ${text}`).toEqual(asRun);
    }
}

/** What executors add (docs/recipes.md): the base of every process, and what only this computer knows. */
const OF_THE_HOST =
    /^(PATH|HOME|LANG|LC_ALL|TMPDIR|USER|LOGNAME|TZ|ROBOCONF_(FILES_DIR|INSTANCE_DIR|NODE|INSTANCE_MARK|STEP_MARK))$/;

function withoutHost({ phase, environment }: RanRecipe): RanRecipe {
    return {
        phase,
        environment: Object.fromEntries(Object.entries(environment).filter(([name]) => !OF_THE_HOST.test(name))),
    };
}

/** Answers how often independent turns changed places. */
function expectCommuted(parityCase: ParityCase, { facts }: Pick<RealRun, 'facts'>): number {
    const { model, text } = parityCase;
    const relation = relationOf(model);
    const paths = model.instances.map(({ path }) => path);
    const turns = turnsOf(facts);
    const expected = projections(facts, paths, relation);
    let swaps = 0;
    for (let i = 0; i < commutationCount; i++) {
        let drawn = 0;
        const choose = () => randomOf(seed, `${text} ${i} ${drawn++}`);
        const other = commuted(turns, relation, { attempts: turns.length * 4, choose });
        const followed = follow(
            parityCase,
            other.turns.map(({ news }) => news),
        );
        expect(projections(followed.facts, paths, relation), text).toEqual(expected);
        swaps += other.swaps;
    }
    return swaps;
}

/** A simulation left to its cost model, and to what may befall it besides the faults of the case. */
function simulated(parityCase: ParityCase, freeSeed: number, more: readonly Fault[] = []): SimulationResult {
    const scenario = parityCase.orders.map((happens) => ({ afterQuiet: 0, happens }));
    return simulate(parityCase.model, { seed: freeSeed, scenario, faults: [...faultsOf(parityCase), ...more] });
}

function expectFree(parityCase: ParityCase, real: RealRun, freeSeed: number): void {
    const { model, text } = parityCase;
    const { facts, snapshot } = simulated(parityCase, freeSeed);
    const about = `simulation with seed ${freeSeed} of ${text}`;
    expect(lifecycles(facts), about).toEqual(lifecycles(real.facts));
    expect(boundOrders(facts, model), about).toEqual(boundOrders(real.facts, model));
    for (const { known, there } of knowledgeAtRest(real.facts, model)) expect(known, about).toEqual(there);
    expect(knowledgeAtRest(facts, model), about).toEqual(knowledgeAtRest(real.facts, model));
    const ends = (all: readonly InstanceSnapshot[]) =>
        all.map(({ path, status, desired }) => ({ path, status, desired }));
    expect(ends(snapshot.instances), about).toEqual(ends(real.atRest.at(-1) ?? []));
}
