/** How pictures look in a real browser with the colours of the editor's four themes: nothing overlaps, nothing is clipped, everything can be read. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
    graphViewOf,
    nodeDetailsOf,
    type ApplicationModel,
    type GraphView,
    type Perspective,
} from '../../language/index.ts';
import { EMPTY_OVERLAY, ENGLISH, pictureOf, toSvgText, type PictureOverlay } from '../../media/picture.ts';
import { NODE_CHANGES, PLAN_ACTIONS } from '../../media/picture/marks.ts';
import { FRESH_LOOK, type RunState, type ToPage } from '../../media/protocol.ts';
import { createArranger } from '../../server/layout/arrange.ts';
import type { LaidOutGraph, Orientation } from '../../server/layout.ts';
import { PLACED } from '../media/placed.ts';
import { runState } from '../media/run-state.ts';
import { inProcessElk } from '../server/layout/elk.ts';
import { pictureFaults } from '../support/picture-faults.ts';
import { graphPageIn, openBrowser, THEMES, type GraphPageInBrowser } from '../support/graph-page.ts';
import { SAMPLES } from './graph-samples.ts';

const LEAST_CONTRAST = 4.5;
/** Pixels on the screen a name has at least. */
const LEAST_LETTERS = 8;
const ROOMS = { landscape: { width: 1200, height: 750 }, portrait: { width: 560, height: 800 } } as const;

const arranger = createArranger(inProcessElk());
const models = new Map<string, ApplicationModel>();
const graphs = new Map<string, LaidOutGraph>();
let browser: Browser;

beforeAll(async () => {
    for (const [name, make] of Object.entries(SAMPLES)) models.set(name, make());
    browser = await openBrowser();
}, 180_000);
afterAll(() => browser.close());

async function laidOut(name: string, view: GraphView, orientation: Orientation): Promise<LaidOutGraph> {
    const key = `${name} ${view.perspective} ${orientation}`;
    const known = graphs.get(key);
    if (known !== undefined) return known;
    const wish = { orientation, direction: 'auto', pins: {}, memory: '' } as const;
    const { graph } = await arranger.arrange(view, wish);
    graphs.set(key, graph);
    return graph;
}

/** One node with errors, one with warnings. */
function modelMessage(model: ApplicationModel, view: GraphView, graph: LaidOutGraph): ToPage {
    const [first, second] = view.nodes.map(({ id }) => id);
    const findings = { [first ?? '']: { errors: 2, warnings: 0 }, [second ?? '']: { errors: 0, warnings: 120 } };
    const details = nodeDetailsOf(model, view);
    return {
        ...{ kind: 'model', name: model.name, graph, findings, details, errorCount: 2, warningCount: 120 },
        look: { ...FRESH_LOOK, perspective: view.perspective },
        choices: { components: [], facets: [], hosts: [], nodeCount: view.nodes.length },
        drift: { gone: [], moved: [], added: [] },
        changes: null,
    };
}

const STATUSES: readonly RunState['status'][] = [
    'DEPLOYED_STARTED',
    'STARTING',
    'UNRESOLVED',
    'PROBLEM',
    'DEPLOYED_STOPPED',
    'NOT_DEPLOYED',
    'DEPLOYING',
    'WAITING_FOR_ANCESTOR',
    'STOPPING',
    'UNDEPLOYING',
];

/** Each node in another state, one with a text as long as they come; what fails says why, what moves for how long, one is asked for something else. */
function statesMessage(view: GraphView): ToPage {
    const states = view.nodes.map(({ id }, i) => {
        const status = STATUSES[i % STATUSES.length] ?? 'PROBLEM';
        const state = runState(status, {
            text: i === 3 ? 'update timed out · started · try 2 of 4' : '',
            isProviding: i % 2 === 0,
            isMoving: status.endsWith('ING'),
            since: 1_000 * i,
            cause: status === 'PROBLEM' ? 'update.sh ended with exit code 3.' : '',
            wanted: i % 7 === 5 ? 'started' : '',
        });
        return [id, state] as const;
    });
    return statesOf(Object.fromEntries(states));
}

