/** Words about targets: what `--target` means, which targets there are, and what is refused before anything is reached. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { locateDirectory } from '../../cli/application.ts';
import { candidatesFor } from '../../cli/complete.ts';
import { deploy } from '../../cli/deploy.ts';
import { knownTargets, readChoices } from '../../cli/target-files.ts';
import { target } from '../../cli/target.ts';
import { optionsOf, type ExitCode, type Verb } from '../../cli/verb.ts';
import { VERBS } from '../../cli/verbs.ts';
import { associateTargets, type TargetSource } from '../../language/index.ts';
import { openRunner } from '../../runner/index.ts';
import { recordedOutput } from './recorded-output.ts';

const example = resolve(import.meta.dirname, '..', '..', 'examples', 'hello-cluster');
const KEPT = ['ROBOCONF_STATE', 'ROBOCONF_SECRETS', 'ROBOCONF_SECRET_POOL'];
const before = KEPT.map((name) => [name, process.env[name]] as const);
const here = process.cwd();

let folder: string;
let directory: string;
beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'roboconf-targets-')));
    directory = join(folder, 'lab', 'app');
    cpSync(example, directory, { recursive: true });
    process.env['ROBOCONF_STATE'] = join(folder, 'state');
});
afterEach(() => {
    process.chdir(here);
    for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true });
});

/** Writes a target file below the folder and answers its path. */
function write(path: string, text: string): string {
    const file = join(folder, path);
    mkdirSync(resolve(file, '..'), { recursive: true });
    writeFileSync(file, text);
    return file;
}

const POOL = 'id = pool\nhandler = embedded\nname = Lab\nembedded.ip = 192.0.2.1, 192.0.2.2\n';

function known(): readonly TargetSource[] {
    const located = locateDirectory(directory);
    if (located.kind === 'absent') throw new Error(located.message);
    return knownTargets(located.application);
}

/** Deploys onto the target of a file, by a runner in this process. */
async function deployOnto(file: string): Promise<void> {
    const located = locateDirectory(directory);
    if (located.kind === 'absent') throw new Error(located.message);
    const { model } = located.application;
    const chosen = readChoices([file], known());
    if ('fault' in chosen) throw new Error(chosen.fault);
    const { targets } = associateTargets({ model, ...chosen });
    const { signal } = new AbortController();
    const config = { directory: located.application.directory, deployment: model.name, mode: 'attachOrStart' } as const;
    const opened = await openRunner(config, signal);
    if (opened.kind === 'refused') throw new Error(opened.message);
    const { runner } = opened;
    expect(await runner.order({ kind: 'deploy', model, paths: [], targets }, signal)).toMatchObject({
        kind: 'accepted',
    });
    expect(await runner.whenQuiet(signal)).toMatchObject({ outcome: 'succeeded' });
    await runner.dispose();
}

async function run(verb: Verb, ...words: readonly string[]): Promise<{ code: ExitCode; out: string; err: string }> {
    const recorded = recordedOutput();
    const args = readArguments(words, optionsOf(verb));
    if (args.kind === 'fault') throw new Error(args.message);
    const code = await verb.run(args.value, recorded.output, new AbortController().signal);
    return { code, out: recorded.out(), err: recorded.err() };
}

test('targets are those of the application, then of the folders around it up to the working directory', () => {
    write('lab/targets/pool.properties', POOL);
    write('lab/targets/notes.properties', 'colour = blue\n');
    write('targets/far.properties', 'id = far\nhandler = local\n');
    write('lab/app/targets/own.properties', 'id = own\nhandler = local\n');
    expect(known().map(({ id }) => id)).toEqual(['this-computer', 'own', 'pool']);
    process.chdir(folder);
    expect(known().map(({ id }) => id)).toEqual(['this-computer', 'own', 'pool', 'far']);
});

