import { expect, test } from 'vitest';
import { createTerminalLines } from '../../client/deployments/terminal-lines.ts';
import { plainLine } from '../../runner/terminal-text.ts';
import type { LogPiece } from '../../runner/index.ts';
import { instanceAt, runOf } from './support/snapshots.ts';

const step = { path: '/vm/web', phase: 'start', attempt: 'a1' } as const;
const stamp = { sequence: 1, time: 0 };
const piece = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): LogPiece => ({
    kind: 'output',
    ...step,
    stream,
    text,
});
const ended = (outcome: string): LogPiece => ({ kind: 'ended', ...step, outcome });

function linesOf(pieces: readonly LogPiece[], reason?: string): readonly string[] {
    const lines = createTerminalLines({ paths: [], pathWidth: 8, orderOf: () => 0, reasonOf: () => reason });
    return pieces.flatMap((each) => lines.takePiece(each));
}

const plain = (lines: readonly string[]) => lines.map(plainLine);

test('every line names its instance and phase', () => {
    expect(plain(linesOf([piece('one\ntwo\n'), ended('succeeded')]))).toEqual([
        '/vm/web  start      │ one',
        '/vm/web  start      │ two',
        '/vm/web  start      ✓ succeeded',
    ]);
});

test('pieces become lines, the rest of a line comes with the end of the step', () => {
    const pieces = [piece('he'), piece('llo\r\nwor'), piece('oops', 'stderr'), piece('ld'), ended('failed')];
    expect(plain(linesOf(pieces, 'start.sh ended with exit code 3.'))).toEqual([
        '/vm/web  start      │ hello',
        '/vm/web  start      │ world',
        '/vm/web  start      ┊ oops',
        '/vm/web  start      ✗ failed: start.sh ended with exit code 3.',
    ]);
});

test('a reason that begins with the phase does not say it twice', () => {
    expect(plain(linesOf([ended('failed')], 'start failed: exited with code 7'))).toEqual([
        '/vm/web  start      ✗ failed: exited with code 7',
    ]);
});

test.each([
    [
        '/var/x/shop-0123456789ab/current/instances/vm_web-0aea670e/scripts/start.sh: 4: nope',
        'scripts/start.sh: 4: nope',
    ],
    ["cat: '/x/current/instances/vm_web-0aea670e/files/a': none", "cat: 'files/a': none"],
    [
        '/my state/current/instances/vm_web-0aea670e/a.sh: 1: x',
        '/my state/current/instances/vm_web-0aea670e/a.sh: 1: x',
    ],
    ['see /etc/current/instances/readme', 'see /etc/current/instances/readme'],
])('files of an instance are named by their places in the recipe: %s', (line, shown) => {
    expect(plain(linesOf([piece(`${line}\n`)]))).toEqual([`/vm/web  start      │ ${shown}`]);
});

test('a secret in the output is blotted out', () => {
    expect(plain(linesOf([piece('password=hunter2\n')]))[0]).not.toContain('hunter2');
});

test('a line without end does not grow for ever', () => {
    expect(linesOf([piece('x'.repeat(12_000)), piece('y\n')])).toHaveLength(2);
});

test('an instance keeps its colour, and a colour of the recipe does not reach the next prefix', () => {
    const [first = '', second = ''] = linesOf([piece('\u001b[31mone\ntwo\n')]);
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    const prefix = /^\u001b\[\d+m\/vm\/web/;
    expect(prefix.exec(first)?.[0]).toBe(prefix.exec(second)?.[0]);
    expect(first.endsWith('\u001b[0m')).toBe(true);
    expect(second).toContain('\u001b[31mtwo');
});

test('runs and changes are told, those of other instances are not where one is looked at', () => {
    const lines = createTerminalLines({ paths: ['/vm'], pathWidth: 8, orderOf: () => 0, reasonOf: () => undefined });
    const changed = (path: string) =>
        ({
            kind: 'instanceChanged',
            instance: instanceAt(path, { status: 'UNRESOLVED' }),
            from: 'DEPLOYED_STOPPED',
            because: 'Store is missing',
            ...stamp,
        }) as const;
    const run = runOf({ paths: ['/vm'] });
    const events = [
        { kind: 'runBegun', run, because: '', ...stamp } as const,
        changed('/vm/web'),
        changed('/other'),
        { kind: 'runCancelling', run: { ...run, cancelling: true }, steps: [], ...stamp } as const,
        { kind: 'runEnded', run: { ...run, endedAt: 1, outcome: 'cancelled' }, ...stamp } as const,
    ];
    expect(plain(events.flatMap((event) => lines.takeEvent(event)))).toEqual([
        '── Deploy /vm',
        '/vm/web  waiting for imports · Store is missing',
        '── Deploy /vm: cancelling',
        '── Deploy /vm: cancelled',
    ]);
});
