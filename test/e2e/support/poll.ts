/** Waiting for something to become true: a workbench is read again and again, never once. */
import { setTimeout as sleep } from 'node:timers/promises';

const limitMs = 20_000;
const pauseMs = 50;

/** Asks until the answer is neither undefined nor false, and gives it. Throws with `what` after 20 seconds. */
export const until = async <T>(
    what: string,
    ask: () => T | undefined | false | Promise<T | undefined | false>,
    patienceMs: number = limitMs,
): Promise<T> => {
    const limit = performance.now() + patienceMs;
    while (performance.now() < limit) {
        const answer = await ask();
        if (answer !== undefined && answer !== false) return answer;
        await sleep(pauseMs);
    }
    throw new Error(`waited ${patienceMs / 1000} s in vain: ${what}`);
};
