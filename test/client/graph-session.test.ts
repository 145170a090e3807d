import { beforeEach, expect, test, vi } from 'vitest';
import { Position, Uri } from 'vscode';
import type { GraphFrame } from '../../client/graph/graph-frame.ts';
import { createGraphPanel, type GraphPanel } from '../../client/graph/graph-panel.ts';
import type { GraphPanelConfig, RunStates } from '../../client/graph/graph-session.ts';
import { CANCELLED, done, DONE, failed, type Outcome } from '../../client/ui/outcome.ts';
import {
    FRESH_LOOK,
    parseToPage,
    type FromPage,
    type PageLook,
    type PlanView,
    type ToPage,
} from '../../media/protocol.ts';
import type { InstanceStatus } from '../../runner/protocol.ts';
import type { GraphAnswer, GraphBefore, GraphChanges, GraphParams } from '../../server/protocol.ts';
import type { LaidOutGraph, PlacedNode } from '../../server/layout.ts';
import { editor, EventEmitter } from './support/vscode.ts';

const directory = Uri.file('/apps/shop');

beforeEach(() => editor.reset());

type Wish = Omit<GraphParams, 'uri'>;

/** What a graph was shown with, and what it said and asked. */
interface Played {
    readonly graph: GraphPanel;
    readonly posted: ToPage[];
    readonly asked: Wish[];
    readonly failures: string[];
    readonly pins: unknown[];
    readonly send: (message: FromPage) => Promise<void>;
    readonly last: <Kind extends ToPage['kind']>(kind: Kind) => Extract<ToPage, { kind: Kind }> | undefined;
}

const caption = { text: '', width: 0 };

function nodeOf(id: string, parent: string | null): PlacedNode {
    return {
        ...{ id, kind: 'instance', label: id, detail: '', installer: '', copy: null, component: 'A', facets: [] },
        ...{ folded: [], parent, range: null, shape: parent === null ? 'container' : 'leaf', depth: 0 },
        ...{ isPinned: false, caption, detailCaption: caption, x: 0, y: 0, width: 10, height: 10 },
    };
}

const picture: LaidOutGraph = {
    ...{ perspective: 'instances', width: 10, height: 10, arrangement: 'layered', edges: [] },
    nodes: [nodeOf('instance:/vm', null), nodeOf('instance:/vm/web', 'instance:/vm')],
};

const RANGE = { file: 'instances/model.instances', line: 1, column: 1, endLine: 3, endColumn: 2 };

function answerWith(changes: GraphChanges | null): GraphAnswer {
    return {
        ...{ kind: 'graph', name: 'shop', graph: picture, findings: {}, details: {} },
        places: [{ range: RANGE, nodes: ['instance:/vm'] }],
        choices: { components: [], facets: [], hosts: [], nodeCount: 2 },
        drift: { gone: [], moved: [], added: [] },
        ...{ changes, directory: '/apps/shop', directoryUri: 'file:///apps/shop', version: 1 },
        ...{ errorCount: 0, warningCount: 0 },
    };
}

function play(changes: Partial<GraphPanelConfig> = {}): Played {
    const posted: ToPage[] = [];
    const asked: Wish[] = [];
    const failures: string[] = [];
    const pins: unknown[] = [];
    const messages = new EventEmitter<unknown>();
    const webview = {
        ...{ options: {}, html: '', cspSource: '' },
        asWebviewUri: (uri: Uri) => uri,
        onDidReceiveMessage: messages.event,
        postMessage: (text: unknown) => {
            const message = parseToPage(text);
            return Promise.resolve(message !== undefined && posted.push(message) > 0);
        },
    };
    const frame = {
        ...{ webview, kind: 'panel', column: () => 1, isActive: () => true, isVisible: () => true },
        ...{ reveal: () => undefined, whenActive: () => Promise.resolve(), entitle: () => undefined },
        ...{ onDidDispose: new EventEmitter<unknown>().event, dispose: () => undefined },
        // The webview is one as far as a session uses it.
    } as unknown as GraphFrame;
    const note = (outcome: Outcome<unknown>): void => {
        if (outcome.kind === 'failed') failures.push(outcome.failure.kind);
    };
    const graph = createGraphPanel({
        ...{ frame, directory: directory as never, assets: Uri.file('/dist') as never, perspective: 'instances' },
        language: {
            graph: (_uri, wish) => {
                asked.push(wish);
                const { before } = wish;
                const known = before === null ? null : { label: before.label, nodes: {}, edges: {} };
                return Promise.resolve(done(answerWith(known)));
            },
        },
        pins: {
            put: (_directory, perspective, node, pin) => Promise.resolve(done(pins.push([perspective, node, pin]))),
            remove: (_directory, perspective, nodes) => Promise.resolve(done(pins.push([perspective, nodes]))),
            undo: () => Promise.resolve(DONE),
            onChange: () => ({ dispose: () => undefined }),
        },
        boundary: {
            run: async (_title, action) => note(await action()),
            background: (_title, action) => void action().then(note),
        },
        plan: () => Promise.resolve(CANCELLED),
        before: () => Promise.resolve(CANCELLED),
        control: () => undefined,
        turned: () => undefined,
        used: () => undefined,
        ...changes,
    });
    const settle = () => new Promise<void>((resolve) => void setTimeout(resolve, 0));
    return {
        ...{ graph, posted, asked, failures, pins },
        send: async (message) => {
            messages.fire(message);
            await settle();
        },
        last: (kind) =>
            posted.findLast((message): message is Extract<ToPage, { kind: typeof kind }> => message.kind === kind),
    };
}

