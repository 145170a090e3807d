/**
 * Tells a host that is silent from one that is slow. A computer that slept heard nothing either: it begins to listen anew. A process that
 * was held up for a moment finds in its buffers what came meanwhile: it looks there before it decides.
 */
import type { Clock } from '../clock.ts';

/** One connection that is watched. Counters only grow. */
export interface WatchedLink {
    /** Bytes that came. */
    readonly heard: () => number;
    /** Bytes that were sent. */
    readonly sent: () => number;
    /** Something came since it was looked at before: the time, by the clock. */
    readonly onHeard: (at: number) => void;
    /** Called once: nothing came for so many milliseconds. It is not watched any more. */
    readonly onSilent: (silentMs: number) => void;
}

export interface SilenceWatch {
    /** Watches a link until the function that is answered is called. */
    readonly watch: (link: WatchedLink) => () => void;
}

const TICK_MS = 200;

/** A host is asked for a sign of life this often when it has nothing to say. */
export const SIGN_OF_LIFE_MS = 600;

/** With the answer to the last question and the ticks, a host that is gone is told within 2.5 s. */
const SILENCE_MS = 2_200;

/** A look that comes later than this is not decided by: what came in between has not been read. */
const LATE_MS = 3 * TICK_MS;
/** Whoever was away this long slept. */
const ASLEEP_MS = 2_000;
/** A process that is always late decides nevertheless. */
const PATIENT_FACTOR = 3;

/** What was sent waits before the question for a sign of life: links as slow as this are not taken for dead ones. */
const SLOWEST_BYTES_PER_MS = 128;

interface Watched {
    readonly link: WatchedLink;
    heard: number;
    sentBefore: number;
    silentMs: number;
}

/** One watch for all connections: it wakes up only while there is one. */
export function createSilenceWatch(clock: Clock): SilenceWatch {
    const links = new Set<Watched>();
    let isAwake = false;
    const look = (watched: Watched, now: number, elapsed: number): void => {
        const { link } = watched;
        if (hasSpoken(watched)) return link.onHeard(now);
        watched.silentMs = elapsed > ASLEEP_MS ? 0 : watched.silentMs + elapsed;
        const allowed = SILENCE_MS + (link.sent() - watched.sentBefore) / SLOWEST_BYTES_PER_MS;
        if (elapsed > LATE_MS && watched.silentMs < PATIENT_FACTOR * allowed) return undefined;
        if (watched.silentMs < allowed || !links.delete(watched)) return undefined;
        return link.onSilent(watched.silentMs);
    };
    const stayAwake = async (): Promise<void> => {
        let last = clock.now();
        while (links.size > 0) {
            await clock.sleep(TICK_MS);
            const now = clock.now();
            const elapsed = Math.max(0, now - last);
            last = now;
            for (const watched of links) look(watched, now, elapsed);
        }
        isAwake = false;
    };
    return {
        watch: (link) => {
            const watched = { link, heard: link.heard(), sentBefore: link.sent(), silentMs: 0 };
            links.add(watched);
            if (!isAwake) {
                isAwake = true;
                void stayAwake();
            }
            return () => links.delete(watched);
        },
    };
}

function hasSpoken(watched: Watched): boolean {
    const heard = watched.link.heard();
    if (heard === watched.heard) return false;
    watched.heard = heard;
    watched.sentBefore = watched.link.sent();
    watched.silentMs = 0;
    return true;
}
