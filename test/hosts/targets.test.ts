/** Targets over SSH on real machines: the rules of the kit, faults of the network, and one application on three kinds of machines. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { associateTargets, targetSourceOf, type TargetSource } from '../../language/index.ts';
import { openRunner, type Runner, type RunnerEvent } from '../../runner/index.ts';
import { openTarget } from '../../runner/targets/adapters.ts';
import { endMachine, makeMachine } from '../../runner/targets/machines.ts';
import { listClaims } from '../../runner/targets/pool-claims.ts';
import type { Target, TargetAdapter, TargetDefinition } from '../../runner/targets/target.ts';
import { sketchModel, writeRecipes, type ComponentSketch } from '../runner/support/application.ts';
import { startHosts, type Hosts } from '../support/hosts/hosts.ts';
import { describeTarget } from '../targets/kit.ts';

const never = new AbortController().signal;
const COUNT = 3;

let hosts: Hosts;
beforeAll(async () => {
    hosts = await startHosts(COUNT, { init: 'tini' }, never);
});
afterAll(async () => hosts.dispose());

let state: string;
beforeEach(() => void (state = mkdtempSync(join(tmpdir(), 'roboconf-hosts-'))));
afterEach(() => rmSync(state, { recursive: true, force: true, maxRetries: 10 }));

const PASSWORD = 'deploy-password';

/** The pool of all hosts, for somebody who logs in by password and becomes root by `sudo`. */
function poolProperties(addresses = hosts.all.map(({ address }) => address)): Readonly<Record<string, string>> {
    return {
        id: 'pool',
        handler: 'embedded',
        'embedded.ip': addresses.join(', '),
        'embedded.sudo': 'true',
        'scp.user': 'deploy',
        'scp.known.hosts.file': hosts.host(1).knownHostsFile,
        'ssh.password': '${secret:POOL}',
        'ssh.agent': 'none',
    };
}

function poolDefinition(addresses?: readonly string[]): TargetDefinition {
    const properties = poolProperties(addresses === undefined ? undefined : [...addresses]);
    return { id: 'pool', handler: 'embedded', name: 'Pool', properties, directory: '/' };
}

async function openPool(definition: TargetDefinition, opened: TargetAdapter[]): Promise<Target> {
    const adapter = await openTarget({
        definition,
        secretOf: (name) => (name === 'POOL' ? PASSWORD : undefined),
        deployment: 'd1',
        application: 'app',
        machineFolder: join(state, 'machines'),
        stateDirectory: state,
        stepDirectoryOf: (attempt) => join(state, 'steps', attempt),
        onMachineNews: () => undefined,
        awaitedOn: () => [],
        detached: never,
    });
    if ('kind' in adapter) throw new Error(adapter.reason);
    opened.push(adapter);
    return adapter.target;
}

/** Names of the folders that deployments have on the hosts, as `address/name`. */
async function foldersOnHosts(): Promise<readonly string[]> {
    const found = await Promise.all(
        hosts.all.map(async ({ address, exec }) => {
            const { out } = await exec('ls -A /root/.roboconf /home/deploy/.roboconf 2>/dev/null | grep -v :$ || true');
            return out.split('\n').flatMap((name) => (name === '' ? [] : [`${address}/${name}`]));
        }),
    );
    return found.flat();
}

