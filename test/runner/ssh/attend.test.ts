/** What is told of machines that are watched, on a clock of its own. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../../runner/clock.ts';
import { createAttendance } from '../../../runner/ssh/attend.ts';
import type { KeptConnected } from '../../../runner/ssh/connections.ts';
import type { KeptConnection } from '../../../runner/ssh/host-connection.ts';
import type { MachineNews } from '../../../runner/targets/target.ts';

const MACHINE = { path: '/vm', id: 'h1', address: '10.0.0.1', target: 't' };

/** A clock that goes on only when it is told to. */
function manualClock(): Clock & { readonly advance: (ms: number) => Promise<void> } {
    const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
    let now = 0;
    const settled = async (): Promise<void> => {
        for (let i = 0; i < 20; i++) await Promise.resolve();
    };
    return {
        now: () => now,
        sleep: (ms, signal) =>
            new Promise((resolve) => {
                const sleeper = { at: now + ms, wake: resolve };
                sleepers.add(sleeper);
                signal?.addEventListener('abort', () => resolve(), { once: true });
                if (signal?.aborted === true) resolve();
            }),
        advance: async (ms) => {
            const end = now + ms;
            for (;;) {
                await settled();
                const [next] = [...sleepers].sort((left, right) => left.at - right.at);
                if (next === undefined || next.at > end) break;
                now = Math.max(now, next.at);
                sleepers.delete(next);
                next.wake();
            }
            now = end;
            await settled();
        },
    };
}

interface Scene {
    readonly clock: ReturnType<typeof manualClock>;
    readonly news: readonly MachineNews[];
    /** The connection is gone; the host was heard of last so long ago. */
    readonly lose: (silentMs: number, reason?: string) => void;
    /** What connecting answers from then on; null = nothing yet. */
    readonly answer: (code: 'connected' | 'hostKeyChanged' | 'unreachable' | null) => void;
    readonly connectCount: () => number;
    /** It is switched off and on. */
    readonly reboot: () => void;
    /** So many times it does not tell which start of it this is. */
    readonly keepQuiet: (times: number) => void;
    readonly attendance: ReturnType<typeof createAttendance>;
    readonly detach: () => void;
}

const scenes: Scene[] = [];
afterEach(() => Promise.all(scenes.splice(0).map(({ attendance }) => attendance.dispose())));

function scene(): Scene {
    const clock = manualClock();
    const news: MachineNews[] = [];
    const detached = new AbortController();
    let heardAt = 0;
    let lost = Promise.withResolvers<string>();
    let connectCount = 0;
    let boot = 1;
    let quietCount = 0;
    let given: 'connected' | 'hostKeyChanged' | 'unreachable' | null = 'connected';
    let waiting: (() => void)[] = [];
    const answerOf = (code: 'connected' | 'hostKeyChanged' | 'unreachable'): KeptConnected => {
        if (code !== 'connected') return { kind: 'refused', code, message: `it is ${code}`, hostKey: null };
        lost = Promise.withResolvers<string>();
        const connection = {
            lost: lost.promise,
            isLost: () => false,
            heardAt: () => heardAt,
        } as unknown as KeptConnection;
        return { kind: 'connected', connection };
    };
    const attendance = createAttendance({
        clock,
        random: () => 0.5,
        detached: detached.signal,
        onMachineNews: (one) => news.push(one),
        bootOf: () => Promise.resolve(quietCount-- > 0 ? null : `boot ${boot}`),
        connect: async (_machine, signal) => {
            connectCount++;
            while (given === null && !signal.aborted)
                await new Promise<void>((resolve) => {
                    waiting.push(resolve);
                    signal.addEventListener('abort', () => resolve(), { once: true });
                });
            return answerOf(given ?? 'unreachable');
        },
    });
    const made: Scene = {
        clock,
        news,
        attendance,
        connectCount: () => connectCount,
        reboot: () => boot++,
        keepQuiet: (times) => void (quietCount = times),
        detach: () => detached.abort(),
        lose: (silentMs, reason = 'nothing was heard of it') => {
            heardAt = clock.now() - silentMs;
            lost.resolve(reason);
        },
        answer: (code) => {
            given = code;
            for (const resolve of waiting.splice(0)) resolve();
            waiting = [];
        },
    };
    scenes.push(made);
    return made;
}

const lostNews = (reason: string) => ({ kind: 'lost', path: '/vm', reason });
const BACK = { kind: 'back', path: '/vm', machineId: 'h1', address: '10.0.0.1', isRebooted: false };

