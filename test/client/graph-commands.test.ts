import { beforeEach, expect, test } from 'vitest';
import { Uri } from 'vscode';
import { allCommands } from '../../client/commands/all-commands.ts';
import type { CommandContext } from '../../client/commands/command.ts';
import { reviewChanges } from '../../client/commands/review-changes.ts';
import type { GraphPanel } from '../../client/graph/graph-panel.ts';
import { done, DONE, type Outcome } from '../../client/ui/outcome.ts';
import { FRESH_LOOK, type PageLook } from '../../media/protocol.ts';
import { modelOf } from '../scenarios/model-text.ts';
import { KEY } from './support/snapshots.ts';
import { editor } from './support/vscode.ts';

const signal = new AbortController().signal;
const model = modelOf('App\n/app App');

beforeEach(() => editor.reset());

/** A graph that writes down what is done with it, and commands about it. */
function scene({ isOpen = true, selected = 'instance:/app' as string | null } = {}) {
    const deeds: unknown[] = [];
    let look: PageLook = FRESH_LOOK;
    const picture = { perspective: 'instances', nodes: [], edges: [] };
    const graph = {
        directory: Uri.file('/apps/shop'),
        frame: { reveal: () => deeds.push('reveal'), whenActive: () => Promise.resolve() },
        perspective: () => 'instances',
        shown: () => 'plan',
        choose: (perspective: string) => deeds.push(`choose ${perspective}`),
        relook: (change: (look: PageLook, graph: unknown) => PageLook) => (look = change(look, picture)),
        show: (what: string, order?: object) => deeds.push(order === undefined ? `show ${what}` : { what, ...order }),
        find: () => deeds.push('find'),
        save: () => Promise.resolve(done(deeds.push('save'))),
        selected: () => selected ?? undefined,
        // Only what these commands use is here.
    } as unknown as GraphPanel;
    const ctx = {
        graphs: {
            activeDirectory: () => undefined,
            current: (application?: string) => {
                if (application !== undefined) deeds.push(`of ${application}`);
                return isOpen ? graph : undefined;
            },
            show: (uri: Uri, name: string, wish: object) => {
                deeds.push({ open: uri.path, name, ...wish });
                return graph;
            },
        },
        pins: {
            remove: (_directory: Uri, perspective: string, nodes: readonly string[]) =>
                Promise.resolve(done(deeds.push(['unpin', perspective, ...nodes]))),
            undo: () => Promise.resolve(done(deeds.push('undo'))),
        },
        language: {
            applications: () => Promise.resolve(done([{ uri: 'file:///apps/shop', name: 'shop', directory: '' }])),
            model: () => Promise.resolve(done({ kind: 'model', directoryUri: 'file:///apps/shop', model })),
        },
    } as unknown as CommandContext;
    const run = async (name: string, argument?: unknown): Promise<Outcome<unknown>> =>
        (await allCommands(ctx)[name]?.(argument, signal)) ?? DONE;
    return { deeds, run, look: () => look };
}

const ABOUT_GRAPHS = [
    ...['graph.find', 'graph.collapseAll', 'graph.expandAll', 'graph.focus', 'graph.showAll', 'graph.hideOverlay'],
    ...['graph.export', 'graph.resetPosition', 'graph.resetPositions', 'graph.undoMove'],
];

test.for(ABOUT_GRAPHS)('%s says so when no graph is open', async (name) => {
    const { run, deeds } = scene({ isOpen: false });
    expect(await run(name)).toEqual({ kind: 'failed', failure: { kind: 'noGraph' } });
    expect(deeds).toEqual([]);
});

test.for<[string, string]>([
    ['graph.showPlan', 'show plan'],
    ['graph.compareCommit', 'show changesSinceCommit'],
    ['graph.compareDeployment', 'show changesSinceDeployment'],
    ['graph.showHosts', 'choose hosts'],
])('%s is about the graph there is', async ([name, deed]) => {
    const { run, deeds } = scene();
    await run(name);
    expect(deeds).toEqual(['reveal', deed]);
});

test('a plan without a graph opens the instances with it', async () => {
    const { run, deeds } = scene({ isOpen: false });
    await run('graph.showPlan');
    expect(deeds).toEqual([{ open: '/apps/shop', name: 'test', shown: 'plan', perspective: 'instances' }]);
});

test('an order about the node of a menu is planned, not given', async () => {
    const { run, deeds } = scene();
    const target = { application: 'file:///apps/shop', node: 'instance:/vm/web' };
    await run('graph.planNode', target);
    expect(deeds).toEqual(['of file:///apps/shop']);
    editor.saysYes = true;
    await run('graph.planNode', target);
    expect(deeds.at(-1)).toEqual({ what: 'plan', kind: 'deploy', paths: ['/vm/web'] });
    expect(await run('graph.planNode', { ...target, node: 'component:App' })).toMatchObject({
        failure: { kind: 'noNodeSelected' },
    });
});

test('the focus goes to the node of the menu, else to the selected one, and needs one of them', async () => {
    const { run, look, deeds } = scene();
    await run('graph.focus');
    expect(look().focus).toEqual({ node: 'instance:/app', distance: 1 });
    await run('graph.focus', { application: 'file:///apps/shop', node: 'instance:/other' });
    expect(look().focus).toEqual({ node: 'instance:/other', distance: 1 });
    expect(deeds).toContain('of file:///apps/shop');
    await run('graph.showAll');
    expect(look().focus).toBeNull();
    expect(await scene({ selected: null }).run('graph.focus')).toEqual({
        kind: 'failed',
        failure: { kind: 'noNodeSelected' },
    });
});

test('all positions are given up after a question only, one position without', async () => {
    const { run, deeds } = scene();
    expect(await run('graph.resetPositions')).toEqual({ kind: 'cancelled' });
    expect(deeds).toEqual([]);
    editor.saysYes = true;
    await run('graph.resetPositions');
    await run('graph.resetPosition');
    expect(deeds).toEqual([
        ['unpin', 'instances'],
        ['unpin', 'instances', 'instance:/app'],
    ]);
});

test('a graph of its own is opened before its editor goes to another window', async () => {
    const { run, deeds } = scene();
    await run('graph.openInWindow');
    expect(deeds.at(-1)).toEqual({
        ...{ open: '/apps/shop', name: 'test', perspective: 'instances', shown: 'plan', isNew: true, isFocused: true },
    });
    expect(editor.executed).toEqual(['workbench.action.moveEditorToNewWindow']);
});

const difference = {
    fingerprint: 'f',
    changes: [{ path: '/app', kind: 'restarted', reasons: [] }],
    others: [],
} as const;

test('a review shows its plan beside the list of changes, which still has to be accepted', async () => {
    let plans = 0;
    editor.answer = 'Show Plan';
    editor.inputs = ['Apply these changes'];
    const review = { key: KEY, model, difference, showPlan: () => void plans++ };
    expect(await reviewChanges(review)).toBe(true);
    expect(plans).toBe(1);
    expect(await reviewChanges(review)).toBe(false);
});