describe('the words of --target', () => {
    const file = '/elsewhere/pool.properties';
    const sources: readonly TargetSource[] = [
        { id: 'pool', handler: 'embedded', name: 'pool', description: null, file, properties: {}, defaultOf: [] },
    ];
    const rows: readonly (readonly [string, string, string])[] = [
        ['pool', '', 'pool'],
        ['/vm 1=pool', '/vm 1', 'pool'],
        ['Machine=pool', 'Machine', 'pool'],
        ['/elsewhere/pool.properties', '', file],
        ['Machine=/elsewhere/pool.properties', 'Machine', file],
        ['nobody', '', 'nobody'],
    ];
    test.each(rows)('%s', (word, place, meant) => {
        expect(readChoices([word], sources)).toEqual({ sources, choices: [{ place, target: meant }] });
    });

    test('a file from elsewhere joins the targets, by its absolute path', () => {
        const other = write('other.properties', 'id = other\nhandler = local\n');
        process.chdir(folder);
        const chosen = readChoices(['/vm=other.properties', 'Machine=./other.properties'], sources);
        expect(chosen).toMatchObject({
            sources: [sources[0], { id: 'other', file: other }],
            choices: [
                { place: '/vm', target: other },
                { place: 'Machine', target: other },
            ],
        });
    });

    test('two for one place, or a file that is not there, are faults', () => {
        expect(readChoices(['pool', 'local'], sources)).toEqual({ fault: 'two targets are given for the application' });
        expect(readChoices(['A=pool', 'A=local'], sources)).toEqual({ fault: 'two targets are given for A' });
        const unreadable = JSON.stringify(readChoices(['./none.properties'], sources));
        expect(unreadable).toContain("the target file './none.properties' cannot be read");
    });
});

describe('deploy refuses before anything begins', () => {
    const refusals: readonly (readonly [string, readonly string[], ExitCode, string])[] = [
        [
            'an unknown target',
            ['--target', 'pol'],
            2,
            "There is no target 'pol'. Known are this-computer, pool, cloud, local",
        ],
        ['an unknown place', ['--target', '/web-9=pool'], 2, 'There is no instance /web-9 to choose a target for.'],
        ['what is no machine', ['--target', '/web-1/worker=pool'], 2, '/web-1/worker is no machine'],
        [
            'two targets for one place',
            ['--target', 'pool', '--target', 'cloud'],
            2,
            'two targets are given for the application',
        ],
        [
            'a handler of others',
            ['--target', 'cloud'],
            1,
            "makes its machines with 'iaas-ec2', which this version cannot do yet",
        ],
        [
            'hosts whose keys are not known',
            ['--target', '/data=pool'],
            2,
            "nothing is known of the host keys of 192.0.2.1: 'roboconf target approve pool",
        ],
    ];
    test.each(refusals)('%s', async (_, words, code, message) => {
        write('lab/targets/pool.properties', `${POOL}scp.known.hosts.file = ${join(folder, 'known')}\n`);
        write('lab/targets/zcloud.properties', 'id = cloud\nhandler = iaas-ec2\nname = Cloud\n');
        const result = await run(deploy, directory, '--yes', ...words);
        expect([result.code, result.out]).toEqual([code, '']);
        expect(result.err).toContain(message);
    });

    test('a secret nobody gave, saying where to put it', async () => {
        write('lab/targets/pool.properties', `${POOL}ssh.password = \${secret:POOL}\n`);
        const { code, err } = await run(deploy, directory, '--yes', '--target', 'pool');
        expect(code).toBe(2);
        expect(err).toContain("the target 'pool' needs the secret POOL (set ROBOCONF_SECRET_POOL,");
    });

    test('a file of secrets that others may read', async () => {
        write('lab/targets/pool.properties', `${POOL}ssh.password = \${secret:POOL}\n`);
        process.env['ROBOCONF_SECRETS'] = write('secrets', 'POOL = xyzzy\n');
        const { code, err } = await run(deploy, directory, '--yes', '--target', 'pool');
        expect(code).toBe(2);
        expect(err).toContain('others may read the file of secrets');
        expect(err).not.toContain('xyzzy');
    });

    test('only addresses that the named machines may take have to be known', async () => {
        write('lab/targets/pool.properties', `${POOL}hostkey.192.0.2.1 = SHA256:${'A'.repeat(43)}\n`);
        const { err } = await run(deploy, directory, '/web-1', '--target', 'pool');
        expect(err).not.toContain('host keys');
        expect(err).toContain('add --yes');
    });
});

