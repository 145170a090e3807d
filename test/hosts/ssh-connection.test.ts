/** Connections to real hosts: the keys and agents of OpenSSH, a host on the way, and what is told when a host is lost and found again. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../runner/clock.ts';
import { createAttendance } from '../../runner/ssh/attend.ts';
import { bootOf } from '../../runner/ssh/boot.ts';
import type { ConnectRefusal, HostSpec } from '../../runner/ssh/connection-port.ts';
import { createHostConnections, type KeptConnections } from '../../runner/ssh/connections.ts';
import type { KeptConnection } from '../../runner/ssh/host-connection.ts';
import { approveHostKey } from '../../runner/ssh/known-hosts-file.ts';
import { probeHost } from '../../runner/ssh/probe.ts';
import type { MachineNews } from '../../runner/targets/target.ts';
import { startHosts, type Host, type Hosts } from '../support/hosts/hosts.ts';

const never = new AbortController().signal;
/** How long is waited for what is to come. */
const PATIENCE_MS = 60_000;

let hosts: Hosts;
beforeAll(async () => {
    hosts = await startHosts(3, { init: 'tini' }, never);
}, 250_000);
afterAll(async () => hosts.dispose());

let folder = '';
let connections: KeptConnections;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ssh-'));
    connections = createHostConnections({ clock: systemClock, random: Math.random, home: folder, concurrency: 30 });
});
afterEach(async () => {
    await connections.dispose();
    rmSync(folder, { recursive: true, maxRetries: 3 });
});

function specOf(host: Host, more: Partial<HostSpec> = {}): HostSpec {
    return {
        address: host.address,
        port: host.port,
        user: host.user,
        keyFile: host.keyFile,
        passphrase: null,
        password: null,
        agent: null,
        knownHostsFile: host.knownHostsFile,
        fingerprint: null,
        isUnverified: false,
        jump: null,
        sudo: false,
        ...more,
    };
}

async function connected(spec: HostSpec): Promise<KeptConnection> {
    const answer = await connections.connect(spec, never);
    if (answer.kind === 'refused') throw new Error(answer.message);
    return answer.connection;
}

async function refusal(spec: HostSpec): Promise<ConnectRefusal> {
    const answer = await connections.connect(spec, never);
    if (answer.kind === 'connected') throw new Error('it let us in');
    return answer;
}

async function outputOf(connection: KeptConnection, command: string): Promise<string> {
    const channel = await connection.openChannel(command, never);
    if ('kind' in channel) throw new Error(channel.message);
    return new Promise((resolve) => {
        let text = '';
        channel.onData((data) => (text += data.toString()));
        channel.onClose(() => resolve(text));
    });
}

/** Makes a key with ssh-keygen and lets it in on the host as `deploy`. */
async function letIn(host: Host, ...options: readonly string[]): Promise<string> {
    const file = join(folder, 'key');
    execFileSync('ssh-keygen', ['-q', '-f', file, ...options]);
    const keys = '/home/deploy/.ssh/authorized_keys';
    await host.exec(
        `mkdir -p /home/deploy/.ssh; cat >${keys}; chown -R deploy /home/deploy`,
        readFileSync(`${file}.pub`),
    );
    return file;
}

