/** The page held against the rules of axe, in every theme and with everything open that can be open; the report is docs/accessibility.md. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import { format, resolveConfig } from 'prettier';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphViewOf, nodeDetailsOf } from '../../language/index.ts';
import { NODE_CHANGES, PLAN_ACTIONS } from '../../media/picture/marks.ts';
import type { ToPage } from '../../media/protocol.ts';
import { runState } from '../media/run-state.ts';
import { laidOut, modelMessage, type ModelMessage } from '../support/graph-messages.ts';
import { graphPageIn, openBrowser, THEMES, type GraphPageInBrowser } from '../support/graph-page.ts';
import { SAMPLES } from './graph-samples.ts';

const root = resolve(import.meta.dirname, '../..');
const axe = readFileSync(resolve(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
let model: ModelMessage;

beforeAll(async () => {
    const shop = SAMPLES['shop']!();
    const view = graphViewOf(shop, 'instances');
    const graph = await laidOut(view);
    const first = graph.nodes[0]!.id;
    model = await modelMessage(view, {
        ...{ name: shop.name, graph, details: nodeDetailsOf(shop, view), errorCount: 2, warningCount: 1 },
        findings: { [first]: { errors: 2, warnings: 0 } },
        choices: {
            components: shop.components.map(({ name }) => name),
            facets: [],
            hosts: [{ id: first, label: graph.nodes[0]!.label }],
            nodeCount: graph.nodes.length,
        },
    });
    browser = await openBrowser();
}, 180_000);
afterAll(() => browser.close());

const STATUSES = ['DEPLOYED_STARTED', 'STARTING', 'UNRESOLVED', 'PROBLEM', 'DEPLOYED_STOPPED', 'NOT_DEPLOYED'] as const;

function running(): ToPage {
    const states = model.graph.nodes.map(({ id }, i) => {
        const status = STATUSES[i % STATUSES.length] ?? 'PROBLEM';
        const more = { since: 1_000, cause: status === 'PROBLEM' ? 'start.sh ended with exit code 3.' : '' };
        return [id, runState(status, more)] as const;
    });
    const clock = { now: 13_000, isRunning: false };
    return { kind: 'states', states: Object.fromEntries(states), run: 'Deploying', deployment: 'd', clock };
}

function plan(): ToPage {
    const marks = model.graph.nodes.map(({ id }, i) => {
        const action = PLAN_ACTIONS[i % PLAN_ACTIONS.length] ?? 'create';
        return [
            id,
            { action, firstWave: i + 1, lastWave: i + 2, isCritical: i % 2 === 0, notes: ['runs start.sh'] },
        ] as const;
    });
    return { kind: 'plan', plan: { title: 'Deploy', waveCount: 9, marks: Object.fromEntries(marks) } };
}

function changed(): ToPage {
    const nodes = model.graph.nodes.slice(1).map(({ id }, i) => {
        return [id, { change: NODE_CHANGES[i % NODE_CHANGES.length] ?? 'added', notes: ['port'] }] as const;
    });
    const edges = model.graph.edges.slice(0, 2).map(({ id }, i) => [id, i === 0 ? 'added' : 'removed'] as const);
    const changes = { title: 'HEAD', nodes: Object.fromEntries(nodes), edges: Object.fromEntries(edges) };
    return { ...model, changes };
}

/** Looked at from close by: a neighbourhood, a filter, positions that do not fit. */
function limited(): ToPage {
    const [first, second] = model.graph.nodes.map(({ id }) => id);
    const look = {
        ...model.look,
        focus: { node: first ?? '', distance: 2 },
        filter: { ...model.look.filter, components: ['Machine'] },
        statuses: ['PROBLEM'],
    };
    return { ...model, look, drift: { gone: ['instance:/old'], moved: [second ?? ''], added: [] } };
}

const SIMULATION: ToPage = {
    kind: 'simulation',
    simulation: { status: 'running', clockMs: 62_500, untilMs: 62_500, rate: 0, speed: 1 },
};
const EMPTY: ToPage = { kind: 'empty', reason: 'noApplication', message: '' };

interface Situation {
    readonly messages: () => readonly ToPage[];
    readonly act?: (page: Page) => Promise<void>;
}

const press =
    (...keys: readonly string[]) =>
    async (page: Page): Promise<void> => {
        await page.locator('[data-node]').first().focus();
        for (const key of keys) await page.keyboard.press(key);
    };
const open =
    (name: string) =>
    (page: Page): Promise<void> =>
        page.getByRole('button', { name, exact: true }).click();

async function openLegend(page: Page): Promise<void> {
    await page.getByText('Legend').click();
    await page.locator('.legend li').first().waitFor();
}

/** What is on the page, by name. */
const SITUATIONS: Readonly<Record<string, Situation>> = {
    'nothing to draw': { messages: () => [EMPTY] },
    'the picture, with errors': { messages: () => [model] },
    'a run, its legend open': { messages: () => [model, running()], act: openLegend },
    'a simulation': { messages: () => [model, running(), SIMULATION] },
    'a selected node and its explanation': { messages: () => [model, running()], act: press('ArrowDown', 'i') },
    'the table': { messages: () => [model, running()], act: press('t', 'ArrowDown') },
    'a search': { messages: () => [model, running()], act: press('/', 't', 'o', 'm', 'Enter') },
    'the filter, open': { messages: () => [model, running()], act: open('Filter') },
    'layers and direction, open': { messages: () => [model], act: open('Layers and direction') },
    'the menu of what is drawn over, open': { messages: () => [model], act: open('Plan and changes') },
    'a neighbourhood, a filter, positions that do not fit': { messages: () => [limited(), running()] },
    'a plan': { messages: () => [model, running(), plan()] },
    'differences of two models': { messages: () => [changed()] },
    'the list of keys': { messages: () => [model], act: press('?') },
};

