/**
 * The page of the graph in headless Chromium, drawn by software: how long 5,000 nodes take to be seen, moved and coloured, and what they cost. The
 * floor is the same picture with everything in the document, in the same browser.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import type { Figure } from '../../../scripts/bench.ts';
import { EMPTY_OVERLAY, ENGLISH, pictureLayers, toSvgText } from '../../../media/picture.ts';
import { packGraph } from '../../../server/layout/packing.ts';
import { graphPageWith, openBrowser, pageScript, type GraphPageInBrowser } from '../../support/graph-page.ts';
import { fleetView, modelMessage, statesMessage } from './fleet.ts';
import { framesWhile, paintMs, plainFramesWhile, type Gesture } from './frames.ts';

const NODES = 5_000;
const EDITED_NODES = 300;
const WINDOW = { width: 1280, height: 800 };
/** State messages a second, each of which changes so many states: 10,000 changes a second. */
const MESSAGES = 20;
const CHANGED = 500;
const ROUNDS = 5;
/** Thirty frames a second: a frame lasts one or more sixtieths. */
const TWO_REFRESHES_MS = 33.4;

/** All figures of the page. */
export async function measurePage(): Promise<readonly Figure[]> {
    const browser = await openBrowser(['--disable-gpu', '--enable-precise-memory-info']);
    try {
        return [
            await codeSize(),
            ...(await firstPaint(browser)),
            ...(await gestures(browser)),
            ...(await stateChanges(browser)),
            ...(await edits(browser)),
        ];
    } finally {
        await browser.close();
    }
}

async function codeSize(): Promise<Figure> {
    const kilobytes = gzipSync(await pageScript()).length / 1024;
    return { name: 'code of the page, gzipped', value: kilobytes, unit: 'KB', goal: { atMost: 150 } };
}

async function opened(browser: Browser): Promise<GraphPageInBrowser> {
    const opened = await graphPageWith(browser, { look: null, size: WINDOW, motion: 'no-preference' });
    await opened.begin();
    return opened;
}

/** Reading the message included; each time in a page of its own. */
async function firstPaint(browser: Browser): Promise<readonly Figure[]> {
    const message = modelMessage(packGraph(fleetView(NODES), 'landscape'));
    const times: number[] = [];
    let megabytes = 0;
    for (let round = 0; round < ROUNDS; round++) {
        const { page } = await opened(browser);
        times.push(await paintMs(page, message));
        megabytes = await usedMegabytes(page);
        await page.close();
    }
    const plain = await openPlain(browser);
    const floor = await plainPaintMs(plain);
    await plain.close();
    return [
        { name: '5,000 nodes: first paint after the message', value: middle(times), unit: 'ms', goal: { atMost: 100 } },
        { name: '5,000 nodes, everything in the document: first paint after the message', value: floor, unit: 'ms' },
        { name: '5,000 nodes: memory of the page', value: megabytes, unit: 'MB', goal: { atMost: 150 } },
    ];
}

/** What the largest of the browser's page processes has for itself, code of the browser excluded; elsewhere than on Linux, the heap alone. */
async function usedMegabytes(page: Page): Promise<number> {
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    await session.detach();
    const browser = page.context().browser();
    if (process.platform !== 'linux' || browser === null) return usedSize / 1024 / 1024;
    const whole = await browser.newBrowserCDPSession();
    const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
    await whole.detach();
    const pages = processInfo.filter(({ type }) => type === 'renderer');
    return Math.max(...pages.map(({ id }) => privateMegabytes(id)));
}

function privateMegabytes(pid: number): number {
    const lines = readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8').matchAll(/^Private_\w+:\s+(\d+) kB$/gm);
    return [...lines].reduce((sum, [, kilobytes]) => sum + Number(kilobytes) / 1024, 0);
}

const GESTURES: readonly { readonly name: string; readonly gesture: Gesture; readonly zoom: number }[] = [
    { name: 'pan with all in sight', gesture: 'pan', zoom: 0 },
    { name: 'zoom with all in sight', gesture: 'zoom', zoom: 0 },
    { name: 'pan at full size', gesture: 'pan', zoom: 1 },
    { name: 'zoom at full size', gesture: 'zoom', zoom: 1 },
];

