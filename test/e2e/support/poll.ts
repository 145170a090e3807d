/** Waiting for something to become true: a workbench is read again and again, never once. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** It costs nothing while all is well, and a machine several times slower than the one a test was written on is no fault of the product. */
const limitMs = 90_000;
const pauseMs = 50;

type Look<T> = { readonly answer: T } | { readonly fault: unknown };

/** A part of the page that is drawn afresh while it is read is a fault of that look alone. */
const look = async <T>(ask: () => T | Promise<T>): Promise<Look<T>> => {
    try {
        return { answer: await ask() };
    } catch (fault) {
        return { fault };
    }
};

/** Asks until the answer is neither undefined nor false, and gives it. Throws with `what` after `patienceMs`; its cause is what the last look failed with. */
export const until = async <T>(
    what: string,
    ask: () => T | undefined | false | Promise<T | undefined | false>,
    patienceMs: number = limitMs,
): Promise<T> => {
    const limit = performance.now() + patienceMs;
    let fault: unknown;
    while (performance.now() < limit) {
        const seen = await look(ask);
        if ('answer' in seen && seen.answer !== undefined && seen.answer !== false) return seen.answer;
        fault = 'fault' in seen ? seen.fault : undefined;
        await sleep(pauseMs);
    }
    throw new Error(`waited ${patienceMs / 1000} s in vain: ${what}`, { cause: fault });
};

/** Asks until the answer is what is expected. Throws with both after `patienceMs`, or with what the last look failed with. */
export const untilEqual = async <T>(
    what: string,
    ask: () => T | Promise<T>,
    expected: T,
    patienceMs: number = limitMs,
): Promise<void> => {
    const limit = performance.now() + patienceMs;
    let seen = await look(ask);
    while (!('answer' in seen && isDeepStrictEqual(seen.answer, expected)) && performance.now() < limit) {
        await sleep(pauseMs);
        seen = await look(ask);
    }
    if ('fault' in seen) throw new Error(`waited ${patienceMs / 1000} s in vain: ${what}`, { cause: seen.fault });
    assert.deepEqual(seen.answer, expected, what);
};
