import { beforeEach, expect, test } from 'vitest';
import { createDeploymentOutput } from '../../client/deployments/deployment-output.ts';
import type { DeploymentEvent } from '../../client/deployments/deployments.ts';
import { plainText } from '../../client/deployments/terminal-text.ts';
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
    const texts = () => editor.terminals.map(({ text }) => text.split('\r\n').map(plainText));
    return { output, view, events, leave, settle, texts };
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

test('terminals of what left the list are closed', () => {
    const { output, view, leave } = scene();
    output.show(view, []);
    const [terminal] = editor.terminals;
    expect(output.shownIn(terminal as never)).toMatchObject({ deployment: view.id, paths: [] });
    leave();
    expect(output.shownIn(terminal as never)).toBeUndefined();
});
