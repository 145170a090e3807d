/** Several deployments of one user over one pool: each machine has one of them at a time, whatever became of the one before. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Product } from '../system/product.ts';
import { startHosts, type Host, type Hosts } from '../support/hosts/hosts.ts';
import { createSmallApplication, forgetTraces, tracesOn } from './small-application.ts';

let hosts: Hosts;
let state: string;
const products: Product[] = [];
beforeAll(async () => {
    hosts = await startHosts(2, { init: 'tini' }, AbortSignal.timeout(240_000));
});
beforeEach(() => void (state = mkdtempSync(join(tmpdir(), 'roboconf-shared-'))));
afterEach(async () => {
    for (const product of products.splice(0)) await product.dispose();
    rmSync(state, { recursive: true, force: true, maxRetries: 10 });
    await forgetTraces(hosts.all);
});
afterAll(async () => hosts.dispose());

/** An application with one machine of a pool. */
function application(name: string, pool: readonly Host[], scripts: Readonly<Record<string, string>> = {}): Product {
    const product = createSmallApplication(pool, {
        machines: 1,
        ...{ name, scripts },
        environment: { ROBOCONF_STATE: state },
    });
    products.push(product);
    return product;
}

const claims = (): readonly string[] => readdirSync(join(state, 'pools')).filter((name) => name.endsWith('.json'));

/** Folders that deployments have on a host. */
async function foldersOn({ exec }: Host): Promise<readonly string[]> {
    return (await exec('ls /root/.roboconf 2>/dev/null')).out.split('\n').filter((name) => name !== '');
}

test('two applications at once get a host each', async () => {
    const both = [application('one', hosts.all), application('other', hosts.all)];
    const deployed = await Promise.all(both.map((product) => product.run('deploy', product.directory, '--yes')));
    for (const each of deployed) expect(each, each.out + each.err).toMatchObject({ code: 0 });
    expect((await Promise.all(hosts.all.map(foldersOn))).map(({ length }) => length)).toEqual([1, 1]);
    for (const product of both) expect((await product.run('undeploy', product.directory, '--yes')).code).toBe(0);
    expect(claims()).toEqual([]);
});

test('of two that race for the last address one gets it; the other one is told who has it, and gets it after that one', async () => {
    const last = [hosts.host(1)];
    const both = [application('one', last), application('other', last)];
    const deployed = await Promise.all(both.map((product) => product.run('deploy', product.directory, '--yes')));
    expect(deployed.filter(({ code }) => code === 0)).toHaveLength(1);
    const [winner, loser] = deployed[0]?.code === 0 ? both : both.toReversed();
    if (winner === undefined || loser === undefined) throw new Error('there are two applications');
    const refused = deployed.find(({ code }) => code === 1);
    const name = winner === both[0] ? 'one' : 'other';
    expect(refused?.out).toContain(
        `no address of the target 'pool' is free (${hosts.host(1).address} is used by /m1 of '${name}' in ${winner.directory})`,
    );
    expect(await tracesOn(hosts.host(1))).toHaveLength(8);
    expect((await winner.run('undeploy', winner.directory, '--yes')).code).toBe(0);
    const retried = await loser.run('retry', loser.directory);
    expect(retried, retried.out + retried.err).toMatchObject({ code: 0 });
});

test('what a deployment left that was deleted on this computer is taken over, and cleaned first', async () => {
    const pool = [hosts.host(1)];
    const gone = application('gone', pool, { 'Store/start': 'sleep 1000 &' });
    expect((await gone.run('deploy', gone.directory, '--yes')).code).toBe(0);
    const left = await foldersOn(hosts.host(1));
    expect(gone.killRunners()).toBe(1);
    const folder = readdirSync(state).find((name) => name.startsWith('gone-')) ?? '';
    rmSync(join(state, folder), { recursive: true, maxRetries: 10 });

    const next = application('next', pool);
    const deployed = await next.run('deploy', next.directory, '--yes');
    expect(deployed, deployed.out + deployed.err).toMatchObject({ code: 0 });
    const folders = await foldersOn(hosts.host(1));
    expect(folders).toHaveLength(1);
    expect(folders).not.toEqual(left);
    expect((await hosts.host(1).exec('pgrep -f "^sleep 1000$"')).out).toBe('');
});
