/** Runs in the extension: which records are followed, and what their pages are told. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { DeploymentEvent } from '../../client/deployments/deployments.ts';
import type { DeploymentView } from '../../client/deployments/deployment-view.ts';
import { createRunRecords } from '../../client/timeline/run-records.ts';
import { createRunSession } from '../../client/timeline/run-session.ts';
import { runViewOf, type RunContext } from '../../client/timeline/run-view.ts';
import { timelineTexts } from '../../client/timeline/page-texts.ts';
import { noticeOf } from '../../client/commands/run-notice.ts';
import { createEmitter } from '../../client/ui/emitter.ts';
import { ENGLISH_TIMELINE } from '../../media/timeline/page.ts';
import { parseToTimeline, type ToTimeline } from '../../media/timeline/protocol.ts';
import type { RunnerEvent } from '../../runner/protocol.ts';
import { beginRecord, type RunRecord } from '../../runner/runs.ts';
import { sketchModel } from '../runner/support/application.ts';
import { simulatedRecord } from '../support/run-samples.ts';
import { playedAccess, playedEngine } from './support/engines.ts';
import { instanceAt, runOf, snapshotOf, viewOf } from './support/snapshots.ts';
import { editor } from './support/vscode.ts';

beforeEach(() => editor.reset());

const ID = 'deployment:shop@/apps/shop';
const RUN = { deployment: ID, begunAt: null, run: 'r1' };

const MODEL = sketchModel(
    {
        Machine: { installer: 'target' },
        Store: { installer: 'script', exports: { port: '1' } },
        Web: { installer: 'script', imports: ['Store.port'] },
    },
    { '/vm': 'Machine', '/vm/store': 'Store', '/vm/web': 'Web' },
);

const CONTEXT: RunContext = { deployment: 'shop', directory: 'shop', simulated: false, isDriven: true, now: 90_000 };

function scene() {
    const access = playedAccess(playedEngine());
    const events = createEmitter<DeploymentEvent>();
    const changes = createEmitter<void>();
    let views: readonly DeploymentView[] = [viewOf(snapshotOf([instanceAt('/vm')], runOf()))];
    const deployments = {
        find: (id: string) => views.find((each) => each.id === id),
        onEvent: events.listen,
        onChange: changes.listen,
    };
    const records = createRunRecords({ deployments, access });
    const tell = (event: RunnerEvent): void => {
        const [deployment] = views;
        if (deployment !== undefined) events.emit({ deployment, event });
    };
    const connect = (link: DeploymentView['link']): void => {
        views = views.map((view) => ({ ...view, link }));
        changes.emit();
    };
    const leave = (): void => {
        views = [];
        changes.emit();
    };
    return { access, deployments, records, tell, leave, connect };
}

const begun = (sequence: number, attempt: string): RunnerEvent => ({
    kind: 'stepBegun',
    path: '/vm/web',
    phase: 'start',
    attempt,
    because: 'it is deployed',
    sequence,
    time: sequence * 10,
});

test('a run that was seen from its beginning is told by its events, and forgotten with its deployment', async () => {
    const { records, tell, leave } = scene();
    expect(await records.open(RUN)).toBeNull();
    tell({ kind: 'runBegun', run: runOf(), because: '', sequence: 1, time: 0 });
    tell(begun(2, 'a1'));
    expect((await records.open(RUN))?.steps.map(({ attempt }) => attempt)).toEqual(['a1']);
    expect(records.seen(ID)).toEqual(['r1']);
    leave();
    expect(records.seen(ID)).toEqual([]);
});

test('a run of an earlier deployment of the same name is another one, whatever its id', async () => {
    const { access, records, tell } = scene();
    const run = runOf();
    tell({ kind: 'runBegun', run, because: '', sequence: 1, time: 0 });
    tell(begun(2, 'a1'));
    const earlier = beginRecord({ ...run, begunAt: run.begunAt - 1000 }, []);
    earlier.take(begun(2, 'a0'));
    const attemptsOf = async (begunAt: number): Promise<unknown> =>
        (await records.open({ ...RUN, begunAt }))?.steps.map(({ attempt }) => attempt);
    access.record = earlier.record();
    expect(await attemptsOf(7)).toEqual(['a0']);
    access.record = beginRecord(run, []).record();
    expect(await attemptsOf(8)).toEqual(['a1']);
    // Another one begins under the same name: what it does is not mixed with what was.
    tell({ kind: 'runBegun', run: { ...run, begunAt: run.begunAt + 1000 }, because: '', sequence: 1, time: 0 });
    expect((await records.open(RUN))?.steps).toEqual([]);
});

test('a run that goes on since before is read, and followed from there', async () => {
    const { access, records, tell } = scene();
    const recorder = beginRecord(runOf(), [instanceAt('/vm/web')]);
    recorder.take(begun(2, 'a1'));
    access.record = recorder.record();
    const seen: string[] = [];
    records.onChange(({ run }) => void seen.push(run));
    const reading = records.open(RUN);
    // While the journal is read: one it has already, one it has not.
    tell(begun(2, 'a1'));
    tell(begun(3, 'a2'));
    expect((await reading)?.steps.map(({ attempt }) => attempt)).toEqual(['a1', 'a2']);
    tell(begun(4, 'a3'));
    expect((await records.open(RUN))?.steps).toHaveLength(3);
    expect(seen).toEqual(['r1']);
});

test('a run whose runner is not connected is read again each time: nothing of it is missed', async () => {
    const { access, records, connect } = scene();
    connect({ kind: 'interrupted' });
    const recorder = beginRecord(runOf(), [instanceAt('/vm/web')]);
    recorder.take(begun(2, 'a1'));
    access.record = recorder.record();
    expect((await records.open(RUN))?.steps).toHaveLength(1);
    recorder.take(begun(3, 'a2'));
    access.record = recorder.record();
    connect({ kind: 'live' });
    expect((await records.open(RUN))?.steps).toHaveLength(2);
    expect(records.seen(ID)).toEqual(['r1']);
    connect({ kind: 'idle' });
    expect(records.seen(ID)).toEqual([]);
});

test('what is over is read each time and not followed', async () => {
    const { access, records } = scene();
    access.record = simulatedRecord(MODEL);
    expect((await records.open(RUN))?.run.outcome).toBe('succeeded');
    expect(records.seen(ID)).toEqual([]);
});

async function session(access: { record: RunRecord | null }, parts: ReturnType<typeof scene>) {
    const told: ToTimeline[] = [];
    const names: string[] = [];
    const boundary = { background: (_title: string, action: () => Promise<unknown>) => void action() };
    const shown = createRunSession({
        runs: { run: RUN, other: null },
        records: parts.records,
        deployments: parts.deployments,
        boundary,
        now: () => 90_000,
        post: (message) => void told.push(message),
        name: (title) => void names.push(title),
    });
    shown.refresh();
    expect(told).toEqual([]);
    shown.start();
    await vi.waitFor(() => expect(told).toHaveLength(1));
    return { shown, told, names, access };
}

test('a page is told the whole run when it listens, then the steps that changed', async () => {
    const parts = scene();
    parts.tell({ kind: 'runBegun', run: runOf(), because: '', sequence: 1, time: 0 });
    parts.tell(begun(2, 'a1'));
    const { shown, told, names } = await session(parts.access, parts);
    expect(told[0]).toMatchObject({ kind: 'run', view: { steps: [{ id: 'a1', endMs: null }] } });
    parts.tell(begun(3, 'a2'));
    shown.refresh();
    await vi.waitFor(() => expect(told).toHaveLength(2));
    expect(told[1]).toMatchObject({ kind: 'progress', progress: { steps: [{ id: 'a2' }] } });
    expect(told.map((message) => parseToTimeline(JSON.parse(JSON.stringify(message))))).toEqual(told);
    expect(names[0]).toBe('Run: Deploy · shop · simulation');
    // A page that was loaded again knows nothing.
    shown.start();
    await vi.waitFor(() => expect(told).toHaveLength(3));
    expect(told[2]).toMatchObject({ kind: 'run', view: { steps: [{ id: 'a1' }, { id: 'a2' }] } });
});

test('a run that seemed to be left goes on when its runner is found, and one that is over is looked at once', async () => {
    const parts = scene();
    let readCount = 0;
    const record = simulatedRecord(MODEL, {}, 0.5);
    parts.access.run = () => Promise.resolve((readCount++, { ...record, run: { ...record.run, id: 'r1' } }));
    const { shown, told } = await session(parts.access, parts);
    shown.refresh();
    await vi.waitFor(() => expect(told).toHaveLength(2));
    parts.access.run = () => Promise.resolve((readCount++, simulatedRecord(MODEL)));
    parts.leave();
    shown.refresh();
    await vi.waitFor(() => expect(told).toHaveLength(3));
    const before = readCount;
    shown.refresh();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([readCount, told.length]).toEqual([before, 3]);
});

test('of a run nothing is kept of, the page is told so', async () => {
    const parts = scene();
    const { told } = await session(parts.access, parts);
    expect(told).toEqual([{ kind: 'empty' }]);
});

test('a run that failed is told with what failed in the end and what never came to be', () => {
    const record = simulatedRecord(MODEL, {
        faults: [{ kind: 'fail', path: '/vm/store', phase: 'start', exitCode: 7 }],
    });
    const view = runViewOf(record, CONTEXT);
    expect(view.head).toMatchObject({
        title: 'Deploy · shop',
        state: 'failed',
        stateWord: 'failed',
        clock: { isRunning: false },
    });
    expect(view.failures.map(({ path, word, cause }) => [path, word, cause])).toEqual([
        ['/vm/store', 'start failed', 'start failed: exited with code 7'],
        ['/vm/web', 'still waiting', 'Nobody gave it Store.'],
    ]);
    expect(view.head.counts).toEqual(['6 steps', '3 instances', '1 machine', '1 failed']);
    expect(view.lanes.map(({ name, rows }) => [name, rows.map((row) => row.name)])).toEqual([['vm', ['store', 'web']]]);
});

test.each([
    ['driven', {}, 'running', true],
    ['left by its runner', { isDriven: false }, 'interrupted', false],
    ['simulated', { simulated: true }, 'running', false],
] as const)(
    'a run that has not ended is under way as long as somebody goes on with it: %s',
    (_name, more, state, isRunning) => {
        const { head } = runViewOf(simulatedRecord(MODEL, {}, 0.5), { ...CONTEXT, ...more });
        expect(head).toMatchObject({ state, clock: { isRunning } });
        expect(head.tookMs === null).toBe(state === 'running');
    },
);

test('secrets and control sequences of recipes do not get to the page', () => {
    const recorder = beginRecord(runOf(), [instanceAt('/vm/web')]);
    recorder.take(begun(2, 'a1'));
    const failure = {
        kind: 'failed',
        phase: 'start',
        attempt: 'a1',
        message: 'start failed: password=hunter2',
        exitCode: 1,
        lastLines: ['\u001b[31mstart.sh: line 3: boom\u001b[0m'],
    } as const;
    const time = 30;
    recorder.take({
        kind: 'stepEnded',
        path: '/vm/web',
        phase: 'start',
        attempt: 'a1',
        outcome: 'failed',
        message: failure.message,
        sequence: 3,
        time,
    });
    recorder.take({
        kind: 'instanceChanged',
        instance: instanceAt('/vm/web', { failure }),
        from: 'STARTING',
        because: '',
        sequence: 3,
        time,
    });
    const view = runViewOf(recorder.record(), CONTEXT);
    expect(JSON.stringify(view)).not.toContain('hunter2');
    expect(view.failures[0]).toMatchObject({ lines: ['start.sh: line 3: boom'], place: { file: 'start.sh', line: 3 } });
    expect(view.steps[0]?.lastLines).toEqual(['start.sh: line 3: boom']);
});

test('the page has every text, and English is the language of the source', () => {
    expect(timelineTexts()).toEqual(ENGLISH_TIMELINE);
});

const SEEN = { isFocused: true, isListSeen: true, isRunSeen: true };

test.each([
    ['failed', 1000, SEEN, 'none'],
    ['failed', 1000, { ...SEEN, isFocused: false }, 'message'],
    ['failed', 1000, { ...SEEN, isRunSeen: false }, 'message'],
    ['succeeded', 1000, { ...SEEN, isFocused: false }, 'passing'],
    ['succeeded', 60_000, SEEN, 'passing'],
    ['succeeded', 60_000, { ...SEEN, isFocused: false }, 'message'],
    ['succeeded', 60_000, { isFocused: true, isListSeen: false, isRunSeen: false }, 'message'],
    ['succeeded', 60_000, { isFocused: true, isListSeen: false, isRunSeen: true }, 'passing'],
    ['cancelled', 60_000, { isFocused: false, isListSeen: false, isRunSeen: false }, 'none'],
] as const)('a run that %s after %d ms, seen as %j, is told by: %s', (outcome, endedAt, sight, notice) => {
    expect(noticeOf({ begunAt: 0, endedAt, outcome }, sight)).toBe(notice);
});
