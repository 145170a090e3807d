/** How soon a lost host is seen, and how soon a cancel is felt everywhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Runner, RunnerEvent } from '../../../runner/index.ts';
import type { Host } from '../../support/hosts/hosts.ts';
import { writeApplication, type BenchApplication } from './application.ts';
import { msOf, SCRIPT } from './fleet.ts';
import { carriedOut, deployOrder, openBench, ordered } from './ours.ts';

const never = new AbortController().signal;
const GIVE_UP_MS = 60_000;

/** From the beginning of each fault to the event that its machine is lost, in milliseconds. The hosts answer again afterwards. */
export async function lostMs(folder: string, hosts: readonly Host[]): Promise<Readonly<Record<string, number>>> {
    const application = writeApplication(join(folder, 'lost'), { hosts: hosts.length, steps: 2 }, hosts, SCRIPT);
    const runner = await openBench(application, join(folder, 'lost-state'));
    await carriedOut(runner, deployOrder(application));
    const faults: Readonly<Record<string, (host: Host) => Promise<void>>> = {
        'cable cut': async (host) => host.cut(),
        'black hole': async (host) => host.swallow(),
        frozen: async (host) => host.freeze(),
        reset: async (host) => host.reset(),
        'power off': async (host) => host.kill(),
    };
    const found: Record<string, number> = {};
    for (const [i, [name, fault]] of Object.entries(faults).entries()) {
        const host = hosts[i];
        if (host === undefined) throw new Error('there is a host for each fault');
        const seen = eventOf(runner, (event) => isProblem(event, `/m${String(i + 1)}`));
        found[name] = await msOf(async () => {
            await fault(host);
            await seen;
        });
    }
    await healed(runner, hosts);
    await carriedOut(runner, { kind: 'undeploy', paths: [] });
    await runner.dispose();
    return found;
}

async function healed(runner: Runner, hosts: readonly Host[]): Promise<void> {
    const [cut, swallowed, frozen, reset, off] = hosts;
    await Promise.all([cut?.mend(), swallowed?.mend(), frozen?.thaw(), reset?.mend(), off?.boot()]);
    const giveUpAt = performance.now() + GIVE_UP_MS;
    while (performance.now() < giveUpAt) {
        const { instances } = await runner.snapshot(never);
        if (instances.every(({ parent, status }) => parent !== null || status === 'DEPLOYED_STARTED')) return;
        await sleep(50);
    }
    throw new Error('hosts that answer again are still lost');
}

function isProblem(event: RunnerEvent, path: string): boolean {
    return event.kind === 'instanceChanged' && event.instance.path === path && event.instance.status === 'PROBLEM';
}

async function eventOf(runner: Runner, isIt: (event: RunnerEvent) => boolean): Promise<void> {
    return new Promise((done, failed) => {
        const limit = setTimeout(() => failed(new Error('the event did not come')), GIVE_UP_MS);
        const stop = runner.onEvent((event) => {
            if (!isIt(event)) return;
            clearTimeout(limit);
            stop();
            done();
        });
    });
}

export interface CancelCost {
    /** From the order to the last step that was begun, on hosts that begin steps all the time; 0 when none was. */
    readonly lastStepMs: number;
    /** From the order to the end of the last process of hosts in the middle of a step: as many as work at one time. */
    readonly processesGoneMs: number;
}

/** Cancels two deployments of all hosts: one in full swing, one whose steps would go on for hours. */
export async function cancelCost(folder: string, hosts: readonly Host[]): Promise<CancelCost> {
    return { lastStepMs: await lastStepMs(folder, hosts), processesGoneMs: await processesGoneMs(folder, hosts) };
}

async function lastStepMs(folder: string, hosts: readonly Host[]): Promise<number> {
    const size = { hosts: hosts.length, steps: 40 };
    const application = writeApplication(join(folder, 'busy'), size, hosts, SCRIPT);
    return cancelled(application, join(folder, 'busy-state'), async (runner) => {
        let [begunCount, last] = [0, 0];
        const stop = runner.onEvent((event) => {
            if (event.kind !== 'stepBegun') return;
            begunCount += 1;
            last = performance.now();
        });
        await until(() => begunCount >= hosts.length * 10);
        const at = performance.now();
        await ordered(runner, { kind: 'cancel' });
        await runner.whenQuiet(AbortSignal.timeout(GIVE_UP_MS));
        stop();
        return Math.max(0, last - at);
    });
}

async function until(condition: () => boolean): Promise<void> {
    const giveUpAt = performance.now() + GIVE_UP_MS;
    while (!condition()) {
        if (performance.now() > giveUpAt) throw new Error('what the bench waits for does not come');
        await sleep(5);
    }
}

/** Found among the processes of this machine, to which those of its hosts belong. */
const ENDLESS = 'sleep 73911';

async function processesGoneMs(folder: string, hosts: readonly Host[]): Promise<number> {
    const size = { hosts: hosts.length, steps: 2 };
    const script = `#!/bin/sh\n${ENDLESS} &\nwait\n`;
    const application = writeApplication(join(folder, 'endless'), size, hosts, script);
    return cancelled(application, join(folder, 'endless-state'), async (runner) => {
        await settledCount();
        const at = performance.now();
        await ordered(runner, { kind: 'cancel' });
        await until(() => endlessCount() === 0);
        const ms = performance.now() - at;
        await runner.whenQuiet(AbortSignal.timeout(GIVE_UP_MS));
        return ms;
    });
}

/** Waits until as many hosts as may are in the middle of their step: until no more come for a second. */
async function settledCount(): Promise<void> {
    let [count, since] = [0, performance.now()];
    await until(() => {
        const before = count;
        count = endlessCount();
        if (count !== before) since = performance.now();
        return count > 0 && performance.now() - since > 1_000;
    });
}

function endlessCount(): number {
    return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid) === ENDLESS).length;
}

function commandOf(pid: string): string {
    try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
        // It ended while the list was read.
        return '';
    }
}

async function cancelled(
    application: BenchApplication,
    state: string,
    work: (runner: Runner) => Promise<number>,
): Promise<number> {
    const runner = await openBench(application, state);
    await ordered(runner, deployOrder(application));
    const measured = await work(runner);
    await carriedOut(runner, { kind: 'undeploy', paths: [] });
    await runner.dispose();
    return measured;
}