describe('a machine', () => {
    test('that answers is not told of', async () => {
        const { clock, news, attendance, connectCount } = scene();
        attendance.attend(MACHINE);
        attendance.attend(MACHINE);
        await clock.advance(60_000);
        expect(news).toEqual([]);
        expect(connectCount()).toBe(1);
    });

    test('that was silent is lost at once, and back when it answers', async () => {
        const { clock, news, lose, answer, attendance } = scene();
        attendance.attend(MACHINE);
        await clock.advance(10_000);
        answer(null);
        lose(2_500);
        await clock.advance(1);
        expect(news).toEqual([lostNews('nothing was heard of it')]);
        await clock.advance(60_000);
        answer('connected');
        await clock.advance(1);
        expect(news).toEqual([lostNews('nothing was heard of it'), BACK]);
    });

    test('whose connection broke has a moment to be connected again', async () => {
        const { clock, news, lose, answer, attendance } = scene();
        attendance.attend(MACHINE);
        await clock.advance(10_000);
        answer(null);
        lose(100, 'it was reset');
        await clock.advance(2_000);
        answer('connected');
        await clock.advance(1_000);
        expect(news).toEqual([]);
        answer(null);
        lose(100, 'it was reset');
        await clock.advance(2_399);
        expect(news).toEqual([]);
        await clock.advance(1);
        expect(news).toEqual([lostNews('it was reset')]);
    });

    test('that refuses is lost with the reason it gives, told once, and asked again ever less often', async () => {
        const { clock, news, lose, answer, attendance, connectCount } = scene();
        attendance.attend(MACHINE);
        await clock.advance(1);
        answer('hostKeyChanged');
        lose(100);
        await clock.advance(60_000);
        expect(news).toEqual([lostNews('it is hostKeyChanged')]);
        expect(connectCount()).toBeGreaterThan(10);
        expect(connectCount()).toBeLessThan(20);
        answer('connected');
        await clock.advance(5_000);
        expect(news).toEqual([lostNews('it is hostKeyChanged'), BACK]);
    });

    test('that was switched off and on is back as a host on which nothing runs any more, however fast that went', async () => {
        const { clock, news, lose, answer, reboot, attendance } = scene();
        const rebooted = { ...BACK, isRebooted: true };
        attendance.attend(MACHINE);
        await clock.advance(10_000);
        answer(null);
        lose(2_500);
        await clock.advance(1);
        reboot();
        answer('connected');
        await clock.advance(1);
        expect(news).toEqual([lostNews('nothing was heard of it'), rebooted]);
        reboot();
        lose(100, 'it was reset');
        await clock.advance(1_000);
        expect(news.slice(2)).toEqual([lostNews('it was started anew'), rebooted]);
    });

    test('that is too busy to tell which start it is, is asked again, before it is lost and after', async () => {
        const { clock, news, lose, answer, reboot, keepQuiet, attendance } = scene();
        keepQuiet(2);
        attendance.attend(MACHINE);
        await clock.advance(20_000);
        answer(null);
        lose(2_500);
        await clock.advance(1);
        reboot();
        keepQuiet(2);
        answer('connected');
        await clock.advance(900);
        expect(news).toEqual([lostNews('nothing was heard of it')]);
        await clock.advance(100);
        expect(news).toEqual([lostNews('nothing was heard of it'), { ...BACK, isRebooted: true }]);
    });

    test('that never tells which start it is, is back all the same', async () => {
        const { clock, news, lose, answer, keepQuiet, attendance } = scene();
        attendance.attend(MACHINE);
        await clock.advance(10_000);
        answer(null);
        lose(2_500);
        await clock.advance(1);
        keepQuiet(1_000);
        answer('connected');
        await clock.advance(60_000);
        expect(news).toEqual([lostNews('nothing was heard of it'), BACK]);
    });

    test('that was silent and then refuses is told again with the reason it gives, once', async () => {
        const { clock, news, lose, answer, attendance } = scene();
        attendance.attend(MACHINE);
        await clock.advance(1);
        answer('unreachable');
        lose(100);
        await clock.advance(10_000);
        answer('hostKeyChanged');
        await clock.advance(60_000);
        expect(news).toEqual([lostNews('it is unreachable'), lostNews('it is hostKeyChanged')]);
    });

    test('that does not answer when attending begins is lost', async () => {
        const { clock, news, answer, attendance } = scene();
        answer(null);
        attendance.attend(MACHINE);
        await clock.advance(5_999);
        expect(news).toEqual([]);
        await clock.advance(1);
        expect(news).toEqual([lostNews('it does not answer')]);
    });

    test.each(['ignore', 'detach', 'dispose'] as const)('is not told of after %s', async (how) => {
        const { clock, news, lose, answer, attendance, detach } = scene();
        attendance.attend(MACHINE);
        await clock.advance(1);
        answer(null);
        lose(2_500);
        if (how === 'ignore') attendance.ignore('/vm');
        else if (how === 'detach') detach();
        else await attendance.dispose();
        await clock.advance(60_000);
        expect(news).toEqual([]);
        attendance.ignore('/vm');
    });

    test('that was ignored is watched again when it is attended again', async () => {
        const { clock, news, answer, attendance } = scene();
        attendance.attend(MACHINE);
        attendance.ignore('/vm');
        answer('unreachable');
        attendance.attend(MACHINE);
        await clock.advance(1);
        expect(news).toEqual([lostNews('it is unreachable')]);
    });
});
