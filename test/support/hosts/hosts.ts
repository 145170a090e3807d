/**
 * Real SSH machines for a test, and what can go wrong with them. The script `hosts` beside this file makes them; a process of it, the
 * keeper, holds a slot of this machine for as long as its input is open, and takes everything down when that ends: also when the
 * test was killed.
 */
import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const program = join(import.meta.dirname, 'hosts');

export interface HostsWanted {
    /** What the first process of a host is. `tini`: sshd and nothing else, half the memory. Default: `systemd`, for services. */
    readonly init?: 'systemd' | 'tini';
    /** Debian packages that `apt-get install` finds in the hosts, with all they depend on, although hosts reach no network but their own. */
    readonly packages?: readonly string[];
}

export interface Hosts extends AsyncDisposable {
    /** In order: `h1`, `h2` … Each knows the others by name. */
    readonly all: readonly Host[];
    /** The host `h<number>`; throws for a number there is no host of. */
    readonly host: (number: number) => Host;
    /** Ends all hosts. Twice is fine. */
    readonly dispose: () => Promise<void>;
}

/** One machine and its faults. Each fault is in force when its promise is fulfilled. */
export interface Host {
    readonly name: string;
    readonly address: string;
    readonly port: 22;
    /** A private key (ed25519, no passphrase) that `root` and `deploy` accept. */
    readonly keyFile: string;
    /** Holds the keys of all hosts, by address and by name. */
    readonly knownHostsFile: string;
    readonly user: 'root';
    readonly password: 'root-password';
    /** Another login: everything by `sudo -n`, nothing without. */
    readonly unprivileged: { readonly user: 'deploy'; readonly password: 'deploy-password' };
    /** Runs a shell command as root in the host, not over SSH. */
    readonly exec: (command: string, input?: string | Buffer) => Promise<ExecResult>;
    /** Pulls the network cable out. */
    readonly cut: () => Promise<void>;
    /** Ends `cut`, `reset` and `swallow`. */
    readonly mend: () => Promise<void>;
    /** Every TCP packet that arrives is answered with a reset. */
    readonly reset: () => Promise<void>;
    /** A black hole: packets vanish, both ways, while the cable stays plugged in. */
    readonly swallow: () => Promise<void>;
    /** The machine hangs: the kernel still accepts connections, nobody answers on them. */
    readonly freeze: () => Promise<void>;
    readonly thaw: () => Promise<void>;
    /** Power off without warning; files stay. */
    readonly kill: () => Promise<void>;
    /** Power on; waits until sshd answers. */
    readonly boot: () => Promise<void>;
    /** Drops so many of a hundred packets, each way: at most 99. 0 ends it. */
    readonly loss: (percent: number) => Promise<void>;
    /** One-way delay, each way. 0 ends it. */
    readonly delay: (ms: number, jitterMs?: number) => Promise<void>;
    /** A cap on the bandwidth, in the words of `tc`: `10mbit`; `0` ends it. */
    readonly rate: (rate: string) => Promise<void>;
    /** Gives the host another key than the known hosts file has. */
    readonly rekey: () => Promise<void>;
}

export interface ExecResult {
    readonly code: number;
    readonly out: string;
    readonly err: string;
}

/** Why there can be no hosts on this machine, as a sentence; null when there can. */
export async function whyNoHosts(): Promise<string | null> {
    if (process.platform !== 'linux') return 'hosts need Linux';
    const answer = await run(['refusal'], process.env);
    if (answer.code !== 0) return `the tool of the hosts failed: ${answer.err.trim()}`;
    return answer.out.trim() === '' ? null : answer.out.trim();
}

/**
 * Brings so many hosts up and waits until each answers. What is made once a machine (the Debian of the hosts, the packages) is made
 * by whoever comes first and kept; suites at the same time get slots of their own, with other addresses.
 * Throws when that is not possible here, or when the signal ends it; nothing is left behind then.
 */