const ready = (look: Partial<PageLook> = {}): FromPage => ({
    kind: 'ready',
    look: { ...FRESH_LOOK, ...look },
    orientation: 'landscape',
});

function statesOf(statuses: Readonly<Record<string, InstanceStatus>>, run = 'running'): RunStates {
    const rest = { text: '', isProviding: false, notes: [], flags: '', wanted: '', cause: '' };
    const states = Object.entries(statuses).map(
        ([id, status]) => [id, { status, ...rest, isMoving: false, since: null, isStale: false }] as const,
    );
    return {
        states: Object.fromEntries(states),
        run,
        deployment: 'd',
        clock: { now: 5, isRunning: true },
        milestone: run,
    };
}

test('nothing is asked before the page listens, then a picture of what was opened', async () => {
    const played = play();
    played.graph.refresh();
    expect(played.asked).toEqual([]);
    await played.send(ready());
    expect(played.asked).toMatchObject([{ perspective: 'instances', orientation: 'landscape', before: null }]);
    expect(played.last('model')).toMatchObject({ name: 'shop', look: { perspective: 'instances' }, changes: null });
});

test('a page of a window that was reloaded goes on with its own look', async () => {
    const played = play({ perspective: null });
    await played.send(ready({ perspective: 'hosts', direction: 'down', closed: ['instance:/vm'] }));
    expect(played.asked[0]).toMatchObject({
        perspective: 'hosts',
        direction: 'down',
        look: { closed: ['instance:/vm'] },
    });
});

test('a page that was hidden goes on with what its panel shows', async () => {
    const played = play();
    await played.send(ready());
    await played.send({ kind: 'look', look: { ...FRESH_LOOK, perspective: 'hosts' } });
    await played.send(ready());
    expect(played.graph.perspective()).toBe('hosts');
    expect(played.asked.at(-1)?.perspective).toBe('hosts');
});

test('each graph has a name of its own by which the layout remembers it', async () => {
    const [one, other] = [play(), play()];
    await one.send(ready());
    await one.send({ kind: 'orientation', orientation: 'portrait' });
    await other.send(ready());
    const names = one.asked.map(({ memory }) => memory);
    expect(new Set(names).size).toBe(1);
    expect(names[0]).not.toBe('');
    expect(other.asked[0]?.memory).not.toBe(names[0]);
});

test('a filter by state keeps the nodes in that state, and follows the run', async () => {
    const played = play();
    played.graph.showStates(statesOf({ 'instance:/vm': 'DEPLOYED_STARTED', 'instance:/vm/web': 'STARTING' }));
    await played.send(ready({ statuses: ['STARTING'] }));
    expect(played.asked.at(-1)?.look.filter.only).toEqual(['instance:/vm/web']);
    const before = played.asked.length;
    played.graph.showStates(statesOf({ 'instance:/vm': 'STOPPING', 'instance:/vm/web': 'STARTING' }));
    expect(played.asked).toHaveLength(before);
    played.graph.showStates(statesOf({ 'instance:/vm': 'STOPPING', 'instance:/vm/web': 'DEPLOYED_STARTED' }));
    await played.send({ kind: 'orientation', orientation: 'landscape' });
    expect(played.asked.at(-1)?.look.filter.only).toEqual([]);
});

test('the page is told the states with their clock, also those of before it listened', async () => {
    const played = play();
    played.graph.showStates(statesOf({ 'instance:/vm': 'PROBLEM' }));
    await played.send(ready());
    expect(played.last('states')).toMatchObject({
        run: 'running',
        deployment: 'd',
        clock: { now: 5, isRunning: true },
    });
});

const PLAN: PlanView = { title: 'Deploy', waveCount: 1, marks: {} };

test('a plan is drawn, made again with the model, and taken away', async () => {
    let made = 0;
    const plan = () => Promise.resolve(done({ ...PLAN, waveCount: ++made }));
    const played = play({ plan });
    await played.send(ready());
    await played.send({ kind: 'show', what: 'plan' });
    expect(played.last('plan')?.plan?.waveCount).toBe(made);
    expect(played.last('shown')).toEqual({ kind: 'shown', what: 'plan' });
    const before = made;
    played.graph.refresh();
    await vi.waitFor(() => expect(made).toBeGreaterThan(before));
    const again = made;
    played.graph.showStates(statesOf({}, 'another run'));
    played.graph.showStates(statesOf({}, 'another run'));
    await vi.waitFor(() => expect(made).toBe(again + 1));
    await played.send({ kind: 'show', what: 'nothing' });
    expect(played.last('plan')).toEqual({ kind: 'plan', plan: null });
});

