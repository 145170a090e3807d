import { describe, expect, test } from 'vitest';
import { mergedPaths, transitionsTo } from '../../../runner/core/difference.ts';
import type { ApplicationModel } from '../../../language/index.ts';
import type { Recipes } from '../../../runner/core/topology.ts';
import { nextEvents, startSimulation } from '../../../runner/simulation/simulate.ts';
import type { Scenario } from '../../../runner/simulation/scenario.ts';
import { modelOf } from '../../scenarios/model-text.ts';

const COMPONENTS = ['VM is target gives ip', 'Store gives ip port=3306', 'Web gives ip port=80 needs Store.ip'];
const INSTANCES = ['/vm VM', '/vm/store Store', '/vm/web Web'];

interface Edit {
    readonly components?: readonly string[];
    readonly instances?: readonly string[];
    readonly recipes?: Recipes;
}

/** One line an instance: its path, what is done to it, why. */
function differenceAfter(scenario: Scenario, { components = COMPONENTS, instances = INSTANCES, recipes = {} }: Edit) {
    const simulation = startSimulation(modelOf([...COMPONENTS, ...INSTANCES].join('\n')), { seed: 1, scenario });
    while (nextEvents(simulation) !== null);
    const model = modelOf([...components, ...instances].join('\n'));
    return transitionsTo(simulation.state, model, recipes).map(({ path, kind, reasons }) =>
        [path, kind, ...(reasons === null ? ['(known)'] : reasons)].join(' | '),
    );
}

const change = (edit: Edit): Scenario => [
    { at: 0, happens: { kind: 'deploy', paths: [] } },
    {
        afterQuiet: 0,
        happens: {
            kind: 'change',
            model: modelOf([...(edit.components ?? COMPONENTS), ...(edit.instances ?? INSTANCES)].join('\n')),
            recipes: edit.recipes ?? {},
            paths: [],
        },
    },
];

function replaced(list: readonly string[], place: number, text: string): readonly string[] {
    return list.map((line, i) => (i === place ? text : line));
}

test.for<readonly [string, Edit, readonly string[]]>([
    ['nothing', {}, []],
    ['an added instance', { instances: [...INSTANCES, '/vm/b Web'] }, ['/vm/b | added']],
    [
        'instances added before others',
        { instances: ['/a VM', '/a/web Web', ...INSTANCES] },
        ['/a | added', '/a/web | added'],
    ],
    ['a removed instance', { instances: INSTANCES.slice(0, 2) }, ['/vm/web | removed']],
    ['a removed machine', { instances: [] }, ['/vm | removed', '/vm/store | removed', '/vm/web | removed']],
    [
        'another value',
        { instances: replaced(INSTANCES, 1, '/vm/store Store port=3307') },
        ['/vm/store | restarted | port was 3306 and is 3307'],
    ],
    [
        'another default value',
        { components: replaced(COMPONENTS, 2, 'Web gives ip port=8080 needs Store.ip') },
        ['/vm/web | restarted | port was 80 and is 8080'],
    ],
    [
        'more and fewer exports',
        { components: replaced(COMPONENTS, 1, 'Store gives ip name=x') },
        ['/vm/store | restarted | no longer exports Store.port | exports Store.name'],
    ],
    [
        'other imports',
        { components: replaced(COMPONENTS, 2, 'Web gives ip port=80 needs Store.ip? Store.port external:Lb.ip') },
        ['/vm/web | restarted | can do without Store.ip | imports Store.port | imports external Lb.ip'],
    ],
    [
        'an import that became mandatory or was given up',
        { components: replaced(COMPONENTS, 2, 'Web gives ip port=80') },
        ['/vm/web | restarted | no longer imports Store.ip'],
    ],
    [
        'a port that became random',
        { components: replaced(COMPONENTS, 2, 'Web gives ip random:port needs Store.ip') },
        ['/vm/web | reinstalled | port was 80 and is a random port'],
    ],
    ['another recipe', { recipes: { Web: 'r2' } }, ['/vm/web | reinstalled']],
    ['other files of a machine', { recipes: { VM: 'r2' } }, ['/vm | noted']],
    [
        'another component',
        { instances: replaced(INSTANCES, 2, '/vm/web Store') },
        ['/vm/web | replaced | it was a Web and is a Store'],
    ],
    [
        'another installer',
        { components: replaced(COMPONENTS, 1, 'Store is logger gives ip port=3306') },
        ['/vm/store | replaced | the installer of Store was script and is logger'],
    ],
    [
        'another kind of parent',
        { instances: ['/vm Store', '/vm/store Store', '/vm/web Web'] },
        [
            '/vm | replaced | it was a VM and is a Store',
            '/vm/store | replaced | its parent is replaced',
            '/vm/web | replaced | its parent is replaced',
        ],
    ],
    ['the same in another order', { instances: ['/vm VM', '/vm/web Web', '/vm/store Store'] }, []],
])('%s', ([, edit, lines]) => {
    expect(differenceAfter([{ at: 0, happens: { kind: 'deploy', paths: [] } }], edit)).toEqual(lines);
});

