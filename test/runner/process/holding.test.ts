/** Who drives a deployment, when one of the two sides does not do its part. */
import { existsSync, linkSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../../runner/clock.ts';
import { openRunner, type Runner, type RunnerEvent } from '../../../runner/index.ts';
import { createProcessTable } from '../../../runner/local/processes.ts';
import { acquire, type AcquireConfig } from '../../../runner/process/acquire.ts';
import { attachRunner } from '../../../runner/process/attach.ts';
import { connectionOver } from '../../../runner/process/connection.ts';
import { claimFence, highestFence } from '../../../runner/process/claim.ts';
import {
    endNotification,
    eventNotification,
    helloRequest,
    logsRequest,
    shutdownRequest,
    subscribeRequest,
} from '../../../runner/process/messages.ts';
import { runtimeContext, socketPathOf } from '../../../runner/process/runtime-directory.ts';
import { serveRunner } from '../../../runner/process/serve.ts';
import { PROTOCOL_VERSION } from '../../../runner/protocol.ts';
import { deploymentKeyOf, deploymentPathsOf, type DeploymentPaths } from '../../../runner/state-directory.ts';
import { sketchModel, temporaryDirectory } from '../support/application.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const signal = AbortSignal.timeout(25_000);
const ATTACH = { takeOver: false, clock: systemClock };
const KEY = { directory: '/shop', deployment: 'shop' };

function directory(): string {
    const place = temporaryDirectory();
    cleanups.push(() => place[Symbol.dispose]());
    return place.path;
}

function pathsOf(root: string): DeploymentPaths {
    return deploymentPathsOf(join(root, 'state'), deploymentKeyOf(root, 'shop'));
}

async function open(root: string): Promise<Runner> {
    const place = { directory: root, deployment: 'shop', stateDirectory: join(root, 'state') };
    const opened = await openRunner({ ...place, mode: 'attachOrStart' }, signal);
    if (opened.kind === 'refused') throw new Error(opened.message);
    cleanups.push(() => opened.runner.dispose());
    return opened.runner;
}

async function serverAt(path: string, onSocket: (socket: Socket) => void): Promise<Server> {
    const server = createServer(onSocket);
    await new Promise<void>((resolve) => server.listen(path, resolve));
    cleanups.push(() => server.close());
    return server;
}

async function connected(path: string): Promise<Socket> {
    const socket = connect(path);
    cleanups.push(() => socket.destroy());
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
}

test('a lost runner answers the last state it told, and refuses orders', async () => {
    const root = directory();
    const first = await open(root);
    const second = await open(root);
    const before = await second.snapshot(signal);
    await first.dispose();
    await second.stopped;
    expect(await second.snapshot(signal)).toEqual(before);
    expect(await second.order({ kind: 'cancel' }, signal)).toMatchObject({ kind: 'refused', code: 'notRunning' });
    expect(await second.logs([], signal)).toEqual([]);
});

test('a runner that was disposed refuses orders', async () => {
    const runner = await open(directory());
    await runner.dispose();
    expect(await runner.order({ kind: 'cancel' }, signal)).toMatchObject({ kind: 'refused', code: 'notRunning' });
});

test('attaching that is given up leaves no connection behind', async () => {
    const path = join(directory(), 'silent.sock');
    const closed = Promise.withResolvers<void>();
    await serverAt(path, (socket) => socket.resume().once('close', () => closed.resolve()));
    const giveUp = new AbortController();
    const attaching = attachRunner(await connected(path), ATTACH, giveUp.signal);
    giveUp.abort(new Error('given up'));
    await expect(attaching).rejects.toThrow('given up');
    await closed.promise;
});

test('a fault of the other side is told, not waited out', async () => {
    const path = join(directory(), 'faulty.sock');
    await serverAt(path, (socket) => {
        const connection = connectionOver(socket);
        connection.onRequest(helloRequest, () => ({ protocolVersion: PROTOCOL_VERSION, pid: 1, key: KEY }));
        connection.onRequest(subscribeRequest, () => ({ complete: true }));
        connection.onRequest(logsRequest, () => {
            throw new Error('a fault');
        });
        connection.listen();
    });
    const runner = await attachRunner(await connected(path), ATTACH, signal);
    if (runner === null || 'kind' in runner) throw new Error('not attached');
    await expect(runner.logs([], signal)).rejects.toThrow('a fault');
    await runner.dispose();
});

test('everything a runner said before it left is told before its end', async () => {
    const path = join(directory(), 'leaving.sock');
    const events = Array.from({ length: 300 }, (_, sequence): RunnerEvent => ({
        kind: 'instancesForgotten',
        paths: [],
        sequence,
        time: 0,
    }));
    await serverAt(path, (socket) => {
        const connection = connectionOver(socket);
        connection.onRequest(helloRequest, () => ({ protocolVersion: PROTOCOL_VERSION, pid: 1, key: KEY }));
        connection.onRequest(subscribeRequest, () => ({ complete: true }));
        connection.onRequest(shutdownRequest, () => true);
        connection.onRequest(logsRequest, async () => {
            await Promise.all(events.map((event) => connection.sendNotification(eventNotification, event)));
            await connection.sendNotification(endNotification, { kind: 'disposed' });
            socket.end();
            return new Promise<never>(() => undefined);
        });
        connection.listen();
    });
    const runner = await attachRunner(await connected(path), ATTACH, signal);
    if (runner === null || 'kind' in runner) throw new Error('not attached');
    const told: number[] = [];
    runner.onEvent((event) => told.push(event.sequence));
    void runner.logs([], signal);
    expect(await runner.stopped).toEqual({ kind: 'disposed' });
    expect(told).toEqual(events.map(({ sequence }) => sequence));
});

test('a client that does not read does not keep the runner from leaving', async () => {
    const path = join(directory(), 'runner.sock');
    const accepted = Promise.withResolvers<Socket>();
    const server = await serverAt(path, (socket) => accepted.resolve(socket));
    const tell = Promise.withResolvers<(event: RunnerEvent) => void>();
    let listenerCount = 0;
    const driven = await open(directory());
    const onEvent: Runner['onEvent'] = (listener) => {
        listenerCount += 1;
        // The first listener is the server's memory, the second one the client.
        if (listenerCount === 2) tell.resolve(listener);
        return () => undefined;
    };
    const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
    const listening = {
        accept: (onSocket: (socket: Socket) => void) => void accepted.promise.then(onSocket),
        close,
        unref: () => undefined,
    };
    const served = serveRunner(listening, { ...driven, onEvent }, () => Promise.resolve(false));
    const socket = await connected(path);
    const client = connectionOver(socket);
    client.listen();
    await client.sendRequest(subscribeRequest, { after: null });
    socket.pause();
    const piece = { kind: 'output', path: '/a', attempt: 'a', stream: 'stdout', sequence: 1, time: 1 } as const;
    const send = await tell.promise;
    for (let i = 0; i < 4; i++) send({ ...piece, text: 'x'.repeat(1024 * 1024) });
    await served.close({ kind: 'idle' });
    expect((await accepted.promise).destroyed).toBe(true);
});

test('a socket that a killed runner left behind is replaced when numbers begin anew', async () => {
    const root = directory();
    const context = { ...runtimeContext(), environment: { XDG_RUNTIME_DIR: root } };
    const config: AcquireConfig = {
        root,
        lockDirectory: join(root, 'lock'),
        journalFence: () => 0,
        clock: systemClock,
        processes: createProcessTable(process.platform),
        context,
    };
    const path = socketPathOf(root, 1, context);
    const dead = await serverAt(`${path}.dead`, () => undefined);
    linkSync(`${path}.dead`, path);
    await new Promise((resolve) => dead.close(resolve));
    const acquired = await acquire(config, signal);
    expect(acquired).toMatchObject({ kind: 'holder', fence: 1 });
    if (acquired.kind === 'holder') await acquired.listening.close();
});

test('a runner whose folder was deleted can be disposed all the same', async () => {
    const root = directory();
    const runner = await open(root);
    rmSync(join(root, 'state'), { recursive: true });
    await runner.dispose();
    expect(await runner.stopped).toEqual({ kind: 'disposed' });
});

test('a runner that was replaced begins nothing over the work of its successor', async () => {
    const root = directory();
    const runner = await open(root);
    const { lockDirectory } = pathsOf(root);
    claimFence(lockDirectory, highestFence(lockDirectory) + 1, { pid: 1, born: '', socket: join(root, 'none') });
    const model = sketchModel({ Machine: { installer: 'target' } }, { '/vm': 'Machine' });
    const answer = await runner.order({ kind: 'deploy', model, paths: [] }, signal);
    expect(answer).toMatchObject({ kind: 'refused', code: 'alreadyRunning' });
    expect(existsSync(pathsOf(root).current)).toBe(false);
    expect(await runner.stopped).toMatchObject({ kind: 'failed', code: 'superseded' });
});

/** A runner of another version that drives the deployment of `root`. `busyFor`: how often it says that a run is under way. */
async function otherVersion(
    root: string,
    protocolVersion: number,
    busyFor: number,
): Promise<{ readonly left: Promise<void> }> {
    const paths = pathsOf(root);
    const socketPath = socketPathOf(paths.root, 1, runtimeContext());
    const left = Promise.withResolvers<void>();
    let busy = busyFor;
    const server = await serverAt(socketPath, (socket) => {
        const connection = connectionOver(socket);
        connection.onRequest(helloRequest, () => ({ protocolVersion, pid: 4711, key: KEY }));
        connection.onRequest(shutdownRequest, () => {
            if (busy-- > 0) return false;
            server.close(() => left.resolve());
            rmSync(claim, { force: true });
            setTimeout(() => socket.destroy(), 20);
            return true;
        });
        connection.listen();
    });
    const { born = '' } = createProcessTable(process.platform).find(process.pid) ?? {};
    claimFence(paths.lockDirectory, 1, { pid: process.pid, born, socket: socketPath });
    const claim = join(paths.lockDirectory, '1.claim');
    return { left: left.promise };
}

test('a runner of an older version is named, and taken over once its run is over when that is asked for', async () => {
    const root = directory();
    const { left } = await otherVersion(root, PROTOCOL_VERSION - 1, 1);
    const place = { directory: root, deployment: 'shop', stateDirectory: join(root, 'state') } as const;
    const refused = await openRunner({ ...place, mode: 'attachOrStart' }, signal);
    expect(refused).toMatchObject({ kind: 'refused', code: 'protocolVersion' });
    expect(refused.kind === 'refused' && refused.message).toContain('process 4711) belongs to an older version');
    const opened = await openRunner({ ...place, mode: 'attachOrStart', takeOver: true }, signal);
    await left;
    expect(opened).toMatchObject({ kind: 'opened', runner: { inProcess: true } });
    if (opened.kind === 'opened') await opened.runner.dispose();
});

test('a runner of a newer version is never taken over', async () => {
    const root = directory();
    await otherVersion(root, PROTOCOL_VERSION + 1, 0);
    const place = { directory: root, deployment: 'shop', stateDirectory: join(root, 'state') } as const;
    const refused = await openRunner({ ...place, mode: 'attachOrStart', takeOver: true }, signal);
    expect(refused).toMatchObject({ kind: 'refused', code: 'protocolVersion' });
    expect(refused.kind === 'refused' && refused.message).toContain('newer version');
});

test('taking over is given up with its signal while a run of the older version is under way', async () => {
    const root = directory();
    await otherVersion(root, PROTOCOL_VERSION - 1, 1_000);
    const place = { directory: root, deployment: 'shop', stateDirectory: join(root, 'state') } as const;
    const giveUp = new AbortController();
    const opening = openRunner({ ...place, mode: 'attachOrStart', takeOver: true }, giveUp.signal);
    setTimeout(() => giveUp.abort(new Error('given up')), 100);
    await expect(opening).rejects.toThrow('given up');
});
