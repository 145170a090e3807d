import { expect, test } from 'vitest';
import { gutterSvg } from '../../client/lens/gutter-icons.ts';
import { BY_NEED, headerLineOf, marksOf, shapeOf } from '../../client/lens/instance-marks.ts';
import { applicationLenses, instanceLenses } from '../../client/lens/lens-entries.ts';
import type { ApplicationModel } from '../../language/index.ts';
import { EXIT_3, instanceAt, runOf, snapshotOf, startedAt, viewOf } from './support/snapshots.ts';

const TEXT = `# A shop.
instance of Machine {
	name: vm;
	instance of Log { name: log; }

	instance of Web
	{
		count: 2;
		# not { this
		name: web;
	}
	data: x;
}`;
const lines = TEXT.split('\n');
const lineOf = (words: string) => lines.findIndex((line) => line.includes(words)) + 1;

const instanceOf = (path: string, line: number, column = 1) => ({
    path,
    range: { file: 'instances/a.instances', line, column, endLine: line, endColumn: column + 1 },
});
// Only what marks are made of is here.
const model = {
    instances: [
        instanceOf('/vm', lineOf('name: vm'), 8),
        instanceOf('/vm/log', lineOf('name: log'), 26),
        instanceOf('/vm/web1', lineOf('name: web'), 9),
        instanceOf('/vm/web2', lineOf('name: web'), 9),
        {
            ...instanceOf('/other', 1),
            range: { file: 'instances/b.instances', line: 1, column: 1, endLine: 1, endColumn: 2 },
        },
    ],
} as unknown as ApplicationModel;
const file = { model, file: 'instances/a.instances', lines };

const started = viewOf(
    snapshotOf([startedAt('/vm'), startedAt('/vm/log'), startedAt('/vm/web1'), instanceAt('/vm/web2')]),
);
const titles = (entries: readonly { readonly title: string }[]) =>
    entries.map(({ title }) => title.replace(/^\$\([^)]+\)\u00a0/, ''));

test('a block is marked at its first line, whatever stands between that and the name', () => {
    expect(marksOf(file, started).map(({ line, instances }) => [line + 1, instances.map(({ path }) => path)])).toEqual([
        [lineOf('of Machine'), ['/vm']],
        [lineOf('of Log'), ['/vm/log']],
        [lineOf('of Web'), ['/vm/web1', '/vm/web2']],
    ]);
});

test('a name outside of any block is marked where it is', () => {
    expect(headerLineOf(['name: x;'], { line: 1, column: 7 })).toBe(0);
});

test('a name after a nested block belongs to the outer one', () => {
    const text = ['instance of A {', ' instance of B { name: b; }', ' name: a;', '}'];
    expect(headerLineOf(text, { line: 3, column: 8 })).toBe(0);
});

test('what runs says so, where it listens, and what can be done with it', () => {
    const listening = { ...startedAt('/a'), exports: { 'Web.ip': '127.0.0.1', 'Web.port': '40001' } };
    const view = viewOf(snapshotOf([listening]));
    const entries = instanceLenses(view, { line: 3, instances: [listening] }, 0);
    expect(titles(entries)).toEqual(['started, 127.0.0.1:40001', 'Stop', 'Output']);
    expect(entries.every(({ line }) => line === 3)).toBe(true);
    expect(entries[1]).toMatchObject({ command: 'stop', argument: { kind: 'instance', path: '/a' } });
});

test('what failed can be retried, and its recipe opened', () => {
    const failed = instanceAt('/a', { status: 'DEPLOYED_STOPPED', desired: 'DEPLOYED_STARTED', failure: EXIT_3 });
    const view = viewOf(snapshotOf([failed]));
    expect(titles(instanceLenses(view, { line: 0, instances: [failed] }, 0))).toEqual([
        'start failed',
        'Retry',
        'Stop',
        'Output',
        'Recipe',
    ]);
});

test('copies are counted, a simulation has no output, and nothing is said of what is not deployed', () => {
    const [, , copies] = marksOf(file, started);
    if (copies === undefined) throw new Error('the copies are marked');
    expect(titles(instanceLenses(started, copies, 0))).toEqual(['1 of 2 started']);
    const simulated = { ...started, simulated: true };
    expect(titles(instanceLenses(simulated, { line: 0, instances: [startedAt('/vm')] }, 0))).toEqual([
        'started',
        'Stop',
    ]);
    const absent = viewOf(snapshotOf([instanceAt('/vm')]));
    expect(instanceLenses(absent, { line: 0, instances: [instanceAt('/vm')] }, 0)).toEqual([]);
});

test('an application can be simulated everywhere, deployed where it is trusted, cancelled while it runs', () => {
    const moment = { trusted: true, now: 60_000 };
    expect(titles(applicationLenses(undefined, 'uri', moment))).toEqual(['Simulate', 'Deploy']);
    expect(titles(applicationLenses(undefined, 'uri', { ...moment, trusted: false }))).toEqual(['Simulate']);
    const running = viewOf(snapshotOf([startedAt('/a'), instanceAt('/b')], runOf()));
    expect(titles(applicationLenses(running, 'uri', moment))).toEqual([
        'shop: deploying, 1 of 2 started · 1 min 0 s',
        'Cancel',
    ]);
    const ended = viewOf(snapshotOf([startedAt('/a')], runOf({ endedAt: 0, outcome: 'succeeded' })));
    expect(titles(applicationLenses(ended, 'uri', moment))).toEqual([
        'Simulate',
        'Deploy',
        'shop: started · 1 min ago',
    ]);
});

test('a gutter shows the copy that most needs a look', () => {
    const shape = (...instances: Parameters<typeof snapshotOf>[0]) => shapeOf({ line: 0, instances }, true);
    expect(shape(startedAt('/a'))).toBe('started');
    expect(shape(startedAt('/a'), instanceAt('/b', { failure: EXIT_3 }))).toBe('failed');
    expect(shape(startedAt('/a'), instanceAt('/b', { failure: { ...EXIT_3, kind: 'cancelled' } }))).toBe('paused');
    expect(shape(instanceAt('/a', { status: 'UNRESOLVED' }), startedAt('/b'))).toBe('waiting');
    expect(shapeOf({ line: 0, instances: [instanceAt('/a', { status: 'STARTING' })] }, false)).toBe('paused');
});

test('gutter icons differ by shape in each kind of theme, and are whole documents', () => {
    for (const theme of [1, 2, 3, 4]) {
        const drawn = BY_NEED.map((shape) => gutterSvg(shape, theme));
        const shapes = drawn.map((svg) => svg.replaceAll(/#[0-9a-f]{6}/g, ''));
        expect(new Set(shapes).size).toBe(BY_NEED.length);
        for (const svg of drawn) expect(svg).toMatch(/^<svg [^>]*>(<(path|circle|rect) [^>]*\/>)+<\/svg>$/);
        expect(drawn.join('')).not.toMatch(/"[BC]"/);
    }
});
