/** Which target makes the machine of an instance: priorities, what an instance replaces, and what is refused. */
import { describe, expect, test } from 'vitest';
import {
    associateTargets,
    createLanguage,
    targetSourceOf,
    type Application,
    type Association,
    type TargetChoice,
} from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const MODEL = {
    'descriptor/application.properties':
        'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = m.instances\n',
    'graph/main.graph': `
Vm { installer: target; children: P, Box; }
Big { extends: Vm; }
Bare { installer: target; }
Box { installer: target; children: P; }
P { installer: script; }
`.replaceAll(/\s*([{};])\s*/g, '$1\n'),
    'graph/Vm/target.properties': 'id = pool\nhandler = embedded\nname = The pool\nembedded.ip = 10.0.0.1, 10.0.0.2\n',
    'graph/Vm/spare.properties': 'id = spare\nhandler = embedded\nname = Spare\nembedded.ip = 10.0.0.9\n',
    'graph/Box/here.properties': 'id = here\nhandler = local\nname = Here\n',
    'targets/cloud.properties': 'id = cloud\nhandler = iaas-ec2\nname = Cloud\n',
    'instances/m.instances': [
        instance('Vm', 'vm 1', instance('Box', 'box') + instance('P', 'p')),
        instance('Vm', 'vm 2'),
        instance('Big', 'big'),
        instance('Bare', 'bare'),
    ].join(''),
};

function instance(component: string, name: string, more = ''): string {
    return `instance of ${component} {\nname: ${name};\n${more}}\n`;
}

function load(more: Readonly<Record<string, string>> = {}): Application {
    const files = Object.entries({ ...MODEL, ...more }).map(([path, text]) => [`/w/app/${path}`, text] as const);
    return createLanguage().loadApplication(memoryFiles(Object.fromEntries(files)), '/w/app');
}

function associated(choices: readonly TargetChoice[] = [], application = load()): Association {
    return associateTargets({ model: application.model, sources: application.targets, choices });
}

/** `/vm 1: pool (recipe)`, one a machine. */
function told({ uses }: Association): readonly string[] {
    return uses.map(({ path, source, because }) => `${path}: ${source?.id ?? '-'} (${because})`);
}

test('what is said of an instance counts before its component, the application and the recipe', () => {
    expect(told(associated())).toEqual([
        '/vm 1: pool (recipe)',
        '/vm 1/box: here (recipe)',
        '/vm 2: pool (recipe)',
        '/big: pool (recipe)',
        '/bare: - (none)',
    ]);
    const choices = [
        { place: '/vm 2', target: 'pool' },
        { place: 'Vm', target: 'spare' },
        { place: '', target: 'here' },
    ];
    expect(told(associated(choices))).toEqual([
        '/vm 1: spare (component)',
        '/vm 1/box: here (application)',
        '/vm 2: pool (instance)',
        '/big: here (application)',
        '/bare: here (application)',
    ]);
});

test('machines of this computer have no association; the others are recorded with their whole definition', () => {
    const { targets, faults } = associated([{ place: '/vm 2', target: 'local' }]);
    expect(faults).toEqual([]);
    expect(targets.associations).toEqual({ '/vm 1': 'pool', '/big': 'pool' });
    expect(targets.choices).toEqual([{ place: '/vm 2', target: 'local' }]);
    expect(targets.definitions).toEqual({
        pool: {
            id: 'pool',
            handler: 'embedded',
            name: 'The pool',
            directory: '/w/app/graph/Vm',
            scripts: '/w/app/graph/Vm/target',
            properties: {
                id: 'pool',
                handler: 'embedded',
                name: 'The pool',
                'embedded.ip': '10.0.0.1, 10.0.0.2',
            },
        },
    });
});

test('of two choices for one place the last one counts', () => {
    const choices = [
        { place: '', target: 'spare' },
        { place: '', target: 'pool' },
    ];
    expect(associated(choices).targets).toMatchObject({
        associations: { '/bare': 'pool', '/vm 1/box': 'pool' },
        choices: [{ place: '', target: 'pool' }],
    });
});

test('the default target is the file called so, or the only one', () => {
    const application = load({ 'graph/Vm/target.properties': 'id = other\nhandler = local\nname = Other\n' });
    expect(told(associated([], application))[0]).toBe('/vm 1: other (recipe)');
    const several = load({ 'graph/Box/there.properties': 'id = there\nhandler = local\nname = There\n' });
    expect(told(associated([], several))[1]).toBe('/vm 1/box: - (none)');
});

