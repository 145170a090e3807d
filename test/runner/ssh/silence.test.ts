/** Which silence is that of a dead host, and which is only ours. */
import { expect, test } from 'vitest';
import { createSilenceWatch } from '../../../runner/ssh/silence.ts';

interface Look {
    /** Milliseconds since the look before. */
    readonly after: number;
    readonly heard?: number;
    readonly sent?: number;
}

const quiet = (count: number, after = 200): readonly Look[] => Array.from({ length: count }, () => ({ after }));
const heard: Look = { after: 200, heard: 10 };

/** How long the silence was when it was told, in seconds; null when it was not. `null` at the end of the looks. */
async function toldAfter(looks: readonly Look[]): Promise<number | null> {
    let now = 0;
    let heardCount = 0;
    let sentCount = 0;
    let told: number | null = null;
    const ended = Promise.withResolvers<void>();
    const rest = [...looks];
    const watch = createSilenceWatch({
        now: () => now,
        sleep: async () => {
            await Promise.resolve();
            const look = rest.shift();
            if (look === undefined) {
                ended.resolve();
                return new Promise<void>(() => undefined);
            }
            now += look.after;
            heardCount += look.heard ?? 0;
            sentCount += look.sent ?? 0;
            return undefined;
        },
    });
    watch.watch({
        heard: () => heardCount,
        sent: () => sentCount,
        onHeard: () => undefined,
        onSilent: (silentMs) => {
            told = silentMs / 1_000;
            ended.resolve();
        },
    });
    await ended.promise;
    return told;
}

test.each([
    ['nothing comes', quiet(20), 2.2],
    ['something comes in between', [...quiet(10), heard, ...quiet(10), heard, ...quiet(10)], null],
    ['it falls silent later', [...quiet(10), heard, ...quiet(11)], 2.2],
    ['a process is held up, and hears what came meanwhile', [...quiet(9), { after: 1_500 }, heard, ...quiet(10)], null],
    ['a process is held up, and hears nothing', [...quiet(9), { after: 1_500 }, ...quiet(1)], 3.5],
    ['a process is always late', quiet(20, 700), 7],
    ['the computer slept', [...quiet(10), { after: 3_600_000 }, ...quiet(10), heard, ...quiet(10)], null],
    ['the computer slept and the host did not come back', [...quiet(10), { after: 3_600_000 }, ...quiet(11)], 2.2],
    ['the clock was put back', [...quiet(10), { after: -3_600_000 }, ...quiet(1)], 2.2],
    ['much was sent, which has to get through first', [{ after: 200, sent: 1_000_000 }, ...quiet(40)], null],
    ['much was sent, and it never gets through', [{ after: 200, sent: 1_000_000 }, ...quiet(60)], 10.2],
])('when %s', async (_, looks, expected) => {
    expect(await toldAfter(looks)).toBe(expected);
});

test('a link that is let go is not told of, and the next one is watched anew', async () => {
    let wake: () => void = () => undefined;
    let now = 0;
    const told: string[] = [];
    const watch = createSilenceWatch({
        now: () => now,
        sleep: () => new Promise<void>((resolve) => (wake = resolve)),
    });
    const link = (name: string) => ({
        heard: () => 0,
        sent: () => 0,
        onHeard: () => undefined,
        onSilent: () => void told.push(name),
    });
    const advance = async (): Promise<void> => {
        for (let i = 0; i < 15; i++) {
            now += 200;
            wake();
            await new Promise((resolve) => setImmediate(resolve));
        }
    };
    watch.watch(link('one'))();
    await advance();
    watch.watch(link('two'));
    await advance();
    expect(told).toEqual(['two']);
});
