/** One host of five loses its power in the middle of an order: what the user is told, that the others go on, and that it can be ended. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Product, Result } from '../system/product.ts';
import { startHosts, type Hosts } from '../support/hosts/hosts.ts';
import { createSmallApplication, forgetTraces, tracesOn } from './small-application.ts';

const COUNT = 5;
const OTHERS = [1, 2, 4, 5];
/** How long is waited for what is to come. */
const PATIENCE_MS = 60_000;
/** Nobody waits for a connection, or a step, to time out: that takes minutes. */
const LONG_MS = 90_000;

let hosts: Hosts;
let application: Product;
beforeAll(async () => {
    hosts = await startHosts(COUNT, { init: 'tini' }, AbortSignal.timeout(240_000));
});
beforeEach(() => {
    const slow = Object.fromEntries(['deploy', 'start', 'stop'].map((phase) => [`Web/${phase}`, 'sleep 1']));
    application = createSmallApplication(hosts.all, { machines: COUNT, scripts: slow });
});
afterEach(async () => {
    await application.dispose();
    await forgetTraces(hosts.all);
    for (const { exec } of hosts.all) await exec('rm -rf /root/.roboconf');
});
afterAll(async () => hosts.dispose());

const lost = (): Hosts['all'][number] => hosts.host(3);

/** Gives an order, and takes the power from the third host as soon as a recipe that was begun there says so. */
async function orderedWhilePowerFails(
    verb: 'deploy' | 'stop' | 'undeploy',
    phase: string,
): Promise<Result & { readonly tookMs: number }> {
    const begunAt = Date.now();
    const ordered = application.run(verb, application.directory, ...(verb === 'stop' ? [] : ['--yes']));
    await expect
        .poll(() => tracesOn(lost()), { timeout: PATIENCE_MS, interval: 50 })
        .toContain(`begin /m3/web ${phase}`);
    await lost().kill();
    return { ...(await ordered), tookMs: Date.now() - begunAt };
}

async function statusesOf(...machines: readonly number[]): Promise<readonly string[]> {
    const instances = await application.instances();
    return machines.map((number) => instances.get(`/m${number}/web`)?.status ?? 'missing');
}

async function run(verb: string, ...words: readonly string[]): Promise<Result> {
    return application.run(verb, application.directory, ...words);
}

async function latestOrder(): Promise<string | undefined> {
    // The record of `roboconf status --format json`, a public contract the test reads as any program would.
    const { run: latest } = JSON.parse((await run('status', '--format', 'json')).out) as {
        readonly run: { readonly order: string } | null;
    };
    return latest?.order;
}

/** A profile that notes when a runner was told which start of the host it is: one that does not know takes no start for another one. */
const TELLING = `case $BASH_EXECUTION_STRING in
*boot_id*) (eval "$BASH_EXECUTION_STRING"); echo told >>/root/told; exit ;;
esac
`;

function claims(): readonly string[] {
    const folder = join(application.state, 'pools');
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
}

test('while it deploys: the others are deployed, the host and the step of unknown end are told, and it heals', async () => {
    const deployed = await orderedWhilePowerFails('deploy', 'deploy');
    expect(deployed.code).toBe(1);
    expect(deployed.tookMs).toBeLessThan(LONG_MS);
    expect(deployed.out).toMatch(/\/m3: .*The machine does not answer/);
    expect(await statusesOf(...OTHERS)).toEqual(OTHERS.map(() => 'DEPLOYED_STARTED'));
    await lost().boot();
    await expect
        .poll(async () => (await application.instances()).get('/m3')?.status, { timeout: PATIENCE_MS })
        .toBe('DEPLOYED_STARTED');
    // Nobody can tell how far its recipe came, and the host is asked before that is said.
    await expect.poll(async () => (await run('status')).out, { timeout: PATIENCE_MS }).toMatch(/\/m3\/web.*unknown/);
    const resumed = await run('resume', '--retry-unknown');
    expect(resumed, resumed.out + resumed.err).toMatchObject({ code: 0 });
    expect(await statusesOf(3, ...OTHERS)).toEqual([3, ...OTHERS].map(() => 'DEPLOYED_STARTED'));
    expect(await run('undeploy', '--yes')).toMatchObject({ code: 0 });
    expect(claims()).toEqual([]);
});

