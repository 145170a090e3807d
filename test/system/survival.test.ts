/** The real runner process, killed at several instants: the next one ends at the same state and begins nothing twice. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { createProduct, sendSignal, whenThere } from './product.ts';
import type { ApplicationModel } from '../../language/index.ts';
import { openRunner, readHistory, readStatus, type Runner, type RunnerConfig } from '../../runner/index.ts';
import { sketchModel, temporaryDirectory, writeRecipes, type ComponentSketch } from '../runner/support/application.ts';
import { createProcessTable, type ProcessEntry } from '../../runner/local/processes.ts';

const cleanups: (() => unknown)[] = [];
afterAll(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const MAIN = resolve(import.meta.dirname, '../../runner/main.ts');
const TEST_MS = 120_000;
/** How long what comes about in another process is waited for. */
const PATIENCE = { timeout: 60_000 };

interface Shop {
    readonly config: RunnerConfig;
    readonly components: Readonly<Record<string, ComponentSketch>>;
    readonly log: string;
}

function openShop(): Shop {
    const place = temporaryDirectory();
    cleanups.push(() => place[Symbol.dispose]());
    const log = join(place.path, 'steps.log');
    const script = (phase: string, body: string): string =>
        `#!/bin/sh\necho "begin ${phase} $ROBOCONF_INSTANCE_NAME" >>"${log}"\n${body}\necho "end ${phase} $ROBOCONF_INSTANCE_NAME" >>"${log}"\n`;
    const recipe = {
        'scripts/deploy.sh': script('deploy', 'sleep 0.15'),
        'scripts/start.sh': script('start', 'sleep 1000 &\nsleep 0.3'),
        'scripts/stop.sh': script('stop', 'sleep 0.2'),
        'scripts/undeploy.sh': script('undeploy', 'sleep 0.1'),
    };
    const components = {
        Machine: { installer: 'target' },
        Store: { installer: 'script', exports: { name: 'store' }, recipe },
        Web: { installer: 'script', imports: ['Store.name'], recipe },
    };
    const directory = join(place.path, 'shop');
    mkdirSync(directory);
    writeRecipes(directory, components);
    const config: RunnerConfig = {
        directory,
        deployment: 'shop',
        stateDirectory: join(place.path, 'state'),
        mode: 'attachOrSpawn',
        spawnCommand: [process.execPath, MAIN],
        idleMs: 3_000,
    };
    return { config, components, log };
}

const INSTANCES = { '/vm1': 'Machine', '/vm1/store': 'Store', '/vm2': 'Machine', '/vm2/web': 'Web' };

async function attach(shop: Shop, signal: AbortSignal): Promise<Runner> {
    const opened = await openRunner(shop.config, signal);
    if (opened.kind === 'refused') throw new Error(opened.message);
    return opened.runner;
}

async function kill(runner: Runner): Promise<void> {
    process.kill(runner.pid, 'SIGKILL');
    expect(await runner.stopped).toMatchObject({ kind: 'lost' });
    await runner.dispose();
}

function linesOf(log: string): readonly string[] {
    return readFileSync(log, 'utf8').trim().split('\n').sort();
}

function marked(shop: Shop): readonly ProcessEntry[] {
    const directory = shop.config.stateDirectory ?? '';
    const all = createProcessTable(process.platform).list();
    return all.filter(({ environment }) => environment.includes(`ROBOCONF_INSTANCE_DIR=${directory}`));
}

/** A failed test must not leave processes to the next ones. */
function endAll(shop: Shop): void {
    for (const { pid } of marked(shop)) sendSignal(pid, 'SIGKILL');
}

const step = (phase: string, name: string): readonly string[] => [`begin ${phase} ${name}`, `end ${phase} ${name}`];
const DEPLOYED = ['store', 'web'].flatMap((name) => [...step('deploy', name), ...step('start', name)]).sort();
const GONE = ['store', 'web'].flatMap((name) => [...step('stop', name), ...step('undeploy', name)]);

test.concurrent.for([60, 250, 420, 700, 950])(
    'kill -9 after %i ms of a deployment, then resume',
    { timeout: TEST_MS },
    async (instant, { expect, signal }) => {
        const shop = openShop();
        cleanups.push(() => endAll(shop));
        const first = await attach(shop, signal);
        const model = sketchModel(shop.components, INSTANCES);
        expect(await first.order({ kind: 'deploy', model, paths: [] }, signal)).toMatchObject({ kind: 'accepted' });
        await delay(instant);
        await kill(first);
        const { directory, deployment, stateDirectory } = shop.config;
        await expect
            .poll(() => readStatus(directory, deployment, stateDirectory), PATIENCE)
            .toMatchObject({ kind: 'known', alive: false });

        const second = await attach(shop, signal);
        const resumed = await second.order({ kind: 'resume', retryUnknown: false }, signal);
        const run = await second.whenQuiet(signal);
        expect({ resumed: resumed.kind, outcome: run?.outcome }).toEqual({ resumed: 'accepted', outcome: 'succeeded' });
        expect(linesOf(shop.log)).toEqual(DEPLOYED);
        // The supervisor of a step that was found again has told its end, and may be about to leave.
        await expect.poll(() => marked(shop), PATIENCE).toHaveLength(2);

        expect(await second.order({ kind: 'undeploy', paths: [] }, signal)).toMatchObject({ kind: 'accepted' });
        await delay(instant / 2);
        await kill(second);
        const third = await attach(shop, signal);
        await third.order({ kind: 'resume', retryUnknown: false }, signal);
        await third.whenQuiet(signal);
        const { instances } = await third.snapshot(signal);
        expect(instances.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'NOT_DEPLOYED'));
        expect(linesOf(shop.log)).toEqual([...DEPLOYED, ...GONE].sort());
        expect(marked(shop)).toHaveLength(0);
        await kill(third);
    },
);

