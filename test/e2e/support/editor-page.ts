/** The parts of a VS Code workbench that tests use, found in its page. Everything polls through Playwright's locators. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { until } from './poll.ts';
import type { Place } from './text.ts';

/** A handle on the page of a workbench. Every function waits until what it did can be seen. */
export type EditorPage = {
    readonly openFile: (name: string) => Promise<void>;
    /** Runs a command of the palette by its full title, such as `Roboconf: Show Graph`. */
    readonly runCommand: (title: string) => Promise<void>;
    /** Takes the first row of an open quick pick that holds a text. */
    readonly choose: (row: string) => Promise<void>;
    /** Puts the cursor at a place of the active editor. */
    readonly goTo: (place: Place) => Promise<void>;
    /** Replaces `length` characters from a place of the active editor by typing `text`. */
    readonly replace: (place: Place, length: number, text: string) => Promise<void>;
    readonly save: () => Promise<void>;
    /** Asks for completion at the cursor and gives the labels offered. */
    readonly suggest: () => Promise<readonly string[]>;
    readonly acceptSuggestion: (label: string) => Promise<void>;
    readonly squiggles: (kind: 'error' | 'warning') => Locator;
    /** The lines of text shown by the editor of a file. */
    readonly lines: (name: string) => Locator;
    /** The number of the line that the cursor is on in the editor of a file, whether or not that has the focus. */
    readonly activeLine: (name: string) => Locator;
    /** The rows of the Problems view, which is opened. */
    readonly openProblems: () => Promise<Locator>;
    /** Opens a view container of the activity bar and gives the rows of its tree. */
    readonly openContainer: (title: string) => Promise<Locator>;
    readonly tab: (name: string) => Locator;
    readonly notification: (text: string | RegExp) => Locator;
    /** Presses a button of a modal dialog or of a notification. */
    readonly press: (button: string) => Promise<void>;
    /** The document of the nth webview that is shown. */
    readonly webview: (nth?: number) => FrameLocator;
    readonly statusItem: (text: string | RegExp) => Locator;
};

const quickInput = (page: Page): Locator => page.locator('.quick-input-widget:visible input.input');

const quickRows = (page: Page): Locator =>
    page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');

const quickRow = (page: Page, text: string): Locator => quickRows(page).filter({ hasText: text }).first();

const rowPatienceMs = 1500;
/** More rows than this are not gone through: the list is not filtered. */
const maxRowSteps = 12;

/** The list sorts by title, so that others may stand before the one that was typed. */
const focusRow = async (page: Page, wanted: Locator): Promise<void> => {
    for (let step = 0; step < maxRowSteps && (await wanted.count()) === 0; step += 1)
        await quickInput(page).press('ArrowDown', { timeout: rowPatienceMs });
};

const isOffered = async (page: Page, typed: string, row: string): Promise<boolean> => {
    // Typed afresh each time: the list does not learn of commands and files that appear after it was filtered.
    const typing = quickInput(page)
        .fill('', { timeout: rowPatienceMs })
        .then(() => quickInput(page).fill(typed, { timeout: rowPatienceMs }));
    // Enter takes the row that has the focus: another one as long as the list is not filtered.
    const wanted = quickRows(page).and(page.locator('.focused')).filter({ hasText: row });
    const found = typing
        .then(() => quickRow(page, row).waitFor({ timeout: rowPatienceMs }))
        .then(() => focusRow(page, wanted))
        .then(() => wanted.first().waitFor({ timeout: rowPatienceMs }));
    return found.then(
        () => true,
        () => false,
    );
};

/** Enter, in the input alone: what took the focus meanwhile is not given it. */
const accept = async (page: Page): Promise<boolean> =>
    quickInput(page)
        .press('Enter', { timeout: rowPatienceMs })
        .then(
            () => true,
            () => false,
        );

/** The input that `key` opens is opened again when something else, a webview that appears for one, takes the focus from it. */
const acceptQuickInput = async (page: Page, key: string, typed: string, row: string): Promise<void> => {
    await until(`'${row}' is offered`, async () => {
        if (!(await quickInput(page).isVisible())) await page.keyboard.press(key);
        return (await isOffered(page, typed, row)) && accept(page);
    });
};

const openFile = async (page: Page, name: string): Promise<void> => {
    await acceptQuickInput(page, 'Control+P', name, name);
    await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await page.locator(`.monaco-editor[data-uri$="/${name}"] .view-line`).first().waitFor();
};

const runCommand = async (page: Page, title: string): Promise<void> => {
    await acceptQuickInput(page, 'F1', `>${title}`, title);
};