describe('by the rules of the kit', () => {
    const opened: TargetAdapter[] = [];
    afterEach(async () => {
        for (const adapter of opened.splice(0)) await adapter.dispose();
        for (const { exec } of hosts.all) await exec('rm -rf /root/.roboconf /home/deploy/.roboconf');
    });

    describeTarget('embedded, over SSH', async () => {
        const reopened: Target[] = [await openPool(poolDefinition(), opened), await openPool(poolDefinition(), opened)];
        const [target, other] = reopened;
        if (target === undefined || other === undefined) throw new Error('two targets were opened');
        return {
            target,
            reopened: () => other,
            destroyByHand: async ({ tag }) => {
                for (const name of readdirSync(join(state, 'pools'))) {
                    const file = join(state, 'pools', name);
                    if (readFileSync(file, 'utf8').includes(JSON.stringify(tag.path))) rmSync(file);
                }
                for (const { exec } of hosts.all) await exec('rm -rf /root/.roboconf');
            },
            machinesThere: async (deployment) => {
                const claims = listClaims(state).filter((claim) => claim.deployment === deployment);
                const folders = (await foldersOnHosts()).filter((name) => name.endsWith(`/${deployment}`));
                const isClaimed = (folder: string): boolean =>
                    claims.some(({ address }) => folder === `${address}/${deployment}`);
                const left = folders.filter((folder) => !isClaimed(folder)).map((folder) => `left at ${folder}`);
                return [...claims.map(({ path }) => path), ...left].sort();
            },
            secret: PASSWORD,
            dispose: async () => undefined,
        };
    });

    test('a machine that is ended keeps nothing of its deployment', async () => {
        const target = await openPool(poolDefinition(), opened);
        const made = await makeMachine(target, { deployment: 'd1', path: '/vm' }, never);
        if (made.kind !== 'up') throw new Error(made.reason);
        await hosts
            .host(1)
            .exec('mkdir -p /root/.roboconf/d1/instances/x && touch /root/.roboconf/d1/instances/x/file');
        expect(await foldersOnHosts()).toEqual([`${hosts.host(1).address}/d1`]);
        const machine = { tag: { deployment: 'd1', path: '/vm' }, machineId: made.machineId };
        expect(await endMachine(target, machine, never)).toEqual({ kind: 'down' });
        expect(await foldersOnHosts()).toEqual([]);
        expect(await hosts.host(1).exec('ls -d /root/.roboconf /home/deploy/.roboconf')).toMatchObject({ out: '' });
    });

    test('scripts of the target run on the machine and here, once, and leave nothing there', async () => {
        const scripts = join(state, 'pool');
        mkdirSync(scripts);
        writeFileSync(
            join(scripts, 'agent.script.sh'),
            '#!/bin/sh\necho "$SCOPED_INSTANCE_PATH at $IP_ADDRESS" >>/tmp/made\n',
        );
        writeFileSync(
            join(scripts, 'dm.configure.script.sh'),
            `#!/bin/sh\necho "$IP_ADDRESS" >>'${join(state, 'here')}'\n`,
        );
        const definition = { ...poolDefinition(), scripts };
        const tag = { deployment: 'd1', path: '/vm' };
        for (const target of [await openPool(definition, opened), await openPool(definition, opened)])
            expect(await makeMachine(target, tag, never)).toMatchObject({ kind: 'up' });
        const [first] = opened;
        if (first === undefined) throw new Error('a target was opened');
        const { address, exec } = hosts.host(1);
        expect((await exec('cat /tmp/made; rm /tmp/made')).out).toBe(`/vm at ${address}\n`);
        expect(readFileSync(join(state, 'here'), 'utf8')).toBe(`${address}\n`);
        expect(await endMachine(first.target, { tag, machineId: '' }, never)).toEqual({ kind: 'down' });
        expect(await foldersOnHosts()).toEqual([]);
    });

    test('a pool that is used up names who has its machines, and two deployments never get the same one', async () => {
        const [target, other] = [await openPool(poolDefinition(), opened), await openPool(poolDefinition(), opened)];
        const outcomes = await Promise.all(
            ['a', 'b', 'c', 'd'].map((name, index) =>
                makeMachine(index % 2 === 0 ? target : other, { deployment: `d-${name}`, path: `/vm-${name}` }, never),
            ),
        );
        const up = outcomes.filter((outcome) => outcome.kind === 'up');
        expect(new Set(up.map(({ address }) => address)).size).toBe(COUNT);
        const [refused] = outcomes.filter((outcome) => outcome.kind === 'failed');
        expect(refused?.reason).toContain("no address of the target 'pool' is free");
        for (const { address } of hosts.all) expect(refused?.reason).toContain(`${address} is used by /vm-`);
    });

    test('a machine of the pool that does not answer is passed over, and not held', async () => {
        const [first, second] = [hosts.host(1), hosts.host(2)];
        const target = await openPool(poolDefinition([first.address, second.address]), opened);
        await first.cut();
        try {
            const made = await makeMachine(target, { deployment: 'd1', path: '/vm' }, never);
            expect(made).toMatchObject({ kind: 'up', address: second.address });
            expect(listClaims(state).map(({ address }) => address)).toEqual([second.address]);
        } finally {
            await first.mend();
        }
    });

    test('a machine behind a cut cable is made and ended once it is back, and stays taken until then', async () => {
        const host = hosts.host(1);
        const target = await openPool(poolDefinition([host.address]), opened);
        const tag = { deployment: 'd1', path: '/vm' };
        await host.cut();
        try {
            const refused = await makeMachine(target, tag, never);
            if (refused.kind !== 'failed') throw new Error('a machine that cannot be reached was made');
            expect(refused.reason).toContain(host.address);
            expect(refused.reason).not.toContain(PASSWORD);
        } finally {
            await host.mend();
        }
        const made = await makeMachine(target, tag, never);
        if (made.kind !== 'up') throw new Error(made.reason);
        await host.cut();
        try {
            const machine = { tag, machineId: made.machineId };
            // What was heard of it is believed for a little while.
            await expect.poll(() => target.isRunning(machine, never), { timeout: 60_000 }).toBe('unknown');
            expect(await endMachine(target, machine, never)).toMatchObject({ kind: 'failed' });
            expect(listClaims(state).map(({ path }) => path)).toEqual(['/vm']);
        } finally {
            await host.mend();
        }
        expect(await endMachine(target, { tag, machineId: '' }, never)).toEqual({ kind: 'down' });
        expect(listClaims(state)).toEqual([]);
    });
});

