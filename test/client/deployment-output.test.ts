import { beforeEach, expect, test } from 'vitest';
import { createDeploymentOutput } from '../../client/deployments/deployment-output.ts';
import type { DeploymentEvent } from '../../client/deployments/deployments.ts';
import { plainLine } from '../../runner/terminal-text.ts';
import type { InstanceStatus, RunnerEvent } from '../../runner/protocol.ts';
import { createEmitter } from '../../client/ui/emitter.ts';
import type { LogPiece } from '../../runner/index.ts';
import { playedAccess, playedEngine } from './support/engines.ts';
import { EXIT_3, instanceAt, runOf, snapshotOf, startedAt, viewOf } from './support/snapshots.ts';
import { editor } from './support/vscode.ts';

beforeEach(() => editor.reset());

const step = { path: '/vm/web', phase: 'start', attempt: 'a1' } as const;
const pieces: readonly LogPiece[] = [
    { kind: 'output', ...step, stream: 'stdout', text: 'one\ntwo\n' },
    { kind: 'ended', ...step, outcome: 'failed' },
];

function scene(view = viewOf(snapshotOf([startedAt('/vm'), instanceAt('/vm/web', { failure: EXIT_3 })]))) {
    const access = playedAccess(playedEngine());
    access.pieces = pieces;
    const events = createEmitter<DeploymentEvent>();
    const changes = createEmitter<void>();
    let views = [view];
    const deployments = {
        find: (id: string) => views.find((each) => each.id === id),
        onEvent: events.listen,
        onChange: changes.listen,
    };
    const output = createDeploymentOutput({ deployments, access, report: () => undefined });
    const leave = (): void => {
        views = [];
        changes.emit();
    };
    const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
    const texts = () => editor.terminals.map(({ text }) => text.split('\r\n').map(plainLine));
    return { access, output, view, events, leave, settle, texts };
}

test('what was there before is shown, with the reason of a failure', async () => {
    const { output, view, settle, texts } = scene();
    output.show(view, []);
    await settle();
    expect(texts()).toEqual([
        [
            'shop /apps/shop',
            '/vm/web start      │ one',
            '/vm/web start      │ two',
            '/vm/web start      ✗ failed: start.sh ended with exit code 3.',
            '',
        ],
    ]);
});

test('a deployment has one terminal, an instance another, and a closed one is opened anew', async () => {
    const { output, view, settle } = scene();
    output.show(view, []);
    output.show(view, []);
    output.show(view, ['/vm/web']);
    expect(editor.terminals.map(({ name }) => name)).toEqual(['Roboconf: shop', 'Roboconf: shop /vm/web']);
    editor.terminals[0]?.dispose();
    output.show(view, []);
    await settle();
    expect(editor.terminals).toHaveLength(3);
});

test('a simulation shows what it did before anybody looked', () => {
    const simulated = viewOf(snapshotOf([instanceAt('/vm')]), { id: 'simulation:1', simulated: true });
    const { output, view, events, texts } = scene(simulated);
    events.emit({ deployment: view, event: { kind: 'runBegun', run: runOf(), because: '', sequence: 1, time: 0 } });
    output.show(view, []);
    const changed = startedAt('/vm');
    events.emit({
        deployment: view,
        event: {
            kind: 'instanceChanged',
            instance: changed,
            from: 'STARTING',
            because: 'it started',
            sequence: 2,
            time: 0,
        },
    });
    expect(texts()).toEqual([['shop a simulation: no recipe is run', '── Deploy', '/vm started · it started', '']]);
});

test('what begins is told before its output, what ended after it', async () => {
    const { output, view, events, settle, texts } = scene();
    output.show(view, []);
    await settle();
    const stamp = { sequence: 1, time: 0, because: 'ordered' };
    const changed = (status: InstanceStatus, from: InstanceStatus) =>
        ({ kind: 'instanceChanged', instance: instanceAt('/vm/web', { status }), from, ...stamp }) as const;
    const emit = (event: RunnerEvent): void => events.emit({ deployment: view, event });
    emit(changed('UNRESOLVED', 'UNRESOLVED'));
    emit({ kind: 'runBegun', run: runOf({ order: 'retry' }), ...stamp });
    emit(changed('STARTING', 'UNRESOLVED'));
    emit(changed('DEPLOYED_STARTED', 'STARTING'));
    emit(changed('STOPPING', 'DEPLOYED_STARTED'));
    expect(texts()[0]?.slice(-3)).toEqual(['── Retry', '/vm/web starting · ordered', '']);
});

test('terminals of what left the list are closed', () => {
    const { output, view, leave } = scene();
    output.show(view, []);
    const [terminal] = editor.terminals;
    expect(output.shownIn(terminal as never)).toMatchObject({ deployment: view.id, paths: [] });
    leave();
    expect(output.shownIn(terminal as never)).toBeUndefined();
});

test('a step of a deployment that is over shows its own output, and stays when the list changes', async () => {
    const { access, output, view, leave, settle, texts } = scene();
    const log = { ...step, begunAt: 3, outcome: 'failed', stdout: 'looking\n', stderr: 'not there\n' };
    access.logs = [{ ...log, attempt: 'a0', stdout: 'other\n' }, log];
    const element = {
        kind: 'step',
        deployment: view.id,
        begunAt: 1,
        run: 'r1',
        path: step.path,
        attempt: 'a1',
    } as const;
    leave();
    expect(await output.showStep(element)).toBe(true);
    expect(await output.showStep(element)).toBe(true);
    await settle();
    leave();
    expect(texts()).toEqual([
        [
            'shop /apps/shop',
            '/vm/web start      │ looking',
            '/vm/web start      ┊ not there',
            '/vm/web start      ✗ failed',
            '',
        ],
    ]);
});

test('a step that still runs, or of which nothing is kept, has no past output', async () => {
    const { access, output, view } = scene();
    const element = {
        kind: 'step',
        deployment: view.id,
        begunAt: 1,
        run: 'r1',
        path: step.path,
        attempt: 'a1',
    } as const;
    access.logs = [{ ...step, begunAt: 3, outcome: null, stdout: 'looking\n', stderr: '' }];
    expect(await output.showStep(element)).toBe(false);
    expect(await output.showStep({ ...element, attempt: 'a9' })).toBe(false);
    expect(editor.terminals).toEqual([]);
});

test('space holds the output back, and lets it go on with what came meanwhile', () => {
    const simulated = viewOf(snapshotOf([instanceAt('/vm')]), { id: 'simulation:1', simulated: true });
    const { output, view, events, texts } = scene(simulated);
    const begin = (id: string): void =>
        events.emit({
            deployment: view,
            event: { kind: 'runBegun', run: runOf({ id, paths: [id] }), because: '', sequence: 1, time: 0 },
        });
    output.show(view, []);
    begin('/a');
    editor.terminals[0]?.type('x');
    editor.terminals[0]?.type(' ');
    begin('/b');
    begin('/c');
    expect(texts()[0]?.slice(1)).toEqual(['── Deploy /a', ' Paused: press Space to go on. ', '']);
    editor.terminals[0]?.type(' ');
    begin('/d');
    expect(texts()[0]?.slice(3)).toEqual([
        '2 lines came meanwhile.',
        '── Deploy /b',
        '── Deploy /c',
        '── Deploy /d',
        '',
    ]);
});
