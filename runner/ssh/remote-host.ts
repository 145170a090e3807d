/**
 * A host with the channels that are kept open on it: a few that run steps, each one step at a time, and one for control, over which
 * everything that cannot wait for a step goes. Broken channels are replaced when they are needed again.
 */
import type { MachinePlace } from '../executor.ts';
import type { Agent, Answer, Broken } from './agent.ts';
import type { Agents } from './agents.ts';
import type { Connected, ConnectRefusal, HostConnection } from './connection-port.ts';

export type Asked = Answer | Broken | ConnectRefusal;

export interface RemoteHost {
    /** What people call it. */
    readonly name: string;
    /** A channel of one's own for as long as `work` takes. */
    readonly withAgent: (
        work: (agent: Agent, connection: HostConnection) => Promise<Asked>,
        signal: AbortSignal,
    ) => Promise<Asked>;
    /** A short request over the channel for control. */
    readonly control: (textOf: (nonce: string) => string) => Promise<Asked>;
}

/** With the one for control and one that carries files this stays below what a connection may have. */
const MOST_STEP_AGENTS = 5;

export interface RemoteHostConfig {
    readonly connect: (machine: MachinePlace, signal: AbortSignal) => Promise<Connected>;
    readonly agents: Agents;
    /** Ends attempts to open the channel for control, which belongs to nobody. */
    readonly detached: AbortSignal;
}

interface Kept {
    readonly agent: Agent;
    readonly connection: HostConnection;
}

/** Nothing is opened before the first request. */
export function createRemoteHost(machine: MachinePlace, config: RemoteHostConfig): RemoteHost {
    const idle: Kept[] = [];
    const waiting: (() => void)[] = [];
    let inUse = 0;
    let forControl: Promise<Kept | ConnectRefusal> | null = null;

    const open = async (signal: AbortSignal): Promise<Kept | ConnectRefusal> => {
        const connected = await config.connect(machine, signal);
        if (connected.kind === 'refused') return connected;
        const { connection } = connected;
        const agent = await config.agents.open(connection, signal);
        return 'kind' in agent ? agent : { agent, connection };
    };
    const takeIdle = (): Kept | undefined => {
        for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) {
            if (kept.agent.isOpen() && !kept.connection.isLost()) return kept;
        }
        return undefined;
    };
    const withAgent: RemoteHost['withAgent'] = async (work, signal) => {
        while (inUse >= MOST_STEP_AGENTS) await new Promise<void>((resolve) => waiting.push(resolve));
        inUse++;
        try {
            const kept = takeIdle() ?? (await open(signal));
            if ('kind' in kept) return kept;
            const asked = await work(kept.agent, kept.connection);
            if (kept.agent.isOpen()) idle.push(kept);
            return asked;
        } finally {
            inUse--;
            waiting.shift()?.();
        }
    };
    const openControl = (): Promise<Kept | ConnectRefusal> => {
        const opening = open(config.detached);
        forControl = opening;
        return opening;
    };
    const control: RemoteHost['control'] = async (textOf) => {
        for (;;) {
            const opening = forControl ?? openControl();
            const kept = await opening;
            if (!('kind' in kept) && kept.agent.isOpen() && !kept.connection.isLost())
                return kept.agent.request(textOf);
            // Whoever comes first opens another one for all.
            if (forControl === opening) forControl = null;
            if ('kind' in kept) return kept;
        }
    };
    return { name: machine.address, withAgent, control };
}
