/** The folder on a host, and requests that were cut off on their way. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openingOf } from '../../../runner/ssh/agent-script.ts';
import type { HostConnection } from '../../../runner/ssh/connection-port.ts';
import { createAgents } from '../../../runner/ssh/agents.ts';
import { remoteNameOf, removeRemoteDeployment } from '../../../runner/ssh/remote-folder.ts';
import { runText } from '../../../runner/ssh/step-text.ts';
import { parseProcessNotes } from '../../../runner/ssh/remote-processes.ts';
import { parseSocketPorts } from '../../../runner/ssh/remote-ports.ts';
import { temporaryDirectory } from '../support/application.ts';
import { createShellHosts } from '../support/shell-connection.ts';

const place = temporaryDirectory();
const hosts = createShellHosts(place.path);
afterAll(() => {
    hosts.dispose();
    place[Symbol.dispose]();
});
const never = new AbortController().signal;

async function connectionTo(address: string): Promise<HostConnection> {
    const connected = await hosts.connect({ path: '/vm', id: '', address, target: 't' });
    if (connected.kind === 'refused') throw new Error(connected.message);
    return connected.connection;
}

test('the last deployment takes the folder of all away', async () => {
    const connection = await connectionTo('a');
    const home = hosts.homeOf('a');
    expect(await createAgents('one').prepare(connection, never)).toBeNull();
    for (const name of ['one', 'two']) mkdirSync(join(home, '.roboconf', name, 'instances'), { recursive: true });
    expect(await removeRemoteDeployment(connection, 'one', never)).toBeNull();
    expect(readdirSync(join(home, '.roboconf'))).toEqual(['two']);
    expect(await removeRemoteDeployment(connection, 'two', never)).toBeNull();
    expect(await removeRemoteDeployment(connection, 'two', never)).toBeNull();
    expect(existsSync(join(home, '.roboconf'))).toBe(false);
});

test('a folder that cannot be made is told with its host', async () => {
    const connection = await connectionTo('b');
    writeFileSync(join(hosts.homeOf('b'), '.roboconf'), '');
    const place = join(hosts.homeOf('b'), '.roboconf');
    expect(await createAgents('one').prepare(connection, never)).toBe(
        `b: the folder ${place} cannot be made or written to; look at its rights, and whether its disk may be written to`,
    );
});

test('a host that breaks off is told as that', async () => {
    const connection = await connectionTo('c');
    hosts.cut('c');
    expect(await createAgents('one').prepare(connection, never)).not.toBeNull();
    expect(await removeRemoteDeployment(connection, 'x', never)).not.toBeNull();
});

test.each([
    ['demo-1_x', 'demo-1_x'],
    ['demo.1', expect.stringMatching(/^ddemo_1-[0-9a-f]{16}$/)],
    ['../x', expect.stringMatching(/^d___x-[0-9a-f]{16}$/)],
    ['a b', expect.stringMatching(/^da_b-[0-9a-f]{16}$/)],
])('the folder of %j', (deployment, name) => {
    expect(remoteNameOf(deployment)).toEqual(name);
    expect(remoteNameOf(`${deployment}!`)).not.toBe(remoteNameOf(`${deployment}?`));
});

test('of a request that was cut off nothing is done, wherever it was cut', () => {
    const home = join(place.path, 'cut');
    const scripts = join(home, '.roboconf/demo/instances/i/scripts');
    mkdirSync(scripts, { recursive: true });
    writeFileSync(join(scripts, 'start.sh'), '#!/bin/sh\necho x >>ran\n', { mode: 0o755 });
    const step = { instance: 'i', attempt: 'a', mark: 'demo.i.a.', instanceMark: 'demo.i' };
    const program = { kind: 'phase', phase: 'start' } as const;
    const environment = { A: "it's\n}\n" };
    const text = runText({ place: step, program, environment, claim: 'claim', keepsLeft: false })('N');
    const request = `{\n${text}\n}\n`;
    const runs = (length: number): boolean => {
        const input = `${openingOf('demo', 'N')}${request.slice(0, length)}`;
        spawnSync('/bin/sh', { input, env: { HOME: home, PATH: process.env['PATH'] } });
        return existsSync(join(scripts, 'ran'));
    };
    const lengths = Array.from({ length: 24 }, (_, index) => Math.floor((index * (request.length - 2)) / 23));
    expect(lengths.filter(runs)).toEqual([]);
    expect(existsSync(join(home, '.roboconf/demo/steps/i'))).toBe(false);
    expect(runs(request.length)).toBe(true);
    rmSync(home, { recursive: true });
});

test.each([
    ['the system tells it', '[ -n "$rc_counts" ] || exit 3'],
    ['the system cannot be trusted with it', 'rc_counts='],
])('what a step leaves running is found by the latest process number: %s', (_name, first) => {
    const home = join(place.path, 'numbers');
    const scripts = join(home, '.roboconf/demo/instances/i/scripts');
    mkdirSync(scripts, { recursive: true });
    writeFileSync(join(scripts, 'start.sh'), '#!/bin/sh\nsleep 76 &\n', { mode: 0o755 });
    const step = { instance: 'i', attempt: 'a', mark: 'numbers.i.a.', instanceMark: 'numbers.i' };
    const program = { kind: 'phase', phase: 'start' } as const;
    const text = runText({ place: step, program, environment: {}, claim: 'claim', keepsLeft: true })('N');
    const input = `${openingOf('demo', 'O')}${first}\n{\n${text}\n}\n`;
    const { stdout } = spawnSync('/bin/sh', { input, env: { HOME: home, PATH: process.env['PATH'] } });
    const left = parseProcessNotes(Buffer.from(stdout.toString().split('\nO end ready\n')[1] ?? ''));
    for (const { pid } of left) process.kill(pid);
    expect(left).toMatchObject([{ command: 'sleep 76' }]);
    expect(stdout.toString()).toMatch(/\nN left\n\nN end 0 0 \n$/);
    rmSync(home, { recursive: true });
});

test('processes are told by number and command, whatever their names hold', () => {
    const rest = 'S 1 2 3 0 -1 4 5 0 0 0 0 0 0 0 20 0 1 0 77 1 1';
    const lines = `12 (a) b) ${rest}\t/bin/a \u001b[31mb \n13 (c) ${rest}\t\n14 (gone) Z 1 2 3 0 -1 4 5 0 0 0 0 0 0 0 20 0 1 0 7 1\tx\nnoise\n`;
    expect(parseProcessNotes(Buffer.from(lines))).toEqual([
        { pid: 12, command: '/bin/a b' },
        { pid: 13, command: 'c' },
    ]);
});

test('ports in use are read from both tables', () => {
    const tables = `  sl  local_address rem_address   st
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000
   1: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 0
`;
    expect([...parseSocketPorts(tables)]).toEqual([8080, 22]);
});
