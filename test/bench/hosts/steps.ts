/** What a step costs on a host that is connected already, with everything on, over the same script under a bare `exec`. */
import { join } from 'node:path';
import type { RunnerEvent } from '../../../runner/index.ts';
import type { Host } from '../../support/hosts/hosts.ts';
import { writeApplication } from './application.ts';
import { medianOf, msOf, SCRIPT } from './fleet.ts';
import { connectTo, keysOf, opened } from './floor.ts';
import { carriedOut, deployOrder, openBench } from './ours.ts';

const STEPS = 80;

export interface StepCost {
    readonly bareMs: number;
    readonly stepMs: number;
}

/** Medians. A step is counted from its beginning to the beginning of the next one on its host: nothing is left out. */
export async function stepCost(folder: string, host: Host): Promise<StepCost> {
    const size = { hosts: 1, steps: STEPS };
    const application = writeApplication(join(folder, 'one-host'), size, [host], SCRIPT);
    const runner = await openBench(application, join(folder, 'one-host-state'));
    const begun: { readonly phase: string; readonly at: number }[] = [];
    runner.onEvent((event: RunnerEvent) => {
        if (event.kind === 'stepBegun') begun.push({ phase: event.phase, at: performance.now() });
    });
    await carriedOut(runner, deployOrder(application));
    await carriedOut(runner, { kind: 'undeploy', paths: [] });
    await runner.dispose();
    const times = begun.flatMap(({ phase, at }, i) => {
        const next = begun[i + 1];
        return phase === 'start' && next !== undefined ? [next.at - at] : [];
    });
    return { bareMs: await bareExecMs(host), stepMs: medianOf(times.slice(1, STEPS / 2)) };
}

async function bareExecMs(host: Host): Promise<number> {
    await host.exec(`cat >/var/tmp/bench-step; chmod +x /var/tmp/bench-step`, SCRIPT);
    const client = await connectTo(host, keysOf(host));
    const times: number[] = [];
    for (let i = 0; i < STEPS; i++)
        times.push(
            await msOf(async () => {
                const channel = await opened((done) => client.exec('/var/tmp/bench-step', done));
                channel.resume();
                await new Promise((done) => channel.once('close', done));
            }),
        );
    client.end();
    await host.exec('rm /var/tmp/bench-step*');
    return medianOf(times.slice(1));
}
