/** What is said of runs: events, outputs of recipes, differences, times. */
import { expect, test } from 'vitest';
import { differenceLines } from '../../cli/difference.ts';
import { dateText, durationText } from '../../cli/durations.ts';
import { createLogPrinter } from '../../cli/log-lines.ts';
import { comparisonLines } from '../../cli/history-comparison.ts';
import { summaryLines, toldRun } from '../../cli/run-summary.ts';
import { table } from '../../cli/table.ts';
import type { InstanceSnapshot, LogPiece, PastRun, RunSummary } from '../../runner/index.ts';
import type { ComparedStep } from '../../runner/runs.ts';

const plain = { paint: (_: string, text: string) => text };

test('a difference is a plan: a line an instance, what touches none, the counts', () => {
    const lines = differenceLines(
        {
            fingerprint: 'f',
            changes: [
                { path: '/web-1/worker', kind: 'restarted', reasons: ['port was 80 and is 81', 'imports Lb.ip'] },
                { path: '/web-2', kind: 'removed', reasons: [] },
                { path: '/web-3', kind: 'added', reasons: [] },
                { path: '/web-4', kind: 'added', reasons: [] },
                { path: '/db', kind: 'replaced', reasons: ['component was A and is B'] },
                { path: '/lb', kind: 'reinstalled', reasons: ['its recipe was changed (start.sh)'] },
                { path: '/x', kind: 'noted', reasons: ['data.a was 1'] },
            ],
            others: ['component Old is not there any more'],
        },
        plain,
    );
    expect(lines).toEqual([
        '  ~ /web-1/worker  restarted: port was 80 and is 81, imports Lb.ip',
        '  - /web-2         removed',
        '  + /web-3         added',
        '  + /web-4         added',
        '  ± /db            replaced: component was A and is B',
        '  ~ /lb            reinstalled: its recipe was changed (start.sh)',
        '  = /x             noted: data.a was 1',
        '  = component Old is not there any more',
        'Plan: 1 restarted, 1 removed, 2 added, 1 replaced, 1 reinstalled, 1 noted.',
    ]);
});

function deployEnded(paths: readonly string[], ...desired: readonly InstanceSnapshot['desired'][]): readonly string[] {
    const run = { id: 'run-1', order: 'deploy', paths, begunAt: 0, endedAt: 500, cancelling: false } as const;
    const instances = desired.map((wanted, index): InstanceSnapshot => ({
        path: `/m${index}`,
        name: `m${index}`,
        component: 'Machine',
        parent: null,
        installer: 'target',
        status: wanted,
        desired: wanted,
        leaving: false,
        step: null,
        failure: null,
        retryAt: null,
        retries: { used: 0, allowed: 0 },
        missing: [],
        exports: {},
        since: 0,
    }));
    const key = { directory: '/app', deployment: 'app' };
    const ended = { ...run, outcome: 'succeeded' } as const;
    return summaryLines(ended, { key, simulated: false, run: ended, instances, sequence: 1 }, plain);
}

test('a deploy that succeeded names what it left stopped or not deployed', () => {
    expect(deployEnded([], 'DEPLOYED_STARTED', 'DEPLOYED_STARTED')).toEqual(['deploy succeeded in 0.5 s']);
    expect(deployEnded([], 'DEPLOYED_STARTED', 'DEPLOYED_STOPPED', 'NOT_DEPLOYED')).toEqual([
        'deploy succeeded in 0.5 s',
        'Left as ordered before, not started: /m1, /m2. To start all of it: `roboconf deploy` once more.',
    ]);
    expect(deployEnded([], ...Array.from({ length: 7 }, () => 'NOT_DEPLOYED' as const))[1]).toContain(
        '/m4 and 2 more.',
    );
    expect(deployEnded(['/m0'], 'DEPLOYED_STARTED', 'DEPLOYED_STOPPED')).toHaveLength(1);
});

function printed(pieces: readonly LogPiece[], isColoured = false): readonly string[] {
    const lines: string[] = [];
    const print = createLogPrinter({ ...plain, isColoured, line: (text) => lines.push(text) });
    pieces.forEach(print);
    return lines;
}

const STEP = { path: '/web', phase: 'start', attempt: 'a1' } as const;
const OTHER = { path: '/db', phase: 'deploy', attempt: 'a2' } as const;
const wrote = (text: string, step: typeof STEP | typeof OTHER = STEP): LogPiece => ({
    kind: 'output',
    ...step,
    stream: 'stdout',
    text,
});

test('lines are whole although their pieces are not, and steps do not mix', () => {
    const pieces = [wrote('one\ntw'), wrote('other', OTHER), wrote('o\nthree'), wrote(' end\n', OTHER)];
    const ended = { kind: 'ended', ...STEP, outcome: 'succeeded' } as const;
    expect(printed([...pieces, ended])).toEqual([
        '/web start | one',
        '/web start | two',
        '/db deploy | other end',
        '/web start | three',
    ]);
});