function statesOf(states: Readonly<Record<string, RunState>>): ToPage {
    const clock = { now: 61_000, isRunning: false };
    return { kind: 'states', states, run: 'Simulation: deploying', deployment: 'd', clock };
}

const SIMULATION: ToPage = {
    kind: 'simulation',
    simulation: { status: 'running', clockMs: 62_500, untilMs: 62_500, rate: 0, speed: 1 },
};

async function show(opened: GraphPageInBrowser, messages: readonly ToPage[]): Promise<void> {
    await opened.begin();
    for (const message of messages) await opened.send(message);
    await opened.page.locator('[data-node]').first().waitFor();
    if (messages.some(({ kind }) => kind === 'states')) await opened.page.locator('.state').first().waitFor();
    await opened.atRest();
}

const messagesOfNothing = (): readonly ToPage[] => [];

/** A view with one container folded. */
function foldedAt(view: GraphView, id: string): GraphView {
    const inner = view.nodes.filter(({ parent }) => parent === id).map((node) => node.id);
    const ends = (end: string): string => (inner.includes(end) ? id : end);
    const nodes = view.nodes.filter((node) => !inner.includes(node.id));
    return {
        ...view,
        nodes: nodes.map((node) => (node.id === id ? { ...node, folded: inner } : node)),
        edges: view.edges.map((edge) => ({ ...edge, source: ends(edge.source), target: ends(edge.target) })),
    };
}

/** As if somebody had put a node where it is. */
function pinnedAt(graph: LaidOutGraph, pinned: string): LaidOutGraph {
    return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, isPinned: node.id === pinned })) };
}

/** What can be drawn over a model, by name: as many kinds of marks as there are nodes. */
const OVERLAYS: Readonly<Record<string, (graph: LaidOutGraph) => readonly ToPage[]>> = {
    'what is not told any more': ({ nodes }) => {
        const stale = { text: 'started as of 12:03', isStale: true } as const;
        return [statesOf(Object.fromEntries(nodes.map(({ id }) => [id, runState('DEPLOYED_STARTED', stale)])))];
    },
    'a plan over a run': ({ nodes }) => {
        const marks = nodes.slice(1).map(({ id }, i) => {
            const action = PLAN_ACTIONS[i % PLAN_ACTIONS.length] ?? 'create';
            return [
                id,
                { action, firstWave: i + 1, lastWave: i + 1 + (i % 3), isCritical: i % 2 === 0, notes: [] },
            ] as const;
        });
        const states = statesOf(Object.fromEntries(nodes.map(({ id }) => [id, runState('DEPLOYED_STARTED')])));
        return [states, { kind: 'plan', plan: { title: 'Deploy', waveCount: 9, marks: Object.fromEntries(marks) } }];
    },
    differences: (graph) => {
        const model = models.get('shop')!;
        const view = graphViewOf(model, 'instances');
        const nodes = graph.nodes.slice(1).map(({ id }, i) => {
            return [id, { change: NODE_CHANGES[i % NODE_CHANGES.length] ?? 'added', notes: ['port'] }] as const;
        });
        const edges = graph.edges.slice(0, 2).map(({ id }, i) => [id, i === 0 ? 'added' : 'removed'] as const);
        const changes = { title: 'HEAD', nodes: Object.fromEntries(nodes), edges: Object.fromEntries(edges) };
        const message = modelMessage(model, view, graph);
        return message.kind === 'model' ? [{ ...message, changes }] : [];
    },
};

const faultsOf = ({ page }: GraphPageInBrowser) => page.locator('body').evaluate(pictureFaults, LEAST_CONTRAST);
const leastLetters = ({ page }: GraphPageInBrowser) =>
    page
        .locator('.stage .label')
        .evaluateAll((labels) =>
            Math.min(...labels.map((label) => 13 * ((label as SVGTextElement).getScreenCTM()?.a ?? 0))),
        );