describe('a login with OpenSSH', () => {
    test.each([
        ['Ed25519', ['-t', 'ed25519', '-N', ''], null],
        ['ECDSA', ['-t', 'ecdsa', '-N', ''], null],
        ['RSA', ['-t', 'rsa', '-b', '2048', '-N', ''], null],
        ['RSA in PEM', ['-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', ''], null],
        ['RSA in PEM with a passphrase', ['-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', 'open sesame'], 'open sesame'],
        ['Ed25519 with a passphrase', ['-t', 'ed25519', '-a', '4', '-N', 'open sesame'], 'open sesame'],
    ])('by a key of the kind %s', async (_, options, passphrase) => {
        const host = hosts.host(1);
        const keyFile = await letIn(host, ...options);
        const spec = specOf(host, { user: 'deploy', keyFile, passphrase });
        expect(await outputOf(await connected(spec), 'id -un')).toBe('deploy\n');
        if (passphrase !== null)
            expect(await refusal({ ...spec, passphrase: null })).toMatchObject({ code: 'configuration' });
    });

    test('by a key that only an agent has', async () => {
        const host = hosts.host(1);
        const keyFile = await letIn(host, '-t', 'ed25519', '-N', 'open sesame', '-a', '4');
        const socket = join(folder, 'agent');
        const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
        try {
            const ask = join(folder, 'ask');
            writeFileSync(ask, '#!/bin/sh\necho open sesame\n', { mode: 0o700 });
            const environment = {
                ...process.env,
                SSH_AUTH_SOCK: socket,
                SSH_ASKPASS: ask,
                SSH_ASKPASS_REQUIRE: 'force',
            };
            await expect
                .poll(() => execFileSync('ssh-add', ['-q', keyFile], { env: environment, stdio: 'pipe' }).length, {
                    timeout: PATIENCE_MS,
                })
                .toBe(0);
            const spec = specOf(host, { user: 'deploy', keyFile: null, agent: socket });
            expect(await outputOf(await connected(spec), 'id -un')).toBe('deploy\n');
            // The named file is locked, and the agent has its key.
            expect(await outputOf(await connected({ ...spec, keyFile }), 'id -un')).toBe('deploy\n');
        } finally {
            agent.kill();
        }
    });

    test('by a password, and not by a wrong one', async () => {
        const host = hosts.host(1);
        const { user, password } = host.unprivileged;
        const spec = specOf(host, { user, keyFile: null, password });
        expect(await outputOf(await connected(spec), 'id -un')).toBe('deploy\n');
        const refused = await refusal({ ...spec, password: 'not-this-one' });
        expect(refused).toMatchObject({ code: 'authentication' });
        expect(JSON.stringify(refused)).not.toContain('not-this-one');
    });

    test('through another host', async () => {
        const spec = specOf(hosts.host(2), { jump: specOf(hosts.host(1)) });
        expect(await outputOf(await connected(spec), 'hostname')).toBe(`${hosts.host(2).name}\n`);
    });

    test('after a host was approved, and never before', async () => {
        const host = hosts.host(3);
        const knownHostsFile = join(folder, 'known_hosts');
        const spec = specOf(host, { knownHostsFile });
        const { code, hostKey } = await refusal(spec);
        expect(code).toBe('hostKeyUnknown');
        expect(approveHostKey(knownHostsFile, host.address, host.port, hostKey?.key ?? '')).toEqual({
            kind: 'approved',
        });
        await connected(spec);
        // OpenSSH agrees with what was written.
        const found = execFileSync('ssh-keygen', ['-F', host.address, '-l', '-f', knownHostsFile]).toString();
        expect(found).toContain(hostKey?.fingerprint);
    });

    test('looking at a host tells what is there', async () => {
        const host = hosts.host(1);
        const properties = {
            'scp.user': 'root',
            'scp.keyfile': host.keyFile,
            'scp.known.hosts.file': host.knownHostsFile,
        };
        const definition = { id: 't', handler: 'embedded', name: 't', directory: '/', properties };
        const context = {
            secretOf: () => undefined,
            environment: {},
            home: folder,
            clock: systemClock,
            random: Math.random,
        };
        expect(await probeHost(definition, host.address, context, never)).toMatchObject({
            kind: 'answers',
            host: `root@${host.address}`,
            system: expect.stringContaining('Linux') as string,
            release: expect.stringContaining('Debian') as string,
            canBecomeRoot: true,
            warnings: [],
        });
    });
});

test('a hundred programs on one host take their turns, whatever the host allows', async () => {
    const connection = await connected(specOf(hosts.host(1)));
    const outputs = await Promise.all(Array.from({ length: 100 }, (_, i) => outputOf(connection, `echo ${i}`)));
    expect(outputs).toEqual(Array.from({ length: 100 }, (_, i) => `${i}\n`));
});

/** Nobody waits for a connection to time out: that takes minutes. */
const LONG_MS = 15_000;
/** Less than a host may be silent, by far. */
const HICCUP_MS = 1_200;

