/** Recipes on real hosts whose links and servers fail at every moment: an outcome is known, asked about, or unknown, and never guessed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../runner/clock.ts';
import type { StepOutcome, StepRequest } from '../../runner/executor.ts';
import type { HostConnections, HostSpec } from '../../runner/ssh/connection-port.ts';
import { createAgents, type Agents } from '../../runner/ssh/agents.ts';
import { createHostConnections } from '../../runner/ssh/connections.ts';
import { removeRemoteDeployment } from '../../runner/ssh/remote-folder.ts';
import { createRemoteSteps, type RemoteSteps } from '../../runner/ssh/remote-steps.ts';
import { startHosts, type Host, type Hosts } from '../support/hosts/hosts.ts';

const never = new AbortController().signal;
/** How long is waited for what is to come. */
const PATIENCE_MS = 60_000;
const place = mkdtempSync(join(tmpdir(), 'roboconf-steps-'));

let hosts: Hosts;
let connections: HostConnections;
beforeAll(async () => {
    hosts = await startHosts(1, { init: 'tini' }, never);
});
// A connection has room for the channels of one runner.
beforeEach(() => {
    const about = { clock: systemClock, random: Math.random, home: place, concurrency: 30 };
    connections = createHostConnections(about);
});
afterEach(async () => connections.dispose());
afterAll(async () => {
    await hosts.dispose();
    rmSync(place, { recursive: true, force: true });
});

function specOf(host: Host, user: string, sudo: boolean): HostSpec {
    const secrets = { keyFile: host.keyFile, passphrase: null, password: null, agent: null };
    const trust = { knownHostsFile: host.knownHostsFile, fingerprint: null, isUnverified: false };
    return { address: host.address, port: host.port, user, ...secrets, ...trust, jump: null, sudo };
}

interface Login {
    readonly user?: string;
    readonly sudo?: boolean;
    readonly reconnectMs?: number;
    readonly agents?: Agents;
}

function stepsOn(
    host: Host,
    { user = 'root', sudo = false, reconnectMs = PATIENCE_MS, agents = createAgents('demo-on-hosts') }: Login = {},
): RemoteSteps {
    return createRemoteSteps({
        clock: systemClock,
        connect: (_machine, signal) => connections.connect(specOf(host, user, sudo), signal),
        agents,
        awaitedOn: () => [],
        deployment: 'demo-on-hosts',
        stepDirectoryOf: (attempt) => join(place, 'steps', attempt),
        detached: never,
        killGraceMs: 1_000,
        reconnectMs,
    });
}

let count = 0;

function requestOf(host: Host, sketch: Partial<StepRequest> = {}): StepRequest {
    const machine = { path: '/vm', id: 'm', address: host.address, target: 't' };
    const about = { instancePath: '/vm/i', machine, component: 'C', installer: 'script', phase: 'start' as const };
    const folders = { instanceDirectory: '/x/vm_i', recipeSnapshot: null, formerSnapshots: null };
    return { attempt: `a${++count}`, ...about, ...folders, environment: {}, timeoutMs: 60_000, ...sketch };
}

function snapshot(script: string): string {
    const directory = join(place, `recipe${++count}`);
    mkdirSync(join(directory, 'scripts'), { recursive: true });
    writeFileSync(join(directory, 'scripts/start.sh'), `#!/bin/sh\n${script}\n`);
    return directory;
}

async function install(steps: RemoteSteps, host: Host, script: string): Promise<StepOutcome> {
    const request = requestOf(host, { phase: 'initialize', recipeSnapshot: snapshot(script) });
    return steps.runStep(request, () => undefined, never);
}

/** How often the recipe was begun. */
async function timesRun(host: Host): Promise<number> {
    const { out } = await host.exec('cat /root/.roboconf/demo-on-hosts/instances/vm_i/scripts/ran 2>/dev/null');
    return out.split('x').length - 1;
}

async function begun(host: Host): Promise<void> {
    await expect.poll(() => timesRun(host), { timeout: PATIENCE_MS }).toBe(1);
}

/** Processes named `sleep`, but those that nobody has asked how they ended. */
async function sleepers(host: Host): Promise<readonly string[]> {
    const { out } = await host.exec('ps -eo stat=,comm=');
    return out.split('\n').filter((line) => /^[^Z].* sleep$/.test(line));
}

/** Goes on when the file is there, or the machine is. */
const GO_ON = '/root/go-on';
const goOn = async (host: Host): Promise<unknown> => host.exec(`touch ${GO_ON}`);
const SLOW = `echo x >>ran; until [ -e ${GO_ON} ]; do sleep 0.1; done; echo end`;

const faults = {
    'the cable is out': [(host: Host) => host.cut(), (host: Host) => host.mend()],
    'packets vanish': [(host: Host) => host.swallow(), (host: Host) => host.mend()],
    'connections are reset': [(host: Host) => host.reset(), (host: Host) => host.mend()],
    'the machine hangs': [(host: Host) => host.freeze(), (host: Host) => host.thaw()],
} as const;

