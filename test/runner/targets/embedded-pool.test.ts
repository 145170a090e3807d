/** Machines of a pool: who has which, what is put on them, and that they are given back as they were. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerChannel } from 'ssh2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../runner/clock.ts';
import { createAgents } from '../../../runner/ssh/agents.ts';
import { createHostConnections, type KeptConnections } from '../../../runner/ssh/connections.ts';
import { probeHost } from '../../../runner/ssh/probe.ts';
import { createEmbeddedPool } from '../../../runner/targets/embedded-pool.ts';
import { listClaims } from '../../../runner/targets/pool-claims.ts';
import type { Target, TargetDefinition } from '../../../runner/targets/target.ts';
import { startSshHost, type SshHost } from '../../support/ssh-host.ts';

const never = new AbortController().signal;

let directory = '';
let connections: KeptConnections;
const hosts: SshHost[] = [];

beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pool-'));
    connections = createHostConnections({ clock: systemClock, random: Math.random, home: directory, concurrency: 30 });
});

afterEach(async () => {
    await connections.dispose();
    await Promise.all(hosts.splice(0).map((host) => host.dispose()));
    rmSync(directory, { recursive: true });
});

/** A host whose commands are run here, in a home of its own. */
async function startShellHost(home: string): Promise<SshHost> {
    mkdirSync(home, { recursive: true });
    const run = (command: string, channel: ServerChannel): void => {
        const child = spawn('/bin/sh', ['-c', command], { env: { PATH: process.env['PATH'], HOME: home } });
        child.stdin.on('error', () => undefined);
        channel.pipe(child.stdin);
        child.stdout.pipe(channel, { end: false });
        child.stderr.resume();
        child.on('close', (code) => {
            channel.exit(code ?? 1);
            channel.end();
        });
        channel.on('close', () => child.kill());
    };
    const host = await startSshHost({ run });
    hosts.push(host);
    return host;
}

function definitionOf(properties: Readonly<Record<string, string>>): TargetDefinition {
    return { id: 'pool', handler: 'embedded', name: 'pool', directory, properties };
}

/** A target over entries of any kind; nothing is verified here, and a password that nobody asks for lets in. */
function poolTarget(entries: readonly string[], more: Readonly<Record<string, string>> = {}): Target {
    const definition = definitionOf({
        'embedded.ip': entries.join(', '),
        'scp.disable.host.validation': 'true',
        'ssh.password': '${secret:P}',
        ...more,
    });
    const agents = createAgents('one');
    return createEmbeddedPool({ definition, context, stateDirectory: join(directory, 'state'), connections, agents });
}

const context = { secretOf: () => 'pw', environment: {}, home: '/nowhere' };
const tagOf = (path: string, deployment = 'one') => ({ deployment, path });
const made = (machineId: string) => ({ kind: 'made', machineId });

describe('addresses', () => {
    test('are given in order, one a machine, and the same again to who asks again', async () => {
        const target = poolTarget(['a', 'b']);
        expect(await target.create(tagOf('/one'), never)).toEqual(made('a'));
        expect(await target.create(tagOf('/two'), never)).toEqual(made('b'));
        expect(await target.create(tagOf('/one'), never)).toEqual(made('a'));
        const machines = [
            { tag: tagOf('/one'), machineId: 'a' },
            { tag: tagOf('/two'), machineId: 'b' },
        ];
        expect(await target.list('one', never)).toEqual({ kind: 'listed', machines });
        expect(await target.list('two', never)).toEqual({ kind: 'listed', machines: [] });
    });

    test('that are used by others are not given, and who has them is told', async () => {
        await poolTarget(['root@a:22', 'b']).create(tagOf('/theirs', 'other'), never);
        const target = poolTarget(['a', 'A:22', 'me@a']);
        expect(await target.create(tagOf('/mine'), never)).toEqual({
            kind: 'failed',
            reason: expect.stringMatching(
                /no address .* is free \(a is used by \/theirs of the deployment other, .*undeploy/,
            ) as string,
        });
        expect(await poolTarget(['a:2222']).create(tagOf('/mine'), never)).toEqual(made('a:2222'));
        expect(await poolTarget(['a'], { 'ssh.port': '2223' }).create(tagOf('/third'), never)).toEqual(made('a'));
    });

    test.each([
        [[], /names no machine: set embedded\.ip/],
        [['a', 'b c'], /'b c' in embedded\.ip is no address/],
    ])('of the pool %j are none', async (entries, reason) => {
        const answer = await poolTarget(entries).create(tagOf('/one'), never);
        expect(answer).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) as string });
    });

    test('are given once each, however many ask', async () => {
        const target = poolTarget(Array.from({ length: 20 }, (_, i) => `h${i}`));
        const given = await Promise.all(Array.from({ length: 20 }, (_, i) => target.create(tagOf(`/vm${i}`), never)));
        expect(new Set(given.map((one) => (one.kind === 'made' ? one.machineId : ''))).size).toBe(20);
    });

    test('cannot be given when the disk refuses', async () => {
        mkdirSync(join(directory, 'state'));
        writeFileSync(join(directory, 'state', 'pools'), '');
        expect(await poolTarget(['a']).create(tagOf('/one'), never)).toEqual({
            kind: 'failed',
            reason: expect.stringContaining('the claims of the pool cannot be kept') as string,
        });
    });

    test('whose claim is spoilt are taken by nobody known', async () => {
        const target = poolTarget(['a', 'b']);
        await target.create(tagOf('/one'), never);
        const pools = join(directory, 'state', 'pools');
        const [name = ''] = readdirSync(pools);
        expect(readdirSync(pools)).toEqual([expect.stringMatching(/^a_22-[0-9a-f]{8}\.json$/)]);
        expect(JSON.parse(readFileSync(join(pools, name), 'utf8'))).toEqual({
            version: 1,
            address: 'a',
            deployment: 'one',
            path: '/one',
            isTouched: false,
            leftBy: null,
            isGivenUp: false,
        });
        writeFileSync(join(pools, name), '{');
        expect(listClaims(join(directory, 'state'))).toEqual([]);
        expect(await target.create(tagOf('/one'), never)).toEqual(made('b'));
    });

    test('whose claim lost its content in a power cut are free', async () => {
        const target = poolTarget(['a', 'b']);
        const pools = join(directory, 'state', 'pools');
        mkdirSync(pools, { recursive: true });
        await target.create(tagOf('/one', 'other'), never);
        const [name = ''] = readdirSync(pools);
        writeFileSync(join(pools, name), '');
        expect(await target.create(tagOf('/one'), never)).toEqual(made('a'));
        expect(listClaims(join(directory, 'state'))).toMatchObject([{ address: 'a', deployment: 'one' }]);
    });
});

