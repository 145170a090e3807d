import { expect, test } from 'vitest';
import type { ApplicationView } from '../../client/deployments/application-entries.ts';
import type { DeploymentView } from '../../client/deployments/deployment-view.ts';
import { elementId, parseElement } from '../../client/deployments/tree-element.ts';
import { changesBetween, createTreeMaker, type Tree, type TreeSource } from '../../client/deployments/tree-model.ts';
import type { PastRun } from '../../runner/index.ts';
import { EXIT_3, instanceAt, KEY, runOf, snapshotOf, startedAt, viewOf } from './support/snapshots.ts';

const NOW = 3_600_000;
const shop: ApplicationView = {
    directory: KEY.directory,
    name: 'Shop',
    findings: { errors: 0, warnings: 0 },
    inWorkspace: true,
};

const pastRun = (fields: Partial<PastRun> = {}): PastRun => ({
    ...runOf({ begunAt: NOW - 300_000, endedAt: NOW - 288_000, outcome: 'succeeded' }),
    deploymentBegunAt: 7,
    unreached: [],
    unreachedCount: 0,
    stepCount: 1,
    steps: [{ path: '/vm', phase: 'start', attempt: 'a1', begunAt: 1000, endedAt: 2500, outcome: 'succeeded' }],
    ...fields,
});

const sourceOf = (fields: Partial<TreeSource> = {}): TreeSource => ({
    applications: [shop],
    deployments: [],
    histories: new Map(),
    targets: new Map(),
    now: NOW,
    ...fields,
});

const treeOf = (fields: Partial<TreeSource> = {}): Tree => createTreeMaker()(sourceOf(fields));

/** The tree as a person reads it, two blanks a level. */
function textOf({ roots, nodes }: Tree): string {
    const lines: string[] = [];
    const show = (id: string, depth: number): void => {
        const node = nodes.get(id);
        if (node === undefined) return;
        const { label, description } = node.entry;
        lines.push(`${'  '.repeat(depth)}${label}${description === '' ? '' : ` (${description})`}`);
        for (const child of node.children) show(child, depth + 1);
    };
    for (const root of roots) show(root, 0);
    return lines.join('\n');
}

const deployed = (...instances: Parameters<typeof snapshotOf>[0]): DeploymentView => viewOf(snapshotOf(instances));

test('applications hold their deployments, those their instances, and what was run comes last', () => {
    const simulated = viewOf(snapshotOf([instanceAt('/vm')]), { id: 'simulation:1', simulated: true });
    const histories = new Map([[KEY.directory, [{ deployment: 'shop', run: pastRun() }]]]);
    const deployments = [simulated, deployed(startedAt('/vm'), startedAt('/vm/web'))];
    expect(textOf(treeOf({ deployments, histories }))).toBe(
        [
            'Shop',
            '  shop (started)',
            '    vm (started)',
            '      web (started)',
            '  shop (simulation · not deployed)',
            '    vm (not deployed)',
            '  History (1 run)',
            '    Deploy (succeeded · 12 s · 5 min ago)',
            '      /vm start (1.5 s)',
        ].join('\n'),
    );
});

test('a failed instance has its cause, its script and its last lines below it, before its children', () => {
    const lastLines = ['', 'trying', '\u001b[31mscripts/start.sh: line 12: nginx: not found\u001b[0m'];
    const failed = instanceAt('/vm', {
        status: 'DEPLOYED_STOPPED',
        desired: 'DEPLOYED_STARTED',
        failure: { ...EXIT_3, lastLines },
    });
    expect(textOf(treeOf({ deployments: [deployed(failed, instanceAt('/vm/web'))] }))).toBe(
        [
            'Shop',
            '  shop (0 of 2 started)',
            '    vm (start failed)',
            '      start.sh ended with exit code 3. (exit code 3)',
            '      start.sh (line 12)',
            '      trying',
            '      scripts/start.sh: line 12: nginx: not found',
            '      web (not deployed)',
        ].join('\n'),
    );
});

test('a single application with nothing deployed leaves the place to a welcome; several are listed', () => {
    expect(treeOf().roots).toEqual([]);
    const blog = { ...shop, directory: '/apps/blog', name: 'Blog', findings: { errors: 2, warnings: 1 } };
    const wiki = { ...shop, directory: '/apps/wiki', name: 'Wiki', findings: null };
    expect(textOf(treeOf({ applications: [shop, blog, wiki] }))).toBe(
        ['Shop (ready to deploy)', 'Blog (2 errors)', 'Wiki (being analysed)'].join('\n'),
    );
});

