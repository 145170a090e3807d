/** What can be asked of a pool of machines without deploying onto it. Connections are ended again; nothing is left on a machine. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import type { DeploymentKey } from '../protocol.ts';
import { readKey } from '../related-deployments.ts';
import { knownKeyTypes } from '../ssh/known-hosts.ts';
import { approveHostKey, createKnownHostsReader, type ApprovalOutcome } from '../ssh/known-hosts-file.ts';
import { hostSpecOf, parsePoolEntry, poolOf, type HostSpecContext } from '../ssh/host-spec.ts';
import type { HostSpec } from '../ssh/connection-port.ts';
import type { ProbeOutcome } from '../ssh/probe.ts';
import { readIdentity } from '../deployment-identity.ts';
import { defaultStateDirectory, deploymentPathsIn, namesIn } from '../state-directory.ts';
import { claimKeyOf } from './embedded-pool.ts';
import { listClaims } from './pool-claims.ts';
import { expandedProperties } from './secrets.ts';
import type { SecretLookup, TargetDefinition, TargetFailure } from './target.ts';

/** The machine that has an address of a pool. */
export interface PoolHolder {
    readonly path: string;
    /** Null when it is a deployment of which nothing is kept here. */
    readonly deployment: DeploymentKey | null;
}

/** One address of a pool; `holder` is null while it is free. */
export interface PoolAddress {
    readonly address: string;
    readonly holder: PoolHolder | null;
}

/** The addresses of a target's pool, as they are written, with who has them; a failure when a value is missing. None for other handlers. */
export function poolAddresses(
    definition: TargetDefinition,
    secretOf: SecretLookup,
    stateDirectory: string = defaultStateDirectory(),
): readonly PoolAddress[] | TargetFailure {
    const expanded = expandedProperties(definition, secretOf, process.env);
    if (expanded.kind === 'failed') return expanded;
    const whole = { ...definition, properties: expanded.properties };
    const claims = listClaims(stateDirectory);
    const keys = claims.length === 0 ? new Map<string, DeploymentKey>() : keysByIdentity(stateDirectory);
    return poolOf(whole).map((address) => {
        const claim = claims.find((each) => claimKeyOf(whole, each.address) === claimKeyOf(whole, address));
        if (claim === undefined) return { address, holder: null };
        return { address, holder: { path: claim.path, deployment: keys.get(claim.deployment) ?? null } };
    });
}

function keysByIdentity(stateDirectory: string): ReadonlyMap<string, DeploymentKey> {
    const folders = namesIn(stateDirectory).map((name) => deploymentPathsIn(join(stateDirectory, name)));
    return new Map(
        folders.flatMap((paths) => {
            const [identity, key] = [readIdentity(paths.identity), readKey(paths.keyFile)];
            return identity === null || key === null ? [] : [[identity, key] as const];
        }),
    );
}

/** Whether a text can stand in a pool: `host`, `host:port` or `user@host:port`. */
export function isPoolAddress(text: string): boolean {
    return parsePoolEntry(text) !== null;
}

/** Addresses that a deploy of so many machines may take and of which no key is known. Nothing is connected. */
export function strangersFor(
    definition: TargetDefinition,
    machineCount: number,
    secretOf: SecretLookup,
    stateDirectory: string = defaultStateDirectory(),
): readonly string[] {
    const pool = poolAddresses(definition, secretOf, stateDirectory);
    if ('kind' in pool) return [];
    const [held, free] = [pool.filter(({ holder }) => holder !== null), pool.filter(({ holder }) => holder === null)];
    // Who has an address may be this very deployment.
    const likely = [...held, ...free.slice(0, machineCount)];
    return likely.map(({ address }) => address).filter((address) => isStranger(definition, address, secretOf));
}

/** Connects to one address of a pool and asks what is there. */
export async function probeAddress(
    definition: TargetDefinition,
    address: string,
    secretOf: SecretLookup,
    signal: AbortSignal,
): Promise<ProbeOutcome> {
    const { probeHost } = await import('../ssh/probe.ts');
    const context = { ...contextOf(secretOf), clock: systemClock, random: Math.random };
    return probeHost(definition, address, context, signal);
}

/** Whether nothing says which key an address must show: it has to be approved before anything is deployed there. Nothing is connected. */
export function isStranger(definition: TargetDefinition, address: string, secretOf: SecretLookup): boolean {
    const read = hostSpecOf(definition, address, contextOf(secretOf));
    return read.kind === 'spec' && strangerIn(read.spec) !== null;
}

/**
 * Adds the key that an address showed to the known hosts file of the target: `key` is Base64, as a refused probe has it. A key in the
 * place of another one is never added.
 */
export function approveAddress(
    definition: TargetDefinition,
    address: string,
    key: string,
    secretOf: SecretLookup,
): ApprovalOutcome {
    const read = hostSpecOf(definition, address, contextOf(secretOf));
    if (read.kind === 'failed') return read;
    // A host on the way shows its key first.
    const spec = strangerIn(read.spec) ?? read.spec;
    return approveHostKey(spec.knownHostsFile, spec.address, spec.port, key);
}

/** The first host on the way to a machine whose key nothing is known of; null when all are known. */
function strangerIn(spec: HostSpec): HostSpec | null {
    if (spec.jump !== null) {
        const before = strangerIn(spec.jump);
        if (before !== null) return before;
    }
    if (spec.fingerprint !== null || spec.isUnverified) return null;
    const read = createKnownHostsReader()(spec.knownHostsFile);
    if (read.kind === 'unreadable') return null; // connecting says why
    return knownKeyTypes(read.entries, spec.address, spec.port).length === 0 ? spec : null;
}

function contextOf(secretOf: SecretLookup): HostSpecContext {
    return { secretOf, environment: process.env, home: homedir() };
}