test('a dry run tells which machine would be made by which target', async () => {
    write('lab/targets/pool.properties', POOL);
    const { code, out } = await run(deploy, directory, '/web-1', '/data', '--target', '/data=pool', '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('+ /data          added: Machine, its machine will be made by pool');
    expect(out).toContain('+ /web-1         added: Machine\n');
});

describe('target', () => {
    test('list tells each target, what it makes, and its pool', async () => {
        write('lab/targets/pool.properties', POOL);
        write('lab/targets/zcloud.properties', 'id = cloud\nhandler = docker\nname = Cloud\n');
        process.chdir(folder);
        expect((await run(target, 'list', 'lab/app')).out).toBe(
            [
                'this-computer  local  This computer  lab/app/graph/Machine/target.properties',
                '  makes /front, /web-1, /web-2, /data',
                'pool  embedded  Lab  lab/targets/pool.properties',
                '  192.0.2.1  free',
                '  192.0.2.2  free',
                'cloud  docker  Cloud  lab/targets/zcloud.properties',
                '  cannot be used: only machines of local, in-memory, embedded can be made so far',
                '',
            ].join('\n'),
        );
    });

    test('list in JSON has one object a target', async () => {
        write('lab/targets/pool.properties', POOL);
        const { out } = await run(target, 'list', directory, '--format', 'json');
        const listings = out
            .trimEnd()
            .split('\n')
            .map((line): unknown => JSON.parse(line));
        expect(listings[1]).toEqual({
            id: 'pool',
            handler: 'embedded',
            name: 'Lab',
            file: join(folder, 'lab', 'targets', 'pool.properties'),
            usable: true,
            instances: [],
            pool: [
                { address: '192.0.2.1', holder: null },
                { address: '192.0.2.2', holder: null },
            ],
            fault: null,
        });
    });

    test('list tells of a file that was chosen, and not of this machine when it is gone', async () => {
        const file = write('elsewhere/memory.properties', 'id = memory\nhandler = in-memory\n');
        await deployOnto(file);
        const chosen = await run(target, 'list', directory);
        expect(chosen.out).toContain('memory  in-memory  ');
        expect(chosen.out).toContain('  makes /front, /web-1, /web-2, /data\n');
        rmSync(file);
        const gone = await run(target, 'list', directory);
        expect(gone.out).not.toContain('this machine');
        expect(gone.err).toContain(`There is no target '${file}'.`);
    });

    test('a pool that needs a secret or a variable says which', async () => {
        write('lab/targets/pool.properties', 'id = pool\nhandler = embedded\nembedded.ip = ${env:NO_SUCH_HOSTS}\n');
        const { out } = await run(target, 'list', directory);
        expect(out).toContain("the target 'pool' needs the variable NO_SUCH_HOSTS of the environment");
    });

    const faults: readonly (readonly [readonly string[], string])[] = [
        [[], 'say what is to be done: list, test, approve'],
        [['frobnicate'], 'say what is to be done: list, test, approve'],
        [['test'], 'name a target: roboconf target test TARGET'],
        [['test', 'pol', '.'], "there is no target 'pol'."],
        [['approve', 'pool', '.', 'more'], "'more' is one word too many"],
        [['approve', 'pool', '.', '--yes'], '--yes alone would trust whoever answers'],
        [['test', 'this-computer', '.'], "the target 'this-computer' has no pool of machines to connect to."],
        [['test', 'pool', '.', '--host', 'nowhere'], "'nowhere' is not in the pool of 'pool': 192.0.2.1, 192.0.2.2."],
    ];
    test.each(faults)('%j is wrong usage', async (words, message) => {
        write('lab/targets/pool.properties', POOL);
        process.chdir(directory);
        const { code, err } = await run(target, ...words);
        expect(code).toBe(2);
        expect(err).toContain(message);
    });
});

test('a machine that cannot be used is told, and has no key to approve', async () => {
    write('lab/targets/pool.properties', `${POOL}ssh.port = nowhere\n`);
    const tested = await run(target, 'test', 'pool', directory, '--host', '192.0.2.1', '--format', 'json');
    expect(tested.code).toBe(1);
    expect(JSON.parse(tested.out)).toMatchObject({ kind: 'refused', code: 'configuration', hostKey: null });
    const approved = await run(target, 'approve', 'pool', directory);
    expect([approved.code, approved.out]).toEqual([1, '']);
    expect(approved.err).toContain("ssh.port is no port: 'nowhere'");
});

test('shells offer targets by their ids, and what can be done with them', async () => {
    write('lab/targets/pool.properties', POOL);
    const words = async (...given: readonly string[]): Promise<readonly string[]> =>
        (await candidatesFor(given, VERBS)).map(({ word }) => word);
    expect(await words('deploy', directory, '--target', '')).toEqual(['this-computer', 'pool', ':files']);
    expect(await words('target', '')).toEqual(['list', 'test', 'approve']);
    expect(await words('target', 'list', '')).toEqual([':directories']);
    process.chdir(directory);
    expect(await words('target', 'test', 'po')).toEqual(['pool', ':files']);
    expect(await words('target', 'test', 'pool', '')).toEqual([':directories']);
});
