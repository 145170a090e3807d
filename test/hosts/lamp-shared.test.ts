/** The recipes of the example LAMP on machines that others use, too: other instances, and software that was there before. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHosts, type Hosts } from '../support/hosts/hosts.ts';
import { lampPackages } from '../support/hosts/lamp-packages.ts';
import { booted, createLamp, differenceOf, stateOf, type Lamp } from './lamp.ts';

const MODEL = `
instance of Machine {
	name: both;

	instance of Apache {
		name: apache;
	}

	instance of MariaDB {
		name: mariadb;
	}
}

instance of Machine {
	name: used;

	instance of MariaDB {
		name: mariadb;
	}
}
`;

const INSTALL = 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install mariadb-server >/dev/null';

let hosts: Hosts;
let lamp: Lamp;
let before: readonly string[];

beforeAll(async () => {
    hosts = await startHosts(2, { packages: lampPackages }, AbortSignal.timeout(280_000));
    lamp = createLamp(hosts);
    writeFileSync(join(lamp.directory, 'instances/model.instances'), MODEL);
    // There is no Tomcat here: Apache does without.
    const graph = join(lamp.directory, 'graph/main.graph');
    writeFileSync(graph, readFileSync(graph, 'utf8').replace(/imports: Tomcat\..*;/, 'imports: Tomcat.* (optional);'));
    for (const { name, address } of hosts.all) lamp.writeTarget(name, { 'embedded.ip': address, 'scp.user': 'root' });
    const installed = await hosts.host(2).exec(`${INSTALL} && mariadb -e 'CREATE DATABASE theirs'`);
    expect(installed.code, installed.err).toBe(0);
    await Promise.all(hosts.all.map(booted));
    before = await Promise.all(hosts.all.map(stateOf));
}, 300_000);

afterAll(async () => {
    lamp.dispose();
    await hosts.dispose();
}, 60_000);

/** Names of the databases on a host, without those of MariaDB itself. */
async function databasesOf(number: number): Promise<readonly string[]> {
    const told = await hosts.host(number).exec("mariadb -N -e 'SHOW DATABASES'");
    const own = ['information_schema', 'mysql', 'performance_schema', 'sys'];
    return told.out.split('\n').filter((name) => name !== '' && !own.includes(name));
}

test('undeploying one of two instances on a machine leaves the other one at work', async () => {
    await lamp.order('deploy', '--target', '/both=h1', '--target', '/used=h2', '--yes');
    expect((await fetch(`http://${hosts.host(1).address}/guestbook/`)).status).toBe(503);
    await lamp.order('undeploy', '/both/apache', '--yes');
    expect((await hosts.host(1).exec('command -v apache2')).code).not.toBe(0);
    expect(await databasesOf(1)).toEqual(['guestbook']);
});

test('software that was there before gets the database beside those it has', async () => {
    expect(await databasesOf(2)).toEqual(['guestbook', 'theirs']);
});

test('undeploying everything takes away what was deployed, and leaves the software that was there at work', async () => {
    await lamp.order('undeploy', '--yes');
    expect(await databasesOf(2)).toEqual(['theirs']);
    const after = await Promise.all(hosts.all.map(stateOf));
    for (const [i, state] of after.entries())
        expect(differenceOf(before[i] ?? '', state), hosts.host(i + 1).name).toEqual([]);
});