test('data of an instance replace values of its target, but never what that is', () => {
    const replaced = instance('Vm', 'vm 1', 'data.scp.user: root;\ndata.handler: local;\ndata.colour: blue;\n');
    const { targets } = associated([], load({ 'instances/m.instances': replaced + instance('Vm', 'vm 2') }));
    expect(targets.associations).toEqual({ '/vm 1': 'pool for /vm 1', '/vm 2': 'pool' });
    const own = targets.definitions['pool for /vm 1'];
    expect(own?.handler).toBe('embedded');
    expect(own?.properties).toEqual({ ...targets.definitions['pool']?.properties, 'scp.user': 'root' });
});

describe('refused', () => {
    const rows: readonly (readonly [string, readonly TargetChoice[], Record<string, string>, string])[] = [
        [
            'an id nobody has',
            [{ place: '', target: 'pol' }],
            {},
            "There is no target 'pol'. Known are spare, pool, here, cloud, local; the path of a target file will do as well.",
        ],
        [
            'an id that two files have',
            [{ place: '', target: 'pool' }],
            { 'targets/twin.properties': 'id = pool\nhandler = local\nname = Twin\n' },
            "Several target files have the id 'pool': /w/app/graph/Vm/target.properties, /w/app/targets/twin.properties. Choose one by its path.",
        ],
        [
            'two files with one id, both used',
            [{ place: '/bare', target: '/w/app/targets/twin.properties' }],
            { 'targets/twin.properties': 'id = pool\nhandler = local\nname = Twin\n' },
            "The targets of /w/app/graph/Vm/target.properties and of /w/app/targets/twin.properties have the same id 'pool': give each its own.",
        ],
        [
            'a handler of others',
            [{ place: '/bare', target: 'cloud' }],
            {},
            "The target 'cloud' makes its machines with 'iaas-ec2', which this version cannot do yet: it knows local, in-memory, embedded. Choose another target, such as 'local' for this computer.",
        ],
        [
            'an instance that is not there',
            [{ place: '/vm', target: 'pool' }],
            {},
            'There is no instance /vm to choose a target for.',
        ],
        [
            'an instance that is no machine',
            [{ place: '/vm 1/p', target: 'pool' }],
            {},
            '/vm 1/p is no machine: a target is chosen for the machine it is on.',
        ],
        [
            'a component that is not there',
            [{ place: 'Wm', target: 'pool' }],
            {},
            "There is no component 'Wm' to choose a target for.",
        ],
        [
            'a component of no machines',
            [{ place: 'P', target: 'pool' }],
            {},
            "'P' is no component of machines: its installer is not 'target'.",
        ],
        [
            'a pool without addresses',
            [],
            { 'graph/Vm/target.properties': 'id = pool\nhandler = embedded\nname = P\nembedded.ip =\n' },
            "The target 'pool' has no machines: name their addresses with 'embedded.ip = …' in /w/app/graph/Vm/target.properties.",
        ],
        [
            'a file without id',
            [{ place: '', target: '/w/app/targets/cloud.properties' }],
            { 'targets/cloud.properties': 'handler = local\n' },
            "The target file /w/app/targets/cloud.properties has no id: add 'id = …' to it.",
        ],
        [
            'a file without handler',
            [{ place: '', target: 'cloud' }],
            { 'targets/cloud.properties': 'id = cloud\n' },
            "The target 'cloud' has no handler: add 'handler = …' to /w/app/targets/cloud.properties.",
        ],
    ];

    test.each(rows)('%s', (_, choices, more, message) => {
        const { faults } = associated(choices, load(more));
        expect([...new Set(faults.map((fault) => fault.message))]).toEqual([message]);
    });

    test('what is refused is recorded nowhere', () => {
        expect(associated([{ place: '/bare', target: 'cloud' }]).targets.associations).not.toHaveProperty('/bare');
    });
});

test('a file from elsewhere is a target as well', () => {
    const application = load();
    const source = targetSourceOf('id = far\nhandler = embedded\nembedded.ip = h\n', '/else/where/far.properties');
    expect(source).toMatchObject({ id: 'far', name: 'far', description: null, defaultOf: [] });
    const { targets } = associateTargets({
        model: application.model,
        sources: [...application.targets, source],
        choices: [{ place: 'Bare', target: '/else/where/far.properties' }],
    });
    expect(targets.definitions['far']?.directory).toBe('/else/where');
});

test('a machine within one elsewhere needs a target of its own', () => {
    const vm = instance('Vm', 'vm 1', instance('Box', 'box'));
    const none = load({ 'instances/m.instances': vm });
    const sources = none.targets.filter(({ defaultOf }) => !defaultOf.includes('Box'));
    const { faults } = associateTargets({ model: none.model, sources, choices: [] });
    expect(faults).toEqual([
        {
            kind: 'target',
            path: '/vm 1/box',
            message:
                "/vm 1/box would be on this computer, but it stands in /vm 1, whose machine the target 'pool' makes. Choose a target for it too.",
        },
    ]);
});
