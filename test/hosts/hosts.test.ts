/** The hosts of the other tests are what they say: machines that answer SSH, and faults that do what their names promise. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHosts, type Host, type Hosts } from '../support/hosts/hosts.ts';

/** How long is waited for what is to come. */
const PATIENCE_MS = 60_000;
/** How long is listened for what must not come. */
const SILENCE_MS = 1_000;
const never = new AbortController().signal;

let hosts: Hosts;
beforeAll(async () => {
    hosts = await startHosts(2, { packages: ['netcat-traditional'] }, never);
});
afterAll(async () => hosts.dispose());

interface Patience {
    readonly connectMs: number;
    readonly greetMs: number;
}

const EXPECTED: Patience = { connectMs: PATIENCE_MS, greetMs: PATIENCE_MS };

/** What a client sees in that time: sshd's greeting, an error's code, or nothing, with or without a connection. */
async function greetingOf(host: Host, { connectMs, greetMs }: Patience): Promise<string> {
    const socket = connect(host.port, host.address);
    let seen = 'no connection';
    try {
        await once(socket, 'connect', { signal: AbortSignal.timeout(connectMs) });
        seen = 'no greeting';
        const data: readonly unknown[] = await once(socket, 'data', { signal: AbortSignal.timeout(greetMs) });
        return String(data[0]).trim();
    } catch (error) {
        return error instanceof Error && 'code' in error && error.code !== 'ABORT_ERR' ? String(error.code) : seen;
    } finally {
        socket.destroy();
    }
}

interface Answer {
    readonly code: number;
    readonly out: string;
}

/** A login by the plain OpenSSH client. */
async function login(host: Host, user: string, command: string): Promise<Answer> {
    const known = ['-o', `UserKnownHostsFile=${host.knownHostsFile}`, '-o', 'StrictHostKeyChecking=yes'];
    const words = ['-i', host.keyFile, ...known, '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10'];
    return new Promise((done) => {
        execFile('ssh', [...words, `${user}@${host.address}`, command], (error, out, err) => {
            done({ code: error === null ? 0 : Number(error.code ?? -1), out: out.trim() || err.trim() });
        });
    });
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
}

test('each host answers to its own name, and both logins work', async () => {
    for (const host of hosts.all) {
        expect(await login(host, 'root', 'hostname; id -un')).toEqual({ code: 0, out: `${host.name}\nroot` });
        expect(await login(host, host.unprivileged.user, 'id -un; sudo -n id -un')).toEqual({
            code: 0,
            out: 'deploy\nroot',
        });
    }
});

test('hosts have processes, files and a network of their own, know each other by name, and reach nothing else', async () => {
    const [first, second] = [hosts.host(1), hosts.host(2)];
    expect((await first.exec('cat /proc/1/comm; ls /etc/only-here')).out.trim()).toBe('systemd');
    await first.exec('echo "for h1" >/etc/only-here');
    expect((await second.exec('cat /etc/only-here')).code).not.toBe(0);
    expect((await second.exec('ping -c 1 -W 2 h1')).code).toBe(0);
    expect((await second.exec('ping -c 1 -W 1 8.8.8.8')).code).not.toBe(0);
});

test('services run under systemd', async () => {
    const unit = 'systemd-run --unit=waiter sleep 60 && systemctl is-active waiter && systemctl stop waiter';
    expect((await hosts.host(1).exec(`${unit} && systemctl is-active waiter`)).out.trim()).toBe('active\ninactive');
});

test('packages are installed without a network', async () => {
    const installed = await hosts.host(1).exec('apt-get -qq update && apt-get -qq -y install netcat-traditional');
    expect(installed.code, installed.err).toBe(0);
    expect((await hosts.host(1).exec('command -v nc.traditional')).code).toBe(0);
    expect((await hosts.host(2).exec('command -v nc.traditional')).code).not.toBe(0);
});

test('a command gets its input, and its exit code comes back', async () => {
    expect(await hosts.host(1).exec('cat; echo bad >&2; exit 7', 'good')).toEqual({
        code: 7,
        out: 'good',
        err: 'bad\n',
    });
});

test('a cut host is not there; an open connection survives a short cut', async () => {
    const host = hosts.host(1);
    const running = login(
        host,
        'root',
        'echo $$ >/run/logged-in; until [ -e /run/go-on ]; do sleep 0.1; done; echo still here',
    );
    await expect.poll(async () => (await host.exec('cat /run/logged-in')).out, { timeout: PATIENCE_MS }).not.toBe('');
    await host.cut();
    expect(await greetingOf(host, { ...EXPECTED, connectMs: SILENCE_MS })).toBe('no connection');
    await host.exec('touch /run/go-on');
    await host.mend();
    expect(await running).toEqual({ code: 0, out: 'still here' });
});

test('a host in a black hole is not there either; the other one is', async () => {
    await hosts.host(1).swallow();
    expect(await greetingOf(hosts.host(1), { ...EXPECTED, connectMs: SILENCE_MS })).toBe('no connection');
    expect(await greetingOf(hosts.host(2), EXPECTED)).toMatch(/^SSH-2\.0-OpenSSH/);
    await hosts.host(1).mend();
    expect(await greetingOf(hosts.host(1), EXPECTED)).toMatch(/^SSH-2\.0-OpenSSH/);
});

