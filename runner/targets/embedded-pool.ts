/** Machines that exist already and are reached over SSH: making one is taking a free address of the pool, ending it is giving it back clean. */
import type { Agents } from '../ssh/agents.ts';
import type { HostConnection } from '../ssh/connection-port.ts';
import type { KeptConnected, KeptConnections } from '../ssh/connections.ts';
import { hostSpecOf, parsePoolEntry, poolOf, type HostSpecContext } from '../ssh/host-spec.ts';
import { removeRemoteDeployment } from '../ssh/remote-folder.ts';
import {
    claimOf,
    claimsOfDriven,
    noteClaim,
    releaseClaim,
    replaceClaim,
    takeClaim,
    updateClaim,
    type PoolClaim,
} from './pool-claims.ts';
import { deploymentNameOf, endedDeployments } from './ended-deployments.ts';
import type { FoundMachine, MachineTag, Target, TargetDefinition, TargetFailure } from './target.ts';

export interface EmbeddedPoolConfig {
    readonly definition: TargetDefinition;
    readonly context: HostSpecContext;
    /** Folder of all deployments of this user, absolute: claims are kept there. */
    readonly stateDirectory: string;
    readonly connections: KeptConnections;
    /** Of the deployment whose machines these are. */
    readonly agents: Pick<Agents, 'prepare'>;
}

/** The pool of one target. The id of a machine is its entry in the pool. */
export function createEmbeddedPool(config: EmbeddedPoolConfig): Target {
    return {
        create: (tag) => Promise.resolve(onDisk(() => claimAddress(config, tag))),
        configure: (machine, signal) => configure(config, machine, signal),
        isRunning: (machine, signal) => isRunning(config, machine, signal),
        destroy: (machine, signal) => destroy(config, machine, signal),
        giveUp: (machine) => giveUp(config, machine),
        list: (deployment) => {
            const claims = claimsOfDriven(config.stateDirectory, deployment).filter((claim) => !claim.isGivenUp);
            return Promise.resolve({
                kind: 'listed',
                machines: oursAmong(config, claims).map(machineOf),
            });
        },
    };
}

/** The connection to a machine of the pool; `machineId` is its entry. */
export async function connectEmbedded(
    { definition, context, connections }: Omit<EmbeddedPoolConfig, 'stateDirectory' | 'agents'>,
    machineId: string,
    signal: AbortSignal,
): Promise<KeptConnected> {
    const read = hostSpecOf(definition, machineId, context);
    if (read.kind === 'spec') return connections.connect(read.spec, signal);
    return { kind: 'refused', code: 'configuration', message: read.reason, hostKey: null };
}

function machineOf({ address, deployment, path }: PoolClaim): FoundMachine {
    return { tag: { deployment, path }, machineId: address };
}

/** One deployment may have machines of several pools. */
function oursAmong({ definition }: EmbeddedPoolConfig, claims: readonly PoolClaim[]): readonly PoolClaim[] {
    if (claims.length === 0) return claims;
    const keys = new Set(poolOf(definition).map((entry) => claimKeyOf(definition, entry)));
    return claims.filter(({ address }) => keys.has(claimKeyOf(definition, address)));
}

/** A host is the same one whatever user it is reached as. */
export function claimKeyOf(definition: TargetDefinition, entry: string): string {
    const place = parsePoolEntry(entry);
    if (place === null) return entry.toLowerCase();
    const port = place.port ?? definition.properties['ssh.port']?.trim() ?? '22';
    return `${place.host.toLowerCase()}:${port}`;
}

type Made = { readonly kind: 'made'; readonly machineId: string } | TargetFailure;

function claimAddress(config: EmbeddedPoolConfig, tag: MachineTag): Made {
    const { definition, stateDirectory } = config;
    const pool = poolOf(definition);
    if (pool.length === 0) return failed(`the target '${definition.id}' names no machine: set embedded.ip`);
    const wrong = pool.find((entry) => parsePoolEntry(entry) === null);
    if (wrong !== undefined) return failed(`the target '${definition.id}': '${wrong}' in embedded.ip is no address`);
    const held = claimsOfDriven(stateDirectory, tag.deployment).filter((claim) => isOf(claim, tag) && !claim.isGivenUp);
    const [before] = oursAmong(config, held);
    if (before !== undefined) return { kind: 'made', machineId: before.address };
    const claim = { ...tag, isTouched: false, leftBy: null, isGivenUp: false };
    const free = pool.find(
        (entry) => takeClaim(stateDirectory, claimKeyOf(definition, entry), { ...claim, address: entry }) === 'taken',
    );
    const machineId = free ?? inherited(config, pool, claim);
    return machineId === null ? failed(busyText(config, pool)) : { kind: 'made', machineId };
}

/** An address whose deployment is over, or gave it up: its machine did not answer when it was to be given back. */
function inherited(
    { definition, stateDirectory }: EmbeddedPoolConfig,
    pool: readonly string[],
    claim: Omit<PoolClaim, 'address'>,
): string | null {
    const isOver = endedDeployments(stateDirectory);
    const heir = pool.find((entry) => {
        const key = claimKeyOf(definition, entry);
        const holder = claimOf(stateDirectory, key);
        if (holder === null || !(holder.isGivenUp || isOver(holder.deployment))) return false;
        const leftBy = holder.isTouched ? holder.deployment : holder.leftBy;
        return replaceClaim(stateDirectory, key, holder, { ...claim, address: entry, leftBy }) === 'taken';
    });
    return heir ?? null;
}

