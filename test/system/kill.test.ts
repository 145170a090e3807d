import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { leaveFigures } from '../support/figures.ts';
import { runCampaign } from './kill-campaign.ts';
import { createLocalSite } from './kill-site.ts';
import { createProduct, type Product } from './product.ts';

let product: Product | null = null;
afterEach(async () => {
    await product?.dispose();
    product = null;
});

/** Kills the runner without warning as soon as it has printed so many events. */
async function killedAfter(product: Product, events: number, ...words: readonly string[]): Promise<void> {
    const child = product.start(...words, '--format', 'json');
    if (child.stdout === null) throw new Error('the output of the verb is a pipe');
    const exited = once(child, 'exit');
    let seen = 0;
    for await (const line of createInterface({ input: child.stdout })) {
        if (line !== '') seen += 1;
        if (seen === events) child.kill('SIGKILL');
    }
    await exited;
}

/** Every begun step ended, and no step of a phase that runs once per deployment ran twice. */
function stepsAreWhole(trace: readonly string[]): void {
    const count = (line: string): number => trace.filter((other) => other === line).length;
    for (const line of new Set(trace.filter((other) => other.startsWith('begin ')))) {
        expect(count(line.replace('begin', 'end')), `${line} in:\n${trace.join('\n')}`).toBe(count(line));
        if (/ (start|stop|deploy|undeploy)$/.test(line))
            expect(count(line), `${line} in:\n${trace.join('\n')}`).toBe(1);
    }
}

for (const events of [30]) {
    test(`a runner killed after ${events} events of a deployment is resumed: same end, no finished step twice`, async () => {
        product = createProduct('hello-cluster');
        await killedAfter(product, events, 'deploy', product.directory, '--yes');
        const resumed = await product.run('resume', product.directory);
        expect(resumed, resumed.out + resumed.err).toMatchObject({ code: 0 });
        const statuses = [...(await product.instances()).values()].map((instance) => instance.status);
        expect(new Set(statuses)).toEqual(new Set(['DEPLOYED_STARTED']));
        stepsAreWhole(product.trace());

        const undeployed = await product.run('undeploy', product.directory, '--yes');
        expect(undeployed, undeployed.out + undeployed.err).toMatchObject({ code: 0 });
        expect(product.processes()).toEqual([]);
    });
}

test('a runner killed in the middle of an undeployment is resumed and leaves nothing', async () => {
    product = createProduct('hello-cluster');
    expect(await product.run('deploy', product.directory, '--yes')).toMatchObject({ code: 0 });
    await killedAfter(product, 6, 'undeploy', product.directory, '--yes');
    const resumed = await product.run('resume', product.directory);
    expect(resumed, resumed.out + resumed.err).toMatchObject({ code: 0 });
    stepsAreWhole(product.trace());
    expect(product.processes()).toEqual([]);
});

/** `ROBOCONF_KILL_SEED` chooses other kills; `npm run campaign` draws a new one each time. */
const seed = Number(process.env['ROBOCONF_KILL_SEED'] ?? '20260');

test(`20 processes killed at random, also while they resume and with the model edited meanwhile (seed ${seed})`, async ({
    task,
}) => {
    const report = await runCampaign({ kills: 20, seed, createSite: createLocalSite, onKill: () => undefined });
    expect(report).toMatchObject({ kills: 20, faults: [] });
    expect(report.resumeKills).toBeGreaterThan(0);
    leaveFigures(task, [`${report.kills} kills, ${report.resumeKills} of them of a resume`, `${report.steps} steps`]);
}, 480_000);
