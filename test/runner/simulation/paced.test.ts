import { expect, test } from 'vitest';
import { createPacer } from '../../../runner/simulation/paced.ts';

/** A pacer whose real time is moved by hand: a sleep ends when that much time was let pass, or when a wish changes. */
function scene(pace = 100) {
    let now = 0;
    let changeCount = 0;
    const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
    const pacer = createPacer({
        pace: () => pace,
        now: () => now,
        sleep: (ms, signal) =>
            new Promise((resolve) => {
                const sleeper = { until: now + ms, wake: resolve };
                sleepers.add(sleeper);
                signal.addEventListener('abort', () => resolve());
            }),
        changed: () => {
            changeCount += 1;
        },
    });
    const settle = async (): Promise<void> => {
        for (let i = 0; i < 10; i++) await Promise.resolve();
    };
    const elapse = async (ms: number): Promise<void> => {
        await settle();
        now += ms;
        for (const sleeper of sleepers) if (sleeper.until <= now) sleeper.wake();
        await settle();
    };
    /** Begins a stretch; tells whether it is over. */
    const pass = (virtualMs: number): (() => boolean) => {
        let isOver = false;
        void pacer.pass(virtualMs).then(() => {
            isOver = true;
        });
        return () => isOver;
    };
    return { pacer, elapse, settle, pass, changeCount: () => changeCount };
}

test('a stretch takes as long as the pace says, and the clock shows how far it is', async () => {
    const { pacer, elapse, pass } = scene();
    const isOver = pass(2000);
    await elapse(150);
    expect(isOver()).toBe(false);
    expect(pacer.state()).toMatchObject({ clockMs: 1500, untilMs: 2000, rate: 10 });
    await elapse(50);
    expect(isOver()).toBe(true);
    expect(pacer.state()).toMatchObject({ clockMs: 2000, rate: 0 });
});

test('a pause keeps what is left of a stretch, and going on waits for just that', async () => {
    const { pacer, elapse, pass } = scene();
    const isOver = pass(1000);
    await elapse(40);
    pacer.pause();
    await elapse(10_000);
    expect(isOver()).toBe(false);
    expect(pacer.state()).toMatchObject({ isPaused: true, clockMs: 400, rate: 0 });
    pacer.resume();
    await elapse(50);
    expect(isOver()).toBe(false);
    await elapse(10);
    expect(isOver()).toBe(true);
});

test('another speed counts in the middle of a stretch', async () => {
    const { pacer, elapse, pass } = scene();
    const isOver = pass(1000);
    await elapse(50);
    pacer.setSpeed(0.25);
    await elapse(190);
    expect(isOver()).toBe(false);
    expect(pacer.state().clockMs).toBeCloseTo(975);
    await elapse(10);
    expect(isOver()).toBe(true);
});

test('a step ends one stretch and stands still before the next', async () => {
    const { pacer, settle, pass } = scene();
    pacer.pause();
    const first = pass(1000);
    await settle();
    pacer.step();
    await settle();
    expect(first()).toBe(true);
    const second = pass(1000);
    await settle();
    expect(second()).toBe(false);
    expect(pacer.state()).toMatchObject({ isPaused: true, clockMs: 1000, untilMs: 2000 });
});

test('skipping lets every stretch pass at once, until what is played has ended', async () => {
    const { pacer, settle, pass } = scene();
    pacer.skip();
    const stretches = [pass(1000)];
    await settle();
    stretches.push(pass(5000));
    await settle();
    expect(stretches.map((isOver) => isOver())).toEqual([true, true]);
    pacer.finish();
    const later = pass(1000);
    await settle();
    expect(later()).toBe(false);
});

test('hurrying ends the present stretch only', async () => {
    const { pacer, settle, pass } = scene();
    const first = pass(1000);
    await settle();
    pacer.hurry();
    await settle();
    expect(first()).toBe(true);
    const second = pass(1000);
    await settle();
    expect(second()).toBe(false);
});

test('waits too short for a timer are made up for by the next', async () => {
    const { elapse, settle, pass } = scene();
    const short = pass(30);
    await settle();
    expect(short()).toBe(true);
    const next = pass(30);
    await settle();
    expect(next()).toBe(false);
    await elapse(6);
    expect(next()).toBe(true);
});

test('without a pace nothing is waited for, and whoever looks is told of every wish', async () => {
    const { pacer, settle, pass, changeCount } = scene(0);
    const isOver = pass(1_000_000);
    await settle();
    expect(isOver()).toBe(true);
    const before = changeCount();
    pacer.setSpeed(8);
    expect(changeCount()).toBe(before + 1);
    expect(pacer.state().speed).toBe(8);
});
