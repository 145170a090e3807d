/** The rooms behind targets as a test plays them: files and hosts made of data, and a store of secrets in memory. */
import { createSecretStore, type SecretStore } from '../../../client/targets/secret-store.ts';
import type { TargetAccess } from '../../../client/targets/target-access.ts';
import type { ApplicationTargetsView, TargetView } from '../../../client/targets/targets.ts';
import {
    associateTargets,
    type ApplicationModel,
    type TargetChoice,
    type TargetSource,
} from '../../../language/index.ts';
import type { PoolAddress, ProbeOutcome, TargetDefinition } from '../../../runner/index.ts';

export interface PlayedTargets {
    readonly access: TargetAccess;
    readonly secrets: SecretStore;
    /** What the system's store of passwords holds, by key. */
    readonly stored: Map<string, string>;
    /** Target files around applications. */
    around: readonly TargetSource[];
    /** By address. */
    readonly outcomes: Map<string, ProbeOutcome>;
    holders: ReadonlyMap<string, PoolAddress['holder']>;
    /** Addresses of which no key is known. */
    readonly strangers: Set<string>;
    /** Addresses that were connected to, with what the test's secrets were. */
    readonly probed: string[];
    /** `ADDRESS KEY`, as they were kept. */
    readonly approved: string[];
    recorded: readonly TargetDefinition[];
    /** What the last deploy chose. */
    chosen: readonly TargetChoice[];
    readonly environment: Map<string, string>;
}

/** Nothing there. Secrets are named by `${secret:NAME}`, as in files. */
export function playedTargets(): PlayedTargets {
    const stored = new Map<string, string>();
    const listeners = new Set<() => void>();
    const tell = (): Promise<void> => {
        for (const listener of listeners) listener();
        return Promise.resolve();
    };
    const played: PlayedTargets = {
        access: accessTo(() => played),
        secrets: createSecretStore({
            // Only what the store of secrets uses is here.
            secrets: {
                get: (key: string) => Promise.resolve(stored.get(key)),
                store: (key: string, value: string) => (stored.set(key, value), tell()),
                delete: (key: string) => (stored.delete(key), tell()),
                onDidChange: (listener: () => void) => {
                    listeners.add(listener);
                    return { dispose: () => void listeners.delete(listener) };
                },
            } as never,
            access: accessTo(() => played),
            scopeOf: (directory) => directory.split('/').slice(0, 2).join('/'),
        }),
        stored,
        around: [],
        outcomes: new Map(),
        holders: new Map(),
        strangers: new Set(),
        probed: [],
        approved: [],
        recorded: [],
        chosen: [],
        environment: new Map(),
    };
    return played;
}

function accessTo(world: () => PlayedTargets): TargetAccess {
    return {
        around: () => Promise.resolve(world().around),
        lack: ({ definition }) => {
            const variable = Object.values(definition.properties).find((value) => value.startsWith('${env:'));
            return Promise.resolve(variable === undefined ? null : `it needs ${variable}`);
        },
        pool: ({ definition }) =>
            Promise.resolve(
                addressesOf(definition).map((address) => {
                    return { address, holder: world().holders.get(address) ?? null };
                }),
            ),
        strangers: (_target, addresses) =>
            Promise.resolve(addresses.filter((address) => world().strangers.has(address))),
        likelyStrangers: ({ definition }) =>
            Promise.resolve(addressesOf(definition).filter((address) => world().strangers.has(address))),
        probe: (_target, address) => {
            world().probed.push(address);
            return Promise.resolve(world().outcomes.get(address) ?? answering(address));
        },
        approve: (_target, address, key) => {
            world().approved.push(`${address} ${key}`);
            world().strangers.delete(address);
            world().outcomes.delete(address);
            return Promise.resolve({ kind: 'approved' });
        },
        choices: () => Promise.resolve(world().chosen),
        recorded: () => Promise.resolve(world().recorded),
        addressTest: () => Promise.resolve((text) => /^[\w.:@-]+$/.test(text)),
        secretNames: ({ properties }) =>
            Promise.resolve(
                Object.values(properties).flatMap((value) => /^\$\{secret:(.*)\}$/.exec(value)?.slice(1, 2) ?? []),
            ),
        environmentSecrets: () => Promise.resolve((name) => world().environment.get(name)),
    };
}

function addressesOf({ properties }: TargetDefinition): readonly string[] {
    return (properties['embedded.ip'] ?? '').split(',').map((address) => address.trim());
}

/** A host that can be used. */
export function answering(address: string): ProbeOutcome {
    const system = { system: 'Linux 6.1 x86_64', release: 'Debian GNU/Linux 12 (bookworm)' };
    return { kind: 'answers', host: `root@${address}`, connectMs: 12.4, canBecomeRoot: true, warnings: [], ...system };
}

/** A host whose key is another one than is known (`changed`), or of which nothing is known. */
export function showing(address: string, key: string, changed = false): ProbeOutcome {
    const hostKey = { algorithm: 'ED25519', fingerprint: `SHA256:of-${key}`, key };
    const host = `root@${address}`;
    const knownHostsFile = '/home/me/.ssh/known_hosts';
    return changed
        ? {
              kind: 'refused',
              code: 'hostKeyChanged',
              message: `${host}: Its host key changed: line 3 of ${knownHostsFile} has another one.`,
              ...{ hostKey, host, knownHostsFile },
          }
        : {
              kind: 'refused',
              code: 'hostKeyUnknown',
              message: `${host}: Its host key is not known.`,
              hostKey,
              host,
              knownHostsFile,
          };
}

/** A target of SSH hosts in a file of that name. */
export function poolSource(
    id: string,
    addresses: readonly string[],
    more: Readonly<Record<string, string>> = {},
): TargetSource {
    const properties = { id, handler: 'embedded', 'embedded.ip': addresses.join(', '), ...more };
    const file = `/apps/targets/${id}.properties`;
    return { file, id, handler: 'embedded', name: id, description: null, properties, defaultOf: [] };
}

/** A model of machines of the component `Vm`. Only what associations look at is in it. */
export function machinesModel(...paths: readonly string[]): ApplicationModel {
    const components = [{ name: 'Vm', resolvedInstaller: 'target' }];
    const instances = paths.map((path) => ({ path, component: 'Vm', data: {} }));
    return { name: 'shop', displayName: 'Shop', components, instances } as unknown as ApplicationModel;
}

/** The application `/apps/shop` with two machines and these targets, as the Targets view is given it. */
export function applicationWith(targets: readonly TargetView[]): ApplicationTargetsView {
    const model = machinesModel('/left', '/right');
    const sources = targets.map(({ source }) => source);
    const association = associateTargets({ model, sources, choices: [] });
    const place = { directory: '/apps/shop', directoryUri: 'file:///apps/shop', name: 'shop' };
    return { ...place, model, sources, choices: [], association, targets };
}
