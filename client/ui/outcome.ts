/** How a command ends. Being given up by its user is no failure and is not shown. */
import type { Failure } from './failures.ts';

export type Outcome<Value> =
    | { readonly kind: 'done'; readonly value: Value }
    | { readonly kind: 'failed'; readonly failure: Failure }
    | { readonly kind: 'cancelled' };

/** The outcome of something that only has to be done. */
export const DONE: Outcome<undefined> = { kind: 'done', value: undefined };
/** The outcome of what its user gave up. */
export const CANCELLED = { kind: 'cancelled' } as const;

/** What was asked for, done. */
export function done<Value>(value: Value): Outcome<Value> {
    return { kind: 'done', value };
}

/** What was asked for, refused or failed; the words for it are in failures.ts. */
export function failed(failure: Failure): { readonly kind: 'failed'; readonly failure: Failure } {
    return { kind: 'failed', failure };
}