describe.each(Object.entries(faults))('%s', (_name, [begin, end]) => {
    let host: Host;
    let steps: RemoteSteps;
    beforeEach(async () => {
        host = hosts.host(1);
        await host.exec(`rm -f ${GO_ON}`);
        steps = stepsOn(host);
        expect((await install(steps, host, SLOW)).kind).toBe('succeeded');
    });

    test('before the step is sent: it is run once', async () => {
        await goOn(host);
        await begin(host);
        const ending = steps.runStep(requestOf(host), () => undefined, never);
        await delay(4_000);
        await end(host);
        const outcome = await ending;
        const known = outcome.kind === 'succeeded' ? 1 : 0;
        // One that was not begun says so, and then it was not.
        expect(outcome.kind === 'succeeded' || outcome.kind === 'failed').toBe(true);
        expect(await timesRun(host)).toBe(known);
    });

    test('while it runs, for so long that it ends meanwhile: its result is taken', async () => {
        const ending = steps.runStep(requestOf(host), () => undefined, never);
        await begun(host);
        await begin(host);
        await goOn(host);
        // Longer than it takes to notice.
        await delay(4_000);
        await end(host);
        expect(await ending).toMatchObject({ kind: 'succeeded' });
        expect(await timesRun(host)).toBe(1);
    });

    test('for ever: the end is unknown; asked when the host is back, it is known', async () => {
        const impatient = stepsOn(host, { reconnectMs: 1_000 });
        const request = requestOf(host);
        const ending = impatient.runStep(request, () => undefined, never);
        await begun(host);
        await begin(host);
        expect(await ending).toMatchObject({ kind: 'unknown' });
        await goOn(host);
        await end(host);
        expect(await steps.askStep(request, () => undefined, never)).toMatchObject({ kind: 'succeeded' });
        expect(await timesRun(host)).toBe(1);
    });
});

test('a server that is killed under a step loses nothing of it', async () => {
    const host = hosts.host(1);
    const steps = stepsOn(host);
    await host.exec(`rm -f ${GO_ON}`);
    await install(steps, host, SLOW);
    let output = '';
    const ending = steps.runStep(requestOf(host), ({ text }) => (output += text), never);
    await begun(host);
    expect((await host.exec("pkill -9 -f '^sshd: root'")).code).toBe(0);
    await goOn(host);
    expect(await ending).toMatchObject({ kind: 'succeeded' });
    expect(output).toBe('end\n');
    expect(await timesRun(host)).toBe(1);
});

test('a machine that loses its power leaves the end of its step unknown', async () => {
    const host = hosts.host(1);
    const steps = stepsOn(host);
    await install(steps, host, 'echo x >>ran; sleep 60');
    const ending = steps.runStep(requestOf(host), () => undefined, never);
    await begun(host);
    await host.kill();
    await host.boot();
    expect(await ending).toMatchObject({ kind: 'unknown' });
    expect(await timesRun(host)).toBe(1);
});

test('cancelling ends what a recipe started on the host', async () => {
    const host = hosts.host(1);
    const steps = stepsOn(host);
    await install(steps, host, 'sleep 91 & setsid sleep 92 & sleep 93');
    const controller = new AbortController();
    const ending = steps.runStep(requestOf(host), () => undefined, controller.signal);
    await expect.poll(() => sleepers(host), { timeout: PATIENCE_MS }).toHaveLength(3);
    controller.abort();
    expect((await ending).kind).toBe('cancelled');
    expect(await sleepers(host)).toEqual([]);
});

test('a full disk of a host is told with its folder, before a step and under one', async () => {
    const host = hosts.host(1);
    const steps = stepsOn(host);
    await host.exec(
        'rm -rf /root/.roboconf; mkdir -m 700 /root/.roboconf; mount -t tmpfs -o size=256k full /root/.roboconf',
    );
    try {
        const filling = 'head -c 1000000 /dev/zero >filler; exit 3';
        expect((await install(steps, host, filling)).kind).toBe('succeeded');
        const under = await steps.runStep(requestOf(host), () => undefined, never);
        expect(under).toMatchObject({ kind: 'failed', exitCode: 3 });
        const after = await steps.runStep(requestOf(host), () => undefined, never);
        expect(after.kind === 'failed' ? after.reason : after.kind).toContain(
            `${host.address}: nothing can be written into`,
        );
        const again = await install(stepsOn(host), host, `: ${'x'.repeat(50_000)}`);
        expect(again.kind).toBe('succeeded');
        await host.exec('head -c 1000000 /dev/zero >/root/.roboconf/filler');
        const refused = await install(stepsOn(host), host, `: ${'x'.repeat(62_000)}`);
        expect(refused.kind === 'failed' ? refused.reason : refused.kind).toContain(
            `${host.address}: nothing can be written into /root/.roboconf/demo-on-hosts/instances/vm_i`,
        );
    } finally {
        await host.exec('umount -l /root/.roboconf; rmdir /root/.roboconf');
    }
});

test.each([
    ['root', false, '/root'],
    ['deploy', false, '/home/deploy'],
    ['deploy', true, '/root'],
])('the folder of %s (sudo: %s) is in %s, and goes without a trace', async (user, sudo, home) => {
    const host = hosts.host(1);
    const connected = await connections.connect(specOf(host, user, sudo), never);
    if (connected.kind === 'refused') throw new Error(connected.message);
    await removeRemoteDeployment(connected.connection, 'demo-on-hosts', never);
    const agents = createAgents('demo-on-hosts');
    expect(await agents.prepare(connected.connection, never)).toBeNull();
    const steps = stepsOn(host, { user, sudo, agents });
    expect(
        (await install(steps, host, 'id -un; pwd; setsid sleep 94 & until pgrep -x sleep >/dev/null; do :; done')).kind,
    ).toBe('succeeded');
    let output = '';
    const outcome = await steps.runStep(requestOf(host), ({ text }) => (output += text), never);
    expect(outcome).toMatchObject({ kind: 'succeeded', leftRunning: [{ command: 'sleep 94' }] });
    expect(output).toBe(`${sudo ? 'root' : user}\n${home}/.roboconf/demo-on-hosts/instances/vm_i/scripts\n`);
    expect(await removeRemoteDeployment(connected.connection, 'demo-on-hosts', never)).toBeNull();
    expect((await host.exec(`ls -d ${home}/.roboconf`)).out).toBe('');
    expect(await sleepers(host)).toEqual([]);
});