test('a step that did not succeed says so at its end', () => {
    expect(printed([wrote('half'), { kind: 'ended', ...STEP, outcome: 'timedOut' }])).toEqual([
        '/web start | half',
        '/web start timedOut',
    ]);
});

test('control sequences never come through, colours on a terminal only', () => {
    const text = '\u001B]0;mine\u0007\u001B[2J\u001B[32mfine\u001B[0m\r\n10 %\r100 %\n';
    expect(printed([wrote(text)])).toEqual(['/web start | fine', '/web start | 100 %']);
    const [first = ''] = printed([wrote(text)], true);
    expect(first).toContain('\u001B[32mfine');
    expect(first).not.toContain('\u001B[2J');
});

test('a line that never ends is shown in parts', () => {
    expect(printed([wrote('x'.repeat(70_000)), wrote('y\n')]).map((line) => line.length)).toEqual([70_013, 14]);
});

const durations: readonly (readonly [number, string])[] = [
    [0, '0.0 s'],
    [-5, '0.0 s'],
    [12_340, '12.3 s'],
    [59_949, '59.9 s'],
    [59_999, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [3_599_999, '1 h 00 min'],
    [7_800_000, '2 h 10 min'],
];

test.for(durations)('%d ms are %s', ([milliseconds, text]) => {
    expect(durationText(milliseconds)).toBe(text);
});

test('a date is that of this computer, to the second', () => {
    expect(dateText(new Date(2026, 2, 1, 4, 5, 9).getTime())).toBe('2026-03-01 04:05:09');
});

test('columns are as wide as their widest cell, nothing follows the last text', () => {
    const rows = [
        [{ text: '1', align: 'right' }, { text: 'deploy' }, { text: '' }],
        [{ text: '10', align: 'right' }, { text: 'stop' }, { text: '/日本' }],
        [{ text: '2', align: 'right' }, { text: 'cancel it' }, { text: 'x' }],
    ] as const;
    expect(table(rows, plain.paint)).toEqual(['   1  deploy', '  10  stop       /日本', '   2  cancel it  x']);
});

test('an order is told by its own run, unless a later one that is over has brought about what it wanted', () => {
    const runOf = (id: string, outcome: RunSummary['outcome']): RunSummary => {
        const endedAt = outcome === null ? null : 2;
        return { id, order: 'start', paths: [], begunAt: 1, endedAt, outcome, cancelling: false };
    };
    const [done, failed] = [runOf('run-1', 'succeeded'), runOf('run-1', 'failed')];
    const [later, underWay] = [runOf('run-2', 'succeeded'), runOf('run-2', null)];
    const rows: readonly (readonly [RunSummary | undefined, RunSummary | null, boolean, RunSummary | null])[] = [
        [done, done, true, done],
        [failed, later, true, later],
        [failed, later, false, failed],
        [done, underWay, true, done],
        [failed, underWay, true, failed],
        [undefined, underWay, false, underWay],
        [undefined, null, true, null],
    ];
    for (const [own, last, isReached, told] of rows) expect(toldRun(own, last, isReached)).toBe(told);
});

test('two runs are compared line by line, with what one alone did and what ended otherwise', () => {
    const past = (outcome: 'succeeded' | 'failed', endedAt: number): PastRun => ({
        ...{ id: 'r1', order: 'deploy', paths: [], begunAt: 0, endedAt, outcome, cancelling: false },
        ...{ deploymentBegunAt: 0, unreached: [], unreachedCount: 0, stepCount: 0, steps: [] },
    });
    const sum = (tookMs: number | null, outcome: string | null = 'succeeded', attemptCount = 1) => {
        return { tookMs, outcome, attemptCount };
    };
    const about = { phase: 'start', differenceMs: null, isOutcomeChanged: false } as const;
    const steps: readonly ComparedStep[] = [
        {
            ...about,
            path: '/a',
            left: sum(1000),
            right: sum(4000, 'failed', 2),
            differenceMs: 3000,
            isOutcomeChanged: true,
        },
        { ...about, path: '/bb', left: sum(2000), right: sum(1500), differenceMs: -500 },
        { ...about, path: '/c', left: sum(100), right: null },
        { ...about, path: '/d', left: null, right: sum(null, null) },
    ];
    const lines = comparisonLines({ left: past('succeeded', 3000), right: past('failed', 6000) }, steps, plain);
    expect(lines.map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, 'DATE'))).toEqual([
        'A  deploy, begun DATE: succeeded after 3.0 s',
        'B  deploy, begun DATE: failed after 6.0 s',
        '  /a   start  1.0 s  4.0 s (2 tries)  +3.0 s     was succeeded, is failed',
        '  /bb  start  2.0 s            1.5 s  -0.5 s',
        '  /c   start  0.1 s                -  only in A',
        '  /d   start      -        not ended  only in B',
    ]);
});
