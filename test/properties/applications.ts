/** Random small applications, orders and faults for the laws of the engine. */
import fc from 'fast-check';
import type { ApplicationModel } from '../../language/index.ts';
import type { CoreOrder } from '../../runner/core/input.ts';
import type { Fault, Happening, ScenarioStep } from '../../runner/simulation/scenario.ts';
import { modelOf } from '../scenarios/model-text.ts';

/** A model with the names of its recipes. */
export interface Variant {
    readonly text: string;
    readonly model: ApplicationModel;
    readonly recipes: Readonly<Record<string, string>>;
}

export interface Case extends Variant {
    /** What the application is edited into, one after the other or not. */
    readonly variants: readonly Variant[];
    /** Of all instances that it or a variant has. */
    readonly paths: readonly string[];
    readonly machines: readonly string[];
    /** A counter-example is printed as text that a scenario can be made of. */
    readonly [fc.toStringMethod]: () => string;
}

interface ComponentSketch {
    readonly imports: readonly { readonly of: number; readonly optional: boolean }[];
    readonly port: boolean;
    readonly facet: boolean;
    readonly recipe: number;
}

interface InstanceSketch {
    readonly name: string;
    /** Beyond the components: a machine. */
    readonly component: number;
    /** Index of an instance before it; its own place = a root. */
    readonly parent: number;
    readonly value: number;
}

interface Sketch {
    readonly components: readonly ComponentSketch[];
    /** Null where one was taken away: what hangs below it is gone too. */
    readonly instances: readonly (InstanceSketch | null)[];
}

const componentSketch: fc.Arbitrary<ComponentSketch> = fc.record({
    imports: fc.array(fc.record({ of: fc.nat(4), optional: fc.boolean() }), { maxLength: 2 }),
    port: fc.boolean(),
    facet: fc.boolean(),
    recipe: fc.constant(0),
});

const placement = fc.record({ component: fc.nat(9), parent: fc.nat(30) });

const edit = fc.record({
    kind: fc.constantFrom('add', 'remove', 'value', 'component', 'imports', 'recipe'),
    place: fc.nat(30),
    placement,
    component: componentSketch,
});

type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * Components that may import any other, itself too, optionally or not: rings and dead ends are welcome.
 * Instances hang below machines, below one another, or below nothing. The variants are what a few edits make of it.
 */
export const application: fc.Arbitrary<Case> = fc
    .record({
        components: fc.array(componentSketch, { minLength: 1, maxLength: 5 }),
        instances: fc.array(placement, { minLength: 2, maxLength: 15 }),
        edits: fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 2 }),
    })
    .map(({ components, instances, edits }) => {
        const first: Sketch = { components, instances: instances.map((each, i) => instanceOf(each, i)) };
        const sketches = edits.reduce<readonly Sketch[]>(
            (known, some) => [...known, some.reduce(edited, known.at(-1) ?? first)],
            [first],
        );
        const [own = variantOf(first), ...variants] = sketches.map(variantOf);
        const all = [own, ...variants].flatMap(({ model }) => model.instances);
        const paths = [...new Set(all.map((instance) => instance.path))];
        const machines = [...new Set(all.filter(({ component }) => component === 'VM').map(({ path }) => path))];
        const texts = [own, ...variants].map(({ text, recipes }) => ({ text, recipes }));
        return { ...own, variants, paths, machines, [fc.toStringMethod]: () => JSON.stringify(texts) };
    });

function instanceOf(
    { component, parent }: { readonly component: number; readonly parent: number },
    i: number,
): InstanceSketch {
    return { name: `i${i}`, component, parent: parent % (i + 1), value: 0 };
}

function edited({ components, instances }: Sketch, { kind, place, placement: where, component }: Edit): Sketch {
    const [c, i] = [place % components.length, place % instances.length];
    const changed = (change: (instance: InstanceSketch) => InstanceSketch | null): Sketch => ({
        components,
        instances: instances.map((each, index) => (index === i && each !== null ? change(each) : each)),
    });
    const defined = (change: (each: ComponentSketch) => ComponentSketch): Sketch => ({
        components: components.map((each, index) => (index === c ? change(each) : each)),
        instances,
    });
    switch (kind) {
        case 'add':
            return { components, instances: [...instances, instanceOf(where, instances.length)] };
        case 'remove':
            return changed(() => null);
        case 'value':
            return changed((each) => ({ ...each, value: each.value + 1 }));
        case 'component':
            return changed((each) => ({ ...each, component: where.component }));
        case 'imports':
            return defined((each) => ({ ...component, recipe: each.recipe }));
        case 'recipe':
            return defined((each) => ({ ...each, recipe: each.recipe + 1 }));
    }
}

