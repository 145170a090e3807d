import { expect, test } from 'vitest';
import { createSimulatedEngine } from '../../client/deployments/simulated-engine.ts';
import type { ApplicationModel, ComponentModel, InstanceModel } from '../../language/index.ts';
import type { RunnerEvent } from '../../runner/protocol.ts';
import { createSimulations } from '../../client/deployments/simulations.ts';
import { createEmitter } from '../../client/ui/emitter.ts';
import { KEY, snapshotOf, viewOf } from './support/snapshots.ts';

const signal = new AbortController().signal;
const range = { file: 'a.graph', line: 1, column: 1, endLine: 1, endColumn: 2 };

const component: ComponentModel = {
    name: 'Web',
    extends: null,
    installer: 'script',
    resolvedInstaller: 'script',
    facets: [],
    allFacets: [],
    children: [],
    resolvedChildren: [],
    resolvedAncestors: [],
    ownExports: {},
    exports: {},
    randomPorts: [],
    ownImports: [],
    imports: [],
    recipeDirectory: null,
    description: null,
    range,
};
const instance = (name: string): InstanceModel => ({
    path: `/${name}`,
    name,
    component: 'Web',
    channels: [],
    status: 'NOT_DEPLOYED',
    data: {},
    overriddenExports: {},
    exports: {},
    range,
});
const model: ApplicationModel = {
    formatVersion: 1,
    name: 'shop',
    displayName: 'shop',
    version: null,
    description: null,
    dslId: null,
    tags: [],
    externalExportsPrefix: null,
    externalExports: {},
    rootComponents: ['Web'],
    components: [component],
    facets: [],
    instances: [instance('a'), instance('b')],
};

function scene(pace = 0) {
    const events: RunnerEvent[] = [];
    const faults: unknown[] = [];
    const report = (fault: unknown) => void faults.push(fault);
    const engine = createSimulatedEngine({ key: KEY, model, seed: 7, pace: () => pace, report });
    engine.onEvent((event) => void events.push(event));
    const statuses = async () => (await engine.snapshot(signal)).instances.map(({ status }) => status);
    return { engine, events, faults, statuses };
}

test('a deployment is played to its end, and its events end with the run', async () => {
    const { engine, events, faults, statuses } = scene();
    expect(await engine.order({ kind: 'deploy', model, paths: [] }, signal)).toMatchObject({ kind: 'accepted' });
    expect((await engine.whenQuiet(signal))?.outcome).toBe('succeeded');
    expect(await statuses()).toEqual(['DEPLOYED_STARTED', 'DEPLOYED_STARTED']);
    expect(events.at(0)?.kind).toBe('runBegun');
    expect(events.at(-1)?.kind).toBe('runEnded');
    expect(faults).toEqual([]);
});

test('the same seed gives the same events', async () => {
    const play = async () => {
        const { engine, events } = scene();
        await engine.order({ kind: 'deploy', model, paths: [] }, signal);
        await engine.whenQuiet(signal);
        return events;
    };
    expect(await play()).toEqual(await play());
});

test('orders go on from the state that was reached', async () => {
    const { engine, statuses } = scene();
    await engine.order({ kind: 'deploy', model, paths: [] }, signal);
    await engine.whenQuiet(signal);
    await engine.order({ kind: 'stop', paths: ['/a'] }, signal);
    await engine.whenQuiet(signal);
    expect(await statuses()).toEqual(['DEPLOYED_STOPPED', 'DEPLOYED_STARTED']);
    await engine.order({ kind: 'undeploy', paths: [] }, signal);
    await engine.whenQuiet(signal);
    expect(await statuses()).toEqual(['NOT_DEPLOYED', 'NOT_DEPLOYED']);
    await engine.order({ kind: 'start', paths: ['/b'] }, signal);
    await engine.whenQuiet(signal);
    expect(await statuses()).toEqual(['NOT_DEPLOYED', 'DEPLOYED_STARTED']);
});

test('an order that cannot be obeyed is refused with its reason', async () => {
    const { engine } = scene();
    const answer = await engine.order({ kind: 'stop', paths: ['/nobody'] }, signal);
    expect(answer).toMatchObject({ kind: 'refused', code: 'unknownInstance' });
});

test('cancelling a slow simulation ends its run at once', async () => {
    const { engine } = scene(100_000);
    await engine.order({ kind: 'deploy', model, paths: [] }, signal);
    expect(await engine.order({ kind: 'cancel' }, signal)).toMatchObject({ kind: 'accepted' });
    expect((await engine.whenQuiet(signal))?.outcome).toBe('cancelled');
});

test('disposing gives up the play, and who waits learns that it did not end', async () => {
    const { engine } = scene(100_000);
    await engine.order({ kind: 'deploy', model, paths: [] }, signal);
    const quiet = engine.whenQuiet(signal);
    await engine.dispose();
    expect(await quiet).toBeNull();
    expect(await engine.stopped).toEqual({ kind: 'disposed' });
});

test('a wait that is given up rejects, and the play goes on', async () => {
    const { engine } = scene(100_000);
    await engine.order({ kind: 'deploy', model, paths: [] }, signal);
    const controller = new AbortController();
    const quiet = engine.whenQuiet(controller.signal);
    controller.abort();
    await expect(quiet).rejects.toThrow();
    await engine.dispose();
});

test('a paused simulation stands still, and a step goes to what happens next', async () => {
    const { engine, events } = scene(100);
    const { player } = engine;
    player.control('pause');
    await engine.order({ kind: 'deploy', model, paths: [] }, signal);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const before = events.length;
    expect(player.view()).toMatchObject({ status: 'paused', clockMs: 0, rate: 0 });
    player.control('step');
    await expect.poll(() => events.length).toBeGreaterThan(before);
    const { status, clockMs } = player.view();
    expect(status).toBe('paused');
    expect(clockMs).toBeGreaterThan(0);
    player.control('end');
    expect((await engine.whenQuiet(signal))?.outcome).toBe('succeeded');
    expect(player.view().status).toBe('over');
});

test('the speed goes up and down by steps, and not beyond them', () => {
    const { engine } = scene(100);
    const { player } = engine;
    const speeds = (['faster', 'faster', 'faster', 'faster', 'slower'] as const).map((control) => {
        player.control(control);
        return player.view().speed;
    });
    expect(speeds).toEqual([2, 4, 8, 8, 4]);
});

test('simulations are found by their application, keep the speed, and are forgotten with their entry', () => {
    const changes = createEmitter<void>();
    const views = new Map([['simulation:1', viewOf(snapshotOf([]))]]);
    const simulations = createSimulations({ find: (id) => views.get(id), onChange: changes.listen });
    simulations.add('simulation:1', scene(100).engine.player);
    expect(simulations.latest('/apps/shop')).toBe('simulation:1');
    expect(simulations.latest('/apps/other')).toBeUndefined();
    simulations.control('simulation:1', 'faster');
    views.set('simulation:2', viewOf(snapshotOf([])));
    simulations.add('simulation:2', scene(100).engine.player);
    expect(simulations.latest(null)).toBe('simulation:2');
    expect(simulations.view('simulation:2')?.speed).toBe(2);
    views.delete('simulation:2');
    changes.emit();
    expect(simulations.view('simulation:2')).toBeNull();
    expect(simulations.latest(null)).toBe('simulation:1');
});