export async function startHosts(count: number, wanted: HostsWanted, signal: AbortSignal): Promise<Hosts> {
    signal.throwIfAborted();
    const environment = { ...process.env, ROBOCONF_HOSTS_INIT: wanted.init ?? 'systemd' };
    const words = ['keep', String(count), ...(wanted.packages ?? [])];
    // In a session of its own: Ctrl+C in the terminal of a test run must not reach it before it has tidied up.
    const keeper = spawn(program, words, { env: environment, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    const dispose = disposeOf(keeper);
    const stop = (): void => void dispose();
    signal.addEventListener('abort', stop, { once: true });
    const ready = await readyLines(keeper);
    signal.removeEventListener('abort', stop);
    if (ready.kind === 'ended' || signal.aborted) {
        await dispose();
        signal.throwIfAborted();
        throw new Error(`hosts did not come up: ${ready.kind === 'ended' ? ready.reason : 'aborted'}`);
    }
    return hostsOf(ready, environment, dispose);
}

type Keeper = ChildProcessByStdio<Writable, Readable, Readable>;

interface Ready {
    readonly kind: 'ready';
    readonly slot: string;
    readonly knownHostsFile: string;
    readonly keyFile: string;
    readonly addresses: readonly (readonly [name: string, address: string])[];
}

/** Closing its input is how the keeper is told; it answers by ending. */
function disposeOf(keeper: Keeper): () => Promise<void> {
    const ended = once(keeper, 'exit');
    keeper.stdin.on('error', () => undefined); // It ended before it was told to.
    return async () => {
        keeper.stdin.end();
        await ended;
    };
}

/** What the keeper prints is a line `NAME ADDRESS` for each host, then `ready SLOT KNOWN_HOSTS KEY`. Announcements go to our stderr. */
async function readyLines(keeper: Keeper): Promise<Ready | { readonly kind: 'ended'; readonly reason: string }> {
    const complaints: string[] = [];
    createInterface({ input: keeper.stderr }).on('line', (line) => {
        complaints.push(line);
        if (line.startsWith('hosts: ')) process.stderr.write(`${line}\n`);
    });
    const addresses: (readonly [string, string])[] = [];
    for await (const line of createInterface({ input: keeper.stdout })) {
        const [name = '', second = '', knownHostsFile = '', keyFile = ''] = line.split(' ');
        if (name === 'ready') return { kind: 'ready', slot: second, knownHostsFile, keyFile, addresses };
        addresses.push([name, second]);
    }
    return { kind: 'ended', reason: complaints.slice(-20).join('\n') };
}

function hostsOf(ready: Ready, environment: NodeJS.ProcessEnv, dispose: () => Promise<void>): Hosts {
    const inSlot = { ...environment, ROBOCONF_HOSTS_SLOT: ready.slot };
    const all = ready.addresses.map(([name, address]) => hostOf({ name, address, ready, environment: inSlot }));
    const host = (number: number): Host => {
        const found = all[number - 1];
        if (found === undefined) throw new Error(`there are only ${String(all.length)} hosts`);
        return found;
    };
    return { all, host, dispose, [Symbol.asyncDispose]: dispose };
}

interface HostDefinition {
    readonly name: string;
    readonly address: string;
    readonly ready: Ready;
    readonly environment: NodeJS.ProcessEnv;
}

function hostOf({ name, address, ready, environment }: HostDefinition): Host {
    const number = name.slice(1);
    const fault = async (verb: string, ...values: readonly string[]): Promise<void> => {
        const { code, err } = await run([verb, number, ...values], environment);
        if (code !== 0) throw new Error(`hosts ${verb} ${number}: ${err}`);
    };
    return {
        ...{ name, address, port: 22, keyFile: ready.keyFile, knownHostsFile: ready.knownHostsFile },
        ...{ user: 'root', password: 'root-password' },
        unprivileged: { user: 'deploy', password: 'deploy-password' },
        exec: async (command, input) => run(['exec', number, 'sh', '-c', command], environment, input),
        cut: async () => fault('cut'),
        mend: async () => fault('mend'),
        reset: async () => fault('reset'),
        swallow: async () => fault('swallow'),
        freeze: async () => fault('freeze'),
        thaw: async () => fault('thaw'),
        kill: async () => fault('kill'),
        boot: async () => fault('boot'),
        loss: async (percent) => fault('loss', String(percent)),
        delay: async (ms, jitterMs = 0) => fault('delay', String(ms), String(jitterMs)),
        rate: async (rate) => fault('rate', rate),
        rekey: async () => fault('rekey'),
    };
}

async function run(
    words: readonly string[],
    environment: NodeJS.ProcessEnv,
    input: string | Buffer = '',
): Promise<ExecResult> {
    return new Promise((done) => {
        const options = { env: environment, maxBuffer: 64 * 1024 * 1024 };
        const child = execFile(program, [...words], options, (error, out, err) => {
            done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
        });
        child.stdin?.on('error', () => undefined); // The command did not want its input.
        child.stdin?.end(input);
    });
}
