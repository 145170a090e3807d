/** The kept channels of one deployment: the one over which a host was found fit for recipes is the first that runs some there. */
import { openAgent, type Agent } from './agent.ts';
import type { ConnectRefusal, HostConnection } from './connection-port.ts';
import { remoteNameOf } from './remote-folder.ts';

export interface Agents {
    /** Looks whether recipes can be run on a host. Harmless to repeat. Null, or why they cannot: one sentence for people. */
    readonly prepare: (connection: HostConnection, signal: AbortSignal) => Promise<string | null>;
    /** A channel of one's own. Requests may be made at once. */
    readonly open: (connection: HostConnection, signal: AbortSignal) => Promise<Agent | ConnectRefusal>;
}

export function createAgents(deployment: string): Agents {
    const folderName = remoteNameOf(deployment);
    /** Channels that nobody works with, one a connection. */
    const spare = new WeakMap<HostConnection, Agent>();
    const takeSpare = (connection: HostConnection): Agent | null => {
        const agent = spare.get(connection);
        spare.delete(connection);
        return agent?.isOpen() === true ? agent : null;
    };
    const prepare: Agents['prepare'] = async (connection, signal) => {
        const agent = takeSpare(connection) ?? (await openAgent(connection, folderName, signal));
        if ('kind' in agent) return agent.message;
        signal.addEventListener('abort', agent.close, { once: true });
        const fault = await agent.greeting;
        signal.removeEventListener('abort', agent.close);
        if (fault !== null) return signal.aborted ? `${connection.spec.address}: it was cancelled` : fault;
        // Two that prepare at one time make two channels.
        spare.get(connection)?.close();
        spare.set(connection, agent);
        return null;
    };
    return {
        prepare,
        open: async (connection, signal) => takeSpare(connection) ?? (await openAgent(connection, folderName, signal)),
    };
}