test('while it is stopped: the others stop, and when it is back it can be settled and stopped', async () => {
    expect(await run('deploy', '--yes')).toMatchObject({ code: 0 });
    const stopped = await orderedWhilePowerFails('stop', 'stop');
    expect(stopped.code).toBe(1);
    expect(stopped.out).toMatch(/\/m3: .*The machine does not answer/);
    expect(await statusesOf(...OTHERS)).toEqual(OTHERS.map(() => 'DEPLOYED_STOPPED'));
    await lost().boot();
    await expect
        .poll(async () => (await application.instances()).get('/m3')?.status, { timeout: PATIENCE_MS })
        .not.toBe('PROBLEM');
    await expect.poll(async () => (await run('status')).out, { timeout: PATIENCE_MS }).toMatch(/\/m3\/web.*unknown/);
    const settled = await run('settle', '/m3/web', '--succeeded');
    expect(settled, settled.out + settled.err).toMatchObject({ code: 0 });
    expect(await statusesOf(3)).toEqual(['DEPLOYED_STOPPED']);
    expect(await run('undeploy', '--yes')).toMatchObject({ code: 0 });
    expect(claims()).toEqual([]);
});

test('while it is undeployed: the others go, the way to give it up is told, works, and frees its address', async () => {
    expect(await run('deploy', '--yes')).toMatchObject({ code: 0 });
    const undeployed = await orderedWhilePowerFails('undeploy', 'stop');
    expect(undeployed.code).toBe(1);
    expect(undeployed.tookMs).toBeLessThan(LONG_MS);
    expect(undeployed.out).toMatch(
        /\/m3: The machine could not be destroyed: .*198\.18\.\d+\.13.*`roboconf undeploy` with --force gives it up/,
    );
    expect(await statusesOf(...OTHERS)).toEqual(OTHERS.map(() => 'NOT_DEPLOYED'));
    expect(claims()).toHaveLength(1);

    const givenUp = await run('undeploy', '/m3', '--force', '--yes');
    expect(givenUp, givenUp.out + givenUp.err).toMatchObject({ code: 0 });
    expect(await statusesOf(3)).toEqual(['NOT_DEPLOYED']);

    // Four machines find room beside the one that is off; the fifth has none until it is back, and then it is tidied first.
    const others = OTHERS.map((number) => `/m${number}`);
    const again = await run('deploy', ...others, '--yes');
    expect(again, again.out + again.err).toMatchObject({ code: 0 });
    await lost().boot();
    expect((await lost().exec('ls -A /root/.roboconf')).out).not.toBe('');
    const last = await run('deploy', '/m3', '--yes');
    expect(last, last.out + last.err).toMatchObject({ code: 0 });
    expect(await run('undeploy', '--yes')).toMatchObject({ code: 0 });
    for (const { exec } of hosts.all) expect((await exec('ls -d /root/.roboconf')).out).toBe('');
    expect(claims()).toEqual([]);
});

test('a machine that is given up while its end is waited for goes at once, and another one takes a free address', async () => {
    await application.dispose();
    application = createSmallApplication(hosts.all, { machines: 3 });
    expect(await run('deploy', '--yes')).toMatchObject({ code: 0 });
    await lost().kill();
    const waiting = run('undeploy', '/m3', '--yes');
    await expect.poll(() => latestOrder(), { timeout: PATIENCE_MS }).toBe('undeploy');
    const givenUp = await run('undeploy', '/m3', '--force', '--yes');
    expect(givenUp, givenUp.out + givenUp.err).toMatchObject({ code: 0 });
    await waiting;
    const again = await run('deploy', '/m3', '--yes');
    expect(again, again.out + again.err).toMatchObject({ code: 0 });
    expect((await run('status')).out).toMatch(/\/m3 .*on 198\.18\.\d+\.14/);
    await lost().boot();
    expect(await run('undeploy', '--yes')).toMatchObject({ code: 0 });
});

test('what ran on a host that was switched off is started again there when it is back', async () => {
    await lost().exec('cat >/root/.bashrc', TELLING);
    expect(await run('deploy', '--yes')).toMatchObject({ code: 0 });
    await expect.poll(async () => (await lost().exec('cat /root/told')).out, { timeout: PATIENCE_MS }).not.toBe('');
    await lost().kill();
    await expect.poll(() => statusesOf(3), { timeout: PATIENCE_MS }).toEqual(['PROBLEM']);
    await lost().boot();
    const starts = async (): Promise<readonly string[]> =>
        (await tracesOn(lost())).filter((line) => line === 'begin /m3/web start');
    await expect.poll(starts, { timeout: PATIENCE_MS }).toHaveLength(2);
    await expect.poll(() => statusesOf(3), { timeout: PATIENCE_MS }).toEqual(['DEPLOYED_STARTED']);
    expect(await starts()).toHaveLength(2);
    await lost().exec('rm /root/.bashrc /root/told');
    expect((await run('undeploy', '--yes')).code).toBe(0);
});
