/** The whole runner in this process, on real recipes. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openRunner, readStatus, type Order, type Runner, type RunnerEvent } from '../../../runner/index.ts';
import { sketchModel, temporaryDirectory, writeRecipes, type ComponentSketch } from '../support/application.ts';

const phases = (log: string, tail: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
    Object.fromEntries(
        ['deploy', 'start', 'update', 'stop', 'undeploy'].map((phase) => [
            `scripts/${phase}.sh`,
            `#!/bin/sh\necho "begin ${phase} $ROBOCONF_INSTANCE_PATH" >>"${log}"\n${tail[phase] ?? ''}\necho "end ${phase} $ROBOCONF_INSTANCE_PATH" >>"${log}"\n`,
        ]),
    );

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const signal = AbortSignal.timeout(25_000);

function shopOf(root: string): { readonly components: Record<string, ComponentSketch>; readonly log: string } {
    const log = join(root, 'steps.log');
    return {
        log,
        components: {
            Machine: { installer: 'target', exports: { ip: null } },
            Store: {
                installer: 'script',
                exports: { ip: null },
                randomPorts: ['port'],
                recipe: phases(log, { start: 'sleep 1000 &\necho "port=$port ip=$ip"' }),
            },
            Web: { installer: 'script', imports: ['Store.ip', 'Store.port'], recipe: phases(log) },
        },
    };
}

const INSTANCES = { '/vm': 'Machine', '/vm/store': 'Store', '/vm/web': 'Web' };

async function open(root: string): Promise<Runner> {
    const directory = join(root, 'my shop');
    mkdirSync(directory, { recursive: true });
    const config = {
        directory,
        deployment: 'shop',
        stateDirectory: join(root, 'state'),
        mode: 'attachOrStart',
    } as const;
    const opened = await openRunner(config, signal);
    if (opened.kind === 'refused') throw new Error(opened.message);
    cleanups.push(() => opened.runner.dispose());
    return opened.runner;
}

async function run(runner: Runner, order: Order): Promise<string | null> {
    expect(await runner.order(order, signal)).toMatchObject({ kind: 'accepted' });
    return (await runner.whenQuiet(signal))?.outcome ?? null;
}

describe('a deployment in this process', () => {
    test('deploys, starts, lists what runs, stops and leaves nothing behind', async () => {
        const place = temporaryDirectory();
        cleanups.push(() => place[Symbol.dispose]());
        const { components, log } = shopOf(place.path);
        const runner = await open(place.path);
        writeRecipes(join(place.path, 'my shop'), components);
        const events: RunnerEvent[] = [];
        runner.onEvent((event) => events.push(event));

        expect(await run(runner, { kind: 'deploy', model: sketchModel(components, INSTANCES), paths: [] })).toBe(
            'succeeded',
        );
        const { instances } = await runner.snapshot(signal);
        expect(instances.map(({ status }) => status)).toEqual(Array.from({ length: 3 }, () => 'DEPLOYED_STARTED'));
        const begins = readFileSync(log, 'utf8')
            .split('\n')
            .filter((line) => line.startsWith('begin'));
        expect(begins.indexOf('begin start /vm/store')).toBeLessThan(begins.indexOf('begin start /vm/web'));
        expect(events.some((event) => event.kind === 'output' && /port=\d+ ip=127\.0\.0\.1/.test(event.text))).toBe(
            true,
        );

        expect(await run(runner, { kind: 'undeploy', paths: [] })).toBe('succeeded');
        expect(readdirSync(join(folderOf(place.path), 'current', 'instances'))).toEqual([]);
        expect((await runner.snapshot(signal)).instances.map(({ status }) => status)).toEqual(
            Array.from({ length: 3 }, () => 'NOT_DEPLOYED'),
        );
    });

    test('a second deployment after the first is over begins a new journal and keeps the old one', async () => {
        const place = temporaryDirectory();
        cleanups.push(() => place[Symbol.dispose]());
        const { components } = shopOf(place.path);
        writeRecipes(join(place.path, 'my shop'), components);
        const runner = await open(place.path);
        const model = sketchModel(components, INSTANCES);
        await run(runner, { kind: 'deploy', model, paths: [] });
        await run(runner, { kind: 'undeploy', paths: [] });
        const changed = sketchModel(components, { ...INSTANCES, '/vm/web2': 'Web' });
        expect(await run(runner, { kind: 'deploy', model: changed, paths: [] })).toBe('succeeded');
        expect(readdirSync(join(folderOf(place.path), 'history'))).toHaveLength(1);

        const refused = await runner.order({ kind: 'deploy', model, paths: [] }, signal);
        expect(refused).toMatchObject({
            kind: 'changed',
            difference: { changes: [{ path: '/vm/web2', kind: 'removed' }] },
        });
        await run(runner, { kind: 'undeploy', paths: [] });
    });

    test('others attach to it and see the same, and nothing is lost without it', async () => {
        const place = temporaryDirectory();
        cleanups.push(() => place[Symbol.dispose]());
        const { components } = shopOf(place.path);
        writeRecipes(join(place.path, 'my shop'), components);
        const first = await open(place.path);
        const second = await open(place.path);
        expect([first.inProcess, second.inProcess]).toEqual([true, false]);
        const heard: string[] = [];
        second.onEvent((event) => heard.push(event.kind));
        expect(await run(second, { kind: 'deploy', model: sketchModel(components, INSTANCES), paths: [] })).toBe(
            'succeeded',
        );
        expect(await second.snapshot(signal)).toEqual(await first.snapshot(signal));
        expect(heard).toContain('runEnded');
        expect((await second.logs(['/vm/web'], signal)).map(({ phase }) => phase)).toEqual([
            'initialize',
            'deploy',
            'start',
        ]);
        expect(await second.order({ kind: 'cancel' }, signal)).toMatchObject({ kind: 'refused' });

        await first.dispose();
        expect(await second.stopped).toMatchObject({ kind: 'lost' });
        const status = await readStatus(join(place.path, 'my shop'), 'shop', join(place.path, 'state'));
        expect(status).toMatchObject({ kind: 'known', alive: false, resumable: false });
        const third = await open(place.path);
        expect(await run(third, { kind: 'undeploy', paths: [] })).toBe('succeeded');
        expect(existsSync(folderOf(place.path))).toBe(true);
    });
});

function folderOf(root: string): string {
    const [name = ''] = readdirSync(join(root, 'state'));
    return join(root, 'state', name);
}
