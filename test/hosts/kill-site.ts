/** Where the recipes of a kill campaign run over SSH: three hosts of a pool, driven by a process that stays to watch them. */
import { setTimeout as delay } from 'node:timers/promises';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KillSite } from '../system/kill-site.ts';
import { createFileProduct, type Product } from '../system/product.ts';
import { startHosts, type Host } from '../support/hosts/hosts.ts';
import { targetText } from './small-application.ts';

/** Recipes write here, on their host. */
const TRACE_FILE = '/var/log/recipes-of-the-campaign';
/** How long connections that nobody needs any more may take to end. */
const HANG_UP_MS = 60_000;

/** The application has three machines. */
export async function createRemoteSite(files: Readonly<Record<string, string>>): Promise<KillSite> {
    const hosts = await startHosts(3, { init: 'tini' }, AbortSignal.timeout(240_000));
    const product = createFileProduct(
        { ...files, 'graph/Machine/target.properties': targetText(hosts.all, {}) },
        { traceFile: TRACE_FILE },
    );
    const before = await Promise.all(hosts.all.map(processesOn));
    return {
        product,
        mostRecords: 22,
        latestMs: 250,
        kill: (verb, isAlone) => {
            // A verb that undeploys without such a process drives the deployment itself.
            const isDriving = product.killRunners() === 0;
            if (isDriving || !isAlone) verb.kill('SIGKILL');
        },
        trace: async () => (await Promise.all(hosts.all.map(traceOn))).flat(),
        left: async () => [
            ...aliveOf(product),
            ...claimsOf(product),
            ...(await Promise.all(hosts.all.map((host, i) => leftOn(host, before[i] ?? [])))).flat(),
        ],
        dispose: async () => {
            await product.dispose();
            await hosts.dispose();
        },
    };
}

async function traceOn({ exec }: Host): Promise<readonly string[]> {
    const { out } = await exec(`cat ${TRACE_FILE} 2>/dev/null`);
    return out.split('\n').filter((line) => line !== '');
}

/** The process that watched the machines stays a while for the next order. */
function aliveOf(product: Product): readonly string[] {
    const alive = product.processes().filter((command) => !command.includes('runner.cjs'));
    return alive.map((command) => `alive: ${command}`);
}

function claimsOf({ state }: Product): readonly string[] {
    const folder = join(state, 'pools');
    return existsSync(folder) ? readdirSync(folder).map((name) => `taken: ${name}`) : [];
}

async function leftOn(host: Host, before: readonly string[]): Promise<readonly string[]> {
    const folders = await host.exec('ls -A /root/.roboconf 2>/dev/null; ls -A /tmp');
    const files = folders.out.split('\n').filter((name) => name !== '');
    return [
        ...files.map((name) => `the file ${name} on ${host.name}`),
        ...(await processesSince(host, before)).map((name) => `the process ${name} on ${host.name}`),
    ];
}

async function processesSince(host: Host, before: readonly string[]): Promise<readonly string[]> {
    for (let waited = 0; ; waited += 250) {
        const others = (await processesOn(host)).filter((name) => !before.includes(name));
        if (others.length === 0 || waited >= HANG_UP_MS) return others;
        await delay(250);
    }
}

async function processesOn({ exec }: Host): Promise<readonly string[]> {
    const { out } = await exec('ps -eo pid=,args=');
    return out.split('\n').filter((line) => line !== '' && !/ (ps -eo|sh -c ps -eo) /.test(line));
}
