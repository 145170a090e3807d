/** Lines that change in place, played on a terminal of our own. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLiveRegion } from '../../cli/live-region.ts';
import { progressLines } from '../../cli/progress.ts';
import type { InstanceSnapshot, RunSummary } from '../../runner/index.ts';
import { screenOf } from './screen.ts';

test('what is written stands above the live lines, and nothing is left of them in the end', () => {
    const screen = screenOf(20, 10);
    const live = createLiveRegion(screen);
    live.show(['deploy 0.1 s', '  /web start']);
    live.above(() => screen.write('first\n'));
    live.show(['deploy 0.2 s']);
    expect(screen.lines()).toEqual(['first', 'deploy 0.2 s']);
    live.above(() => screen.write('second\nthird\n'));
    live.show(['deploy 0.3 s', '  /web start', '  /data start']);
    expect(screen.lines()).toEqual(['first', 'second', 'third', 'deploy 0.3 s', '  /web start', '  /data start']);
    live.clear();
    screen.write('done\n');
    expect(screen.lines()).toEqual(['first', 'second', 'third', 'done']);
});

test('long lines are cut, so that each takes one row', () => {
    const screen = screenOf(10, 10);
    const live = createLiveRegion(screen);
    live.show(['a line that is too long']);
    expect(screen.lines()).toEqual(['a line t…']);
    live.clear();
    expect(screen.lines()).toEqual([]);
});

test('more lines than the screen has are not drawn at all', () => {
    const screen = screenOf(20, 4);
    const live = createLiveRegion(screen);
    live.show(['1', '2', '3', '4']);
    expect(screen.lines()).toEqual([]);
    live.show(['1', '2']);
    expect(screen.lines()).toEqual(['1', '2']);
});

test('lines that scrolled the screen are taken away again', () => {
    const screen = screenOf(20, 4);
    const live = createLiveRegion(screen);
    screen.write('1\n2\n3\n');
    live.show(['live', 'more']);
    live.above(() => screen.write('4\n'));
    live.clear();
    screen.write('5\n');
    expect(screen.lines()).toEqual(['1', '2', '3', '4', '5']);
});

const word = fc.stringMatching(/^[a-z]{1,12}$/);
const deed = fc.oneof(
    fc.record({ kind: fc.constant('show'), lines: fc.array(word, { maxLength: 5 }) }),
    fc.record({ kind: fc.constant('write'), lines: fc.array(word, { minLength: 1, maxLength: 3 }) }),
);

test('whatever is shown and written, the screen has what was written, then the live lines, and nothing else', () => {
    fc.assert(
        fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
            const screen = screenOf(20, 7);
            const live = createLiveRegion(screen);
            const written: string[] = [];
            let shown: readonly string[] = [];
            for (const { kind, lines } of deeds) {
                if (kind === 'show') live.show((shown = lines));
                else live.above(() => lines.forEach((line) => screen.write(`${line}\n`)));
                if (kind === 'write') written.push(...lines);
                expect(screen.lines()).toEqual([...written, ...shown]);
            }
        }),
    );
});

const RUN: RunSummary = {
    id: 'run-1',
    order: 'deploy',
    paths: [],
    begunAt: 1_000,
    endedAt: null,
    outcome: null,
    cancelling: false,
};
const INSTANCE: InstanceSnapshot = {
    path: '/web',
    name: 'web',
    component: 'Web',
    parent: null,
    installer: 'script',
    status: 'STARTING',
    desired: 'DEPLOYED_STARTED',
    step: null,
    failure: null,
    retryAt: null,
    retries: { used: 0, allowed: 0 },
    missing: [],
    exports: {},
    since: 0,
    leaving: false,
};

test('a run in progress: its time, the statuses, steps and waits', () => {
    const step = { phase: 'start', attempt: 'a', begunAt: 2_500 } as const;
    const lines = progressLines(
        RUN,
        [
            { ...INSTANCE, step },
            { ...INSTANCE, path: '/db', status: 'DEPLOYED_STARTED' },
            { ...INSTANCE, path: '/lb', status: 'PROBLEM', retryAt: 8_000, retries: { used: 1, allowed: 3 } },
        ],
        4_000,
    );
    expect(lines).toEqual([
        '  deploy  3.0 s  1 started, 1 starting, 1 with a problem',
        '    /web  start  1.5 s',
        '    /lb  try 2 of 4 in 4.0 s',
    ]);
});

test('a run that is cancelled says so, one that has ended says nothing, many steps are counted', () => {
    expect(progressLines({ ...RUN, cancelling: true }, [], 2_000)[0]).toContain('cancelling the deploy  1.0 s');
    expect(progressLines({ ...RUN, endedAt: 2_000, outcome: 'succeeded' }, [INSTANCE], 3_000)).toEqual([]);
    expect(progressLines(null, [INSTANCE], 3_000)).toEqual([]);
    const step = { phase: 'start', attempt: 'a', begunAt: 1_000 } as const;
    const many = Array.from({ length: 9 }, (_, index) => ({ ...INSTANCE, path: `/web-${index}`, step }));
    expect(progressLines(RUN, many, 2_000)).toHaveLength(7);
    expect(progressLines(RUN, many, 2_000).at(-1)).toBe('    and 4 more');
});
