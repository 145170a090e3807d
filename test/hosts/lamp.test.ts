/**
 * The example LAMP on real Debian machines, by the command line, as its README tells it: what the page says, who answers it, and what
 * is left on the machines. One test goes on from the one before it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHosts, type Host, type Hosts } from '../support/hosts/hosts.ts';
import { lampPackages } from '../support/hosts/lamp-packages.ts';
import { booted, createLamp, differenceOf, stateOf, type Lamp } from './lamp.ts';

/** Four for the example, and one for a third Tomcat, where the login is no root but may `sudo`. */
const HOST_COUNT = 5;
/** How long is waited for what is to come. */
const PATIENCE_MS = 90_000;
/** Nobody waits for a connection to time out: that takes minutes. */
const LONG_MS = 45_000;
const APPLICATIONS = ['/app-1', '/app-2', '/app-3'].map((path) => `${path}/tomcat/guestbook`);

let hosts: Hosts;
let lamp: Lamp;
let before: readonly string[];
let front: Host;
let lost: Host;

beforeAll(async () => {
    hosts = await startHosts(HOST_COUNT, { packages: lampPackages }, AbortSignal.timeout(280_000));
    lamp = createLamp(hosts);
    const machines = hosts.all.slice(0, -1).map(({ address }) => address);
    lamp.writeTarget('hosts', { 'embedded.ip': machines.join(', '), 'scp.user': 'root' });
    const { address, unprivileged } = hosts.host(HOST_COUNT);
    lamp.writeTarget('spare', { 'embedded.ip': address, 'scp.user': unprivileged.user, 'embedded.sudo': 'true' });
    await Promise.all(hosts.all.map(booted));
    before = await Promise.all(hosts.all.map(stateOf));
}, 300_000);

afterAll(async () => {
    lamp.dispose();
    await hosts.dispose();
}, 60_000);

interface Page {
    /** 0 = no answer; `text` says why. */
    readonly status: number;
    readonly text: string;
    /** Name of the host whose Tomcat made the page; null when none did. */
    readonly by: string | null;
    readonly ms: number;
}

/** One visit on a connection of its own: one that is kept may be closed by the server while a request is under way to it. */
async function page(): Promise<Page> {
    const begun = performance.now();
    const { status, text } = await new Promise<Pick<Page, 'status' | 'text'>>((done) => {
        const fail = (error: Error): void => done({ status: 0, text: String(error) });
        const url = `http://${front.address}/guestbook/`;
        get(url, { agent: false, signal: AbortSignal.timeout(PATIENCE_MS) }, (answer) => {
            readAll(answer).then((text) => done({ status: answer.statusCode ?? 0, text }), fail);
        }).on('error', fail);
    });
    return { status, text, by: /Answered by Tomcat on (h\d+)/.exec(text)?.[1] ?? null, ms: performance.now() - begun };
}

function byText(left: string | null, right: string | null): number {
    return (left ?? '').localeCompare(right ?? '');
}

/** Who answers a dozen requests, all of which must be answered. */
async function answering(): Promise<readonly (string | null)[]> {
    const pages: Page[] = [];
    for (let i = 0; i < 12; i++) pages.push(await page());
    expect(pages.filter(({ status }) => status !== 200)).toEqual([]);
    return [...new Set(pages.map(({ by }) => by))].toSorted(byText);
}

/** How often Apache has read its configuration, -1 when it does not tell; the page that does is for its own machine alone. */
async function generationOfApache(): Promise<number> {
    const { out } = await front.exec('curl -s "http://127.0.0.1/server-status?auto"');
    return Number(/^ParentServerConfigGeneration: (\d+)$/m.exec(out)?.[1] ?? -1);
}

async function isKnownToApache(host: Host): Promise<boolean> {
    return (await front.exec('cat /etc/libapache2-mod-jk/workers.properties')).out.includes(`host=${host.address}\n`);
}

async function statusesOf(paths: readonly string[]): Promise<readonly (string | undefined)[]> {
    const instances = await lamp.instances();
    return paths.map((path) => instances.get(path)?.status);
}

