/** A small application of the built product on hosts: a machine with one web server a host, all of them fed by the first one's store. */
import type { Host } from '../support/hosts/hosts.ts';
import { createFileProduct, type Product } from '../system/product.ts';

/** Recipes write here what they do, on their host. */
const TRACE_FILE = '/var/log/recipes-of-the-test';

const APPLICATION =
    'version = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = all.instances\n';

const GRAPH = `Machine {
	installer: target;
	children: Store, Web;
}
Store {
	installer: script;
	exports: ip, port = 7;
}
Web {
	installer: script;
	imports: Store.ip, Store.port;
	exports: port = 80;
}
`;

export interface SmallApplication {
    /** How many machines; they are `/m1`, `/m2` …, each with a `web`, the first one with a `store`. */
    readonly machines: number;
    /** Of the pool, besides its addresses and how one logs in as root. */
    readonly properties?: Readonly<Record<string, string>>;
    /** Bodies of scripts by `Component/phase`; others do nothing but say so. */
    readonly scripts?: Readonly<Record<string, string>>;
    readonly name?: string;
    readonly environment?: Readonly<Record<string, string>>;
}

/** An application over a pool of these hosts. */
export function createSmallApplication(hosts: readonly Host[], about: SmallApplication): Product {
    const { machines, properties = {}, scripts = {}, name = 'small', environment = {} } = about;
    const phases = ['deploy', 'start', 'stop', 'undeploy'];
    const recipes = ['Store', 'Web'].flatMap((component) =>
        phases.map((phase): readonly [string, string] => [
            `graph/${component}/scripts/${phase}.sh`,
            `#!/bin/sh\n${scripts[`${component}/${phase}`] ?? ''}\n`,
        ]),
    );
    return createFileProduct(
        {
            'descriptor/application.properties': `name = ${name}\n${APPLICATION}`,
            'graph/main.graph': GRAPH,
            'graph/Machine/target.properties': targetText(hosts, properties),
            ...Object.fromEntries(recipes),
            'instances/all.instances': Array.from({ length: machines }, (_, i) => machineText(i + 1)).join(''),
        },
        { traceFile: TRACE_FILE, environment },
    );
}

/** A target file of a pool of these hosts; properties may replace how one logs in. An empty one is left out. */
export function targetText(hosts: readonly Host[], more: Readonly<Record<string, string>>): string {
    const [{ keyFile, knownHostsFile } = { keyFile: '', knownHostsFile: '' }] = hosts;
    const properties = {
        ...{ id: 'pool', name: 'Pool', handler: 'embedded' },
        'embedded.ip': hosts.map(({ address }) => address).join(', '),
        ...{ 'scp.user': 'root', 'scp.keyfile': keyFile, 'scp.known.hosts.file': knownHostsFile },
        'ssh.agent': 'none',
        ...more,
    };
    const said = Object.entries(properties).filter(([, value]) => value !== '');
    return said.map(([key, value]) => `${key} = ${value}\n`).join('');
}

function machineText(number: number): string {
    const store = number === 1 ? '\tinstance of Store {\n\t\tname: store;\n\t}\n' : '';
    return `instance of Machine {\n\tname: m${number};\n${store}\tinstance of Web {\n\t\tname: web;\n\t}\n}\n`;
}

/** Lines `begin PATH PHASE` and `end PATH PHASE` of the recipes that ran on a host. */
export async function tracesOn({ exec }: Host): Promise<readonly string[]> {
    const { out } = await exec(`cat ${TRACE_FILE} 2>/dev/null`);
    return out.split('\n').filter((line) => line !== '');
}

/** Forgets what recipes wrote. */
export async function forgetTraces(hosts: readonly Host[]): Promise<void> {
    await Promise.all(hosts.map(({ exec }) => exec(`rm -f ${TRACE_FILE}`)));
}
