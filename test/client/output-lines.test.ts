import { expect, test } from 'vitest';
import { createLineMaker, loggedLines } from '../../client/deployments/output-lines.ts';
import type { RunnerEvent } from '../../runner/protocol.ts';
import { EXIT_3, instanceAt, runOf } from './support/snapshots.ts';

const stamp = { sequence: 1, time: 0 };
const step = { path: '/vm/web', phase: 'start', attempt: 'a1' } as const;
const begun: RunnerEvent = { kind: 'stepBegun', ...step, because: 'it is wanted', ...stamp };
const piece = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): RunnerEvent => ({
    kind: 'output',
    path: step.path,
    attempt: step.attempt,
    stream,
    text,
    ...stamp,
});
const ended = (outcome: string, message = ''): RunnerEvent => ({
    kind: 'stepEnded',
    ...step,
    outcome,
    message,
    ...stamp,
});

const textsOf = (events: readonly RunnerEvent[]) => {
    const maker = createLineMaker();
    return events.flatMap((event) => maker.take(event)).map(({ level, text }) => `${level} ${text}`);
};

test('every output line names its instance and phase', () => {
    expect(textsOf([begun, piece('one\ntwo\n'), ended('succeeded')])).toEqual([
        'info /vm/web start begins: it is wanted',
        'info /vm/web start | one',
        'info /vm/web start | two',
        'info /vm/web start succeeded',
    ]);
});

test('pieces become lines, the last one at the end of the step', () => {
    expect(
        textsOf([
            begun,
            piece('he'),
            piece('llo\r\nwor'),
            piece('oops', 'stderr'),
            piece('ld'),
            ended('failed', 'exit 3'),
        ]),
    ).toEqual([
        'info /vm/web start begins: it is wanted',
        'info /vm/web start | hello',
        'info /vm/web start | world',
        'warn /vm/web start | oops',
        'error /vm/web start failed: exit 3',
    ]);
});

test('output of a step nobody saw begin is shown without a phase', () => {
    expect(textsOf([piece('late\n')])).toEqual(['info /vm/web | late']);
});

test('a line without end does not grow for ever', () => {
    const lines = textsOf([piece('x'.repeat(12_000)), piece('y\n')]);
    expect(lines).toHaveLength(2);
});

test('runs and changes of status are told in words', () => {
    const instance = instanceAt('/vm/web', { status: 'DEPLOYED_STOPPED', failure: EXIT_3 });
    expect(
        textsOf([
            { kind: 'runBegun', run: runOf({ paths: ['/vm'] }), ...stamp },
            { kind: 'instanceChanged', instance, from: 'STARTING', because: 'its recipe failed', ...stamp },
            { kind: 'runEnded', run: runOf({ endedAt: 1, outcome: 'failed' }), ...stamp },
        ]),
    ).toEqual([
        'info ── deploy /vm: begins',
        'error /vm/web is stopped (was starting): start.sh ended with exit code 3.',
        'error ── deploy: failed',
    ]);
});

test('logs of earlier steps read like live ones', () => {
    const log = { ...step, begunAt: 0, outcome: 'timedOut', stdout: 'one\n\ntwo\n', stderr: '' };
    expect(loggedLines(log).map(({ level, text }) => `${level} ${text}`)).toEqual([
        'info /vm/web start | one',
        'info /vm/web start | ',
        'info /vm/web start | two',
        'error /vm/web start timedOut',
    ]);
});
