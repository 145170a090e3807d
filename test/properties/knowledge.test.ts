/** What the recipes of an importer were told, followed by a small model of its own, against what is there in the end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAdvance } from '../../runner/core/advance.ts';
import type { CoreEvent, ImportChange } from '../../runner/core/event.ts';
import type { State } from '../../runner/core/state.ts';
import { indexOf, nodeAt, type InstanceNode } from '../../runner/core/topology.ts';
import type { Happening, ScenarioStep } from '../../runner/simulation/scenario.ts';
import { nextEvents, startSimulation } from '../../runner/simulation/simulate.ts';
import { application, faults, happenings } from './applications.ts';
import { assertLaw } from './hunt.ts';

const history = application.chain((each) =>
    fc.record({ each: fc.constant(each), scenario: happenings(each), faults, seed: fc.nat(1_000) }),
);

/** Of each importer, the names of the exporters it was told of, by their paths. */
type Told = Map<string, Map<string, string>>;

interface Teller {
    readonly told: Told;
    /** Importers one of whose updates failed for good: nobody tells them again. */
    readonly misled: Set<string>;
    /** The change an update under way tells, by attempt. */
    readonly telling: Map<string, ImportChange>;
}

/** Prefixes under which an instance imports. */
function importsOf({ component }: InstanceNode): readonly string[] {
    return component.imports.map(({ name }) => name.split('.')[0] ?? '');
}

/** The exporters an importer should know of, as they are at this moment. */
function offeredTo(state: State, importer: InstanceNode): ReadonlyMap<string, string> {
    const prefixes = importsOf(importer);
    const found = [...state.published].flatMap(([index, values]) => {
        const names = prefixes.map((prefix) => values[`${prefix}.name`]).filter((name) => name !== undefined);
        return index === importer.index || names[0] === undefined
            ? []
            : [[nodeAt(state.topology, index).path, names[0]] as const];
    });
    return new Map(found);
}

/** Whoever starts sees what is there; whoever is running knows no more than what its updates told. */
function listen({ told, misled, telling }: Teller, state: State, fact: CoreEvent): void {
    if (fact.kind === 'stepBegun' && fact.phase === 'start') {
        told.set(fact.path, new Map(offeredTo(state, nodeAt(state.topology, indexOf(state.topology, fact.path)))));
        misled.delete(fact.path);
    }
    if (fact.kind === 'stepBegun' && fact.change !== null) telling.set(fact.attempt, fact.change);
    if (fact.kind !== 'stepEnded') return;
    const change = telling.get(fact.attempt);
    const known = told.get(fact.path);
    if (change === undefined || known === undefined) return;
    if (fact.result.kind === 'succeeded') learn(known, change);
    else if (fact.retryAt === null && fact.result.kind !== 'cancelled') misled.add(fact.path);
}

function learn(known: Map<string, string>, { kind, exporterPath, prefix, values }: ImportChange): void {
    if (kind === 'removed') known.delete(exporterPath);
    else known.set(exporterPath, values[`${prefix}.name`] ?? '');
}

test('once all is quiet, every started instance was told of exactly the exporters that are there', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, faults: given, seed }) => {
            const teller: Teller = { told: new Map(), misled: new Set(), telling: new Map() };
            const advance = createAdvance();
            const then = (happens: Happening): ScenarioStep => ({ afterQuiet: 0, happens });
            const recovered = each.machines.map((path) => then({ kind: 'recoverMachine', path }));
            const resumed = then({ kind: 'resume', retryUnknown: false });
            const simulation = startSimulation(each.model, {
                seed,
                recipes: each.recipes,
                scenario: [...scenario, ...recovered, resumed],
                faults: given,
                advance: (state, input, observe) =>
                    advance(state, input, (fact, changed) => {
                        listen(teller, state, fact);
                        observe?.(fact, changed);
                    }),
            });
            while (nextEvents(simulation) !== null);
            const { state } = simulation;
            for (const node of state.topology.nodes) {
                if (state.status[node.index] !== 'DEPLOYED_STARTED' || node.scoped) continue;
                if (teller.misled.has(node.path)) continue;
                expect(teller.told.get(node.path), node.path).toEqual(offeredTo(state, node));
            }
        }),
        150,
    );
});