test('time-outs, retries and channels need nothing to be run', () => {
    const model = modelOf([...COMPONENTS, ...INSTANCES].join('\n'));
    const simulation = startSimulation(model, { seed: 1 });
    const policy = { timeoutMs: 1_000, retries: 0, retryDelayMs: 0, retryFactor: 1 };
    const policies = { deploy: policy, start: policy, update: policy, stop: policy, undeploy: policy };
    const other: ApplicationModel = {
        ...model,
        components: model.components.map((each) => (each.name === 'Web' ? { ...each, policies } : each)),
        instances: model.instances.map((each) => (each.path === '/vm/store' ? { ...each, channels: ['c'] } : each)),
    };
    expect(transitionsTo(simulation.state, other, {}).map(({ path, kind, reasons }) => [path, kind, reasons])).toEqual([
        ['/vm/store', 'noted', ['its channels were changed']],
        ['/vm/web', 'noted', ['the time-outs or retries of Web were changed']],
    ]);
});

test('data of an instance are values like any others', () => {
    const model = modelOf([...COMPONENTS, ...INSTANCES].join('\n'));
    const simulation = startSimulation(model, { seed: 1 });
    const instances = model.instances.map((each) =>
        each.path === '/vm/web' ? { ...each, data: { size: 'big' } } : each,
    );
    expect(transitionsTo(simulation.state, { ...model, instances }, {})).toMatchObject([
        { path: '/vm/web', kind: 'restarted', reasons: ['data.size was absent and is big'] },
    ]);
});

describe('after a change that is not done', () => {
    const gone = { instances: INSTANCES.slice(0, 2) };
    const LEAVING: Scenario = [...change(gone), { at: 60_500, happens: { kind: 'cancel' } }];
    const stuck = (edit: Edit) => differenceAfter(LEAVING, edit);

    test('what is being removed is no difference any more', () => {
        expect(stuck(gone)).toEqual(['/vm/web | removed | (known)']);
    });

    test('what is being removed and is asked for again comes back', () => {
        expect(stuck({})).toEqual(['/vm/web | replaced | it was being removed and is there again']);
    });

    test('a value that goes back to what still runs is noted', () => {
        const edit = { instances: replaced(INSTANCES, 1, '/vm/store Store port=3307') };
        const scenario = [...change(edit), { at: 60_000, happens: { kind: 'cancel' } as const }];
        expect(differenceAfter(scenario, edit)).toEqual(['/vm/store | restarted | (known)']);
        expect(differenceAfter(scenario, {})).toEqual(['/vm/store | noted | port was 3307 and is 3306']);
    });
});

test.for<readonly [readonly string[], readonly string[], readonly string[]]>([
    [
        ['/a', '/b'],
        ['/a', '/b'],
        ['/a', '/b'],
    ],
    [
        ['/a', '/b', '/c'],
        ['/a', '/c'],
        ['/a', '/b', '/c'],
    ],
    [
        ['/a', '/b'],
        ['/b', '/c'],
        ['/a', '/b', '/c'],
    ],
    [
        ['/p', '/q', '/p/c'],
        ['/q', '/p'],
        ['/q', '/p', '/p/c'],
    ],
    [
        ['/a', '/a/x', '/a/x/y', '/b'],
        ['/b', '/n'],
        ['/a', '/a/x', '/a/x/y', '/b', '/n'],
    ],
    [[], ['/a'], ['/a']],
    [['/a'], [], ['/a']],
])('paths %j and %j together are %j', ([before, after, merged]) => {
    expect(mergedPaths(before, after)).toEqual(merged);
});
