/** Waiting for something to become true: a workbench is read again and again, never once. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

const limitMs = 30_000;
const pauseMs = 50;

/** Asks until the answer is neither undefined nor false, and gives it. Throws with `what` after `patienceMs`. */
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

/** Asks until the answer is what is expected. Throws with both after `patienceMs`. */
export const untilEqual = async <T>(
    what: string,
    ask: () => T | Promise<T>,
    expected: T,
    patienceMs: number = limitMs,
): Promise<void> => {
    const limit = performance.now() + patienceMs;
    let answer = await ask();
    while (!isDeepStrictEqual(answer, expected) && performance.now() < limit) {
        await sleep(pauseMs);
        answer = await ask();
    }
    assert.deepEqual(answer, expected, what);
};
