/**
 * One connection a host, made when it is first needed. Hosts that drop what comes in too great numbers are tried again after a while
 * that chance lengthens, so that those who were dropped together do not come back together.
 */
import type { Clock } from '../clock.ts';
import type { ConnectRefusal, HostConnections, HostSpec } from './connection-port.ts';
import { dial, dialThrough, type Dialed } from './dial.ts';
import { createGate, type Gate } from './gate.ts';
import { refusedTypeOf, shakeHands, type HandshakeConfig } from './handshake.ts';
import { createHostConnection, type KeptConnection } from './host-connection.ts';
import { createKnownHostsReader } from './known-hosts-file.ts';
import { createKeyReader } from './private-keys.ts';
import { hostLabelOf, refused } from './refusals.ts';
import { createSilenceWatch, type SilenceWatch } from './silence.ts';
import { createTimeLimit, orAborted } from './time-limit.ts';

export interface HostConnectionsConfig {
    readonly clock: Clock;
    /** From 0 to below 1. */
    readonly random: () => number;
    /** Absolute home directory of this user, for the keys in its `.ssh`. */
    readonly home: string;
    /** How many connections are begun at one time. */
    readonly concurrency: number;
}

export type KeptConnected = { readonly kind: 'connected'; readonly connection: KeptConnection } | ConnectRefusal;

/** Connections of which it is also known when their hosts were heard of. */
export interface KeptConnections extends HostConnections {
    readonly connect: (spec: HostSpec, signal: AbortSignal) => Promise<KeptConnected>;
    /** Ends the connection to a host, if there is one. */
    readonly end: (spec: HostSpec) => void;
}

/** As many as are begun at one time unless somebody says otherwise. */
export const CONNECT_CONCURRENCY = 30;

/** How long a host is tried that is refused, dropped or silent. */
const PATIENCE_MS = 10_000;
const OPEN_TIMEOUT_MS = 2_000;
const HANDSHAKE_TIMEOUT_MS = 8_000;
/** Hosts that take longer do not hold up the others. */
const LONGEST_TURN_MS = 1_500;
/** A stream through a host that hangs is not closed by waiting for it. */
const LONGEST_FAREWELL_MS = 1_000;
const FIRST_PAUSE_MS = 150;
const LONGEST_PAUSE_MS = 1_000;

const neverAborted = new AbortController().signal;

interface Begun {
    readonly connected: Promise<KeptConnected>;
    /** Ends the try. */
    readonly abort: AbortController;
    connection: KeptConnection | null;
    waiterCount: number;
}

interface Maker {
    readonly config: HostConnectionsConfig;
    readonly handshake: HandshakeConfig;
    readonly silence: SilenceWatch;
    readonly gate: Gate;
    readonly connect: (spec: HostSpec, signal: AbortSignal) => Promise<KeptConnected>;
}

/** Nothing is connected before somebody asks for it. */
export function createHostConnections(config: HostConnectionsConfig): KeptConnections {
    const begun = new Map<string, Begun>();
    const all = new Set<KeptConnection>();
    let isDisposed = false;
    const forget = (key: string, which: Begun): void => {
        if (begun.get(key) === which) begun.delete(key);
    };
    const keep = (key: string, which: Begun, connected: KeptConnected): void => {
        if (connected.kind === 'refused') return forget(key, which);
        const { connection } = connected;
        which.connection = connection;
        all.add(connection);
        void connection.lost.then(() => forget(key, which));
        void connection.closed.then(() => all.delete(connection));
        if (isDisposed || which.abort.signal.aborted) connection.end('it was given up');
        return undefined;
    };
    const begin = (key: string, spec: HostSpec): Begun => {
        const abort = new AbortController();
        const connected = connectPatiently(spec, maker, abort.signal);
        const which: Begun = { connected, abort, connection: null, waiterCount: 0 };
        begun.set(key, which);
        void connected.then((answer) => keep(key, which, answer));
        return which;
    };
    const connect = async (spec: HostSpec, signal: AbortSignal): Promise<KeptConnected> => {
        const givenUp = refused(spec, 'unreachable', 'Connecting was given up.');
        if (signal.aborted || isDisposed) return givenUp;
        const key = JSON.stringify(spec);
        const before = begun.get(key);
        const which = before === undefined || before.connection?.isLost() === true ? begin(key, spec) : before;
        which.waiterCount++;
        const connected = await orAborted(which.connected, signal, givenUp);
        which.waiterCount--;
        if (signal.aborted && which.connection === null && which.waiterCount === 0) {
            forget(key, which);
            which.abort.abort();
        }
        return connected;
    };
    const maker: Maker = {
        config,
        handshake: { home: config.home, readKey: createKeyReader(), knownHosts: createKnownHostsReader() },
        silence: createSilenceWatch(config.clock),
        gate: createGate(config.concurrency),
        connect,
    };
    return {
        connect,
        end: (spec) => begun.get(JSON.stringify(spec))?.connection?.end('it is not needed any more'),
        dispose: async () => {
            isDisposed = true;
            for (const which of begun.values()) which.abort.abort();
            await Promise.all([...begun.values()].map((which) => which.connected));
            for (const connection of all) connection.end('connections were let go');
            const closed = Promise.all([...all].map((connection) => connection.closed));
            await within(config.clock, LONGEST_FAREWELL_MS, neverAborted, (limited) => orAborted(closed, limited, []));
        },
    };
}