test('a plan is of the order it was asked for with, else of deploying all', async () => {
    const orders: unknown[] = [];
    const played = play({
        plan: (order) => {
            orders.push(order);
            return Promise.resolve(done(PLAN));
        },
    });
    await played.send(ready());
    played.graph.show('plan', { kind: 'stop', paths: ['/vm'] });
    await played.send({ kind: 'show', what: 'plan' });
    expect(orders[0]).toEqual({ kind: 'stop', paths: ['/vm'] });
    expect(orders.at(-1)).toEqual({ kind: 'deploy', paths: [] });
});

test('a plan stays while the model that is typed has errors, and nobody is interrupted', async () => {
    let isBroken = false;
    const plan = () =>
        Promise.resolve(isBroken ? failed({ kind: 'noApplication' } as const) : done({ ...PLAN, title: 'Deploy' }));
    const played = play({ plan });
    await played.send(ready());
    await played.send({ kind: 'show', what: 'plan' });
    isBroken = true;
    const count = played.posted.length;
    played.graph.showStates(statesOf({}, 'another run'));
    await new Promise((resolve) => void setTimeout(resolve, 500));
    expect(played.posted.slice(count).map(({ kind }) => kind)).toEqual(['states']);
    expect([played.failures, played.graph.shown()]).toEqual([[], 'plan']);
});

test('a plan that cannot be made is told once, and is no longer shown', async () => {
    const played = play({ plan: () => Promise.resolve(failed({ kind: 'noApplication' })) });
    await played.send(ready());
    await played.send({ kind: 'show', what: 'plan' });
    expect(played.failures).toEqual(['noApplication']);
    expect(played.graph.shown()).toBe('nothing');
    expect(played.last('shown')).toEqual({ kind: 'shown', what: 'nothing' });
});

test('the model is held against what a comparison names, until something else is shown', async () => {
    const before: GraphBefore = { kind: 'texts', label: 'Changes since abc', texts: {} };
    const asked: string[] = [];
    const played = play({
        before: (comparison) => {
            asked.push(comparison);
            return Promise.resolve(done(before));
        },
    });
    await played.send(ready());
    await played.send({ kind: 'show', what: 'changesSinceCommit' });
    expect(asked).toEqual(['changesSinceCommit']);
    expect(played.asked.at(-1)?.before).toEqual(before);
    expect(played.last('model')?.changes).toEqual({ title: 'Changes since abc', nodes: {}, edges: {} });
    await played.send({ kind: 'show', what: 'nothing' });
    expect(played.asked.at(-1)?.before).toBeNull();
});

test('a comparison that cannot be made is told, and the picture is drawn without it', async () => {
    const played = play({ before: () => Promise.resolve(failed({ kind: 'noCommit' })) });
    await played.send(ready());
    await played.send({ kind: 'show', what: 'changesSinceCommit' });
    expect(played.failures).toEqual(['noCommit']);
    expect(played.asked.at(-1)?.before).toBeNull();
    expect(played.graph.shown()).toBe('nothing');
});

test('a node that is put somewhere is kept within the container it is in', async () => {
    const played = play();
    await played.send(ready());
    await played.send({ kind: 'pin', node: 'instance:/vm/web', x: 4, y: 5 });
    await played.send({ kind: 'unpin', nodes: [] });
    expect(played.pins).toEqual([
        ['instances', 'instance:/vm/web', { x: 4, y: 5, in: 'instance:/vm' }],
        ['instances', []],
    ]);
});

test('the cursor of a file of the application selects, one of another does not', async () => {
    const played = play();
    await played.send(ready());
    played.graph.selectAt(Uri.file('/apps/shop/instances/model.instances') as never, new Position(1, 0) as never);
    expect(played.last('select')).toEqual({ kind: 'select', nodes: ['instance:/vm'], reveal: true });
    expect(played.graph.selected()).toBe('instance:/vm');
    played.graph.selectAt(Uri.file('/apps/other/instances/model.instances') as never, new Position(1, 0) as never);
    expect(played.posted.filter(({ kind }) => kind === 'select')).toHaveLength(1);
});

test('a command changes the look by what is drawn, and the page is told', async () => {
    const played = play();
    await played.send(ready());
    played.graph.relook((look, { nodes }) => ({ ...look, closed: nodes.map(({ id }) => id) }));
    await played.send({ kind: 'orientation', orientation: 'landscape' });
    expect(played.asked.at(-1)?.look.closed).toEqual(['instance:/vm', 'instance:/vm/web']);
    expect(played.last('model')?.look.closed).toEqual(['instance:/vm', 'instance:/vm/web']);
});

test('what is not a message is left aside, and a graph that is gone asks nothing', async () => {
    const played = play();
    await played.send(ready());
    const count = played.asked.length;
    await played.send({ kind: 'pin', node: 7 } as never);
    expect(played.pins).toEqual([]);
    played.graph.dispose();
    played.graph.refresh();
    await new Promise((resolve) => void setTimeout(resolve, 0));
    expect(played.asked).toHaveLength(count);
});
