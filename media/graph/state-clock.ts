/** The clock of run states, between two messages: it goes on by itself where they say so. */
import type { RunClock } from '../protocol.ts';

export interface StateClock {
    /** The host has told what it shows. */
    readonly tell: (clock: RunClock) => void;
    /** What it shows, in milliseconds. */
    readonly now: () => number;
}

/** A clock that stands until it is told otherwise; `tick` is the page's own, in milliseconds. */
export function createStateClock(tick: () => number): StateClock {
    let told: RunClock = { now: 0, isRunning: false };
    let toldAt = 0;
    return {
        tell: (clock) => {
            [told, toldAt] = [clock, tick()];
        },
        now: () => (told.isRunning ? told.now + tick() - toldAt : told.now),
    };
}