async function gestures(browser: Browser): Promise<readonly Figure[]> {
    const { page, send } = await opened(browser);
    const graph = packGraph(fleetView(NODES), 'landscape');
    await send(modelMessage(graph));
    await send(statesMessage(graph, 0));
    const plain = await openPlain(browser);
    await plainPaintMs(plain);
    const figures: Figure[] = [];
    for (const { name, gesture, zoom } of GESTURES) {
        await page.bringToFront();
        await page.keyboard.press(zoom === 1 ? '0' : 'f');
        await page.waitForTimeout(500);
        const value = percentile95(await framesWhile(page, gesture));
        figures.push({ name: `5,000 nodes: ${name}, p95`, value, unit: 'ms', goal: { atMost: TWO_REFRESHES_MS } });
        if (zoom === 1) continue;
        await plain.bringToFront();
        const floor = percentile95(await plainFramesWhile(plain, gesture));
        figures.push({ name: `5,000 nodes, everything in the document: ${name}, p95`, value: floor, unit: 'ms' });
    }
    await Promise.all([page.close(), plain.close()]);
    return figures;
}

/** For two seconds; then what is drawn is compared with what was told. */
async function stateChanges(browser: Browser): Promise<readonly Figure[]> {
    const { page } = await opened(browser);
    const graph = packGraph(fleetView(NODES), 'landscape');
    await paintMs(page, modelMessage(graph));
    await page.keyboard.press('0');
    await page.waitForTimeout(500);
    const messages = Array.from({ length: 2 * MESSAGES }, (_, round) => statesMessage(graph, round + 1, CHANGED));
    const frames = await framesWhile(page, { messages, everyMs: 1000 / MESSAGES });
    await page.waitForTimeout(300);
    const told = messages.at(-1)?.states ?? {};
    const wrong = await page.evaluate((states) => {
        const drawn = [...document.querySelectorAll<SVGElement>('.stage [data-node]')];
        const tones = { DEPLOYED_STARTED: 'good', PROBLEM: 'bad', STARTING: 'busy', UNRESOLVED: 'waiting' };
        const expected = new Map<string, string>(Object.entries(tones));
        return drawn.filter((node) => {
            const status = states[node.dataset['node'] ?? '']?.status ?? '';
            return expected.has(status) && !node.classList.contains(expected.get(status) ?? '');
        }).length;
    }, told);
    await page.close();
    return [
        {
            name: '10,000 state changes a second: frame, p95',
            value: percentile95(frames),
            unit: 'ms',
            goal: { atMost: 50 },
        },
        {
            name: '10,000 state changes a second: nodes drawn wrong afterwards',
            value: wrong,
            unit: 'nodes',
            goal: { atMost: 0 },
        },
    ];
}

/** A node more, and a node less: what the page adds to the time of the layout. */
async function edits(browser: Browser): Promise<readonly Figure[]> {
    const { page } = await opened(browser);
    const [one, other] = [EDITED_NODES, EDITED_NODES + 10].map((count) =>
        modelMessage(packGraph(fleetView(count), 'landscape')),
    );
    const times: number[] = [];
    for (let round = 0; round < 2 * ROUNDS; round++) {
        const message = round % 2 === 0 ? one : other;
        if (message !== undefined) times.push(await paintMs(page, message));
        await page.waitForTimeout(300);
    }
    await page.close();
    const value = middle(times.slice(2));
    return [
        {
            name: '300 nodes: from the message of an edit to the moved picture',
            value,
            unit: 'ms',
            goal: { atMost: 40 },
        },
    ];
}

/** A page with the whole picture in its document. */
async function openPlain(browser: Browser): Promise<Page> {
    const page = await browser.newPage({ viewport: WINDOW });
    await page.setContent('<!DOCTYPE html><body style="margin:0"><div id="plain"></div>');
    return page;
}

async function plainPaintMs(page: Page): Promise<number> {
    const graph = packGraph(fleetView(NODES), 'landscape');
    const layers = toSvgText(pictureLayers(graph, EMPTY_OVERLAY, ENGLISH));
    const scale = Math.min(WINDOW.width / graph.width, WINDOW.height / graph.height);
    const text = `<svg class="roboconf-picture" width="100%" height="800"><g id="frame" transform="scale(${String(scale)})">${layers}</g></svg>`;
    return page.evaluate(async (content) => {
        const begunAt = performance.now();
        const place = document.getElementById('plain');
        if (place !== null) place.innerHTML = content;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - begunAt;
    }, text);
}

function percentile95(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}

function middle(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
