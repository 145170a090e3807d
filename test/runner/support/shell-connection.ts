/** Connections to "hosts" that are shells of this computer, each with a home of its own: what is done over them is real but for the wire. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MachinePlace } from '../../../runner/executor.ts';
import type {
    Connected,
    ConnectRefusal,
    HostConnection,
    HostSpec,
    RemoteChannel,
} from '../../../runner/ssh/connection-port.ts';

export interface ShellHosts {
    readonly connect: (machine: MachinePlace) => Promise<Connected>;
    readonly homeOf: (address: string) => string;
    /** Breaks all connections to a host; what runs there goes on. */
    readonly cut: (address: string) => void;
    /** While it is refused nobody can connect. */
    readonly refuse: (address: string, isRefused: boolean) => void;
    /** Called with each piece that is about to be sent to a host: false = it is lost, and the connection with it. */
    onSend: (address: string, data: string) => boolean;
    /** Channels that were opened, by their command. */
    readonly opened: string[];
    readonly dispose: () => void;
}

/** `shell` stands for `/bin/sh` on the hosts. */
export function createShellHosts(place: string, shell = '/bin/sh'): ShellHosts {
    const connections = new Map<string, ShellConnection>();
    const refused = new Set<string>();
    const homeOf = (address: string): string => join(place, `home-${address}`);
    const hosts: ShellHosts = {
        homeOf,
        opened: [],
        onSend: () => true,
        connect: ({ address }) => {
            if (refused.has(address)) return Promise.resolve(refusalOf(address));
            let connection = connections.get(address);
            if (connection === undefined || connection.isLost()) {
                mkdirSync(homeOf(address), { recursive: true });
                connection = createShellConnection({ address, home: homeOf(address), shell, hosts });
                connections.set(address, connection);
            }
            return Promise.resolve({ kind: 'connected', connection });
        },
        cut: (address) => connections.get(address)?.cut(),
        refuse: (address, isRefused) => void (isRefused ? refused.add(address) : refused.delete(address)),
        dispose: () => connections.forEach((connection) => connection.cut()),
    };
    return hosts;
}

function refusalOf(address: string): ConnectRefusal {
    return { kind: 'refused', code: 'unreachable', message: `${address} does not answer`, hostKey: null };
}

interface ShellConnection extends HostConnection {
    readonly cut: () => void;
}

interface ShellConnectionConfig {
    readonly address: string;
    readonly home: string;
    readonly shell: string;
    readonly hosts: ShellHosts;
}

function createShellConnection({ address, home, shell, hosts }: ShellConnectionConfig): ShellConnection {
    const children = new Set<ChildProcess>();
    let isLost = false;
    let tellLost: (reason: string) => void = () => undefined;
    const lost = new Promise<string>((resolve) => (tellLost = resolve));
    const cut = (): void => {
        isLost = true;
        tellLost('it was cut');
        for (const child of children) {
            child.stdin?.destroy();
            child.stdout?.destroy();
            child.emit('cut');
        }
        children.clear();
    };
    const openChannel = (command: string): Promise<RemoteChannel | ConnectRefusal> => {
        if (isLost) return Promise.resolve(refusalOf(address));
        hosts.opened.push(command);
        const child = spawn('/bin/sh', ['-c', command.replace('/bin/sh', `'${shell}'`)], {
            stdio: ['pipe', 'pipe', 'ignore'],
            detached: true,
            env: { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8', SSH_CLIENT: 'x', MULTI: 'a\nexport PATH=b' },
        });
        children.add(child);
        return Promise.resolve(
            channelOf(child, (data) => {
                const isSent = !isLost && hosts.onSend(address, data);
                if (!isSent) cut();
                return isSent;
            }),
        );
    };
    return { spec: specOf(address), openChannel, lost, isLost: () => isLost, cut };
}

function channelOf(child: ChildProcess, mayBeSent: (data: string) => boolean): RemoteChannel {
    let isClosed = false;
    const { stdin, stdout } = child;
    if (stdin === null || stdout === null) throw new Error('a channel has both');
    stdin.on('error', () => undefined);
    return {
        write: (data) => {
            if (!isClosed && mayBeSent(String(data))) stdin.write(data);
        },
        drained: () =>
            stdin.writableNeedDrain ? new Promise((resolve) => void stdin.once('drain', resolve)) : Promise.resolve(),
        onData: (listener) => void stdout.on('data', listener),
        onClose: (listener) => {
            const close = (): void => {
                if (!isClosed) listener();
                isClosed = true;
            };
            child.once('close', close);
            child.once('cut', close);
        },
        pause: () => void stdout.pause(),
        resume: () => void stdout.resume(),
        close: () => void stdin.end(),
    };
}

function specOf(address: string): HostSpec {
    const secrets = { keyFile: null, passphrase: null, password: null, agent: null };
    const trust = { knownHostsFile: '/none', fingerprint: null, isUnverified: false };
    return { address, port: 22, user: 'someone', ...secrets, ...trust, jump: null, sudo: false };
}
