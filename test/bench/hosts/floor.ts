/** The floor: what SSH alone costs. ssh2 with TCP_NODELAY, one connection a host, one shell that runs step after step; nothing is recorded. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import ssh2, { type Client, type ClientChannel } from 'ssh2';
import type { Host } from '../../support/hosts/hosts.ts';
import { SCRIPT } from './fleet.ts';

/** Connects to all hosts at once, runs the steps on each, and leaves. */
export async function runFloor(hosts: readonly Host[], steps: number): Promise<void> {
    const keyOf = keysOf(hosts[0]);
    await Promise.all(hosts.map(async (host) => runOn(host, keyOf, steps)));
}

async function runOn(host: Host, keys: Keys, steps: number): Promise<void> {
    const client = await connectTo(host, keys);
    const shell = await opened((done) => client.exec('/bin/sh', done));
    const answers = answersOf(shell);
    await answers.after(`cd /var/tmp; cat >bench-step <<'END'\n${SCRIPT}END\nchmod +x bench-step`);
    for (let i = 0; i < steps; i++) await answers.after('./bench-step');
    await answers.after('rm bench-step');
    client.end();
}

interface Keys {
    readonly login: Buffer;
    /** Base64 of the host key by address. */
    readonly hosts: ReadonlyMap<string, string>;
}

export function keysOf(host: Host | undefined): Keys {
    if (host === undefined) throw new Error('a fleet has hosts');
    const lines = readFileSync(host.knownHostsFile, 'utf8').trim().split('\n');
    const hosts = lines.map((line) => [line.split(/[ ,]/)[0] ?? '', line.split(' ')[2] ?? ''] as const);
    return { login: readFileSync(host.keyFile), hosts: new Map(hosts) };
}

export async function connectTo(host: Host, keys: Keys): Promise<Client> {
    const socket = connect({ host: host.address, port: host.port, noDelay: true });
    const client = new ssh2.Client();
    const ready = once(client, 'ready');
    client.connect({
        sock: socket,
        username: host.user,
        privateKey: keys.login,
        readyTimeout: 60_000,
        hostVerifier: (key: Buffer) => key.toString('base64') === keys.hosts.get(host.address),
    });
    await ready;
    return client;
}

export async function opened(
    open: (done: (error: Error | undefined, channel: ClientChannel) => void) => unknown,
): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
        open((error, channel) => (error === undefined ? resolve(channel) : reject(error)));
    });
}

/** Sends commands to a shell one at a time; throws when one fails. */
function answersOf(shell: ClientChannel): { readonly after: (command: string) => Promise<void> } {
    let text = '';
    let told: () => void = () => undefined;
    shell.on('data', (data: Buffer) => {
        text += data.toString();
        if (text.endsWith('\n')) told();
    });
    return {
        after: async (command) => {
            text = '';
            const answered = new Promise<void>((done) => (told = done));
            shell.write(`${command}\necho "ended $?"\n`);
            await answered;
            if (text !== 'ended 0\n') throw new Error(`the shell answered ${text}`);
        },
    };
}