test('the page that Apache answers shows a row of the database, made by either Tomcat', async () => {
    await lamp.order('deploy', '--target', 'hosts', '--yes');
    const [first, one, two, data] = await lamp.hostsOf('/front', '/app-1', '/app-2', '/data');
    if (first === undefined || data === undefined) throw new Error('every machine has a host');
    front = first;
    await data.exec(`mariadb guestbook -e "INSERT INTO entry (text) VALUES ('written on ${data.name}')"`);
    const read = await page();
    expect(read.status).toBe(200);
    expect(read.text).toContain(`written on ${data.name}`);
    const both = [one?.name ?? null, two?.name ?? null].toSorted(byText);
    await expect.poll(answering, { timeout: PATIENCE_MS }).toEqual(both);
});

test('a third Tomcat that the model gets while it runs serves once Apache is updated', async () => {
    const file = join(lamp.directory, 'instances/model.instances');
    const model = readFileSync(file, 'utf8');
    const block = /instance of Machine \{\n\tname: app-2;[^]*?\n\}\n/.exec(model)?.[0] ?? '';
    expect(block).not.toBe('');
    writeFileSync(file, `${model}\n${block.replace('app-2', 'app-3')}`);
    await lamp.order('deploy', '--target', '/app-3=spare', '--yes');
    await expect.poll(answering, { timeout: PATIENCE_MS }).toContain(hosts.host(HOST_COUNT).name);
});

test('when a host with a Tomcat is cut off, Apache is reconfigured within 5 s, and every request is answered all along', async () => {
    const [host] = await lamp.hostsOf('/app-2');
    if (host === undefined) throw new Error('every machine has a host');
    lost = host;
    const pages: Page[] = [];
    const enough = new AbortController();
    const visiting = (async () => {
        while (!enough.signal.aborted) pages.push(await page());
    })();
    const generation = await generationOfApache();
    expect(generation).toBeGreaterThan(-1);
    const begun = performance.now();
    await lost.cut();
    await expect.poll(() => isKnownToApache(lost), { timeout: PATIENCE_MS }).toBe(false);
    const reconfiguredMs = performance.now() - begun;
    await expect.poll(generationOfApache, { timeout: PATIENCE_MS }).toBeGreaterThan(generation);
    const known = pages.length;
    // One visit may have begun before the update was over.
    await expect.poll(() => pages.length, { timeout: PATIENCE_MS }).toBeGreaterThan(known + 12);
    enough.abort();
    await visiting;
    // Three seconds until it is lost, and one update.
    expect(reconfiguredMs).toBeLessThan(5_000);
    expect(pages.filter(({ status }) => status !== 200)).toEqual([]);
    expect(Math.max(...pages.map(({ ms }) => ms))).toBeLessThan(LONG_MS);
    expect(Math.max(...pages.slice(known + 1).map(({ ms }) => ms))).toBeLessThan(1_000);
    expect(pages.slice(known + 1).map(({ by }) => by)).not.toContain(lost.name);
    expect(await statusesOf(['/app-2'])).toEqual(['PROBLEM']);
});

test('when the host is back, its Tomcat serves again', async () => {
    await lost.mend();
    await expect.poll(() => isKnownToApache(lost), { timeout: PATIENCE_MS }).toBe(true);
    await expect.poll(answering, { timeout: PATIENCE_MS }).toContain(lost.name);
});

test('when MariaDB is restarted, the web applications wait for it and come back with every entry', async () => {
    await lamp.order('stop', '/data/mariadb');
    expect(await statusesOf(APPLICATIONS)).toEqual(APPLICATIONS.map(() => 'UNRESOLVED'));
    // A process of Apache may take one more visit by what it knew before the update.
    await expect.poll(async () => (await page()).status, { timeout: PATIENCE_MS }).toBe(503);
    await lamp.order('start', '/data/mariadb');
    expect(await statusesOf(APPLICATIONS)).toEqual(APPLICATIONS.map(() => 'DEPLOYED_STARTED'));
    await expect.poll(async () => (await page()).status, { timeout: PATIENCE_MS }).toBe(200);
    expect((await page()).text).toContain('written on ');
});

test('undeploying leaves the hosts as they were', async () => {
    await lamp.order('undeploy', '--yes');
    const after = await Promise.all(hosts.all.map(stateOf));
    for (const [i, state] of after.entries())
        expect(differenceOf(before[i] ?? '', state), hosts.host(i + 1).name).toEqual([]);
});
