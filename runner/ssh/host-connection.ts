/** A connection that is logged in: its channels, and when it is lost. */
import type { Client, ClientChannel } from 'ssh2';
import type { Clock } from '../clock.ts';
import type { ConnectRefusal, HostConnection, HostSpec, RemoteChannel } from './connection-port.ts';
import type { DialedStream } from './dial.ts';
import { createGate, type Gate } from './gate.ts';
import { refused } from './refusals.ts';
import { orAborted } from './time-limit.ts';
import { openChannelOf, type OpenChannel } from './remote-channel.ts';
import type { SilenceWatch } from './silence.ts';

/** What the keeper of connections sees of one. */
export interface KeptConnection extends HostConnection {
    /** By the clock: when the host was heard of last, as far as it was looked at. */
    readonly heardAt: () => number;
    readonly client: Client;
    /** Bytes that were sent on it. */
    readonly sent: () => number;
    /** Ends it; `lost` settles with the reason. */
    readonly end: (reason: string) => void;
    /** Settles when its stream is closed. */
    readonly closed: Promise<void>;
}

/** Hosts allow ten by default; two are left for people who log in through the same connection by other means. */
const MOST_CHANNELS = 8;

export interface ConnectionParts {
    readonly client: Client;
    readonly dialed: DialedStream;
    readonly clock: Clock;
    readonly silence: SilenceWatch;
}

export function createHostConnection(spec: HostSpec, parts: ConnectionParts): KeptConnection {
    const { client, dialed } = parts;
    const channels = new Set<OpenChannel>();
    const link = watchLink(parts, () => {
        for (const channel of channels) channel.breakOff();
    });
    const drainLink = async (): Promise<void> => {
        const { stream } = dialed;
        if (link.fault() !== null || !stream.writableNeedDrain) return;
        await Promise.race([new Promise<void>((resolve) => stream.once('drain', resolve)), link.lost]);
    };
    const adopt = (stream: ClientChannel, leave: () => void): RemoteChannel => {
        const open = openChannelOf(stream, drainLink, () => {
            channels.delete(open);
            leave();
        });
        channels.add(open);
        if (link.fault() !== null) open.breakOff();
        return open.channel;
    };
    return {
        ...link,
        spec,
        client,
        isLost: () => link.fault() !== null,
        sent: dialed.sent,
        openChannel: createOpener(spec, client, link.fault, adopt),
    };
}

interface WatchedConnection extends Pick<KeptConnection, 'lost' | 'closed' | 'heardAt' | 'end'> {
    /** Null as long as it is there. */
    readonly fault: () => string | null;
}

/** One end for a connection, whoever notices it first: the host, the network, the watch, or we. `onLost` is called once. */
function watchLink({ client, dialed, clock, silence }: ConnectionParts, onLost: () => void): WatchedConnection {
    const lost = Promise.withResolvers<string>();
    const closed = Promise.withResolvers<void>();
    let fault: string | null = null;
    let streamFault = 'the host ended the connection';
    let heardAt = clock.now();
    const end = (reason: string): void => {
        if (fault !== null) return;
        fault = reason;
        unwatch();
        dialed.stream.destroy();
        onLost();
        lost.resolve(reason);
    };
    const unwatch = silence.watch({
        heard: dialed.heard,
        sent: dialed.sent,
        onHeard: (at) => (heardAt = at),
        onSilent: (silentMs) => end(`nothing was heard of it for ${(silentMs / 1_000).toFixed(1)} s`),
    });
    client.on('error', (error) => (streamFault = `the connection broke: ${error.message}`));
    client.on('close', () => {
        end(streamFault);
        closed.resolve();
    });
    return { lost: lost.promise, closed: closed.promise, heardAt: () => heardAt, end, fault: () => fault };
}

/** Opens channels, no more at one time than the host allows. */
function createOpener(
    spec: HostSpec,
    client: Client,
    fault: () => string | null,
    adopt: (stream: ClientChannel, leave: () => void) => RemoteChannel,
): KeptConnection['openChannel'] {
    const gate = createGate(MOST_CHANNELS);
    const gone = (): ConnectRefusal =>
        refused(spec, 'unreachable', `The connection is gone: ${fault() ?? 'it was given up'}.`);
    return async (command, signal) => {
        for (;;) {
            const leave = await gate.enter(signal);
            if (leave === null || signal.aborted || fault() !== null) {
                leave?.();
                return gone();
            }
            const opening = execute(client, command);
            const opened = await orAborted(opening, signal, GIVEN_UP);
            if (opened.kind === 'open') return adopt(opened.stream, leave);
            if (opened === GIVEN_UP) {
                void opening.then((late) => closeLate(late, leave));
                return gone();
            }
            const others = narrowed(gate);
            leave();
            if (fault() !== null) return gone();
            if (others === 0) return refused(spec, 'unreachable', `The host opens no session: ${opened.reason}.`);
        }
    };
}

/** The host allows fewer channels than expected: no more than are open are asked for from then on. Answers how many others are open. */
function narrowed(gate: Gate): number {
    const others = gate.insideCount() - 1;
    if (others > 0) gate.narrow(others);
    return others;
}

type Executed =
    { readonly kind: 'open'; readonly stream: ClientChannel } | { readonly kind: 'closed'; readonly reason: string };

const GIVEN_UP: Executed = { kind: 'closed', reason: 'it was given up' };

/** What opens after nobody waits for it keeps its place until it is closed. */
function closeLate(late: Executed, leave: () => void): void {
    if (late.kind === 'closed') return leave();
    late.stream.on('close', leave);
    late.stream.on('error', () => undefined);
    late.stream.resume();
    late.stream.stderr.resume();
    return late.stream.close();
}

function execute(client: Client, command: string): Promise<Executed> {
    return new Promise((resolve) => {
        try {
            client.exec(command, (error, stream) =>
                resolve(error === undefined ? { kind: 'open', stream } : { kind: 'closed', reason: error.message }),
            );
        } catch (error) {
            // ssh2 throws when its socket is closed already.
            resolve({ kind: 'closed', reason: error instanceof Error ? error.message : String(error) });
        }
    });
}
