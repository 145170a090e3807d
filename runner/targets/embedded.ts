/** The handler `embedded`: machines that exist already, taken from a pool and reached over SSH. */
import { homedir } from 'node:os';
import { systemClock } from '../clock.ts';
import type { MachinePlace } from '../executor.ts';
import { KILL_GRACE_MS } from '../local/processes.ts';
import { createAgents } from '../ssh/agents.ts';
import { createAttendance } from '../ssh/attend.ts';
import { bootOf } from '../ssh/boot.ts';
import { CONNECT_CONCURRENCY, createHostConnections, type KeptConnected } from '../ssh/connections.ts';
import { createRemoteSteps } from '../ssh/remote-steps.ts';
import { poolOf } from '../ssh/host-spec.ts';
import { claimKeyOf, connectEmbedded, createEmbeddedPool, type EmbeddedPoolConfig } from './embedded-pool.ts';
import { claimOf, releaseClaim } from './pool-claims.ts';
import { expandedProperties, type Environment } from './secrets.ts';
import type { Target, TargetAdapter, TargetContext, TargetFailure } from './target.ts';

/** How long a host may not answer before the end of a step there is unknown. */
const RECONNECT_MS = 10_000;

/** Opens the target of a context; nothing is connected before it is needed. Fails when a secret or a variable is missing. */
export function openEmbedded(context: TargetContext, environment: Environment): TargetAdapter | TargetFailure {
    const expanded = expandedProperties(context.definition, context.secretOf, environment);
    if (expanded.kind === 'failed') return expanded;
    const home = homedir();
    const agents = createAgents(context.deployment);
    const config = {
        agents,
        definition: withPool(context.definition, expanded.properties),
        context: { secretOf: context.secretOf, environment, home },
        stateDirectory: context.stateDirectory,
        connections: createHostConnections({
            clock: systemClock,
            random: Math.random,
            home,
            concurrency: CONNECT_CONCURRENCY,
        }),
    };
    // The id of a machine of a pool is its entry there.
    const connect = ({ id }: MachinePlace, signal: AbortSignal): Promise<KeptConnected> =>
        connectEmbedded(config, id, signal);
    const { detached, onMachineNews, awaitedOn, deployment, stepDirectoryOf } = context;
    const attendance = createAttendance({
        clock: systemClock,
        random: Math.random,
        connect,
        bootOf,
        onMachineNews,
        detached,
    });
    const steps = createRemoteSteps({
        clock: systemClock,
        connect,
        agents,
        awaitedOn,
        deployment,
        stepDirectoryOf,
        detached,
        killGraceMs: KILL_GRACE_MS,
        reconnectMs: RECONNECT_MS,
    });
    return {
        target: sparingPool(config),
        steps: { ...steps, attend: attendance.attend, ignore: attendance.ignore },
        dispose: async () => {
            await attendance.dispose();
            await config.connections.dispose();
        },
    };
}

/**
 * The pool that gives back at once what never answered, and offers it again only when nothing else is free: one machine that is switched
 * off does not keep the others from being used.
 */
function sparingPool(config: EmbeddedPoolConfig): Target {
    const silent = new Set<string>();
    const pool = createEmbeddedPool(config);
    return {
        ...pool,
        create: (tag, signal) => createEmbeddedPool(withLast(config, silent)).create(tag, signal),
        configure: async (machine, signal) => {
            const configured = await pool.configure(machine, signal);
            const key = claimKeyOf(config.definition, machine.machineId);
            if (configured.kind === 'configured') silent.delete(machine.machineId);
            // Where something may have been put, the machine stays this one.
            else if (claimOf(config.stateDirectory, key)?.isTouched === false) {
                silent.add(machine.machineId);
                releaseClaim(config.stateDirectory, key, machine.tag);
            }
            return configured;
        },
    };
}

/** The pool with some of its entries behind all others. */
function withLast(config: EmbeddedPoolConfig, entries: ReadonlySet<string>): EmbeddedPoolConfig {
    const all = poolOf(config.definition);
    const order = [...all.filter((entry) => !entries.has(entry)), ...all.filter((entry) => entries.has(entry))];
    const properties = { ...config.definition.properties, 'embedded.ip': order.join(', ') };
    return { ...config, definition: { ...config.definition, properties } };
}

/** Which machines are in the pool may be said by the environment; what is secret stays a reference until a host is connected to. */
function withPool(
    definition: TargetContext['definition'],
    expanded: Readonly<Record<string, string>>,
): TargetContext['definition'] {
    const said = ['embedded.ip', 'ssh.port'].flatMap((key) => {
        const value = expanded[key];
        return value === undefined ? [] : [[key, value] as const];
    });
    return { ...definition, properties: { ...definition.properties, ...Object.fromEntries(said) } };
}
