/** How pictures look in a real browser with the colours of the editor's four themes: nothing overlaps, nothing is clipped, everything can be read. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
    graphViewOf,
    nodeDetailsOf,
    type ApplicationModel,
    type GraphView,
    type Perspective,
} from '../../language/index.ts';
import type { RunState, ToPage } from '../../media/protocol.ts';
import { arrangeGraph } from '../../server/layout/arrange.ts';
import type { LaidOutGraph, Orientation } from '../../server/layout.ts';
import { inProcessElk } from '../server/layout/elk.ts';
import { pictureFaults } from '../support/picture-faults.ts';
import { graphPageIn, openBrowser, type GraphPageInBrowser, type ThemeLook } from './graph-page.ts';
import { SAMPLES } from './graph-samples.ts';

/** What the editor sets on a page, recorded from its own themes. */
const THEMES = JSON.parse(readFileSync(resolve(import.meta.dirname, 'themes.json'), 'utf8')) as Readonly<
    Record<string, ThemeLook>
>;
const LEAST_CONTRAST = 4.5;
/** Pixels on the screen a name has at least. */
const LEAST_LETTERS = 8;
const ROOMS = { landscape: { width: 1200, height: 750 }, portrait: { width: 560, height: 800 } } as const;

const runElk = inProcessElk();
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
    const graph = graphs.get(key) ?? (await arrangeGraph(view, orientation, runElk));
    graphs.set(key, graph);
    return graph;
}

/** One node with errors, one with warnings. */
function modelMessage(model: ApplicationModel, view: GraphView, graph: LaidOutGraph): ToPage {
    const [first, second] = view.nodes.map(({ id }) => id);
    const findings = { [first ?? '']: { errors: 2, warnings: 0 }, [second ?? '']: { errors: 0, warnings: 120 } };
    const details = nodeDetailsOf(model, view);
    return { kind: 'model', name: model.name, graph, findings, details, errorCount: 2, warningCount: 120 };
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

/** Each node in another state, one with a text as long as they come. */
function statesMessage(view: GraphView): ToPage {
    const states = view.nodes.map(({ id }, i) => {
        const text = i === 3 ? 'update timed out · started · try 2 of 4' : '';
        return [
            id,
            {
                status: STATUSES[i % STATUSES.length] ?? 'PROBLEM',
                text,
                isProviding: i % 2 === 0,
                notes: [],
                flags: '',
            },
        ] as const;
    });
    return { kind: 'states', states: Object.fromEntries(states), run: 'Simulation: deploying', deployment: 'd' };
}

const SIMULATION: ToPage = {
    kind: 'simulation',
    simulation: { status: 'running', clockMs: 62_500, untilMs: 62_500, rate: 0, speed: 1 },
};

async function show(opened: GraphPageInBrowser, messages: readonly ToPage[]): Promise<void> {
    await opened.begin();
    for (const message of messages) await opened.page.evaluate((data) => window.postMessage(data, '*'), message);
    await opened.page.locator('[data-node]').first().waitFor();
    await opened.page.locator('.state').first().waitFor();
}

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
