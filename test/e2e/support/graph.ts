/** The graphs of a window, found and used as a person does: by what they show, by the words on their tools, by the nodes that are drawn. */
import assert from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { pictureFaults } from '../../support/picture-faults.ts';
import { editorPage } from './editor-page.ts';
import { until, untilEqual } from './poll.ts';
import type { Scene } from './scene.ts';

/** What the nodes of a graph are, in the words of its switch. */
export type Perspective = 'Components' | 'Instances' | 'Hosts';

/** Pixels of the window. */
export type Spot = { readonly x: number; readonly y: number };

const stepMs = 3_000;
const leastContrast = 4.5;

/** A node of a graph, by its id. */
export const nodeIn = (graph: FrameLocator, id: string): Locator => graph.locator(`.stage [data-node="${id}"]`);

/** Ids of the nodes that are drawn, in alphabetical order. */
export const shownNodes = async (graph: FrameLocator): Promise<readonly string[]> => {
    const nodes = graph.locator('.stage [data-node]');
    const ids = await nodes.evaluateAll((all) => all.map((node) => node.getAttribute('data-node') ?? ''));
    return ids.toSorted();
};

/** The graph of a window that shows a kind of node. Webviews stand in the page in no order. */
export const graphThatShows = async (page: Page, perspective: Perspective): Promise<FrameLocator> =>
    until(`a graph shows ${perspective}`, async () => {
        const count = await page.locator('iframe.webview.ready').count();
        for (let i = 0; i < count; i++) {
            const graph = editorPage(page).webview(i);
            const choice = graph.locator('[role=radio][aria-checked=true]', { hasText: perspective });
            if ((await choice.count()) > 0 && (await graph.locator('.stage [data-node]').count()) > 0) return graph;
        }
        return undefined;
    });

/** A button of the tool bar, by its tooltip or by the beginning of that. */
export const tool = (graph: FrameLocator, name: string | RegExp): Locator =>
    graph.locator('.toolbar').getByRole('button', { name });

/** Makes a graph show another kind of node. It is drawn when `node` is. */
export const turnTo = async (graph: FrameLocator, perspective: Perspective, node: string): Promise<void> => {
    await graph.locator('[role=radio]', { hasText: perspective }).click();
    await graph.locator('[role=radio][aria-checked=true]', { hasText: perspective }).waitFor();
    await nodeIn(graph, node).waitFor();
};

const entryOf = (graph: FrameLocator, entry: string): Locator =>
    graph.locator('.popover:visible .menu-item', { hasText: entry });

const openMenu = async (graph: FrameLocator, menu: string, entry: string): Promise<Locator> => {
    const item = entryOf(graph, entry);
    // A panel closes when the window changes its size or the focus goes elsewhere.
    await until(`'${entry}' of '${menu}' is offered`, async () => {
        if (!(await item.isVisible())) await tool(graph, menu).click({ timeout: stepMs });
        return item.isVisible();
    });
    return item;
};

/** Takes an entry of a menu of the tool bar. */
export const takeFromMenu = async (graph: FrameLocator, menu: string, entry: string): Promise<void> => {
    await (await openMenu(graph, menu, entry)).click();
};

/** Ticks an entry of a menu of the tool bar, or takes its tick away; the menu is closed afterwards. */
export const tickInMenu = async (
    graph: FrameLocator,
    { menu, entry, isTicked }: { readonly menu: string; readonly entry: string; readonly isTicked: boolean },
): Promise<void> => {
    const item = await openMenu(graph, menu, entry);
    if ((await item.getAttribute('aria-checked')) !== String(isTicked)) await item.click();
    await entryOf(graph, entry)
        .and(graph.locator(`[aria-checked=${String(isTicked)}]`))
        .waitFor();
    await item.press('Escape');
    await item.waitFor({ state: 'hidden' });
};

/** Where something is once it has stopped moving. */
export const restingPlace = async (
    thing: Locator,
): Promise<Spot & { readonly width: number; readonly height: number }> => {
    let last = '';
    return until('it is at rest', async () => {
        const box = await thing.boundingBox({ timeout: stepMs });
        const seen = JSON.stringify(box);
        const isAtRest = seen === last && box !== null;
        last = seen;
        return isAtRest && box;
    });
};

/** Moves what is at a place by so many pixels of the window. */
export const drag = async (page: Page, from: Spot, by: Spot): Promise<void> => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + by.x / 2, from.y + by.y / 2, { steps: 4 });
    await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 4 });
    await page.mouse.up();
};

/** Waits until nothing in a graph lies over anything else, is cut off or cannot be read. */
export const waitUntilFaultless = async (graph: FrameLocator): Promise<void> => {
    // Colours and nodes may be on their way.
    const faults = async (): Promise<readonly string[]> => graph.locator('body').evaluate(pictureFaults, leastContrast);
    await untilEqual('the picture can be read', faults, []);
};

/** The words on the labels of the nodes that have one, by id. `kind`: `state`, `plan-mark` or `change-mark`. */
export const labelsIn = async (graph: FrameLocator, kind: string): Promise<Readonly<Record<string, string>>> =>
    labelPartsIn(graph, `${kind} .state-text`);

/** What parts of labels say, by the id of their node. `part`: a class, or several of elements inside of each other. */
export const labelPartsIn = async (graph: FrameLocator, part: string): Promise<Readonly<Record<string, string>>> => {
    // Those of containers are drawn above the lines that cross them, beside the name.
    const entries = await graph.locator('.stage :is([data-node], [data-of])').evaluateAll(
        (nodes, name) =>
            nodes.flatMap((node) => {
                const id = node.getAttribute('data-node') ?? node.getAttribute('data-of') ?? '';
                const label = node.querySelector(`.${name}`);
                return label === null ? [] : [[id, label.textContent ?? ''] as const];
            }),
        part,
    );
    return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
};

/** Rests the pointer on a node until the card that explains it says something. */
export const explainNode = async ({ page }: Pick<Scene, 'page'>, graph: FrameLocator, id: string): Promise<Locator> => {
    const card = graph.locator('.card-of-node:visible');
    await until(`the card of ${id}`, async () => {
        await page.mouse.move(1, 1);
        await nodeIn(graph, id).locator('.label').first().hover({ timeout: stepMs });
        return card.waitFor({ timeout: stepMs }).then(
            () => true,
            () => false,
        );
    });
    return card;
};

/** Asserts that a box lies wholly within another. */
export const assertWithin = async (inner: Locator, outer: Locator): Promise<void> => {
    const [one, other] = [await restingPlace(inner), await restingPlace(outer)];
    const isWithin =
        one.x >= other.x &&
        one.y >= other.y &&
        one.x + one.width <= other.x + other.width &&
        one.y + one.height <= other.y + other.height;
    assert.ok(isWithin, `${JSON.stringify(one)} lies within ${JSON.stringify(other)}`);
};