const choose = async (page: Page, row: string): Promise<void> => {
    await quickRow(page, row).waitFor();
    await quickRow(page, row).click();
};

const pressTimes = async (page: Page, key: string, times: number): Promise<void> => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
};

const goTo = async (page: Page, place: Place): Promise<void> => {
    await until(`the cursor is in line ${place.line}`, async () => {
        if (!(await quickInput(page).isVisible())) await page.keyboard.press('Control+G');
        await quickInput(page).fill(`:${place.line}`, { timeout: rowPatienceMs });
        return accept(page);
    });
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await page.locator('.statusbar-item', { hasText: `Ln ${place.line}, Col 1` }).waitFor();
    // Not `:line:column`: the workbench counts a tab as several columns there.
    await pressTimes(page, 'ArrowRight', place.column - 1);
};

const replace = async (page: Page, place: Place, length: number, text: string): Promise<void> => {
    await goTo(page, place);
    await pressTimes(page, 'Shift+ArrowRight', length);
    await page.keyboard.type(text);
};

const save = async (page: Page): Promise<void> => {
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
};

const suggestionRows = (page: Page): Locator => page.locator('.suggest-widget.visible .monaco-list-row');

// An invisible character keeps the editor from taking a variable for an icon.
const shownText = (label: string): string => label.replaceAll('\u200B', '').trim();

const suggest = async (page: Page): Promise<readonly string[]> => {
    // A list that is asked for while the line is put right after Enter does not open.
    await until('proposals', async () => {
        await page.keyboard.press('Control+Space');
        const first = suggestionRows(page).first();
        return first.waitFor({ timeout: rowPatienceMs }).then(
            () => true,
            () => false,
        );
    });
    const labels = await suggestionRows(page).locator('.label-name').allInnerTexts();
    return labels.map(shownText);
};

const acceptSuggestion = async (page: Page, label: string): Promise<void> => {
    const labels = (await suggestionRows(page).locator('.label-name').allInnerTexts()).map(shownText);
    const index = labels.findIndex((each) => each.includes(label));
    await suggestionRows(page).nth(Math.max(index, 0)).click();
};

const openProblems = async (page: Page): Promise<Locator> => {
    const panel = page.locator('.markers-panel');
    if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+M');
    await panel.waitFor();
    return panel.locator('.monaco-list-row');
};

const openContainer = async (page: Page, title: string): Promise<Locator> => {
    const entry = page.locator(`.activitybar a.action-label[aria-label^="${title}"]`);
    const heading = page.locator('.part.sidebar .composite.title', { hasText: new RegExp(title, 'i') });
    await entry.waitFor();
    await until(`the view container ${title}`, async () => {
        if (await heading.isVisible()) return true;
        // A click also closes: on a container that opened by itself meanwhile, a further click follows.
        await entry.click();
        return heading.waitFor({ timeout: rowPatienceMs }).then(
            () => true,
            () => false,
        );
    });
    return page.locator('.part.sidebar .pane-body .monaco-list-row');
};

const press = async (page: Page, button: string): Promise<void> => {
    const places = ':is(.monaco-dialog-box, .notifications-toasts, .notifications-center)';
    await page.locator(`${places} .monaco-button`, { hasText: button }).first().click();
};

/** The workbench shown in `page`. */
export const editorPage = (page: Page): EditorPage => ({
    openFile: async (name) => openFile(page, name),
    runCommand: async (title) => runCommand(page, title),
    choose: async (row) => choose(page, row),
    goTo: async (place) => goTo(page, place),
    replace: async (place, length, text) => replace(page, place, length, text),
    save: async () => save(page),
    suggest: async () => suggest(page),
    acceptSuggestion: async (label) => acceptSuggestion(page, label),
    squiggles: (kind) => page.locator(`.monaco-editor .squiggly-${kind}`),
    lines: (name) => page.locator(`.monaco-editor[data-uri$="/${name}"] .view-line`),
    activeLine: (name) => page.locator(`.monaco-editor[data-uri$="/${name}"] .line-numbers.active-line-number`),
    openProblems: async () => openProblems(page),
    openContainer: async (title) => openContainer(page, title),
    tab: (name) => page.locator(`.tab[data-resource-name="${name}"]`),
    notification: (text) =>
        page.locator(':is(.notifications-toasts, .notifications-center) .notification-list-item-message', {
            hasText: text,
        }),
    press: async (button) => press(page, button),
    // A webview is a page of VS Code that holds the extension's own page.
    webview: (nth = 0) =>
        page.locator('iframe.webview.ready').nth(nth).contentFrame().locator('iframe#active-frame').contentFrame(),
    statusItem: (text) => page.locator('.statusbar-item', { hasText: text }),
});
