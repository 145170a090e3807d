/** Random small applications, orders and faults for the laws of the engine. */
import fc from 'fast-check';
import type { ApplicationModel } from '../../language/index.ts';
import type { CoreOrder } from '../../runner/core/input.ts';
import type { Fault, Happening, ScenarioStep } from '../../runner/simulation/scenario.ts';
import { modelOf } from '../scenarios/model-text.ts';

export interface Case {
    readonly text: string;
    readonly model: ApplicationModel;
    readonly paths: readonly string[];
    readonly machines: readonly string[];
    /** A counter-example is printed as text that a scenario can be made of. */
    readonly [fc.toStringMethod]: () => string;
}

/**
 * Components that may import any other, itself too, optionally or not: rings and dead ends are welcome.
 * Instances hang below machines, below one another, or below nothing.
 */
export const application: fc.Arbitrary<Case> = fc
    .record({
        components: fc.array(
            fc.record({
                imports: fc.array(fc.record({ of: fc.nat(4), optional: fc.boolean() }), { maxLength: 2 }),
                port: fc.boolean(),
                facet: fc.boolean(),
            }),
            { minLength: 1, maxLength: 5 },
        ),
        instances: fc.array(fc.record({ component: fc.nat(9), parent: fc.nat(30) }), { minLength: 2, maxLength: 15 }),
    })
    .map(({ components, instances }) => {
        const lines = ['VM is target gives ip'];
        components.forEach(({ imports, port, facet }, i) => {
            const needs = imports.map(({ of, optional }) => {
                const prefix = of === components.length ? 'Facet' : `C${of % components.length}`;
                return `${prefix}.*${optional ? '?' : ''}`;
            });
            const gives = `ip name=c${i}${port ? ' random:port' : ''}`;
            lines.push(
                `C${i}${facet ? ' as Facet' : ''} gives ${gives} needs ${needs.join(' ')}`.replace(/ needs $/, ''),
            );
        });
        const paths: string[] = [];
        const machines: string[] = [];
        instances.forEach(({ component, parent }, i) => {
            const above = parent % (paths.length + 1);
            const path = `${above === paths.length ? '' : (paths[above] ?? '')}/i${i}`;
            const isMachine = component % (components.length + 2) >= components.length;
            paths.push(path);
            if (isMachine) machines.push(path);
            lines.push(`${path} ${isMachine ? 'VM' : `C${component % components.length}`}`);
        });
        const text = lines.join('\n');
        return { text, model: modelOf(text), paths, machines, [fc.toStringMethod]: () => JSON.stringify(text) };
    });

const phase = fc.constantFrom('initialize', 'deploy', 'start', 'update', 'stop', 'undeploy', 'createMachine');

/** Faults that end: every one of them lets go after a few hits, or hits only some steps. */
export const faults: fc.Arbitrary<readonly Fault[]> = fc.array(
    fc.oneof(
        fc.record({
            kind: fc.constant('fail' as const),
            phase,
            chance: fc.constantFrom(0.2, 1),
            times: fc.integer({ min: 1, max: 2 }),
        }),
        fc.record({ kind: fc.constant('slow' as const), factor: fc.constantFrom(3, 20), chance: fc.constant(0.3) }),
        fc.record({ kind: fc.constant('loseAnswer' as const), chance: fc.constant(0.2), times: fc.constant(1) }),
        fc.record({ kind: fc.constant('duplicate' as const), chance: fc.constant(0.5) }),
        fc.record({
            kind: fc.constant('reorder' as const),
            byMs: fc.constantFrom(2_000, 30_000),
            chance: fc.constant(0.5),
        }),
    ),
    { maxLength: 3 },
);

/** What users and the world do to an application, at any time. */
export function happenings({ paths, machines }: Case): fc.Arbitrary<readonly ScenarioStep[]> {
    const subTrees = fc.oneof(
        fc.constant([]),
        fc.constantFrom(...paths).map((path) => [path]),
    );
    const order: fc.Arbitrary<CoreOrder> = fc.oneof(
        fc.record({ kind: fc.constantFrom('deploy', 'start', 'stop', 'undeploy', 'retry'), paths: subTrees }),
        fc.record({ kind: fc.constant('resume' as const), retryUnknown: fc.boolean() }),
        fc.constant({ kind: 'cancel' as const }),
    );
    const crash: fc.Arbitrary<Happening> = fc.constant({ kind: 'crash' });
    const answer = fc.record({
        kind: fc.constant('answer' as const),
        path: fc.constantFrom(...paths),
        succeeded: fc.boolean(),
    });
    const accident =
        machines.length === 0
            ? crash
            : fc.record({
                  kind: fc.constantFrom('loseMachine', 'recoverMachine', 'destroyMachine'),
                  path: fc.constantFrom(...machines),
              });
    const happens: fc.Arbitrary<Happening> = fc.oneof({ weight: 4, arbitrary: order }, crash, answer, accident);
    const step: fc.Arbitrary<ScenarioStep> = fc.oneof(
        fc.record({ at: fc.integer({ min: 0, max: 150_000 }), happens }),
        fc.record({ afterQuiet: fc.constantFrom(0, 5_000), happens }),
    );
    return fc
        .array(step, { maxLength: 8 })
        .map((steps) => [{ at: 0, happens: { kind: 'deploy', paths: [] } }, ...steps]);
}
