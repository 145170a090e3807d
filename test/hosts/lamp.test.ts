/**
 * The example LAMP on real Debian machines, by the command line, as its README tells it: what the page says, who answers it, and what
 * is left on the machines. One test goes on from the one before it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHosts, type Host, type Hosts } from '../support/hosts/hosts.ts';
import { lampPackages } from '../support/hosts/lamp-packages.ts';
import { createLamp, differenceOf, stateOf, type Lamp } from './lamp.ts';

/** Four for the example, and one for a third Tomcat, where the login is no root but may `sudo`. */
const HOST_COUNT = 5;
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
        get(url, { agent: false, signal: AbortSignal.timeout(15_000) }, (answer) => {
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

/** Waits until something is so, and answers how long that took, in milliseconds. */
async function until(whatFor: string, limitMs: number, isSo: () => Promise<boolean>): Promise<number> {
    const begun = performance.now();
    while (!(await isSo())) {
        if (performance.now() - begun > limitMs) throw new Error(`${whatFor}: not within ${String(limitMs)} ms`);
        await sleep(50);
    }
    return performance.now() - begun;
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
    expect(await answering()).toEqual([one?.name ?? null, two?.name ?? null].toSorted(byText));
}, 280_000);

test('a third Tomcat that the model gets while it runs serves once Apache is updated', async () => {
    const file = join(lamp.directory, 'instances/model.instances');
    const model = readFileSync(file, 'utf8');
    const block = /instance of Machine \{\n\tname: app-2;[^]*?\n\}\n/.exec(model)?.[0] ?? '';
    expect(block).not.toBe('');
    writeFileSync(file, `${model}\n${block.replace('app-2', 'app-3')}`);
    await lamp.order('deploy', '--target', '/app-3=spare', '--yes');
    expect(await answering()).toContain(hosts.host(HOST_COUNT).name);
}, 200_000);

test('when a host with a Tomcat is cut off, Apache is reconfigured within 5 s, and every request is answered all along', async () => {
    const [host] = await lamp.hostsOf('/app-2');
    if (host === undefined) throw new Error('every machine has a host');
    lost = host;
    const pages: Page[] = [];
    const enough = new AbortController();
    const visiting = (async () => {
        while (!enough.signal.aborted) pages.push(await page());
    })();
    await lost.cut();
    const ms = await until('Apache forgets the lost Tomcat', 20_000, async () => !(await isKnownToApache(lost)));
    const known = pages.length;
    await sleep(1_000);
    enough.abort();
    await visiting;
    expect(ms).toBeLessThan(5_000);
    expect(pages.filter(({ status }) => status !== 200)).toEqual([]);
    // One visit may have begun before the update was over.
    expect(Math.max(...pages.slice(known + 1).map((visit) => visit.ms))).toBeLessThan(1_000);
    expect(await answering()).not.toContain(lost.name);
    expect(await statusesOf(['/app-2'])).toEqual(['PROBLEM']);
}, 60_000);

test('when the host is back, its Tomcat serves again', async () => {
    await lost.mend();
    await until('Apache knows the Tomcat again', 30_000, async () => isKnownToApache(lost));
    await until('the Tomcat serves', 10_000, async () => (await answering()).includes(lost.name));
}, 60_000);

test('when MariaDB is restarted, the web applications wait for it and come back with every entry', async () => {
    await lamp.order('stop', '/data/mariadb');
    expect(await statusesOf(APPLICATIONS)).toEqual(APPLICATIONS.map(() => 'UNRESOLVED'));
    expect((await page()).status).toBe(503);
    await lamp.order('start', '/data/mariadb');
    expect(await statusesOf(APPLICATIONS)).toEqual(APPLICATIONS.map(() => 'DEPLOYED_STARTED'));
    const read = await page();
    expect(read.status).toBe(200);
    expect(read.text).toContain('written on ');
}, 60_000);

test('undeploying leaves the hosts as they were', async () => {
    await lamp.order('undeploy', '--yes');
    const after = await Promise.all(hosts.all.map(stateOf));
    for (const [i, state] of after.entries())
        expect(differenceOf(before[i] ?? '', state), hosts.host(i + 1).name).toEqual([]);
}, 200_000);
