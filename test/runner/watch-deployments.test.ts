import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { watchDeployments } from '../../runner/watch-deployments.ts';

function scene() {
    const base = mkdtempSync(join(tmpdir(), 'watch-'));
    const controller = new AbortController();
    let count = 0;
    onTestFinished(() => {
        controller.abort();
        rmSync(base, { recursive: true, force: true });
    });
    const stateDirectory = join(base, 'state');
    watchDeployments(() => (count += 1), { stateDirectory, sweepMs: 20, signal: controller.signal });
    const noticed = async (): Promise<boolean> => {
        const limit = performance.now() + 3000;
        while (count === 0 && performance.now() < limit) await sleep(10);
        const was = count;
        await sleep(60);
        count = 0;
        return was > 0;
    };
    return { stateDirectory, controller, noticed, count: () => count };
}

test('a deployment that appears, a claim to drive it and its journal are noticed, in a directory that did not exist', async () => {
    const { stateDirectory, noticed } = scene();
    const deployment = join(stateDirectory, 'shop-1');
    mkdirSync(join(deployment, 'lock'), { recursive: true });
    expect(await noticed()).toBe(true);
    writeFileSync(join(deployment, 'lock', '1.claim'), '{}');
    expect(await noticed()).toBe(true);
    mkdirSync(join(deployment, 'current'));
    writeFileSync(join(deployment, 'current', 'journal.jsonl'), '');
    expect(await noticed()).toBe(true);
    rmSync(deployment, { recursive: true });
    expect(await noticed()).toBe(true);
});

test('what a driven deployment writes is no news, and nothing is noticed after the end', async () => {
    const { stateDirectory, controller, noticed, count } = scene();
    mkdirSync(join(stateDirectory, 'shop-1', 'current'), { recursive: true });
    writeFileSync(join(stateDirectory, 'shop-1', 'current', 'journal.jsonl'), '');
    expect(await noticed()).toBe(true);
    writeFileSync(join(stateDirectory, 'shop-1', 'current', 'journal.jsonl'), 'more');
    await sleep(80);
    expect(count()).toBe(0);
    controller.abort();
    mkdirSync(join(stateDirectory, 'blog-1'));
    await sleep(80);
    expect(count()).toBe(0);
});

test('a claim is noticed where the system tells of no change, as in a folder that was made again', async () => {
    const { stateDirectory, noticed } = scene();
    const lock = join(stateDirectory, 'shop-1', 'lock');
    mkdirSync(lock, { recursive: true });
    expect(await noticed()).toBe(true);
    rmSync(lock, { recursive: true });
    mkdirSync(lock);
    await noticed();
    writeFileSync(join(lock, '2.claim'), '{}');
    expect(await noticed()).toBe(true);
    writeFileSync(join(lock, '2.left'), '');
    expect(await noticed()).toBe(true);
});
