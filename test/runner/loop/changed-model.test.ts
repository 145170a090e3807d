/** Another model ordered of a runner: told, accepted, recorded, and applied from the copies that were recorded. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StepRequest } from '../../../runner/executor.ts';
import type { DeploymentDifference, Order, OrderAnswer } from '../../../runner/protocol.ts';
import { readDifference } from '../../../runner/read-difference.ts';
import type { Runner } from '../../../runner/runner.ts';
import { deploymentPathsOf } from '../../../runner/state-directory.ts';
import { sketchModel, temporaryDirectory, writeRecipes, type ComponentSketch } from '../support/application.ts';
import { drive } from '../support/driven.ts';

const signal = AbortSignal.timeout(20_000);

const COMPONENTS: Readonly<Record<string, ComponentSketch>> = {
    Store: { installer: 'script', exports: { port: '3306' }, recipe: { 'scripts/start.sh': 'one', 'files/data': 'x' } },
    Web: { installer: 'script', imports: ['Store.port'], recipe: { 'scripts/start.sh': 'one' } },
};
const INSTANCES = { '/store': 'Store', '/web': 'Web' };
const MODEL = sketchModel(COMPONENTS, INSTANCES);

const deployOf = (model = MODEL, accept?: string): Order => ({
    kind: 'deploy',
    model,
    paths: [],
    ...(accept === undefined ? {} : { accept }),
});

interface Shop extends Disposable {
    readonly root: string;
    readonly steps: StepRequest[];
    readonly runner: Runner;
}

async function deployedShop(): Promise<Shop> {
    const place = temporaryDirectory();
    writeRecipes(place.path, COMPONENTS);
    const steps: StepRequest[] = [];
    const runner = await drive(place.path, steps, {});
    await runQuiet(runner, deployOf());
    steps.length = 0;
    return { root: place.path, steps, runner, [Symbol.dispose]: () => place[Symbol.dispose]() };
}

async function runQuiet(runner: Runner, order: Order): Promise<string | null> {
    expect(await runner.order(order, signal)).toMatchObject({ kind: 'accepted' });
    return (await runner.whenQuiet(signal))?.outcome ?? null;
}

async function differenceOf(runner: Runner, order: Order): Promise<DeploymentDifference> {
    const answer: OrderAnswer = await runner.order(order, signal);
    if (answer.kind !== 'changed') throw new Error(`answered ${answer.kind}`);
    return answer.difference;
}

const phasesOf = (steps: readonly StepRequest[]): readonly string[] =>
    steps.map(({ instancePath, phase }) => `${instancePath} ${phase}`);

test('a changed model is told and nothing is done; accepted, exactly that is done', async () => {
    using shop = await deployedShop();
    const added = sketchModel(COMPONENTS, { ...INSTANCES, '/web-2': 'Web' });
    const difference = await differenceOf(shop.runner, deployOf(added));
    expect(difference).toMatchObject({ changes: [{ path: '/web-2', kind: 'added', reasons: [] }], others: [] });
    expect(shop.steps).toEqual([]);
    expect(await differenceOf(shop.runner, deployOf(added, 'another'))).toEqual(difference);

    expect(await runQuiet(shop.runner, deployOf(added, difference.fingerprint))).toBe('succeeded');
    expect(phasesOf(shop.steps)).toEqual(['/web-2 initialize', '/web-2 deploy', '/web-2 start']);
    expect(await runQuiet(shop.runner, deployOf(added))).toBe('succeeded');
    await shop.runner.dispose();
});

test('what differs in a component nobody is an instance of is told in the words of a model', async () => {
    using shop = await deployedShop();
    const spare = (sketch: ComponentSketch) => sketchModel({ ...COMPONENTS, Spare: sketch }, INSTANCES);
    const added = await differenceOf(shop.runner, deployOf(spare({ installer: 'script' })));
    expect(added.others).toEqual(['the component Spare was added']);
    await runQuiet(shop.runner, deployOf(spare({ installer: 'script' }), added.fingerprint));
    const imports = ['Store.port'];
    const differing = await differenceOf(shop.runner, deployOf(spare({ installer: 'logger', imports })));
    expect(differing.others).toEqual(['the component Spare was changed (installer, imports)']);
    await shop.runner.dispose();
});

test('a recipe edited after the difference was shown is shown again', async () => {
    using shop = await deployedShop();
    const start = join(shop.root, 'graph/Web/scripts/start.sh');
    writeFileSync(start, 'two');
    const shown = await differenceOf(shop.runner, deployOf());
    expect(shown.changes).toEqual([
        { path: '/web', kind: 'reinstalled', reasons: ['the recipe of Web was changed (scripts/start.sh)'] },
    ]);
    writeFileSync(start, 'three');
    const again = await differenceOf(shop.runner, deployOf(MODEL, shown.fingerprint));
    expect(again.fingerprint).not.toBe(shown.fingerprint);
    expect(shop.steps).toEqual([]);
    await shop.runner.dispose();
});

test('what leaves is stopped and undeployed with the files it was deployed with, also by the next runner', async () => {
    using shop = await deployedShop();
    const before = snapshotsOf(shop);
    writeFileSync(join(shop.root, 'graph/Store/files/data'), 'y');
    const without = sketchModel(COMPONENTS, { '/store': 'Store' });
    const difference = await differenceOf(shop.runner, deployOf(without));
    expect(difference.changes.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
        '/store reinstalled',
        '/web removed',
    ]);
    expect(await runQuiet(shop.runner, deployOf(without, difference.fingerprint))).toBe('succeeded');
    expect(phasesOf(shop.steps)).toEqual([
        '/web stop',
        '/store stop',
        '/store initialize',
        '/store deploy',
        '/store start',
        '/web undeploy',
    ]);
    const initialize = shop.steps.find(({ phase }) => phase === 'initialize');
    expect(before).toContain(initialize?.formerSnapshots?.[0]?.split('/').at(-1));
    expect(readFileSync(join(initialize?.recipeSnapshot ?? '', 'files/data'), 'utf8')).toBe('y');
    await shop.runner.dispose();

    const next = await drive(shop.root, [], {});
    const { instances } = await next.snapshot(signal);
    expect(instances.map(({ path, status, leaving }) => [path, status, leaving])).toEqual([
        ['/store', 'DEPLOYED_STARTED', false],
    ]);
    expect(await runQuiet(next, deployOf(without))).toBe('succeeded');
    await next.dispose();
});

test('a path the model does not have is refused, and the model is not accepted', async () => {
    using shop = await deployedShop();
    const added = sketchModel(COMPONENTS, { ...INSTANCES, '/web-2': 'Web' });
    const { fingerprint } = await differenceOf(shop.runner, deployOf(added));
    const order: Order = { kind: 'deploy', model: added, paths: ['/nowhere'], accept: fingerprint };
    expect(await shop.runner.order(order, signal)).toMatchObject({ kind: 'refused', code: 'unknownInstance' });
    expect(await differenceOf(shop.runner, deployOf(added))).toMatchObject({ fingerprint });
    await shop.runner.dispose();
});

test('what no instance has is told as well', async () => {
    using shop = await deployedShop();
    const other = sketchModel({ ...COMPONENTS, Cache: { installer: 'logger' } }, INSTANCES);
    const renamed = { ...other, name: 'another' };
    expect(await differenceOf(shop.runner, deployOf(renamed))).toMatchObject({
        changes: [],
        others: ['the application was called sketch and is called another', 'the component Cache was added'],
    });
    await shop.runner.dispose();
});

test('the disk alone tells the same difference, but for a journal that lacks a step that lies beside it', async () => {
    using shop = await deployedShop();
    const added = sketchModel(COMPONENTS, { ...INSTANCES, '/web-2': 'Web' });
    const difference = await differenceOf(shop.runner, deployOf(added));
    await shop.runner.dispose();
    const state = join(shop.root, 'state');
    expect(readDifference(shop.root, 'shop', { model: added }, state)).toEqual(difference);
    mkdirSync(join(deploymentPathsOf(state, { directory: shop.root, deployment: 'shop' }).steps, 'forgotten'), {
        recursive: true,
    });
    expect(readDifference(shop.root, 'shop', { model: added }, state)).toBeNull();
});

function snapshotsOf({ root }: Shop): readonly string[] {
    return readdirSync(deploymentPathsOf(join(root, 'state'), { directory: root, deployment: 'shop' }).recipes);
}
