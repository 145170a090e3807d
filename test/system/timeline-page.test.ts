/** The page of a run in a real browser: what is seen of a run in each theme, with the keys and with the pointer, and how fast. */
import { resolve } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLanguage } from '../../language/index.ts';
import type { RunView, ToTimeline } from '../../media/timeline/protocol.ts';
import { createDisk } from '../../server/workspace/disk.ts';
import { handOver, openBrowser, THEMES } from '../support/graph-page.ts';
import { comparisonOfRecords, simulatedRecord, viewOfRecord } from '../support/run-samples.ts';
import { timelinePageIn, type TimelinePageInBrowser } from '../support/timeline-page.ts';

const lamp = createLanguage().loadApplication(createDisk(), resolve(import.meta.dirname, '../../examples/lamp')).model;
const good = simulatedRecord(lamp);
const bad = simulatedRecord(lamp, {
    seed: 5,
    faults: [{ kind: 'fail', path: '/app-1/tomcat', phase: 'start', exitCode: 7 }],
});
const RUN: ToTimeline = { kind: 'run', view: viewOfRecord(bad) };

let browser: Browser;
beforeAll(async () => {
    browser = await openBrowser();
}, 180_000);
afterAll(() => browser.close());

/** What the rules of accessibility find, a line each. */
async function violations(page: Page): Promise<readonly string[]> {
    await page.evaluate(axe.source);
    return page.evaluate(async () => {
        // What the evaluated source put there.
        const { run } = (globalThis as unknown as { readonly axe: typeof axe }).axe;
        const found = await run(document, { resultTypes: ['violations'] });
        return found.violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
        );
    });
}

const STATES: Readonly<Record<string, (shown: TimelinePageInBrowser) => Promise<unknown>>> = {
    'a run that failed': ({ send }) => send(RUN),
    'a run under way': ({ send }) => send({ kind: 'run', view: viewOfRecord(simulatedRecord(lamp, {}, 0.5)) }),
    'a step that is selected': async ({ page, send }) => {
        await send(RUN);
        await page.locator('.bar').nth(3).click();
    },
    'a table': async ({ page, send }) => {
        await send(RUN);
        await page.keyboard.press('2');
        await page.locator('.row').nth(4).click();
    },
    'two runs side by side': ({ send }) => send({ kind: 'comparison', view: comparisonOfRecords(good, bad) }),
    nothing: ({ send }) => send({ kind: 'empty' }),
};

test.each(Object.keys(THEMES))('everything can be read by everybody in %s', async (theme) => {
    const shown = await timelinePageIn(browser, THEMES[theme] ?? null);
    for (const [state, show] of Object.entries(STATES)) {
        await show(shown);
        expect(await violations(shown.page), state).toEqual([]);
    }
    expect(shown.complaints).toEqual([]);
});

