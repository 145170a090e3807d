/** Applications of growing size for the comparison of real and simulated runs, and recipes that only write down what they are given. */
import fc from 'fast-check';
import type { ApplicationModel } from '../../../language/index.ts';
import type { CoreOrder } from '../../../runner/core/input.ts';
import type { Fault } from '../../../runner/simulation/scenario.ts';
import { modelOf } from '../../scenarios/model-text.ts';

/** One application with what is done to it; `text` tells people which it is. */
export interface ParityCase {
    readonly text: string;
    readonly model: ApplicationModel;
    /** Directory of an application whose own recipes are run; null = every phase has a recipe that only writes down what it is given. */
    readonly source: string | null;
    /** The one recipe that ends with exit code 3 whenever it is run, if there is one. */
    readonly failing: { readonly path: string; readonly phase: 'start' | 'stop' } | null;
    /** Each order is given when the one before has come to rest. */
    readonly orders: readonly CoreOrder[];
}

interface Draft {
    readonly components: readonly {
        readonly imports: readonly { readonly of: number; readonly optional: boolean }[];
        readonly port: boolean;
        readonly facet: boolean;
    }[];
    readonly instances: readonly { readonly component: number; readonly parent: number; readonly below: boolean }[];
    readonly stopped: number;
    readonly failing: { readonly instance: number; readonly phase: 'start' | 'stop' } | null;
}

const draft = (size: number): fc.Arbitrary<Draft> =>
    fc.record({
        components: fc.array(
            fc.record({
                imports: fc.array(fc.record({ of: fc.nat(20), optional: fc.boolean() }), { maxLength: 2 }),
                port: fc.boolean(),
                facet: fc.boolean(),
            }),
            { minLength: 2, maxLength: 6 },
        ),
        instances: fc.array(fc.record({ component: fc.nat(50), parent: fc.nat(100), below: fc.boolean() }), {
            minLength: size,
            maxLength: size,
        }),
        stopped: fc.nat(100),
        failing: fc.option(fc.record({ instance: fc.nat(100), phase: fc.constantFrom('start', 'stop') })),
    });

/** The nth of so many sizes between 2 and 40, small ones more often. */
const sizeOf = (index: number, count: number): number => 2 + Math.round(38 * (index / Math.max(1, count - 1)) ** 2);

/** `count` applications of 2 to 40 instances. The same seed gives the same ones. */
export function generatedCases(seed: number, count: number): readonly ParityCase[] {
    return Array.from({ length: count }, (_, index) => {
        const [drawn] = fc.sample(draft(sizeOf(index, count)), { seed: seed + index, numRuns: 1 });
        if (drawn === undefined) throw new Error('one draft was asked for');
        return caseOf(drawn);
    });
}

function caseOf({ components, instances, stopped, failing }: Draft): ParityCase {
    const lines = ['VM is target gives ip', ...components.map((_, index) => componentLine(components, index))];
    const paths: string[] = [];
    const hosts: string[] = [];
    instances.forEach(({ component, parent, below }, index) => {
        // Every fourth is a machine, so that there is something to do at one time; the first one always is.
        const isMachine = index % 4 === 0;
        const above = isMachine ? '' : pick(below ? paths : hosts, parent);
        const path = `${above}/i${index}`;
        paths.push(path);
        if (isMachine) hosts.push(path);
        lines.push(`${path} ${isMachine ? 'VM' : `C${component % components.length}`}`);
    });
    const parts = paths.filter((path) => !hosts.includes(path));
    const model = withRecipes(modelOf(lines.join('\n')));
    const failed = failing === null || parts.length === 0 ? null : pick(parts, failing.instance);
    const fault = failing === null || failed === null ? null : { path: failed, phase: failing.phase };
    const text = [...lines, ...(fault === null ? [] : [`# ${fault.phase} of ${fault.path} fails`])].join('\n');
    return { text, model, source: null, failing: fault, orders: ordersFor(parts, stopped) };
}

function componentLine(components: Draft['components'], index: number): string {
    const { imports, port, facet } = components[index] ?? { imports: [], port: false, facet: false };
    const needs = imports.map(({ of, optional }) => {
        const prefix = of === 20 ? 'Facet' : `C${of % components.length}`;
        // A mandatory import of a later component could close a ring in which nobody ever starts: some do, most do not.
        const isOptional = optional || (of % components.length >= index && of % 3 !== 0);
        return `${prefix}.*${isOptional ? '?' : ''}`;
    });
    const gives = `ip name=c${index}${port ? ' random:port' : ''}`;
    return `C${index}${facet ? ' as Facet' : ''} gives ${gives} needs ${needs.join(' ')}`.replace(/ needs $/, '');
}

/** Deploys all, stops one exporter, starts it again, undeploys all. */
export function ordersFor(exporters: readonly string[], choice: number): readonly CoreOrder[] {
    const one = exporters.length === 0 ? [] : [pick(exporters, choice)];
    return [
        { kind: 'deploy', paths: [] },
        { kind: 'stop', paths: one },
        { kind: 'start', paths: one },
        { kind: 'undeploy', paths: [] },
    ];
}

/** The failing recipe as the simulated world knows it. */
export function faultsOf({ failing }: ParityCase): readonly Fault[] {
    return failing === null ? [] : [{ kind: 'fail', ...failing, exitCode: 3 }];
}

/** The model with a recipe folder for every component whose installer is `script`. */
function withRecipes(model: ApplicationModel): ApplicationModel {
    const components = model.components.map((component) =>
        component.resolvedInstaller === 'script'
            ? { ...component, recipeDirectory: `graph/${component.name}` }
            : component,
    );
    return { ...model, components };
}

function pick(list: readonly string[], choice: number): string {
    return list[choice % Math.max(1, list.length)] ?? '';
}