/** The part of axe that is used. */
interface Axe {
    readonly run: (context: Document, options: RunOptions) => Promise<AxeResults>;
}

async function check({ page }: GraphPageInBrowser): Promise<AxeResults> {
    await page.evaluate(axe);
    return page.evaluate(
        // Put there by the line above.
        (tags) => (globalThis as unknown as { axe: Axe }).axe.run(document, { runOnly: tags }),
        TAGS,
    );
}

/**
 * The rule wants all that is written on a control to be its name, in one piece. A node of the picture is no button with words on it: what is
 * written on it is cut to its size, and its name says the same in full, beginning with what it is called.
 */
function isExempt(rule: string, html: string): boolean {
    return rule === 'label-content-name-mismatch' && html.startsWith('<g class="node ');
}

function violationsIn({ violations }: AxeResults): readonly string[] {
    return violations.flatMap(({ id, nodes }) =>
        nodes.filter(({ html }) => !isExempt(id, html)).map(({ html }) => `${id}: ${html}`),
    );
}

interface Checked {
    readonly theme: string;
    readonly situation: string;
    readonly rules: readonly string[];
    readonly violations: readonly string[];
}

const checked: Checked[] = [];
let version = '';

describe.each(Object.entries(THEMES))('in the theme %s', (theme, look) => {
    let opened: GraphPageInBrowser;
    beforeAll(async () => {
        opened = await graphPageIn(browser, look);
    }, 60_000);
    afterAll(async () => {
        expect(opened.complaints).toEqual([]);
        await opened.page.close();
    });

    test.each(Object.entries(SITUATIONS))('axe finds nothing in %s', async (situation, { messages, act }) => {
        await opened.begin();
        for (const message of messages()) await opened.send(message);
        if (messages()[0] !== EMPTY) await opened.page.locator('[data-node]').first().waitFor();
        await act?.(opened.page);
        await opened.atRest();
        const results = await check(opened);
        const { passes } = results;
        version = results.testEngine.version;
        const found = violationsIn(results);
        checked.push({ theme, situation, rules: passes.map(({ id }) => id), violations: found });
        expect(found).toEqual([]);
    });
});

test('the check notices faults', async () => {
    const opened = await graphPageIn(browser, THEMES['light'] ?? null);
    await opened.begin();
    await opened.send(model);
    await opened.page.locator('[data-node]').first().waitFor();
    await opened.page.evaluate(() => {
        document.querySelector('.switcher [role=radio]')?.setAttribute('aria-checked', 'perhaps');
        document.querySelector('.icon-button')?.removeAttribute('aria-label');
        document.querySelector('.icon-button')?.removeAttribute('title');
        document.querySelector<HTMLElement>('.scale')?.style.setProperty('color', '#ccc');
    });
    const rules = violationsIn(await check(opened)).map((found) => found.slice(0, found.indexOf(':')));
    expect(rules.sort()).toEqual(['aria-valid-attr-value', 'button-name', 'color-contrast']);
    await opened.page.close();
});

test('the report says what was checked', async () => {
    const path = resolve(root, 'docs/accessibility.md');
    const text = await format(reportOf(checked), { ...(await resolveConfig(path)), filepath: path });
    await expect(text).toMatchFileSnapshot(path);
});

function reportOf(results: readonly Checked[]): string {
    const themes = Object.keys(THEMES);
    const rows = Object.keys(SITUATIONS).map((situation) => {
        const counts = themes.map((theme) => {
            const found = results.find((result) => result.theme === theme && result.situation === situation);
            return String(found?.violations.length ?? 'not checked');
        });
        return `| ${situation} | ${counts.join(' | ')} |`;
    });
    const rules = [...new Set(results.flatMap((result) => result.rules))].sort();
    return [
        '# Accessibility of the graph panel',
        '<!-- Written by test/system/accessibility.test.ts. -->',
        `The page of the graph panel is held against axe ${version} (${TAGS.join(', ')}) in headless Chromium, in four themes of the editor and with everything open that can be open.`,
        'Each figure is the number of violations; one is enough for the test to fail.',
        `| on the page | ${themes.join(' | ')} |\n| --- | ${themes.map(() => '---:').join(' | ')} |\n${rows.join('\n')}`,
        '## Rules that applied',
        rules.map((rule) => `\`${rule}\``).join(', '),
        '## What axe does not judge',
        'Nodes of the picture are left out of `label-content-name-mismatch`: what is written on a node is cut to its size, and its name says the same in full, beginning with what it is called.',
        'Contrast of texts and overlaps inside the picture are measured from what the browser has painted by `test/system/graph-looks.test.ts`; keys, focus and what is told to screen readers are checked by `test/system/graph-page.test.ts`.',
    ].join('\n\n');
}