describe.each(Object.entries(THEMES))('in the theme %s', (_theme, look) => {
    let opened: GraphPageInBrowser;
    beforeAll(async () => {
        opened = await graphPageIn(browser, look);
        await opened.page.setViewportSize(ROOMS.landscape);
    }, 60_000);
    afterAll(async () => {
        expect(opened.complaints).toEqual([]);
        await opened.page.close();
    });

    const cases = Object.keys(SAMPLES).flatMap((name) =>
        (['components', 'instances'] as const).map((perspective) => [name, perspective] as const),
    );
    test.each(cases)('the %s picture of %s', async (name, perspective: Perspective) => {
        const model = models.get(name)!;
        const view = graphViewOf(model, perspective);
        const graph = await laidOut(name, view, 'landscape');
        await show(opened, [modelMessage(model, view, graph), statesMessage(view), SIMULATION]);
        expect(await faultsOf(opened)).toEqual([]);
        if (view.nodes.length <= 30) expect(await leastLetters(opened)).toBeGreaterThan(LEAST_LETTERS);
    });

    test.each(Object.keys(OVERLAYS))('what is drawn over the picture of %s', async (name) => {
        const model = models.get('shop')!;
        const view = foldedAt(graphViewOf(model, 'instances'), 'instance:/store');
        const graph = pinnedAt(await laidOut('folded shop', view, 'landscape'), 'instance:/front');
        await show(opened, [modelMessage(model, view, graph), ...(OVERLAYS[name] ?? messagesOfNothing)(graph)]);
        await opened.page.locator('.pill, .ring').first().waitFor();
        expect(await faultsOf(opened)).toEqual([]);
    });

    test('a selected node, its card and the open legend', async () => {
        const model = models.get('shop')!;
        const view = graphViewOf(model, 'instances');
        await show(opened, [
            modelMessage(model, view, await laidOut('shop', view, 'landscape')),
            statesMessage(view),
            { kind: 'select', nodes: ['instance:/front/httpd'], reveal: false },
        ]);
        const { page } = opened;
        await page.locator('[data-node="instance:/front/httpd"]').focus();
        await page.keyboard.press('i');
        await page.locator('.card-of-node').waitFor();
        await page.getByText('Legend').click();
        await page.locator('.legend li').first().waitFor();
        await opened.atRest();
        expect((await faultsOf(opened)).filter((fault) => fault.includes('contrast'))).toEqual([]);
    });
});

test.each(Object.keys(SAMPLES))('%s beside an editor, higher than wide', async (name) => {
    const opened = await graphPageIn(browser, THEMES['light'] ?? null);
    await opened.page.setViewportSize(ROOMS.portrait);
    const model = models.get(name)!;
    for (const perspective of ['components', 'instances'] as const) {
        const view = graphViewOf(model, perspective);
        const graph = await laidOut(name, view, 'portrait');
        await show(opened, [modelMessage(model, view, graph), statesMessage(view)]);
        expect(await faultsOf(opened)).toEqual([]);
    }
    await opened.page.close();
});

test.each(['light', 'dark'] as const)(
    'a picture that stands alone can be read in %s, whatever is drawn over it',
    async (colorScheme) => {
        const page = await browser.newPage({ viewport: { width: 760, height: 640 }, colorScheme });
        const stands = ['stale', 'wanted', 'plan', 'changes', 'search'] as const;
        for (const name of stands) {
            const picture = toSvgText(pictureOf(PLACED, overlayAlone(name), ENGLISH));
            await page.setContent(`<body style="margin:0"><div class="stage">${picture}</div></body>`);
            expect([name, ...(await page.locator('body').evaluate(pictureFaults, LEAST_CONTRAST))]).toEqual([name]);
        }
        await page.close();
    },
);

