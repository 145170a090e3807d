/** What is told of a deployment from its files alone: logs as they are written, runs that are over; and policies on real recipes. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ApplicationModel, StepPolicies, StepPolicy } from '../../../language/index.ts';
import {
    followLogs,
    openRunner,
    readHistory,
    readPastLogs,
    type LogPiece,
    type Order,
    type Runner,
    type RunnerEvent,
} from '../../../runner/index.ts';
import { sketchModel, temporaryDirectory, writeRecipes, type ComponentSketch } from '../support/application.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const signal = AbortSignal.timeout(25_000);

interface Place {
    readonly directory: string;
    readonly state: string;
    readonly components: Readonly<Record<string, ComponentSketch>>;
    readonly model: ApplicationModel;
}

function placeOf(scripts: Readonly<Record<string, string>>): Place {
    const root = temporaryDirectory();
    cleanups.push(() => root[Symbol.dispose]());
    const recipe = Object.fromEntries(
        Object.entries(scripts).map(([phase, body]) => [`scripts/${phase}.sh`, `#!/bin/sh\n${body}\n`]),
    );
    const components = { Part: { installer: 'script', recipe } };
    const directory = join(root.path, 'shop');
    mkdirSync(directory);
    writeRecipes(directory, components);
    const model = sketchModel(components, { '/part': 'Part' });
    return { directory, state: join(root.path, 'state'), components, model };
}

async function open({ directory, state }: Place): Promise<Runner> {
    const opened = await openRunner(
        { directory, deployment: 'shop', stateDirectory: state, mode: 'attachOrStart' },
        signal,
    );
    if (opened.kind === 'refused') throw new Error(opened.message);
    cleanups.push(() => opened.runner.dispose());
    return opened.runner;
}

async function run(runner: Runner, order: Order): Promise<string | null> {
    expect(await runner.order(order, signal)).toMatchObject({ kind: 'accepted' });
    return (await runner.whenQuiet(signal))?.outcome ?? null;
}

/** Follows until `isEnough` holds of what was heard so far. */
async function heard(place: Place, isEnough: (pieces: readonly LogPiece[]) => boolean): Promise<readonly LogPiece[]> {
    const enough = new AbortController();
    const pieces: LogPiece[] = [];
    const options = { stateDirectory: place.state, signal: AbortSignal.any([signal, enough.signal]) };
    for await (const piece of followLogs(place.directory, 'shop', ['/part'], options)) {
        pieces.push(piece);
        if (isEnough(pieces)) enough.abort();
    }
    signal.throwIfAborted();
    return pieces;
}

function textOf(pieces: readonly LogPiece[]): string {
    return pieces
        .map((piece) => (piece.kind === 'output' ? piece.text : `[${piece.phase} ${piece.outcome}]\n`))
        .join('');
}

test('logs are followed from before the deployment, over two runners and a second deployment', async () => {
    const place = placeOf({ deploy: 'echo deploying é', start: 'echo up', undeploy: 'echo gone' });
    const following = heard(place, (pieces) => textOf(pieces).split('gone').length === 3);
    for (let i = 0; i < 2; i++) {
        const first = await open(place);
        expect(await run(first, { kind: 'deploy', model: place.model, paths: [] })).toBe('succeeded');
        await first.dispose();
        const second = await open(place);
        expect(await run(second, { kind: 'undeploy', paths: [] })).toBe('succeeded');
        await second.dispose();
    }
    const once = [
        '[initialize succeeded]',
        'deploying é',
        '[deploy succeeded]',
        'up',
        '[start succeeded]',
        '[roboconf] no script or template for stop: nothing was done',
        '[stop succeeded]',
        'gone',
    ];
    expect(
        textOf(await following)
            .split('\n')
            .slice(0, 17),
    ).toEqual([...once, '[undeploy succeeded]', ...once]);
});

test('a program that a start left running is followed until it is stopped', async () => {
    const place = placeOf({ start: '(sleep 0.4; echo from afar; sleep 1000) &' });
    const runner = await open(place);
    await run(runner, { kind: 'deploy', model: place.model, paths: [] });
    const pieces = await heard(place, (all) => textOf(all).includes('from afar'));
    expect(textOf(pieces)).toMatch(/\[start succeeded\]\n[^]*from afar/);
    await run(runner, { kind: 'undeploy', paths: [] });
});

test('runs are remembered with their steps, newest first, over the deployments they were of', async () => {
    const place = placeOf({ start: 'echo trying; exit 3' });
    const runner = await open(place);
    expect(readHistory(place.directory, 'shop', place.state)).toEqual([]);
    await run(runner, { kind: 'deploy', model: place.model, paths: [] });
    await run(runner, { kind: 'undeploy', paths: [] });
    await run(runner, { kind: 'deploy', model: place.model, paths: ['/part'] });
    const runs = readHistory(place.directory, 'shop', place.state);
    expect(runs.map(({ order, outcome, paths }) => [order, outcome, paths])).toEqual([
        ['deploy', 'failed', ['/part']],
        ['undeploy', 'succeeded', []],
        ['deploy', 'failed', []],
    ]);
    const [last, , first] = runs;
    expect(first?.deploymentBegunAt).toBeLessThan(last?.deploymentBegunAt ?? 0);
    const key = { directory: place.directory, deployment: 'shop' };
    const outputs = [first, last].map((past) =>
        readPastLogs(key, past?.deploymentBegunAt ?? 0, place.state)
            .filter(({ phase }) => phase === 'start')
            .map(({ attempt, outcome, stdout }) => [attempt, outcome, stdout]),
    );
    const attempts = [first, last].map((past) => past?.steps.find(({ phase }) => phase === 'start')?.attempt);
    expect(outputs).toEqual(attempts.map((attempt) => [[attempt, 'failed', 'trying\n']]));
    expect(readPastLogs(key, 1, place.state)).toEqual([]);
    expect(last).toMatchObject({
        stepCount: 3,
        unreachedCount: 1,
        unreached: [{ path: '/part', reason: 'start failed: exited with code 3' }],
    });
    expect(last?.steps.map(({ phase, outcome }) => `${phase} ${String(outcome)}`)).toEqual([
        'initialize succeeded',
        'deploy succeeded',
        'start failed',
    ]);
    expect(last?.steps.every(({ begunAt, endedAt }) => endedAt !== null && endedAt >= begunAt)).toBe(true);
    await run(runner, { kind: 'undeploy', paths: [] });
});