test('the keys walk over the steps, show one and leave it', async () => {
    const { page, send, posted } = await timelinePageIn(browser, null);
    await send(RUN);
    await page.locator('.chart').focus();
    await page.keyboard.press('Home');
    const selected = () => page.locator('.bar.selected').getAttribute('data-step');
    const first = await selected();
    await page.keyboard.press('ArrowDown');
    expect(await selected()).not.toBe(first);
    const active = await page.locator('.chart').getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active ?? ''}`).getAttribute('data-step')).toBe(await selected());
    expect(await page.locator('.step-details').isVisible()).toBe(true);
    await page.keyboard.press('Enter');
    expect((await posted()).at(-1)).toMatchObject({ kind: 'select' });
    await page.keyboard.press('Escape');
    expect(await page.locator('.step-details').isVisible()).toBe(false);
});

test('a failure leads to its recipe, its output and its bar', async () => {
    const { page, send, posted } = await timelinePageIn(browser, null);
    await send(RUN);
    const step = bad.steps.find(({ outcome }) => outcome === 'failed')?.id;
    await page.getByRole('button', { name: 'Open start.sh at line 12' }).click();
    await page.getByRole('button', { name: 'Show Output' }).first().click();
    expect((await posted()).slice(-2)).toEqual([
        { kind: 'recipe', step },
        { kind: 'output', step },
    ]);
    await page.getByRole('button', { name: 'Show in Timeline' }).click();
    expect(await page.locator('.bar.selected').getAttribute('data-step')).toBe(step);
});

test('a run goes on under who looks at it: what is selected and zoomed stays', async () => {
    const { page, send } = await timelinePageIn(browser, null);
    await send({ kind: 'run', view: viewOfRecord(simulatedRecord(lamp, {}, 0.4)) });
    const before = await page.locator('.bar').count();
    await page.locator('.bar').first().click();
    const selected = await page.locator('.bar.selected').getAttribute('data-step');
    await send({ kind: 'progress', progress: viewOfRecord(good) });
    expect(await page.locator('.bar').count()).toBeGreaterThan(before);
    expect(await page.locator('.bar.selected').getAttribute('data-step')).toBe(selected);
    expect(await page.locator('.live').textContent()).toBe('Deploy · LAMP: succeeded');
});

test('what is no message changes nothing', async () => {
    const { page, send, complaints } = await timelinePageIn(browser, null);
    await send(RUN);
    const before = await page.locator('#run').innerHTML();
    for (const junk of [
        null,
        7,
        'run',
        { kind: 'run' },
        { kind: 'run', view: { steps: [] } },
        { kind: 'head', head: {} },
    ])
        await handOver(page, junk);
    expect(await page.locator('#run').innerHTML()).toBe(before);
    expect(complaints).toEqual([]);
});

/** A run of 5,000 steps on 500 hosts. */
function largeRun(): RunView {
    const view = viewOfRecord(good);
    const [step] = view.steps;
    if (step === undefined) throw new Error('the sample has steps');
    const paths = Array.from({ length: 5000 }, (_, index) => [Math.floor(index / 10), index % 10] as const);
    const steps = paths.map(([host, part], index) => {
        const path = `/vm-${String(host)}/part-${String(part)}`;
        return { ...step, id: `s${String(index)}`, path, beginMs: index * 10, endMs: index * 10 + 900, before: '' };
    });
    const lanes = Array.from({ length: 500 }, (_, host) => {
        const rows = Array.from({ length: 10 }, (__, part) => {
            const name = `part-${String(part)}`;
            return { path: `/vm-${String(host)}/${name}`, name, component: 'Part', depth: 1 };
        });
        return { path: `/vm-${String(host)}`, name: `vm-${String(host)}`, detail: '10.0.0.1', rows };
    });
    const critical = steps.filter((_, index) => index % 100 === 0).map(({ id }) => id);
    return { ...view, head: { ...view.head, tookMs: 50_900 }, steps, lanes, waits: [], critical };
}

test('of 5,000 steps those that are seen are drawn, in the timeline and in the table, wherever one has scrolled to', async () => {
    const { page, send } = await timelinePageIn(browser, null);
    await send({ kind: 'run', view: largeRun() });
    const scrolledTo = (selector: string, top: number): Promise<void> =>
        page.evaluate(
            async ([chosen, to]) => {
                const element = document.querySelector(chosen);
                if (element !== null) element.scrollTop = to;
                for (let frame = 0; frame < 2; frame++) await new Promise((shown) => requestAnimationFrame(shown));
            },
            [selector, top] as const,
        );
    for (const top of [0, 40_000, 90_000]) {
        await scrolledTo('.chart', top);
        const count = await page.locator('.bar').count();
        expect(count).toBeGreaterThan(8);
        expect(count).toBeLessThan(60);
    }
    await page.keyboard.press('2');
    for (const top of [0, 60_000, 110_000]) {
        await scrolledTo('.step-table', top);
        expect(await page.locator('.rows-body .row').count()).toBeLessThan(90);
        const first = await page.locator('.rows-body .row').first().getAttribute('aria-rowindex');
        expect(Number(first)).toBe(Math.max(0, Math.floor(top / 24) - 8) + 2);
    }
});
