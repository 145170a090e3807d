/** Keys of real hosts at the command line: shown, approved by fingerprint, and never taken for those of others. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { deploy } from '../../cli/deploy.ts';
import { target } from '../../cli/target.ts';
import { optionsOf, type ExitCode, type Verb } from '../../cli/verb.ts';
import { recordedOutput } from '../cli/recorded-output.ts';
import { startHosts, type Hosts } from '../support/hosts/hosts.ts';

const never = new AbortController().signal;

let hosts: Hosts;
let folder: string;
const before = process.env['ROBOCONF_STATE'];
beforeAll(async () => {
    hosts = await startHosts(2, { init: 'tini' }, never);
    folder = mkdtempSync(join(tmpdir(), 'roboconf-keys-'));
    process.env['ROBOCONF_STATE'] = join(folder, 'state');
    const [first, second] = hosts.all;
    const write = (path: string, lines: readonly string[]): void => {
        mkdirSync(join(folder, path, '..'), { recursive: true });
        writeFileSync(join(folder, path), `${lines.join('\n')}\n`);
    };
    write('targets/pool.properties', [
        'id = pool',
        'handler = embedded',
        `embedded.ip = ${first?.address ?? ''}, ${second?.address ?? ''}`,
        'scp.user = root',
        `scp.keyfile = ${first?.keyFile ?? ''}`,
        'scp.known.hosts.file = ../known/hosts',
    ]);
    const entries = ['graph-entry-point = main.graph', 'instance-entry-point = main.instances'];
    write('app/descriptor/application.properties', [
        'name = keys',
        'version = 1.0',
        'dsl-id = roboconf-1.0',
        ...entries,
    ]);
    write('app/graph/main.graph', ['Vm {', '\tinstaller: target;', '}']);
    write('app/graph/Vm/target.properties', ['id = here', 'handler = local', 'name = Here']);
    write('app/instances/main.instances', ['instance of Vm {', '\tname: vm;', '}']);
});
afterAll(async () => {
    if (before === undefined) delete process.env['ROBOCONF_STATE'];
    else process.env['ROBOCONF_STATE'] = before;
    rmSync(folder, { recursive: true, force: true });
    await hosts.dispose();
});

async function run(verb: Verb, ...words: readonly string[]): Promise<{ code: ExitCode; out: string; err: string }> {
    const recorded = recordedOutput();
    const args = readArguments(words, optionsOf(verb));
    if (args.kind === 'fault') throw new Error(args.message);
    const code = await verb.run(args.value, recorded.output, never);
    return { code, out: recorded.out(), err: recorded.err() };
}

/** The fingerprint as the host itself tells it. */
async function fingerprintOf(number: number): Promise<string> {
    const { out } = await hosts.host(number).exec('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');
    return out.split(' ')[1] ?? '';
}

test('a key is unknown until it is approved by its fingerprint, and one that changed is never approved', async () => {
    const app = join(folder, 'app');
    const [first, second] = [hosts.host(1).address, hosts.host(2).address];
    const known = join(folder, 'known', 'hosts');

    const refused = await run(deploy, app, '--yes', '--target', 'pool');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(
        `nothing is known of the host keys of ${first}: 'roboconf target approve pool ${app}'`,
    );

    const fingerprints = [await fingerprintOf(1), await fingerprintOf(2)];
    const shown = await run(target, 'approve', 'pool', app);
    expect(shown.code).toBe(2);
    expect(shown.err).toContain(`${first}  ssh-ed25519 ${fingerprints[0] ?? ''}`);
    expect(shown.err).toContain(`${second}  ssh-ed25519 ${fingerprints[1] ?? ''}`);
    expect(existsSync(known)).toBe(false);

    const approved = await run(target, 'approve', 'pool', app, '--fingerprint', fingerprints[0] ?? '', '--yes');
    expect(approved).toEqual({ code: 0, out: '', err: `${first} is known from now on.\n` });
    expect(readFileSync(known, 'utf8')).toMatch(new RegExp(`^${first} ssh-ed25519 \\S+\n$`));
    expect(statSync(known).mode & 0o777).toBe(0o600);

    const tested = await run(target, 'test', 'pool', app, '--format', 'json');
    expect(tested.code).toBe(1);
    const answers = tested.out
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
    expect(answers).toMatchObject([
        { address: first, kind: 'answers', canBecomeRoot: true },
        { address: second, kind: 'refused', code: 'hostKeyUnknown', hostKey: { fingerprint: fingerprints[1] } },
    ]);

    await hosts.host(1).rekey();
    const changed = await fingerprintOf(1);
    expect(changed).not.toBe(fingerprints[0]);
    const again = await run(target, 'approve', 'pool', app, '--host', first, '--fingerprint', changed, '--yes');
    expect(again.code).toBe(1);
    const told = await run(target, 'approve', 'pool', app, '--host', first);
    expect(told.code).toBe(1);
    expect(told.err).toContain(`Its host key changed`);
    expect(told.err).toContain(`line 1 of ${known}`);
    expect(readFileSync(known, 'utf8').split('\n')).toHaveLength(2);
});