describe('a machine', () => {
    test('is as it was before when it is given back', async () => {
        const home = join(directory, 'home');
        const { port } = await startShellHost(home);
        writeFileSync(join(home, 'mine'), 'mine');
        const target = poolTarget([`me@127.0.0.1:${port}`]);
        const tag = tagOf('/vm');
        const machine = { tag, machineId: `me@127.0.0.1:${port}` };
        await target.create(tag, never);
        expect(await target.configure(machine, never)).toEqual({ kind: 'configured', address: '127.0.0.1' });
        expect(await target.configure(machine, never)).toEqual({ kind: 'configured', address: '127.0.0.1' });
        expect(await target.isRunning(machine, never)).toBe('running');
        expect(listClaims(join(directory, 'state'))).toMatchObject([{ isTouched: true }]);
        expect(await target.destroy(machine, never)).toEqual({ kind: 'destroyed' });
        expect(readdirSync(home)).toEqual(['mine']);
        expect(await target.isRunning(machine, never)).toBe('gone');
        expect(await target.destroy(machine, never)).toEqual({ kind: 'destroyed' });
        expect(await target.list('one', never)).toEqual({ kind: 'listed', machines: [] });
    });

    test('that was never reached is given back unseen', async () => {
        const target = poolTarget(['127.0.0.1:1'], { 'ssh.password': 'in the clear' });
        const machine = { tag: tagOf('/vm'), machineId: '127.0.0.1:1' };
        await target.create(machine.tag, never);
        const refused = await target.configure(machine, never);
        expect(refused).toMatchObject({ kind: 'failed', reason: expect.stringContaining('ssh.password') as string });
        expect(JSON.stringify(refused)).not.toContain('in the clear');
        expect(await target.isRunning(machine, never)).toBe('unknown');
        expect(await target.destroy(machine, never)).toEqual({ kind: 'destroyed' });
        expect(listClaims(join(directory, 'state'))).toEqual([]);
    });

    test('that does not answer any more stays taken, and is given back when it does', async () => {
        const home = join(directory, 'home');
        const host = await startShellHost(home);
        const entry = `127.0.0.1:${host.port}`;
        const target = poolTarget([entry]);
        const machine = { tag: tagOf('/vm'), machineId: entry };
        await target.create(machine.tag, never);
        await target.configure(machine, never);
        host.freeze();
        for (const socket of host.sockets) socket.destroy();
        await systemClock.sleep(50);
        expect(await target.destroy(machine, AbortSignal.timeout(200))).toEqual({
            kind: 'failed',
            reason: expect.stringContaining('stays taken in the pool') as string,
        });
        expect(listClaims(join(directory, 'state'))).toHaveLength(1);
        host.thaw();
        expect(await target.destroy(machine, never)).toEqual({ kind: 'destroyed' });
        expect(existsSync(join(home, '.roboconf'))).toBe(false);
        expect(listClaims(join(directory, 'state'))).toEqual([]);
    });

    test('of somebody else is let alone', async () => {
        const target = poolTarget(['a']);
        await target.create(tagOf('/theirs', 'other'), never);
        const machine = { tag: tagOf('/vm'), machineId: 'a' };
        expect(await target.configure(machine, never)).toMatchObject({ kind: 'failed' });
        expect(await target.destroy(machine, never)).toEqual({ kind: 'destroyed' });
        expect(listClaims(join(directory, 'state'))).toHaveLength(1);
    });
});

