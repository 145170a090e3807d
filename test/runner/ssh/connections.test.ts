/** Connections to hosts of this process: who is trusted, who lets in, what is done when nobody answers, and when a host is lost. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../runner/clock.ts';
import type { ConnectRefusal, HostSpec, RemoteChannel } from '../../../runner/ssh/connection-port.ts';
import { createHostConnections, type KeptConnections } from '../../../runner/ssh/connections.ts';
import type { KeptConnection } from '../../../runner/ssh/host-connection.ts';
import { newPrivateKey, publicKeyOf, startSshHost, type SshHost, type SshHostOptions } from '../../support/ssh-host.ts';

const never = new AbortController().signal;
const CLIENT_KEY = newPrivateKey();
const LOCKED_KEY = newPrivateKey('ed25519', 'open sesame');

let home = '';
let connections: KeptConnections;
const hosts: SshHost[] = [];

beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'ssh-'));
    connections = createHostConnections({ clock: systemClock, random: Math.random, home, concurrency: 30 });
});

afterEach(async () => {
    await connections.dispose();
    await Promise.all(hosts.splice(0).map((host) => host.dispose()));
    rmSync(home, { recursive: true });
});

async function startHost(options?: SshHostOptions, port?: number): Promise<SshHost> {
    const host = await startSshHost(options, port);
    hosts.push(host);
    return host;
}

function fileOf(name: string, text: string): string {
    const path = join(home, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
}

function knownHostLine({ port, rawKey }: SshHost, raw = rawKey): string {
    const type = raw.toString('latin1', 4, 4 + raw.readUInt32BE(0));
    return `[127.0.0.1]:${port} ${type} ${raw.toString('base64')}\n`;
}

/** A host that is known, with a login by the password `pw` unless `more` says otherwise. */
function specOf(host: SshHost, more: Partial<HostSpec> = {}): HostSpec {
    return {
        address: '127.0.0.1',
        port: host.port,
        user: 'me',
        keyFile: null,
        passphrase: null,
        password: 'pw',
        agent: null,
        knownHostsFile: fileOf(`known-${host.port}`, knownHostLine(host)),
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

async function opened(connection: KeptConnection, command: string): Promise<RemoteChannel> {
    const channel = await connection.openChannel(command, never);
    if ('kind' in channel) throw new Error(channel.message);
    return channel;
}

function outputOf(channel: RemoteChannel): Promise<string> {
    return new Promise((resolve) => {
        let text = '';
        channel.onData((data) => (text += data.toString()));
        channel.onClose(() => resolve(text));
    });
}

describe('a host', () => {
    test('that is known is connected once, for everybody who asks', async () => {
        const host = await startHost({ password: 'pw' });
        const spec = specOf(host);
        const [one, two] = await Promise.all([connected(spec), connected(spec)]);
        expect(one).toBe(two);
        expect(await connected({ ...spec })).toBe(one);
        expect(host.acceptedCount()).toBe(1);
        expect(await outputOf(await opened(one, 'hello'))).toBe('hello');
    });

    test('that is not known is refused with what it showed', async () => {
        const host = await startHost();
        expect(await refusal(specOf(host, { knownHostsFile: join(home, 'none') }))).toEqual({
            kind: 'refused',
            code: 'hostKeyUnknown',
            message: expect.stringMatching(
                /^me@127\.0\.0\.1:\d+: Its host key is not known\. It shows .* SHA256:/,
            ) as string,
            hostKey: {
                algorithm: 'ssh-ed25519',
                fingerprint: expect.stringMatching(/^SHA256:/) as string,
                key: host.rawKey.toString('base64'),
            },
        });
        expect(host.acceptedCount()).toBe(1);
    });

    test('whose key changed is refused', async () => {
        const host = await startHost();
        const spec = specOf(host);
        writeFileSync(spec.knownHostsFile, `\n${knownHostLine(host, publicKeyOf(newPrivateKey()))}`);
        expect(await refusal(spec)).toMatchObject({
            code: 'hostKeyChanged',
            message: expect.stringMatching(/line 2 of/) as string,
            hostKey: { key: host.rawKey.toString('base64') },
        });
    });

    test('whose key is revoked is refused', async () => {
        const host = await startHost();
        const spec = specOf(host);
        writeFileSync(spec.knownHostsFile, `${knownHostLine(host)}@revoked ${knownHostLine(host)}`);
        expect(await refusal(spec)).toMatchObject({
            code: 'hostKeyChanged',
            message: expect.stringContaining('revoked by line 2') as string,
        });
    });

    test('shows the kind of key it is known by', async () => {
        const rsa = newPrivateKey('rsa');
        const host = await startHost({ hostKeys: [newPrivateKey(), newPrivateKey('ecdsa'), rsa] });
        const spec = specOf(host);
        writeFileSync(spec.knownHostsFile, knownHostLine(host, publicKeyOf(rsa)));
        expect((await connected(spec)).isLost()).toBe(false);
    });

    test('is trusted by its fingerprint alone, whichever of its keys has it', async () => {
        const ecdsa = newPrivateKey('ecdsa');
        const host = await startHost({ hostKeys: [newPrivateKey(), ecdsa] });
        const shown = await refusal({ ...specOf(host), knownHostsFile: join(home, 'none') });
        writeFileSync(join(home, 'ecdsa'), knownHostLine(host, publicKeyOf(newPrivateKey('ecdsa'))));
        const other = await refusal({ ...specOf(host), knownHostsFile: join(home, 'ecdsa') });
        for (const { hostKey } of [shown, other]) {
            const spec = specOf(host, { knownHostsFile: join(home, 'none'), fingerprint: hostKey?.fingerprint ?? '' });
            expect((await connected(spec)).isLost()).toBe(false);
        }
        const wrong = { ...specOf(host), fingerprint: `SHA256:${'a'.repeat(43)}` };
        expect(await refusal(wrong)).toMatchObject({
            code: 'hostKeyChanged',
            message: expect.stringContaining('hostkey.127.0.0.1') as string,
        });
    });

    test('is trusted whatever it shows when that is asked for', async () => {
        const host = await startHost();
        await connected(specOf(host, { knownHostsFile: join(home, 'none'), isUnverified: true }));
    });

    test('is not connected when the file of known hosts cannot be read', async () => {
        const host = await startHost();
        expect(await refusal(specOf(host, { knownHostsFile: home }))).toMatchObject({ code: 'configuration' });
    });
});

describe('a login', () => {
    test('by a key file', async () => {
        const host = await startHost({ publicKeys: [publicKeyOf(CLIENT_KEY)] });
        await connected(specOf(host, { keyFile: fileOf('id', CLIENT_KEY), password: null }));
    });

    test('by a key file with a passphrase', async () => {
        const key = ssh2.utils.parseKey(LOCKED_KEY, 'open sesame');
        if (key instanceof Error) throw key;
        const host = await startHost({ publicKeys: [key.getPublicSSH()] });
        const spec = specOf(host, { keyFile: fileOf('id', LOCKED_KEY), password: null });
        await connected({ ...spec, passphrase: 'open sesame' });
        expect(await refusal(spec)).toMatchObject({
            code: 'configuration',
            message: expect.stringContaining('ssh.passphrase = ${secret:NAME}') as string,
        });
        expect(await refusal({ ...spec, passphrase: 'wrong sesame' })).toMatchObject({ code: 'configuration' });
    });

    test('by a key of the home directory', async () => {
        const host = await startHost({ publicKeys: [publicKeyOf(CLIENT_KEY)] });
        rmSync(join(home, '.ssh'), { recursive: true, force: true });
        const spec = specOf(host, { password: null });
        expect(await refusal(spec)).toMatchObject({
            code: 'configuration',
            message: expect.stringContaining('nothing to log in with') as string,
        });
        mkdirSync(join(home, '.ssh'));
        fileOf('.ssh/id_ed25519', LOCKED_KEY);
        fileOf('.ssh/id_rsa', CLIENT_KEY);
        await connected(spec);
    });

    test('by a key before the password, and by the password after it', async () => {
        const host = await startHost({ publicKeys: [publicKeyOf(newPrivateKey())], password: 'pw' });
        await connected(specOf(host, { keyFile: fileOf('id', CLIENT_KEY) }));
    });

    test('by the password where it is asked for', async () => {
        const host = await startHost({ password: 'pw', questions: 'password' });
        await connected(specOf(host));
    });

    test('past an agent that is not there', async () => {
        const host = await startHost({ publicKeys: [], password: 'pw' });
        await connected(specOf(host, { agent: join(home, 'no-agent') }));
    });

    test.each([
        ['a wrong password', { password: 'right' }, /Tried: .*the password/],
        ['a wrong password, asked for', { password: 'right', questions: 'password' }, /It takes: keyboard-interactive/],
        ['a code of one time', { password: 'wrong-secret', questions: 'code' }, /Tried: .*the password, asked for/],
        ['a key nobody knows', { publicKeys: [] }, /Tried: the key/],
    ] as const)('with %s is refused, and no secret is told', async (_, options, message) => {
        const host = await startHost(options);
        const spec = specOf(host, {
            keyFile: fileOf('id', CLIENT_KEY),
            password: 'wrong-secret',
            passphrase: 'unneeded',
        });
        const refused = await refusal(spec);
        expect(refused).toMatchObject({ code: 'authentication', message: expect.stringMatching(message) as string });
        expect(JSON.stringify(refused)).not.toMatch(/wrong-secret|unneeded|PRIVATE/);
    });

    test.each([
        ['that does not exist', null, /does not exist/],
        ['that holds a public key', 'public', /public key only/],
        ['that is something else', 'not a key', /not understood/],
    ])('by a key file %s is refused', async (_, content, message) => {
        const host = await startHost();
        const text = content === 'public' ? ssh2.utils.generateKeyPairSync('ed25519').public : content;
        const keyFile = text === null ? join(home, 'gone') : fileOf('id', text);
        expect(await refusal(specOf(host, { keyFile, password: null }))).toMatchObject({
            code: 'configuration',
            message: expect.stringMatching(message) as string,
        });
        expect(host.acceptedCount()).toBeLessThanOrEqual(1);
    });
});

describe('when hosts do not answer', () => {
    test('those that are dropped come back', async () => {
        const host = await startHost();
        host.drop(3);
        await connected(specOf(host));
        expect(host.acceptedCount()).toBe(4);
    });

    test('one that comes up late is found', async () => {
        const host = await startHost();
        const spec = specOf(host);
        await host.dispose();
        const waiting = connections.connect(spec, never);
        await systemClock.sleep(300);
        await startHost({}, host.port);
        // It is another host by then: that it is refused for its key says that it was reached.
        expect(await waiting).toMatchObject({ code: 'hostKeyChanged' });
    });

    test('waiting ends when it is given up, and the next one waits anew', async () => {
        const host = await startHost();
        host.freeze();
        const abort = new AbortController();
        const waiting = connections.connect(specOf(host), abort.signal);
        await systemClock.sleep(50);
        abort.abort();
        expect(await waiting).toMatchObject({ kind: 'refused', code: 'unreachable' });
        host.thaw();
        await connected(specOf(host));
    });

    test('a name nobody knows is told at once', async () => {
        const host = await startHost();
        const begun = performance.now();
        expect(await refusal({ ...specOf(host), address: 'no-such-host.invalid' })).toMatchObject({
            code: 'unreachable',
        });
        expect(performance.now() - begun).toBeLessThan(5_000);
    });
});

describe('channels', () => {
    test('no more than eight are open at one time, and all get their turn', async () => {
        const host = await startHost({ mostSessions: 10 });
        const connection = await connected(specOf(host));
        const texts = Array.from({ length: 40 }, (_, i) => `command ${i}`);
        const outputs = await Promise.all(texts.map(async (text) => outputOf(await opened(connection, text))));
        expect(outputs).toEqual(texts);
        expect(host.mostOpen()).toBeLessThanOrEqual(8);
    });

    test('a host that allows fewer is asked for fewer', async () => {
        const host = await startHost({ mostSessions: 2 });
        const connection = await connected(specOf(host));
        const texts = Array.from({ length: 12 }, (_, i) => `command ${i}`);
        const outputs = await Promise.all(texts.map(async (text) => outputOf(await opened(connection, text))));
        expect(outputs).toEqual(texts);
    });

    test('a host that allows none says so', async () => {
        const host = await startHost({ mostSessions: 0 });
        const connection = await connected(specOf(host));
        expect(await connection.openChannel('x', never)).toMatchObject({ kind: 'refused', code: 'unreachable' });
    });

    test('carry what is written both ways, in order, and stop when they are paused', async () => {
        const host = await startHost({ run: (_command, channel) => void channel.pipe(channel) });
        const channel = await opened(await connected(specOf(host)), 'cat');
        const sent = Buffer.alloc(3_000_000, 'abcdefg\n');
        let got = Buffer.alloc(0);
        const whole = Promise.withResolvers<void>();
        channel.onData((data) => {
            got = Buffer.concat([got, data]);
            if (got.length === sent.length) whole.resolve();
        });
        for (let at = 0; at < sent.length; at += 65_536) channel.write(sent.subarray(at, at + 65_536));
        channel.pause();
        await systemClock.sleep(50);
        const before = got.length;
        await systemClock.sleep(50);
        expect(got.length).toBe(before);
        channel.resume();
        await Promise.all([whole.promise, channel.drained()]);
        expect(got.equals(sent)).toBe(true);
        const closed = new Promise<void>((resolve) => channel.onClose(resolve));
        channel.close();
        await closed;
    });

    test('end with the connection, also those nobody reads', async () => {
        const host = await startHost({ run: (_command, channel) => void channel.write('unread') });
        const connection = await connected(specOf(host));
        const channel = await opened(connection, 'wait');
        const closed = new Promise<void>((resolve) => channel.onClose(resolve));
        for (const socket of host.sockets) socket.resetAndDestroy();
        expect(await connection.lost).toMatch(/reset|ECONNRESET|ended/);
        await closed;
        await channel.drained();
        channel.write('into nothing');
        expect(await connection.openChannel('x', never)).toMatchObject({ kind: 'refused', code: 'unreachable' });
        expect(await connected(specOf(host))).not.toBe(connection);
    });
});

test('a host is reached through another one, with both keys checked', async () => {
    const gate = await startHost({ publicKeys: [publicKeyOf(CLIENT_KEY)] });
    const host = await startHost({ password: 'pw' });
    const keyFile = fileOf('id', CLIENT_KEY);
    const jump = specOf(gate, { keyFile, password: null });
    const connection = await connected(specOf(host, { keyFile, jump }));
    expect(await outputOf(await opened(connection, 'through'))).toBe('through');
    const unknown = { ...jump, knownHostsFile: join(home, 'none') };
    expect(await refusal(specOf(host, { keyFile, jump: unknown }))).toMatchObject({
        code: 'hostKeyUnknown',
        hostKey: { key: gate.rawKey.toString('base64') },
    });
    for (const socket of gate.sockets) socket.destroy();
    await connection.lost;
});

test('a host that falls silent is lost within three seconds; one that only had nothing to say is not', async () => {
    const host = await startHost();
    const connection = await connected(specOf(host));
    const idle = await startHost();
    const other = await connected(specOf(idle));
    await systemClock.sleep(500);
    host.freeze();
    const begun = performance.now();
    expect(await connection.lost).toMatch(/nothing was heard of it for 2\.\d s/);
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(other.isLost()).toBe(false);
});

test('letting go of all closes every socket', async () => {
    const host = await startHost();
    const connection = await connected(specOf(host));
    await connections.dispose();
    expect(connection.isLost()).toBe(true);
    expect(await connections.connect(specOf(host), never)).toMatchObject({ code: 'unreachable' });
});