test('two programs that deploy at once get one runner', { timeout: TEST_MS }, async ({ signal }) => {
    const shop = openShop();
    cleanups.push(() => endAll(shop));
    const runners = await Promise.all([attach(shop, signal), attach(shop, signal), attach(shop, signal)]);
    expect(new Set(runners.map(({ pid }) => pid)).size).toBe(1);
    const model = sketchModel(shop.components, INSTANCES);
    const answers = await Promise.all(
        runners.map((runner) => runner.order({ kind: 'deploy', model, paths: [] }, signal)),
    );
    expect(answers.some(({ kind }) => kind === 'accepted')).toBe(true);
    const [first] = runners;
    await first?.whenQuiet(signal);
    expect(linesOf(shop.log)).toEqual(DEPLOYED);
    await first?.order({ kind: 'undeploy', paths: [] }, signal);
    await first?.whenQuiet(signal);
    expect(marked(shop)).toHaveLength(0);
    for (const runner of runners) await runner.dispose();
    if (first !== undefined) sendSignal(first.pid, 'SIGTERM');
});

test(
    'two windows and a terminal that deploy at once: one runner, and everybody gets an answer',
    { timeout: TEST_MS },
    async ({ signal }) => {
        const product = createProduct('hello-cluster');
        cleanups.push(() => product.dispose());
        // Whoever drives is at work until both windows have ordered: a terminal that drives leaves when all is quiet.
        const ordered = join(product.directory, 'ordered');
        const start = join(product.directory, 'graph', 'Store', 'scripts', 'start.sh');
        writeFileSync(start, readFileSync(start, 'utf8').replace('set -eu\n', `set -eu\n${whenThere(ordered)}`));
        // The model in its documented form, as the language server would hand it to a window.
        const model = JSON.parse((await product.run('model', product.directory)).out) as ApplicationModel;
        const config: RunnerConfig = {
            directory: product.directory,
            deployment: model.name,
            stateDirectory: product.state,
            mode: 'attachOrSpawn',
            spawnCommand: [process.execPath, MAIN],
            idleMs: 3_000,
        };
        const window = async (): Promise<{ readonly runner: Runner; readonly answer: string }> => {
            const opened = await openRunner(config, signal);
            if (opened.kind === 'refused') throw new Error(opened.message);
            const { runner } = opened;
            cleanups.push(() => runner.dispose());
            const answer = await runner.order({ kind: 'deploy', model, paths: [] }, signal);
            return { runner, answer: answer.kind };
        };
        const terminal = product.run('deploy', product.directory, '--yes');
        const windows = await Promise.all([window(), window()]);
        expect(windows.map(({ answer }) => answer)).toEqual(['accepted', 'accepted']);
        expect(new Set(windows.map(({ runner }) => runner.pid)).size).toBe(1);
        const ended = windows.map(({ runner }) => runner.whenQuiet(signal));
        writeFileSync(ordered, '');
        const runsOfWindows = await Promise.all(ended);
        expect(runsOfWindows.map((run) => run?.outcome)).toEqual(['succeeded', 'succeeded']);
        const told = await terminal;
        expect(told, told.out + told.err).toMatchObject({ code: 0 });
        const once = product.trace().filter((line) => line.startsWith('begin') && / (deploy|start)$/.test(line));
        expect(new Set(once).size).toBe(once.length);
        const runs = readHistory(product.directory, model.name, product.state);
        expect(runs.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    },
);

test(
    'a runner that nobody is attached to and that has nothing to do leaves by itself',
    { timeout: TEST_MS },
    async ({ signal }) => {
        const shop = openShop();
        cleanups.push(() => endAll(shop));
        const idleMs = 1_500;
        const runner = await attach({ ...shop, config: { ...shop.config, idleMs } }, signal);
        await delay(2 * idleMs);
        // Somebody is attached all the time.
        expect((await runner.snapshot(signal)).instances).toEqual([]);
        await runner.dispose();
        const table = createProcessTable(process.platform);
        await expect.poll(() => table.find(runner.pid), PATIENCE).toBeUndefined();
        const { directory, deployment, stateDirectory } = shop.config;
        const found = await openRunner(
            { directory, deployment, mode: 'attach', ...(stateDirectory === undefined ? {} : { stateDirectory }) },
            signal,
        );
        expect(found).toMatchObject({ kind: 'refused', code: 'notRunning' });
    },
);