describe('a machine that is attended', () => {
    const news: (MachineNews & { readonly at: number })[] = [];

    /** Attends the second host and does something to it; news of the first one would be wrong. */
    async function attended(during: (host: Host) => Promise<void>): Promise<void> {
        news.length = 0;
        const attendance = createAttendance({
            clock: systemClock,
            random: Math.random,
            detached: never,
            connect: ({ id }, signal) => connections.connect(specOf(hosts.host(Number(id))), signal),
            bootOf,
            onMachineNews: (one) => news.push({ ...one, at: performance.now() }),
        });
        for (const number of [1, 2]) {
            const host = hosts.host(number);
            attendance.attend({ path: `/vm${number}`, id: String(number), address: host.address, target: 't' });
            await connected(specOf(host));
        }
        try {
            await systemClock.sleep(700);
            await during(hosts.host(2));
        } finally {
            await attendance.dispose();
        }
    }

    const newsCount = (count: number): Promise<void> =>
        expect.poll(() => news.length, { timeout: PATIENCE_MS, interval: 20 }).toBe(count);

    test.each([
        ['whose cable was pulled', (host: Host) => host.cut(), (host: Host) => host.mend()],
        ['that hangs', (host: Host) => host.freeze(), (host: Host) => host.thaw()],
        ['that resets everything', (host: Host) => host.reset(), (host: Host) => host.mend()],
        ['that swallows everything', (host: Host) => host.swallow(), (host: Host) => host.mend()],
        ['that was switched off', (host: Host) => host.kill(), (host: Host) => host.boot()],
    ])('%s is lost in seconds, and back when it answers', async (_, fault, cure) => {
        await attended(async (host) => {
            const begun = performance.now();
            await fault(host);
            const done = performance.now();
            await newsCount(1);
            expect(news[0]).toMatchObject({ kind: 'lost', path: '/vm2' });
            // The fault takes effect somewhere in between.
            const seen = news[0]?.at ?? 0;
            expect(seen - done).toBeLessThan(LONG_MS);
            expect(seen).toBeGreaterThan(begun);
            await cure(host);
            await newsCount(2);
            expect(news[1]).toMatchObject({ kind: 'back', path: '/vm2', machineId: '2', address: host.address });
        });
    });

    /** It hangs for a moment, shorter than it may. Where that took too long because this computer is busy, it begins again. */
    async function hiccup(host: Host): Promise<void> {
        for (let ms = Infinity; ms > HICCUP_MS;) {
            news.length = 0;
            const begun = performance.now();
            await host.freeze();
            await systemClock.sleep(HICCUP_MS / 2);
            await host.thaw();
            ms = performance.now() - begun;
            if (ms > HICCUP_MS) await calm();
        }
    }

    /** Long enough for a loss to be told, and until it is over. */
    async function calm(): Promise<void> {
        await systemClock.sleep(3_000);
        await expect.poll(() => news.at(-1)?.kind, { timeout: PATIENCE_MS }).not.toBe('lost');
    }

    test('that hiccups, is slow, or whose sshd is started again is not lost', async () => {
        await attended(async (host) => {
            await hiccup(host);
            await systemClock.sleep(500);
            expect((await host.exec("pkill -f '^sshd: root'")).code).toBe(0);
            await systemClock.sleep(1_000);
            await host.delay(100, 20);
            await systemClock.sleep(3_000);
            await host.delay(0);
            expect(news).toEqual([]);
        });
    });

    test('that shows another key when it comes back stays lost', async () => {
        await attended(async (host) => {
            await host.rekey();
            await host.kill();
            await host.boot();
            // Where the start takes long it is lost before it shows another key.
            await expect
                .poll(() => JSON.stringify(news.at(-1)), { timeout: PATIENCE_MS })
                .toContain('host key changed');
            await systemClock.sleep(3_000);
            expect(news.filter(({ kind, path }) => kind !== 'lost' || path !== '/vm2')).toEqual([]);
            expect(await refusal(specOf(host))).toMatchObject({ code: 'hostKeyChanged' });
        });
    });
});
