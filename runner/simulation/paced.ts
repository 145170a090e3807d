/** A simulation at the speed of an audience. */
import type { RunnerEvent } from '../protocol.ts';
import { nextEvents, type Simulation } from './simulate.ts';

export interface Pace {
    /** Virtual milliseconds per real one; asked before every wait, so that it can be changed meanwhile. */
    readonly speed: () => number;
    /** Waits real milliseconds; rejects with the signal's reason when that fires. */
    readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Yields each event when its time has come. Ends with the simulation, or by rejecting when the signal fires in a wait. */
export async function* pacedEvents(
    simulation: Simulation,
    pace: Pace,
    signal: AbortSignal,
): AsyncGenerator<RunnerEvent> {
    for (let before = simulation.now; ; before = simulation.now) {
        const events = nextEvents(simulation);
        if (events === null) return;
        const waitMs = (simulation.now - before) / pace.speed();
        if (waitMs > 0) await pace.sleep(waitMs, signal);
        yield* events;
    }
}
