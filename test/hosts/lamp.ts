/** A copy of the example LAMP with targets that reach hosts of a test, driven by the built command line; and what a host looks like. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import type { Host, Hosts } from '../support/hosts/hosts.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Lamp {
    /** Of the application, absolute. */
    readonly directory: string;
    /** Makes a target of the application: these properties, and how one logs in to the hosts. */
    readonly writeTarget: (id: string, properties: Readonly<Record<string, string>>) => void;
    /** Gives an order, `deploy` for instance, that must succeed. */
    readonly order: (verb: string, ...words: readonly string[]) => Promise<void>;
    readonly instances: () => Promise<ReadonlyMap<string, InstanceRecord>>;
    /** The hosts that these instances of `Machine` took from their pools. */
    readonly hostsOf: (...paths: readonly string[]) => Promise<readonly Host[]>;
    /** Ends the runner that stays to watch the machines, and forgets the deployment. */
    readonly dispose: () => void;
}

interface InstanceRecord {
    readonly path: string;
    readonly status: string;
    readonly exports: Readonly<Record<string, string>>;
}

export function createLamp(hosts: Hosts): Lamp {
    const folder = mkdtempSync(join(tmpdir(), 'roboconf-lamp-'));
    const directory = join(folder, 'lamp');
    cpSync(join(ROOT, 'examples/lamp'), directory, { recursive: true });
    const run = async (verb: string, ...words: readonly string[]): Promise<Result> =>
        finished([verb, directory, ...words], join(folder, 'state'));
    const instances = async (): Promise<ReadonlyMap<string, InstanceRecord>> => {
        const { out } = await run('status', '--format', 'json');
        // The record of `roboconf status --format json`, a public contract the test reads as any program would.
        const snapshot = JSON.parse(out) as { readonly instances: readonly InstanceRecord[] };
        return new Map(snapshot.instances.map((instance) => [instance.path, instance]));
    };
    return {
        directory,
        writeTarget: (id, properties) => writeTarget(directory, hosts, { id, ...properties }),
        order: async (verb, ...words) => {
            const answer = await run(verb, ...words);
            expect(answer, answer.out + answer.err).toMatchObject({ code: 0 });
        },
        instances,
        hostsOf: async (...paths) => {
            const records = await instances();
            return paths.map((path) => hostAt(hosts, path, records.get(path)?.exports['Machine.ip']));
        },
        dispose: () => {
            endProcessesOf(folder);
            rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
        },
    };
}

interface Result {
    readonly code: number;
    readonly out: string;
    readonly err: string;
}

async function finished(words: readonly string[], state: string): Promise<Result> {
    const options = {
        env: { ...process.env, ROBOCONF_STATE: state, NO_COLOR: '1' },
        maxBuffer: 64 * 1024 * 1024,
    };
    return new Promise((done) => {
        execFile(process.execPath, [join(ROOT, 'bin/roboconf.cjs'), ...words], options, (error, out, err) => {
            done({ code: error === null ? 0 : Number(error.code ?? -1), out, err });
        });
    });
}

function writeTarget(directory: string, hosts: Hosts, properties: Readonly<Record<string, string>>): void {
    const { keyFile, knownHostsFile } = hosts.host(1);
    const login = { 'scp.keyfile': keyFile, 'scp.known.hosts.file': knownHostsFile };
    const all = { name: 'Hosts of the test', handler: 'embedded', ...login, ...properties };
    const lines = Object.entries(all).map(([key, value]) => `${key} = ${value}\n`);
    writeFileSync(join(directory, `targets/${properties['id'] ?? ''}.properties`), lines.join(''));
}

function hostAt(hosts: Hosts, path: string, address: string | undefined): Host {
    const host = hosts.all.find((each) => each.address === address);
    if (host === undefined) throw new Error(`${path} is on no host: ${address ?? 'it has no address'}`);
    return host;
}

function endProcessesOf(folder: string): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        try {
            if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) process.kill(Number(pid), 'SIGKILL');
        } catch {
            // It ended while the list was read.
        }
    }
}

const SKIPPED =
    '/proc /sys /dev /run /tmp /var/tmp /srv /var/log /var/cache/apt /var/lib/apt /var/lib/dpkg /var/lib/mysql';

/** Waits until a host has done all that it does when it is switched on. */
export async function booted(host: Host): Promise<void> {
    // It fails where something did not start: that is no matter here.
    await host.exec('systemctl is-system-running --wait');
}

/**
 * Names, kinds, rights and owners of all files, the contents of the configuration, packages, users and services: all but what Debian
 * keeps as history of its packages and accounts.
 */
export async function stateOf(host: Host): Promise<string> {
    const skipped = SKIPPED.split(' ').map((path) => `-path '${path}/*'`);
    const services = "systemctl list-units --all --plain --no-legend --type service '*apache*' '*tomcat*' '*mariadb*'";
    const told = await host.exec(
        [
            `find / -xdev \\( ${skipped.join(' -o ')} \\) -prune -o -printf '%p %y %m %U %G %l\\n' | sort`,
            "find /etc -type f ! -name '*-' -exec sha256sum {} + | sort -k 2",
            'dpkg-query -W',
            services,
        ].join(' && '),
    );
    expect(told.code, told.err).toBe(0);
    return told.out;
}

/** Lines that only one of the texts has. */
export function differenceOf(former: string, latter: string): readonly string[] {
    const [one, other] = [new Set(former.split('\n')), new Set(latter.split('\n'))];
    return [
        ...[...one].filter((line) => !other.has(line)).map((line) => `- ${line}`),
        ...[...other].filter((line) => !one.has(line)).map((line) => `+ ${line}`),
    ];
}
