/** What every contender of the bench does on the same hosts, and the proof that it was done: each step is one run of one script. */
import type { Host } from '../../support/hosts/hosts.ts';

export interface Size {
    readonly hosts: number;
    /** Scripts run one after another on each host. */
    readonly steps: number;
}

/** What one step runs: a file of a host grows by a line. */
export const SCRIPT = '#!/bin/sh\necho step >>/var/tmp/bench-steps\n';

export function nameOf({ hosts, steps }: Size): string {
    return `${String(hosts)} hosts x ${String(steps)} steps`;
}

/** Throws unless every host ran every step exactly once; forgets them. */
export async function proveSteps(hosts: readonly Host[], steps: number): Promise<void> {
    for (const host of hosts) {
        const { out } = await host.exec('wc -l </var/tmp/bench-steps; rm /var/tmp/bench-steps');
        if (Number(out) !== steps) throw new Error(`${host.name} ran ${out.trim()} steps, not ${String(steps)}`);
    }
}

export async function msOf(work: () => Promise<unknown>): Promise<number> {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
}

/** Of an odd number of values the middle one; not a number when there are none. */
export function medianOf(values: readonly number[]): number {
    return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