function withPolicy(model: ApplicationModel, start: StepPolicy): ApplicationModel {
    const none = { timeoutMs: null, retries: 0, retryDelayMs: 1_000, retryFactor: 2 };
    const policies: StepPolicies = { deploy: none, start, update: none, stop: none, undeploy: none };
    return { ...model, components: model.components.map((component) => ({ ...component, policies })) };
}

test('a step that takes longer than its policy allows is killed, and tried again after the delay', async () => {
    const place = placeOf({ start: 'if [ -e ../seen ]; then exit 0; fi\ntouch ../seen\nsleep 30' });
    const runner = await open(place);
    const events: RunnerEvent[] = [];
    runner.onEvent((event) => events.push(event));
    const model = withPolicy(place.model, { timeoutMs: 300, retries: 1, retryDelayMs: 200, retryFactor: 1 });
    expect(await run(runner, { kind: 'deploy', model, paths: [] })).toBe('succeeded');
    const ended = events.flatMap((event) => (event.kind === 'stepEnded' && event.phase === 'start' ? [event] : []));
    expect(ended.map(({ outcome }) => outcome)).toEqual(['timedOut', 'succeeded']);
    expect(ended[0]?.message).toBe('start took longer than 0.3 s and was killed. Try 2 of 2 in 0.2 s.');
    const waiting = events.find((event) => event.kind === 'instanceChanged' && event.instance.retryAt !== null);
    expect(waiting).toMatchObject({ instance: { retries: { used: 1, allowed: 1 }, status: 'DEPLOYED_STOPPED' } });
    await run(runner, { kind: 'undeploy', paths: [] });
});

test('a cancel ends the wait for the next try at once, and resume makes that try', async () => {
    const place = placeOf({ start: 'if [ -e ../seen ]; then exit 0; fi\ntouch ../seen\nexit 1' });
    const runner = await open(place);
    const model = withPolicy(place.model, { timeoutMs: null, retries: 1, retryDelayMs: 600_000, retryFactor: 1 });
    const waiting = Promise.withResolvers<void>();
    const events: RunnerEvent[] = [];
    runner.onEvent((event) => {
        events.push(event);
        if (event.kind === 'instanceChanged' && event.instance.retryAt !== null) waiting.resolve();
    });
    expect(await runner.order({ kind: 'deploy', model, paths: [] }, signal)).toMatchObject({ kind: 'accepted' });
    await waiting.promise;
    expect(await run(runner, { kind: 'cancel' })).toBe('cancelled');
    expect((await runner.snapshot(signal)).instances[0]).toMatchObject({
        retryAt: null,
        failure: { kind: 'cancelled' },
    });
    expect(events.findLast((event) => event.kind === 'runCancelling')).toMatchObject({
        run: { cancelling: true },
        steps: [],
    });
    expect(await run(runner, { kind: 'resume', retryUnknown: false })).toBe('succeeded');
    expect(events.findLast((event) => event.kind === 'runBegun')).toMatchObject({
        because: 'it goes on with what is wanted since the deploy that was cancelled',
    });
    await run(runner, { kind: 'undeploy', paths: [] });
});

test('while a run is cancelled, snapshot and events say which steps are still being ended', async () => {
    const place = placeOf({ start: 'trap "sleep 0.4; exit 0" TERM\nsleep 30 &\necho ready\nwait' });
    const runner = await open(place);
    const events: RunnerEvent[] = [];
    const begun = Promise.withResolvers<void>();
    runner.onEvent((event) => {
        events.push(event);
        if (event.kind === 'output' && event.text.includes('ready')) begun.resolve();
    });
    await runner.order({ kind: 'deploy', model: place.model, paths: [] }, signal);
    await begun.promise;
    await runner.order({ kind: 'cancel' }, signal);
    const during = await runner.snapshot(signal);
    expect(during.run).toMatchObject({ cancelling: true, endedAt: null });
    expect(during.instances[0]?.step).toMatchObject({ phase: 'start' });
    const cancelling = events.find((event) => event.kind === 'runCancelling');
    expect(cancelling).toMatchObject({ steps: [{ path: '/part', phase: 'start' }] });
    expect(await runner.whenQuiet(signal)).toMatchObject({ outcome: 'cancelled', cancelling: false });
    expect((await runner.snapshot(signal)).instances[0]?.step).toBeNull();
    await run(runner, { kind: 'undeploy', paths: [] });
});