describe('an address of a deployment that is over', () => {
    const OVER = 'a'.repeat(24);
    const state = (): string => join(directory, 'state');

    /** A deployment of the identity that still has something deployed, or not. */
    function keepDeployment(isUnderWay: boolean): void {
        mkdirSync(join(state(), 'app', ...(isUnderWay ? ['current'] : [])), { recursive: true });
        writeFileSync(join(state(), 'app', 'identity'), `${OVER}\n`);
    }

    test.each([
        ['is taken when its folder is gone', null, made('a')],
        ['is taken when nothing of it is deployed', false, made('a')],
        ['is not taken while it goes on', true, { kind: 'failed' }],
    ])('%s', async (_, isUnderWay, expected) => {
        const target = poolTarget(['a']);
        await target.create(tagOf('/gone', OVER), never);
        if (isUnderWay !== null) keepDeployment(isUnderWay);
        expect(await target.create(tagOf('/vm'), never)).toMatchObject(expected);
    });

    test('is taken by one of many, and only when no other is free', async () => {
        await poolTarget(['a']).create(tagOf('/gone', OVER), never);
        const target = poolTarget(['a', 'b']);
        expect(await target.create(tagOf('/first'), never)).toEqual(made('b'));
        const answers = await Promise.all(['/x', '/y', '/z'].map((path) => target.create(tagOf(path), never)));
        expect(answers.filter(({ kind }) => kind === 'made')).toEqual([made('a')]);
        expect(readdirSync(join(state(), 'pools')).filter((name) => !name.endsWith('.json'))).toEqual([]);
    });

    test('is tidied before it is used, even when that takes two heirs', async () => {
        const home = join(directory, 'home');
        const { port } = await startShellHost(home);
        const entry = `127.0.0.1:${port}`;
        const target = poolTarget([entry]);
        const before = { tag: tagOf('/gone', OVER), machineId: entry };
        await target.create(before.tag, never);
        await target.configure(before, never);
        mkdirSync(join(home, '.roboconf', OVER, 'instances'), { recursive: true });
        // The first heir ends before it reaches the machine.
        const NEXT = 'b'.repeat(24);
        await target.create(tagOf('/next', NEXT), never);
        const machine = { tag: tagOf('/vm'), machineId: entry };
        await target.create(machine.tag, never);
        // One that gives it back untidied gives it back to who left it so.
        expect(await target.destroy(machine, never)).toEqual({ kind: 'destroyed' });
        expect(listClaims(state())).toMatchObject([{ deployment: OVER, isTouched: true, leftBy: null }]);
        await target.create(machine.tag, never);
        expect(listClaims(state())).toMatchObject([{ deployment: 'one', isTouched: false, leftBy: OVER }]);
        expect(await target.configure(machine, never)).toMatchObject({ kind: 'configured' });
        expect(existsSync(join(home, '.roboconf'))).toBe(false);
        expect(listClaims(state())).toMatchObject([{ deployment: 'one', isTouched: true, leftBy: null }]);
    });
});

describe('looking whether a host can be used', () => {
    const probe = (properties: Readonly<Record<string, string>>, entry: string) =>
        probeHost(definitionOf(properties), entry, { ...context, clock: systemClock, random: Math.random }, never);

    test('tells what is there and leaves nothing', async () => {
        const home = join(directory, 'home');
        const { port } = await startShellHost(home);
        const entry = `me@127.0.0.1:${port}`;
        const properties = { 'scp.disable.host.validation': 'true', 'ssh.password': '${secret:P}' };
        expect(await probe(properties, entry)).toEqual({
            kind: 'answers',
            host: entry,
            connectMs: expect.any(Number) as number,
            system: expect.stringContaining(process.platform === 'linux' ? 'Linux' : 'Darwin') as string,
            release: expect.any(String) as string,
            canBecomeRoot: expect.any(Boolean) as boolean,
            warnings: [expect.stringContaining('Any host key is accepted') as string],
        });
        expect(readdirSync(home)).toEqual([]);
        await expect.poll(() => hosts[0]?.sockets.size).toBe(0);
    });

    test('tells the key of an unknown one, and where it would be known', async () => {
        const host = await startShellHost(join(directory, 'home'));
        const properties = { 'scp.known.hosts.file': 'known', 'ssh.password': '${secret:P}' };
        expect(await probe(properties, `127.0.0.1:${host.port}`)).toMatchObject({
            kind: 'refused',
            code: 'hostKeyUnknown',
            hostKey: { key: host.rawKey.toString('base64') },
            knownHostsFile: join(directory, 'known'),
        });
    });

    test('tells what is wrong with the target', async () => {
        expect(await probe({ 'ssh.port': 'x' }, 'h1')).toMatchObject({ kind: 'refused', code: 'configuration' });
    });
});
