/**
 * Watches whether machines answer. A machine is lost when nothing was heard of it for a while and no connection could be made meanwhile:
 * one whose sshd was restarted, or whose connection was reset, is connected again before anybody hears of it.
 */
import type { Clock } from '../clock.ts';
import type { MachinePlace } from '../executor.ts';
import type { HostSteps, MachineNews } from '../targets/target.ts';
import type { HostConnection } from './connection-port.ts';
import type { KeptConnected } from './connections.ts';

export interface AttendanceConfig {
    readonly clock: Clock;
    /** From 0 to below 1. */
    readonly random: () => number;
    readonly connect: (machine: MachinePlace, signal: AbortSignal) => Promise<KeptConnected>;
    /** What tells one start of a host from the next; null when it cannot be told. */
    readonly bootOf: (connection: HostConnection, signal: AbortSignal) => Promise<string | null>;
    readonly onMachineNews: (news: MachineNews) => void;
    /** Once aborted nothing is told any more. */
    readonly detached: AbortSignal;
}

export interface Attendance extends Pick<HostSteps, 'attend' | 'ignore'> {
    /** Ignores all; settles when nothing waits any more. */
    readonly dispose: () => Promise<void>;
}

/** After so long without a word a machine that cannot be connected to either is lost. */
const LOST_AFTER_MS = 2_500;
/** When attending begins, many may have to be connected at once. */
const FIRST_ANSWER_MS = 6_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

export function createAttendance(config: AttendanceConfig): Attendance {
    const attended = new Map<string, { readonly abort: AbortController; readonly stopped: Promise<void> }>();
    const ignore = (path: string): void => {
        attended.get(path)?.abort.abort();
        attended.delete(path);
    };
    const ignoreAll = (): void => {
        for (const path of attended.keys()) ignore(path);
    };
    config.detached.addEventListener('abort', ignoreAll, { once: true });
    return {
        attend: (machine) => {
            if (attended.has(machine.path) || config.detached.aborted) return;
            const abort = new AbortController();
            attended.set(machine.path, { abort, stopped: watch(machine, config, abort.signal) });
        },
        ignore,
        dispose: async () => {
            const all = [...attended.values()];
            ignoreAll();
            config.detached.removeEventListener('abort', ignoreAll);
            await Promise.all(all.map(({ stopped }) => stopped));
        },
    };
}

/** One machine, until the signal aborts. */
async function watch(machine: MachinePlace, config: AttendanceConfig, signal: AbortSignal): Promise<void> {
    const { clock } = config;
    const teller = createTeller(machine, config, signal);
    const boots = createBoots(config);
    let lostAt = clock.now() + FIRST_ANSWER_MS;
    let reason = 'it does not answer';
    while (!signal.aborted) {
        const connected = await reconnect(machine, config, { teller, lostAt, reason }, signal);
        if (connected === null) return;
        await boots.look(connected.connection, teller, signal);
        reason = await untilLost(connected, signal);
        lostAt = Math.max(clock.now(), connected.connection.heardAt() + LOST_AFTER_MS);
    }
}

type Answering = Extract<KeptConnected, { readonly kind: 'connected' }>;

/** Tries until there is a connection; null when aborted. From `lostAt` on the machine is told to be lost. */
async function reconnect(
    machine: MachinePlace,
    config: AttendanceConfig,
    loss: { readonly teller: Teller; readonly lostAt: number; readonly reason: string },
    signal: AbortSignal,
): Promise<Answering | null> {
    const { clock, random } = config;
    const answered = new AbortController();
    const stop = AbortSignal.any([answered.signal, signal]);
    void clock.sleep(Math.max(0, loss.lostAt - clock.now()), stop).then(() => {
        if (!stop.aborted) loss.teller.isSilent(loss.reason);
    });
    try {
        for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
            const connected = await config.connect(machine, signal);
            if (signal.aborted) return null;
            if (connected.kind === 'connected') return connected;
            if (connected.code === 'unreachable') loss.teller.isSilent(connected.message);
            else loss.teller.refuses(connected.message);
            await clock.sleep(pauseMs * (0.5 + random()), signal);
            if (signal.aborted) return null;
        }
    } finally {
        answered.abort();
    }
}

