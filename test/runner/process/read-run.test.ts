/** What a journal tells of a run is what its events told. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openRunner, readHistory, readRun, type Order, type Runner, type RunnerEvent } from '../../../runner/index.ts';
import { beginRecord, type RunRecord, type RunRecorder } from '../../../runner/runs.ts';
import { sketchModel, temporaryDirectory, writeRecipes } from '../support/application.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const signal = AbortSignal.timeout(25_000);
const script = (body: string): string => `#!/bin/sh\n${body}\n`;

const COMPONENTS = {
    Machine: { installer: 'target' },
    Store: { installer: 'script', exports: { port: '1' }, recipe: { 'scripts/start.sh': script('true') } },
    Web: {
        installer: 'script',
        imports: ['Store.port'],
        recipe: { 'scripts/start.sh': script('echo told\nexit 7') },
    },
};

async function opened(): Promise<{ readonly runner: Runner; readonly directory: string; readonly state: string }> {
    const root = temporaryDirectory();
    cleanups.push(() => root[Symbol.dispose]());
    const [directory, state] = [join(root.path, 'shop'), join(root.path, 'state')];
    mkdirSync(directory);
    writeRecipes(directory, COMPONENTS);
    const answer = await openRunner(
        { directory, deployment: 'shop', stateDirectory: state, mode: 'attachOrStart' },
        signal,
    );
    if (answer.kind === 'refused') throw new Error(answer.message);
    cleanups.push(() => answer.runner.dispose());
    return { runner: answer.runner, directory, state };
}

/** Records every run of a runner from its events. */
function recorded(runner: Runner): Map<string, RunRecorder> {
    const recorders = new Map<string, RunRecorder>();
    runner.onEvent((event: RunnerEvent) => {
        if (event.kind === 'runBegun') recorders.set(event.run.id, beginRecord(event.run, []));
        for (const recorder of recorders.values()) recorder.take(event);
    });
    return recorders;
}

/** What both know: who is not touched by a run is in its journal only, and records are counted there. */
function comparable({ run, steps, waits }: RunRecord): Omit<RunRecord, 'instances' | 'sequence'> {
    return { run, steps, waits };
}

/** A deploy of which a part fails, its undeployment, and another deploy. */
async function threeRuns(runner: Runner): Promise<void> {
    const model = sketchModel(COMPONENTS, { '/vm': 'Machine', '/vm/store': 'Store', '/vm/web': 'Web' });
    const orders: readonly Order[] = [
        { kind: 'deploy', model, paths: [] },
        { kind: 'undeploy', paths: [] },
        { kind: 'deploy', model, paths: ['/vm'] },
    ];
    for (const order of orders) {
        await runner.order(order, signal);
        await runner.whenQuiet(signal);
    }
}

const KEY = (directory: string) => ({ directory, deployment: 'shop' });

test('runs of all lives of a deployment are read from their journals, as the history lists them', async () => {
    const { runner, directory, state } = await opened();
    await threeRuns(runner);
    const history = readHistory(directory, 'shop', state);
    expect(history.map(({ order }) => order)).toEqual(['deploy', 'undeploy', 'deploy']);
    for (const { id, deploymentBegunAt, order, steps } of history) {
        const read = readRun(KEY(directory), { run: id, deploymentBegunAt }, state);
        expect(read?.run.order).toBe(order);
        const attempts = read?.steps.flatMap(({ attempt }) => attempt ?? []);
        expect(attempts).toEqual(steps.map(({ attempt }) => attempt));
    }
});

test('what a journal tells of a run is what its events told', async () => {
    const { runner, directory, state } = await opened();
    const live = recorded(runner);
    await threeRuns(runner);
    const [latest] = readHistory(directory, 'shop', state).map(({ id }) => id);
    const read = readRun(KEY(directory), { run: latest ?? '', deploymentBegunAt: null }, state);
    const told = live.get(latest ?? '')?.record();
    if (read === null || told === undefined) throw new Error('the run is in the journal and was told');
    expect(comparable(read)).toEqual(comparable(told));
});

test('a step that failed is read with its exit code and its last words', async () => {
    const { runner, directory, state } = await opened();
    await threeRuns(runner);
    const first = readHistory(directory, 'shop', state).at(-1);
    if (first === undefined) throw new Error('there is a history');
    const read = readRun(KEY(directory), { run: first.id, deploymentBegunAt: first.deploymentBegunAt }, state);
    const failed = read?.steps.find(({ path, phase }) => path === '/vm/web' && phase === 'start');
    expect(failed).toMatchObject({ outcome: 'failed', exitCode: 7, lastLines: ['told'] });
    expect(read?.instances.map(({ path, component }) => [path, component])).toEqual([
        ['/vm', 'Machine'],
        ['/vm/store', 'Store'],
        ['/vm/web', 'Web'],
    ]);
});

test('of a run that no journal tells of there is no record', async () => {
    const { directory, state } = await opened();
    expect(readRun({ directory, deployment: 'shop' }, { run: 'r9', deploymentBegunAt: null }, state)).toBeNull();
});