const COMPONENTS: Readonly<Record<string, ComponentSketch>> = {
    Vm: { installer: 'target', exports: { ip: null } },
    Store: {
        installer: 'script',
        exports: { ip: null, port: '7000' },
        recipe: { 'scripts/start.sh': '#!/bin/sh\necho "store on $(cat /etc/hostname)"; env\n' },
    },
    Web: {
        installer: 'script',
        imports: ['Store.ip', 'Store.port'],
        recipe: { 'scripts/start.sh': '#!/bin/sh\necho "web sees $Store_0_ip:$Store_0_port"\n' },
    },
};
const MODEL = sketchModel(COMPONENTS, {
    '/far': 'Vm',
    '/far/store': 'Store',
    '/near': 'Vm',
    '/near/web': 'Web',
    '/thought': 'Vm',
    '/thought/web': 'Web',
});

describe('one application on this computer, on a host and in memory', () => {
    let application: string;
    let runner: Runner;
    const events: RunnerEvent[] = [];

    beforeEach(async () => {
        application = mkdtempSync(join(tmpdir(), 'roboconf-mixed-'));
        writeRecipes(application, COMPONENTS);
        events.length = 0;
        runner = await open();
    });
    afterEach(async () => {
        await runner.dispose();
        rmSync(application, { recursive: true, force: true, maxRetries: 10 });
    });

    async function open(): Promise<Runner> {
        const opened = await openRunner(
            { directory: application, deployment: 'mixed', stateDirectory: state, mode: 'attachOrStart' },
            never,
        );
        if (opened.kind === 'refused') throw new Error(opened.message);
        opened.runner.onEvent((event) => void events.push(event));
        return opened.runner;
    }

    function source(properties: Readonly<Record<string, string>>): TargetSource {
        const lines = Object.entries(properties).map(([key, value]) => `${key} = ${value}\n`);
        return targetSourceOf(lines.join(''), `/targets/${properties['id'] ?? ''}.properties`);
    }

    test('runs each part where it is, tells no secret, and leaves every machine as it was', async () => {
        await expect.poll(() => programsOn(hosts), { timeout: 60_000 }).toEqual([]);
        const before = await homesOf(hosts);
        const { targets, faults } = associateTargets({
            model: MODEL,
            sources: [source(poolProperties()), source({ id: 'memory', handler: 'in-memory' })],
            choices: [
                { place: '/far', target: 'pool' },
                { place: '/thought', target: 'memory' },
            ],
        });
        expect(faults).toEqual([]);
        await runner.giveSecrets({ POOL: PASSWORD }, never);
        await quiet({ kind: 'deploy', model: MODEL, paths: [], targets });
        const { instances } = await runner.snapshot(never);
        expect(new Set(instances.map(({ status }) => status))).toEqual(new Set(['DEPLOYED_STARTED']));
        const said = events.flatMap((event) => (event.kind === 'output' ? [event.text] : [])).join('');
        expect(said).toContain('store on h1');
        expect(said).toContain(`web sees ${hosts.host(1).address}:7000`);
        expect(said).toContain('[roboconf] start /thought/web: its machine is in memory, no recipe is run');

        await quiet({ kind: 'undeploy', paths: [] });
        expect(await homesOf(hosts)).toEqual(before);
        // A connection that was let go takes the host a moment to end.
        await expect.poll(() => programsOn(hosts), { timeout: 60_000 }).toEqual([]);
        expect(listClaims(state)).toEqual([]);
        expect(JSON.stringify(events)).not.toContain(PASSWORD);
        const files = filesBelow(state);
        expect(files.length).toBeGreaterThan(10);
        expect(files.filter((file) => readFileSync(file).includes(PASSWORD))).toEqual([]);
    });

    test('a secret that is missing, or wrong, is told without being told', async () => {
        const { targets } = associateTargets({
            model: MODEL,
            sources: [source(poolProperties())],
            choices: [{ place: '/far', target: 'pool' }],
        });
        expect(await runner.order({ kind: 'deploy', model: MODEL, paths: ['/far'], targets }, never)).toMatchObject({
            kind: 'accepted',
        });
        expect((await runner.whenQuiet(never))?.outcome).toBe('failed');
        expect(JSON.stringify(await runner.snapshot(never))).toContain('needs the secret POOL');
        await runner.giveSecrets({ POOL: 'no such pass word' }, never);
        await runner.order({ kind: 'retry', paths: [] }, never);
        expect((await runner.whenQuiet(never))?.outcome).toBe('failed');
        const { instances } = await runner.snapshot(never);
        const failure = JSON.stringify(instances.map((instance) => instance.failure));
        expect(failure).toContain(hosts.host(1).address);
        const files = filesBelow(state);
        expect(files.filter((file) => readFileSync(file).includes('no such pass word'))).toEqual([]);
        expect(JSON.stringify(events)).not.toContain('no such pass word');
    });

    async function quiet(order: Parameters<Runner['order']>[0]): Promise<void> {
        expect(await runner.order(order, never)).toMatchObject({ kind: 'accepted' });
        expect((await runner.whenQuiet(never))?.outcome).toBe('succeeded');
    }
});

/** What is in the homes of the users of each host. */
async function homesOf({ all }: Hosts): Promise<readonly string[]> {
    const answers = all.map(({ exec }) => exec('find /root /home /tmp /var/tmp | sort'));
    return (await Promise.all(answers)).map(({ out }) => out);
}

/** Names of what runs on the hosts besides their servers for logins and the question itself. */
async function programsOn({ all }: Hosts): Promise<readonly string[]> {
    const answers = await Promise.all(all.map(({ exec }) => exec('ps -eo comm=')));
    return answers.flatMap(({ out }) => out.split('\n').filter((name) => !/^(?:tini|sshd|sh|ps|)$/.test(name)));
}

function filesBelow(folder: string): readonly string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile());
}