async function untilLost({ connection }: Answering, signal: AbortSignal): Promise<string> {
    const aborted = Promise.withResolvers<string>();
    const give = (): void => aborted.resolve('it is not attended any more');
    signal.addEventListener('abort', give, { once: true });
    if (signal.aborted) give();
    const reason = await Promise.race([connection.lost, aborted.promise]);
    signal.removeEventListener('abort', give);
    return reason;
}

/** Later than anything that is urgent when a machine was just made; as long after a look that taught nothing. */
const FIRST_LOOK_MS = 5_000;
/** A host that is busy may not tell at once; one that never tells is not asked for ever. */
const MOST_LOOKS = 5;
/** Between looks at a host that came back: it counts as lost meanwhile. */
const LOOK_PAUSE_MS = 500;

/** Remembers which start of a host it was, and tells that it answers, with whether that is another start. */
function createBoots({ clock, bootOf }: AttendanceConfig) {
    let known: string | null = null;
    /** Null: the connection was lost before it could be told, or it cannot be told at all. */
    const lookPatiently = async (
        connection: HostConnection,
        pauses: { readonly first: number; readonly others: number },
        signal: AbortSignal,
    ): Promise<string | null> => {
        for (let count = 0; count < MOST_LOOKS; count++) {
            const pauseMs = count === 0 ? pauses.first : pauses.others;
            if (pauseMs > 0) await clock.sleep(pauseMs, signal);
            if (signal.aborted || connection.isLost()) return null;
            const boot = await bootOf(connection, signal);
            if (boot !== null) return boot;
        }
        return null;
    };
    const learn = async (connection: HostConnection, signal: AbortSignal): Promise<void> => {
        const boot = await lookPatiently(connection, { first: FIRST_LOOK_MS, others: FIRST_LOOK_MS }, signal);
        known ??= boot;
    };
    return {
        look: async (connection: HostConnection, teller: Teller, signal: AbortSignal): Promise<void> => {
            const before = known;
            if (before === null) {
                teller.answers(false);
                void learn(connection, signal);
                return;
            }
            const boot = await lookPatiently(connection, { first: 0, others: LOOK_PAUSE_MS }, signal);
            // Whether it was started anew is told with the next connection.
            if (boot === null && connection.isLost()) return;
            known = boot ?? before;
            teller.answers(boot !== null && boot !== before);
        },
    };
}

interface Teller {
    readonly isSilent: (reason: string) => void;
    /** It answers, and cannot be talked to: somebody has to do something, whatever was told of it before. */
    readonly refuses: (reason: string) => void;
    readonly answers: (isRebooted: boolean) => void;
}

/** Tells each change once. */
function createTeller(machine: MachinePlace, config: AttendanceConfig, signal: AbortSignal): Teller {
    let isLost = false;
    let refusal: string | null = null;
    const tell = (news: MachineNews): void => {
        if (!signal.aborted && !config.detached.aborted) config.onMachineNews(news);
    };
    return {
        refuses: (reason) => {
            if (refusal === reason) return;
            refusal = reason;
            isLost = true;
            tell({ kind: 'lost', path: machine.path, reason });
        },
        isSilent: (reason) => {
            if (isLost) return;
            isLost = true;
            tell({ kind: 'lost', path: machine.path, reason });
        },
        answers: (isRebooted) => {
            // A machine that was started anew so fast that nobody missed it has lost what ran there all the same.
            if (!isLost && isRebooted) tell({ kind: 'lost', path: machine.path, reason: 'it was started anew' });
            if (!isLost && !isRebooted) return;
            isLost = false;
            refusal = null;
            const { path, id: machineId, address } = machine;
            tell({ kind: 'back', path, machineId, address, isRebooted });
        },
    };
}