test('a deployment whose application is not in the workspace is shown under its folder', () => {
    const tree = treeOf({ applications: [], deployments: [deployed(startedAt('/vm'))] });
    expect(textOf(tree).split('\n')[0]).toBe('shop (not in this workspace)');
});

test('what is below an application is in sight from the first row on, whether its history comes first or its deployment', () => {
    const histories = new Map([[KEY.directory, [{ deployment: 'shop', run: pastRun() }]]]);
    const deployments = [deployed(startedAt('/vm'))];
    const application = (fields: Partial<TreeSource>) =>
        treeOf(fields).nodes.get(elementId({ kind: 'application', directory: KEY.directory }))?.entry.fold;
    expect([application({ histories }), application({ deployments }), application({ deployments, histories })]).toEqual(
        ['open', 'open', 'open'],
    );
    expect(application({ applications: [shop, { ...shop, directory: '/apps/blog' }] })).toBe('none');
});

test('only what differs is drawn again, and the whole only when its top differs', () => {
    const make = createTreeMaker();
    const of = (...instances: Parameters<typeof snapshotOf>[0]) =>
        make(sourceOf({ deployments: [deployed(...instances)] }));
    const before = of(startedAt('/a'), startedAt('/b'), instanceAt('/c'));
    const after = of(startedAt('/a'), startedAt('/b'), { ...instanceAt('/c'), status: 'UNRESOLVED' });
    const path = (name: string) =>
        elementId({ kind: 'instance', deployment: 'deployment:shop@/apps/shop', path: name });
    expect(changesBetween(before, after)).toEqual([path('/c')]);
    expect(changesBetween(after, after)).toEqual([]);
    expect(changesBetween(before, of(startedAt('/a'), startedAt('/b')))).toEqual(['deployment:shop@/apps/shop']);
    expect(changesBetween(make(sourceOf()), before)).toBe('all');
});

test('ids hold nothing that changes', () => {
    const idsOf = (tree: Tree) => [...tree.nodes.keys()];
    const before = treeOf({ deployments: [deployed(instanceAt('/vm'))] });
    const after = treeOf({ deployments: [viewOf(snapshotOf([startedAt('/vm')], runOf()))], now: NOW * 2 });
    expect(idsOf(after)).toEqual(idsOf(before));
});

test('every element survives the way through a link', () => {
    const failed = instanceAt('/vm', { failure: EXIT_3 });
    const run = pastRun({ unreached: [{ path: '/vm/web', reason: 'waits for Store' }], unreachedCount: 1 });
    const histories = new Map([[KEY.directory, [{ deployment: 'shop', run }]]]);
    const { nodes } = treeOf({ deployments: [deployed(failed)], histories });
    const kinds = new Set([...nodes.values()].map(({ element }) => element.kind));
    expect(kinds).toEqual(
        new Set(['application', 'deployment', 'instance', 'detail', 'history', 'run', 'step', 'unreached']),
    );
    for (const { element } of nodes.values())
        expect(parseElement(JSON.parse(JSON.stringify(element)))).toEqual(element);
});

test.each([
    [null],
    ['deployment'],
    [{ kind: 'detail', deployment: 'd', path: '/a', detail: 'outputX' }],
    [{ kind: 'step', deployment: 'd', begunAt: '1', run: 'r', path: '/a', attempt: 'x' }],
    [{ kind: 'run', deployment: 'd', begunAt: 1 }],
    [{ kind: 'nothing', deployment: 'd' }],
])('what is no element is not taken for one: %j', (value) => {
    expect(parseElement(value)).toBeUndefined();
});

test('a run says how it ended, what it did not reach, and of which deployment it is where there are several', () => {
    const failed = pastRun({
        outcome: 'failed',
        unreached: [{ path: '/vm/web', reason: 'start failed' }],
        unreachedCount: 1,
        steps: [{ path: '/vm/web', phase: 'start', attempt: 'a', begunAt: 0, endedAt: 4000, outcome: 'failed' }],
    });
    const stopped = pastRun({ id: 'r2', order: 'stop', paths: ['/vm'], outcome: null, endedAt: null, steps: [] });
    const interrupted = { ...stopped, endedAt: NOW, outcome: null };
    const histories = new Map([
        [
            KEY.directory,
            [
                { deployment: 'shop', run: failed },
                { deployment: 'staging', run: interrupted },
            ],
        ],
    ]);
    expect(textOf(treeOf({ histories }))).toBe(
        [
            'Shop (ready to deploy)',
            '  History (2 runs)',
            '    Deploy (shop · failed · 12 s · 5 min ago)',
            '      /vm/web (start failed)',
            '      /vm/web start (4.0 s · failed)',
            '    Stop /vm (staging · interrupted · 5 min 0 s · 5 min ago)',
        ].join('\n'),
    );
});