/** Tries until the host says yes or no, or patience is at its end. */
async function connectPatiently(spec: HostSpec, maker: Maker, signal: AbortSignal): Promise<KeptConnected> {
    const { clock, random } = maker.config;
    const limit = createTimeLimit(clock, PATIENCE_MS, signal);
    try {
        for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
            const tried = await tryKeys(spec, maker, limit.signal);
            if (tried.kind !== 'failed') return tried;
            if (!tried.isFinal) await clock.sleep(pauseMs * (0.5 + random()), limit.signal);
            if (tried.isFinal || limit.signal.aborted)
                return refused(spec, 'unreachable', unreachableText(spec, tried));
        }
    } finally {
        limit.end();
    }
}

/** A demanded fingerprint may be that of another key of the host than the one it showed: all its kinds are asked for. */
async function tryKeys(spec: HostSpec, maker: Maker, signal: AbortSignal): Promise<KeptConnected | Failed> {
    const refusedTypes = new Set<string>();
    const first = await tryOnce(spec, refusedTypes, maker, signal);
    for (let tried = first; tried.kind === 'refused';) {
        const type = refusedTypeOf(spec, tried);
        if (type === null || refusedTypes.has(type)) break;
        refusedTypes.add(type);
        tried = await tryOnce(spec, refusedTypes, maker, signal);
        if (tried.kind === 'connected') return tried;
    }
    return first;
}

interface Failed {
    readonly kind: 'failed';
    readonly reason: string;
    readonly isFinal: boolean;
}

function unreachableText({ jump }: HostSpec, { reason }: Failed): string {
    const through = jump === null ? '' : ` through ${hostLabelOf(jump)}`;
    return `The host cannot be reached${through}: ${reason}. Check its address and port, and that sshd runs on it.`;
}

/** One try, in its turn. */
async function tryOnce(
    spec: HostSpec,
    refusedTypes: ReadonlySet<string>,
    maker: Maker,
    signal: AbortSignal,
): Promise<KeptConnected | Failed> {
    const jump = spec.jump === null ? null : await maker.connect(spec.jump, signal);
    if (jump?.kind === 'refused') return jump;
    const leave = await maker.gate.enter(signal);
    if (leave === null) return { kind: 'failed', reason: 'it was given up', isFinal: true };
    const { clock } = maker.config;
    const turn = createTimeLimit(clock, LONGEST_TURN_MS, signal);
    turn.signal.addEventListener('abort', leave, { once: true });
    try {
        const dialed = await within(clock, OPEN_TIMEOUT_MS, signal, (limited) => dialFor(spec, jump, limited));
        if (dialed.kind === 'closed') return { kind: 'failed', reason: dialed.reason, isFinal: dialed.isFinal };
        const { stream } = dialed.dialed;
        const shaken = await within(clock, HANDSHAKE_TIMEOUT_MS, signal, (limited) =>
            shakeHands(spec, { stream, refusedTypes }, maker.handshake, limited),
        );
        if (shaken.kind === 'broken') return { kind: 'failed', reason: shaken.reason, isFinal: false };
        if (shaken.kind === 'refused') return shaken;
        const parts = { client: shaken.client, dialed: dialed.dialed, clock, silence: maker.silence };
        return { kind: 'connected', connection: createHostConnection(spec, parts) };
    } finally {
        turn.end();
        leave();
    }
}

function dialFor(
    spec: HostSpec,
    jump: Extract<KeptConnected, { readonly kind: 'connected' }> | null,
    signal: AbortSignal,
): Promise<Dialed> {
    if (jump === null) return dial(spec.address, spec.port, signal);
    return dialThrough(jump.connection, spec.address, spec.port, signal);
}

async function within<T>(
    clock: Clock,
    ms: number,
    signal: AbortSignal,
    wait: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
    const limit = createTimeLimit(clock, ms, signal);
    try {
        return await wait(limit.signal);
    } finally {
        limit.end();
    }
}