function variantOf({ components, instances }: Sketch): Variant {
    const lines = ['VM is target gives ip', ...components.map((each, i) => componentLine(each, i, components.length))];
    const paths: (string | null)[] = [];
    for (const [i, instance] of instances.entries()) {
        const above = instance === null || instance.parent === i ? '' : (paths[instance.parent] ?? null);
        const path = instance === null || above === null ? null : `${above}/${instance.name}`;
        paths.push(path);
        if (instance === null || path === null) continue;
        const isMachine = instance.component % (components.length + 2) >= components.length;
        const value = instance.value === 0 || isMachine ? '' : ` name=v${instance.value}`;
        lines.push(`${path} ${isMachine ? 'VM' : `C${instance.component % components.length}`}${value}`);
    }
    const text = lines.join('\n');
    return {
        text,
        model: withPolicies(modelOf(text)),
        recipes: Object.fromEntries(components.map((each, i) => [`C${i}`, `r${each.recipe}`])),
    };
}

/** Two of three components have their steps tried again, and one of these has little time for them. */
function withPolicies(model: ApplicationModel): ApplicationModel {
    const components = model.components.map((component) => {
        const kind = Number(/^C(\d+)$/.exec(component.name)?.[1] ?? 0) % 3;
        const policy = { timeoutMs: kind === 2 ? 25_000 : null, retries: kind, retryDelayMs: 2_000, retryFactor: 3 };
        // One of three leaves its stop to its parent.
        const stop = kind === 1 ? { ...policy, cascade: false as const } : policy;
        const policies = { deploy: policy, start: policy, update: policy, stop, undeploy: stop };
        return kind === 0 ? component : { ...component, policies };
    });
    return { ...model, components };
}

function componentLine({ imports, port, facet }: ComponentSketch, i: number, count: number): string {
    const needs = imports.map(({ of, optional }) => {
        const prefix = of === count ? 'Facet' : `C${of % count}`;
        return `${prefix}.*${optional ? '?' : ''}`;
    });
    const gives = `ip name=c${i}${port ? ' random:port' : ''}`;
    return `C${i}${facet ? ' as Facet' : ''} gives ${gives} needs ${needs.join(' ')}`.replace(/ needs $/, '');
}

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
export function happenings({ paths, machines, variants }: Case): fc.Arbitrary<readonly ScenarioStep[]> {
    const subTrees = fc.oneof(
        fc.constant([]),
        fc.constantFrom(...paths).map((path) => [path]),
    );
    const order: fc.Arbitrary<CoreOrder> = fc.oneof(
        fc.record({ kind: fc.constantFrom('deploy', 'start', 'stop', 'undeploy', 'retry'), paths: subTrees }),
        fc.record({ kind: fc.constant('undeploy' as const), paths: subTrees, force: fc.constant(true) }),
        fc.record({ kind: fc.constant('resume' as const), retryUnknown: fc.boolean() }),
        fc.constant({ kind: 'cancel' as const }),
        fc.record({ kind: fc.constant('settle' as const), paths: subTrees, succeeded: fc.boolean() }),
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
                  kind: fc.constantFrom('loseMachine', 'recoverMachine', 'readdressMachine', 'destroyMachine'),
                  path: fc.constantFrom(...machines),
              });
    const change: fc.Arbitrary<Happening> = fc
        .record({ variant: fc.constantFrom(...variants), paths: subTrees })
        .map(({ variant: { model, recipes }, paths: named }) => ({ kind: 'change', model, recipes, paths: named }));
    const happens: fc.Arbitrary<Happening> = fc.oneof(
        { weight: 4, arbitrary: order },
        { weight: 2, arbitrary: change },
        crash,
        answer,
        accident,
    );
    const step: fc.Arbitrary<ScenarioStep> = fc.oneof(
        fc.record({ at: fc.integer({ min: 0, max: 150_000 }), happens }),
        fc.record({ afterQuiet: fc.constantFrom(0, 5_000), happens }),
    );
    return fc
        .array(step, { maxLength: 8 })
        .map((steps) => [{ at: 0, happens: { kind: 'deploy', paths: [] } }, ...steps]);
}
