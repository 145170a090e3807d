import { expect, test } from 'vitest';
import { systemClock } from '../../../runner/clock.ts';
import type { Executor, MachineOutcome } from '../../../runner/executor.ts';
import type { News } from '../../../runner/loop.ts';
import { createPerform } from '../../../runner/perform.ts';

const unused = () => {
    throw new Error('not used here');
};

test('a machine that answers late does not take the right to be cancelled from the work that followed', async () => {
    const first = Promise.withResolvers<MachineOutcome>();
    const second = Promise.withResolvers<MachineOutcome>();
    const answers = [first, second];
    const signals: AbortSignal[] = [];
    const executor: Executor = {
        runStep: unused,
        askStep: unused,
        createMachine: (_path, signal) => {
            signals.push(signal);
            return answers.shift()?.promise ?? unused();
        },
        destroyMachine: unused,
        findPorts: unused,
        removeInstance: unused,
        attend: unused,
        dispose: unused,
    };
    const answered = Promise.withResolvers<News>();
    const perform = createPerform({
        executor,
        clock: systemClock,
        requestOf: unused,
        instanceDirectoryOf: unused,
        subTreeOf: unused,
        onOutput: unused,
        submit: answered.resolve,
        onBug: answered.reject,
        closed: new AbortController().signal,
    });
    perform({ kind: 'createMachine', path: '/vm', target: null });
    perform({ kind: 'cancelMachine', path: '/vm' });
    perform({ kind: 'createMachine', path: '/vm', target: null });
    first.resolve({ kind: 'failed', reason: 'cancelled' });
    expect(await answered.promise).toMatchObject({ kind: 'machineFailed' });
    perform({ kind: 'cancelMachine', path: '/vm' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test('a timer is told at its time, however early or seldom the clock wakes', async () => {
    const at = 40 * 24 * 60 * 60_000;
    let now = 0;
    const sleeps: number[] = [];
    const answered = Promise.withResolvers<News>();
    const perform = createPerform({
        executor: {
            runStep: unused,
            askStep: unused,
            createMachine: unused,
            destroyMachine: unused,
            findPorts: unused,
            removeInstance: unused,
            attend: unused,
            dispose: unused,
        },
        clock: {
            now: () => now,
            sleep: (ms) => {
                sleeps.push(ms);
                now += Math.max(1, ms - 1);
                return Promise.resolve();
            },
        },
        requestOf: unused,
        instanceDirectoryOf: unused,
        subTreeOf: unused,
        onOutput: unused,
        submit: answered.resolve,
        onBug: answered.reject,
        closed: new AbortController().signal,
    });
    perform({ kind: 'setTimer', path: '/part', at });
    expect(await answered.promise).toEqual({ kind: 'timerFired', path: '/part' });
    expect(now).toBe(at);
    expect(Math.max(...sleeps)).toBeLessThan(2 ** 31);
});