function isOf(claim: PoolClaim, tag: MachineTag): boolean {
    return claim.deployment === tag.deployment && claim.path === tag.path;
}

/** Long pools are not told in full. */
const TOLD_HOLDERS = 5;

function busyText({ definition, stateDirectory }: EmbeddedPoolConfig, pool: readonly string[]): string {
    const holders = pool.slice(0, TOLD_HOLDERS).map((entry) => {
        const holder = claimOf(stateDirectory, claimKeyOf(definition, entry));
        if (holder === null) return entry;
        return `${entry} is used by ${holder.path} of ${deploymentNameOf(stateDirectory, holder.deployment)}`;
    });
    const more = pool.length > TOLD_HOLDERS ? `, and ${pool.length - TOLD_HOLDERS} more` : '';
    return `no address of the target '${definition.id}' is free (${holders.join(', ')}${more}): undeploy what is not needed, or add machines to embedded.ip`;
}

async function configure(
    config: EmbeddedPoolConfig,
    { tag, machineId }: FoundMachine,
    signal: AbortSignal,
): Promise<{ readonly kind: 'configured'; readonly address: string } | TargetFailure> {
    const key = claimKeyOf(config.definition, machineId);
    const claim = claimOf(config.stateDirectory, key);
    if (claim === null || !isOf(claim, tag)) return failed(`the address ${machineId} is not this machine's any more`);
    const connected = await connectEmbedded(config, machineId, signal);
    if (connected.kind === 'refused') return failed(connected.message);
    const tidied = await tidyClaim(config, claim, connected.connection, signal);
    if (tidied !== null) return tidied;
    const { spec } = connected.connection;
    const unfit = await config.agents.prepare(connected.connection, signal);
    if (unfit === null) return { kind: 'configured', address: spec.address };
    // A login keeps the shell and the groups it had: what is cured on the host is seen by the next one.
    config.connections.end(spec);
    return failed(unfit);
}

/** Takes away what was left on the machine, and notes that something is about to be put there. */
async function tidyClaim(
    config: EmbeddedPoolConfig,
    claim: PoolClaim,
    connection: HostConnection,
    signal: AbortSignal,
): Promise<TargetFailure | null> {
    const { leftBy } = claim;
    const fault = leftBy === null ? null : await removeRemoteDeployment(connection, leftBy, signal);
    if (fault !== null) return failed(fault);
    if (claim.isTouched && leftBy === null) return null;
    const key = claimKeyOf(config.definition, claim.address);
    try {
        await noteClaim(config.stateDirectory, key, { ...claim, isTouched: true, leftBy: null });
        return null;
    } catch (error) {
        return diskFailure(error);
    }
}

async function isRunning(
    config: EmbeddedPoolConfig,
    { tag, machineId }: FoundMachine,
    signal: AbortSignal,
): Promise<'running' | 'gone' | 'unknown'> {
    const claim = claimOf(config.stateDirectory, claimKeyOf(config.definition, machineId));
    if (claim === null || !isOf(claim, tag)) return 'gone';
    const connected = await connectEmbedded(config, machineId, signal);
    return connected.kind === 'connected' ? 'running' : 'unknown';
}

async function destroy(
    config: EmbeddedPoolConfig,
    { tag, machineId }: FoundMachine,
    signal: AbortSignal,
): Promise<{ readonly kind: 'destroyed' } | TargetFailure> {
    const { definition, stateDirectory } = config;
    const key = claimKeyOf(definition, machineId);
    const claim = claimOf(stateDirectory, key);
    // Somebody else may have the address by now.
    if (claim === null || !isOf(claim, tag)) return { kind: 'destroyed' };
    const fault = claim.isTouched ? await cleanFault(config, { tag, machineId }, signal) : null;
    if (fault !== null) return failed(fault);
    releaseClaim(stateDirectory, key, tag);
    return { kind: 'destroyed' };
}

/** Who asks for another machine may be given the address from then on, when no other one is free. */
function giveUp({ definition, stateDirectory }: EmbeddedPoolConfig, { tag, machineId }: FoundMachine): void {
    const key = claimKeyOf(definition, machineId);
    const claim = claimOf(stateDirectory, key);
    if (claim !== null && isOf(claim, tag))
        onDisk(() => updateClaim(stateDirectory, key, { ...claim, isGivenUp: true }));
}

/** Takes away what the deployment put on a machine; why that was not possible, or null. */
async function cleanFault(
    config: EmbeddedPoolConfig,
    { tag, machineId }: FoundMachine,
    signal: AbortSignal,
): Promise<string | null> {
    const connected = await connectEmbedded(config, machineId, signal);
    if (connected.kind === 'refused')
        return `${connected.message} It keeps what the deployment put there, and stays taken in the pool, until it answers and is undeployed again; \`roboconf undeploy\` with --force gives it up.`;
    const { connection } = connected;
    const fault = await removeRemoteDeployment(connection, tag.deployment, signal);
    config.connections.end(connection.spec);
    return fault;
}

/** What the disk refuses is a failure of the target. */
function onDisk<T>(work: () => T): T | TargetFailure {
    try {
        return work();
    } catch (error) {
        return diskFailure(error);
    }
}

function diskFailure(error: unknown): TargetFailure {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(`the claims of the pool cannot be kept: ${reason}`);
}

function failed(reason: string): TargetFailure {
    return { kind: 'failed', reason };
}