/** One overlay over the graph that was placed by hand. */
function overlayAlone(name: 'stale' | 'wanted' | 'plan' | 'changes' | 'search'): PictureOverlay {
    const ids = PLACED.nodes.map(({ id }) => id);
    const each = <Mark>(markOf: (i: number) => Mark) =>
        Object.fromEntries(ids.slice(1).map((id, i) => [id, markOf(i)]));
    switch (name) {
        case 'stale':
            return { ...EMPTY_OVERLAY, states: each(() => runState('DEPLOYED_STARTED', { isStale: true })) };
        case 'wanted':
            return { ...EMPTY_OVERLAY, states: each((i) => runState(STATUSES[i] ?? 'PROBLEM', { wanted: 'started' })) };
        case 'plan': {
            const mark = { firstWave: 1, lastWave: 2, isCritical: true, notes: [] };
            const marks = each((i) => ({ action: PLAN_ACTIONS[i] ?? 'stop', ...mark }));
            return { ...EMPTY_OVERLAY, plan: { title: '', waveCount: 2, marks } };
        }
        case 'changes': {
            const nodes = each((i) => ({ change: NODE_CHANGES[i] ?? 'changed', notes: [] }));
            return { ...EMPTY_OVERLAY, changes: { title: '', nodes, edges: {} } };
        }
        case 'search':
            return { ...EMPTY_OVERLAY, found: ids.slice(0, 2), selected: ids.slice(2, 3) };
        default:
            return name satisfies never;
    }
}

test('an age goes on by itself as long as its clock does, and nothing is drawn for it', async () => {
    const opened = await graphPageIn(browser, THEMES['light'] ?? null);
    const view = graphViewOf(models.get('shop')!, 'instances');
    const graph = await laidOut('shop', view, 'landscape');
    const moving = runState('STARTING', { isMoving: true, since: 1_000 });
    const states = { 'instance:/front/httpd': moving };
    const told = (isRunning: boolean): ToPage => ({
        ...{ kind: 'states', states, run: '', deployment: 'd' },
        clock: { now: 58_000, isRunning },
    });
    await show(opened, [modelMessage(models.get('shop')!, view, graph), told(false)]);
    const age = opened.page.locator('.age');
    await expect.poll(() => age.textContent()).toBe('57 s');
    await opened.send(told(true));
    await expect.poll(() => age.textContent()).not.toBe('57 s');
    await expect.poll(() => age.textContent()).toBe('1 min');
    await opened.send(told(false));
    await expect.poll(() => age.textContent()).toBe('57 s');
    await opened.page.close();
});

test('the faults are noticed: each kind is reported', async () => {
    const opened = await graphPageIn(browser, THEMES['dark'] ?? null);
    const model = models.get('shop')!;
    const view = graphViewOf(model, 'instances');
    const graph = await laidOut('shop', view, 'landscape');
    await show(opened, [modelMessage(model, view, graph), statesMessage(view)]);
    await opened.page.evaluate(() => {
        const labels = [...document.querySelectorAll<SVGTextElement>('.leaf .label')];
        labels[0]?.setAttribute('fill', 'none');
        labels[0]?.style.setProperty('fill', '#333');
        if (labels[1] !== undefined) labels[1].textContent = 'much wider than the card it stands in, by far';
        const [one, other] = document.querySelectorAll('.leaf');
        other?.setAttribute('transform', one?.getAttribute('transform') ?? '');
        const line = document.querySelector<SVGPathElement>('.edge .line');
        const { x = 0, y = 0 } = line?.getPointAtLength(line.getTotalLength() / 2) ?? {};
        document
            .querySelectorAll('.leaf')[2]
            ?.setAttribute('transform', `translate(${String(x - 40)} ${String(y - 20)})`);
    });
    const faults = (await faultsOf(opened)).join('\n');
    for (const part of ['has a contrast of', 'is wider than its place', 'lies over', 'goes through'])
        expect(faults).toContain(part);
    await opened.page.close();
});
