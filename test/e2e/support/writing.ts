/** What a person does while writing: reading colours and cards, taking proposals and cures. Each step waits for what that person would see. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { until } from './poll.ts';
import { fileOf, type Scene } from './scene.ts';
import { placeOf } from './text.ts';

const patienceMs = 1500;

/** Writes files below a folder, by their paths in it. For `prepareFolder` of a test's setup too. */
export const writeFiles = (folder: string, files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) {
        const file = path.join(folder, name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
    }
};

const appears = async (wanted: Locator): Promise<boolean> =>
    wanted.waitFor({ timeout: patienceMs }).then(
        () => true,
        () => false,
    );

/** Lines of an open file that hold a text. Blanks are other characters there: a pattern has `.` for them. */
export const linesWith = ({ editor }: Scene, file: string, text: string | RegExp): Locator =>
    editor.lines(path.basename(file)).filter({ hasText: text });

/** What stands above a line, such as the number of instances. */
export const lens = ({ page }: Scene, text: string): Locator =>
    page.locator('.monaco-editor .codelens-decoration', { hasText: text });

const colourOf = async (lines: Locator, word: string): Promise<string | undefined> =>
    lines
        .locator('span > span')
        .evaluateAll(
            (words, wanted) =>
                words
                    .filter((each) => each.textContent?.trim() === wanted)
                    .map((each) => getComputedStyle(each).color)[0],
            word,
        );

/** Waits until words of an open file have colours, each its own. */
export const waitForColours = async ({ editor }: Scene, file: string, words: readonly string[]): Promise<void> => {
    await until(`${words.join(', ')} of ${file} have colours of their own`, async () => {
        const colours = await Promise.all(words.map(async (word) => colourOf(editor.lines(file), word)));
        return !colours.includes(undefined) && new Set(colours).size === words.length;
    });
};

/** Puts the cursor where words of a saved file begin, `shift` columns further. */
export const goToWords = async (scene: Scene, file: string, words: string, shift = 0): Promise<void> => {
    const { line, column } = placeOf(fileOf(scene, file), words);
    await scene.editor.goTo({ line, column: column + shift });
};

/** Asks for proposals at the cursor until one begins with a label; gives all labels. */
export const propose = async ({ editor, page }: Scene, label: string): Promise<readonly string[]> =>
    until(`'${label}' is proposed`, async () => {
        const labels = await editor.suggest();
        if (labels.some((each) => each.startsWith(label))) return labels;
        await page.keyboard.press('Escape');
        return undefined;
    });

/** Opens the card at the cursor and waits until it holds a text. */
export const explain = async ({ page }: Scene, text: string): Promise<void> => {
    const card = page.locator('.monaco-hover:visible', { hasText: text }).first();
    await until(`the card tells '${text}'`, async () => {
        await page.keyboard.press('Control+K');
        await page.keyboard.press('Control+I');
        return appears(card);
    });
};

const cures = ({ page }: Scene): Locator => page.locator('.action-widget .monaco-list-row.action');

/** Opens the list of cures at the cursor until one holds a text: findings come a moment after what is typed. */
export const openCures = async (scene: Scene, title: string): Promise<void> => {
    await until(`'${title}' is offered`, async () => {
        await scene.page.keyboard.press('Control+.');
        const isThere = await appears(cures(scene).filter({ hasText: title }).first());
        if (!isThere) await scene.page.keyboard.press('Escape');
        return isThere;
    });
};

/** Takes one of the list that is open. */
export const takeCure = async (scene: Scene, title: string): Promise<void> => {
    await cures(scene).filter({ hasText: title }).first().click();
};

/** Waits until the files that are shown have no finding of a kind. */
export const waitUntilSound = async ({ editor }: Scene, kind: 'error' | 'warning'): Promise<void> => {
    await until(`no ${kind} is left`, async () => (await editor.squiggles(kind).count()) === 0);
};