test('a reset ends open connections and refuses others', async () => {
    const host = hosts.host(1);
    const socket = connect(host.port, host.address);
    await once(socket, 'data');
    const failed = once(socket, 'error');
    // once() would reject with an error it was not asked for; here the error is the event.
    socket.on('error', () => undefined);
    await host.reset();
    socket.write('SSH-2.0-test\r\n');
    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
    expect(await greetingOf(host, EXPECTED)).toBe('ECONNREFUSED');
    await host.mend();
    expect(await greetingOf(host, EXPECTED)).toMatch(/^SSH/);
});

test('a frozen host takes connections and says nothing', async () => {
    const host = hosts.host(1);
    await host.freeze();
    expect(await greetingOf(host, { ...EXPECTED, greetMs: SILENCE_MS })).toBe('no greeting');
    await host.thaw();
    expect(await greetingOf(host, EXPECTED)).toMatch(/^SSH/);
});

test('a killed host comes back with its files and without its processes', async () => {
    const host = hosts.host(1);
    await host.exec('echo kept >/root/kept; sleep 1000 >/dev/null 2>&1 &');
    await host.kill();
    expect(await greetingOf(host, { ...EXPECTED, connectMs: SILENCE_MS })).toBe('no connection');
    await host.boot();
    expect(await login(host, 'root', 'cat /root/kept; pgrep -x sleep')).toEqual({ code: 1, out: 'kept' });
});

test('delay is one way, each way; loss and bandwidth are felt, and all end', async () => {
    const host = hosts.host(2);
    const roundTrip = async (): Promise<number> => {
        const answer = await login(host, 'root', `ping -c 5 -i 0.05 h1 | sed -n 's|.* = \\([^/]*\\)/.*|\\1|p'`);
        return Number(answer.out);
    };
    expect(await roundTrip()).toBeLessThan(20);
    await host.delay(40);
    expect(await roundTrip()).toBeGreaterThan(79);
    await host.delay(0);
    await host.loss(50);
    const answered = /(\d+) received/.exec((await host.exec('ping -c 40 -i 0.02 -W 1 h1')).out)?.[1];
    expect(Number(answered)).toBeLessThan(30);
    await host.loss(0);
    const copy = async (): Promise<unknown> => login(host, 'root', 'head -c 500000 /dev/zero');
    await host.rate('4mbit');
    expect(await msOf(copy)).toBeGreaterThan(900);
    await host.rate('0');
    expect(await roundTrip()).toBeLessThan(20);
});

test('a host with another key is refused by whoever knows the first one', async () => {
    const host = hosts.host(2);
    await host.rekey();
    const refused = await login(host, 'root', 'true');
    expect(refused).toMatchObject({ code: 255 });
    expect(refused.out).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED');
});

/** A program that starts two hosts, says where, and then waits to be killed. */
async function startedElsewhere(): Promise<Elsewhere> {
    const library = join(import.meta.dirname, '..', 'support', 'hosts', 'hosts.ts');
    const source = `const { startHosts } = await import(${JSON.stringify(library)});
        const hosts = await startHosts(2, { init: 'tini' }, new AbortController().signal);
        console.log(hosts.host(1).knownHostsFile); setInterval(() => undefined, 1000);`;
    const words = ['--input-type=module', '-e', source];
    const program = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const line: readonly unknown[] = await once(createInterface({ input: program.stdout }), 'line');
    const folder = dirname(String(line[0]));
    return { folder, program, keeper: Number(readFileSync(join(folder, 'keeper'), 'utf8')) };
}

interface Elsewhere {
    readonly folder: string;
    readonly program: ChildProcess;
    readonly keeper: number;
}

/** When a process was born, in the words of the kernel: its number may be another one's later. Null = it has ended, be it that nobody asked how. */
function birthOf(pid: number): string | null {
    try {
        const [state = '', ...fields] = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
            .replace(/^.*\) /, '')
            .split(' ');
        return /[ZX]/.test(state) ? null : (fields[18] ?? null);
    } catch {
        return null;
    }
}

test('two suites have hosts of their own, and one that is killed leaves nothing', async () => {
    const other = await startedElsewhere();
    expect(other.folder).not.toBe(dirname(hosts.host(1).knownHostsFile));
    expect(existsSync(join(other.folder, 'h2'))).toBe(true);
    other.program.kill('SIGKILL');
    await expect.poll(() => existsSync(other.folder), { timeout: PATIENCE_MS }).toBe(false);
    expect(await greetingOf(hosts.host(1), EXPECTED)).toMatch(/^SSH/);
});

test('what a killed keeper left is taken down by the next start', async () => {
    const other = await startedElsewhere();
    process.kill(other.keeper, 'SIGKILL');
    other.program.kill('SIGKILL');
    // Its slot is held until it is gone.
    await expect.poll(() => birthOf(other.keeper), { timeout: PATIENCE_MS }).toBeNull();
    const pid = Number(readFileSync(join(other.folder, 'h2', 'pid'), 'utf8'));
    const birth = birthOf(pid);
    expect(birth).not.toBeNull();
    await using next = await startHosts(1, { init: 'tini' }, never);
    expect(await greetingOf(next.host(1), EXPECTED)).toMatch(/^SSH/);
    expect(existsSync(join(other.folder, 'h2'))).toBe(false);
    expect(birthOf(pid)).not.toBe(birth);
});

test('an aborted start takes down what it had begun', async () => {
    await expect(startHosts(5, { init: 'tini' }, AbortSignal.timeout(150))).rejects.toThrow(/timeout|abort/i);
});
