/** The two ways in which the page of a window is loaded again. */
import type { Page } from 'playwright-core';
import { waitForWorkbench } from '../../../scripts/workbench/session.ts';
import { editorPage } from './editor-page.ts';

const limitMs = 90_000;

/** By the window's own command, which stores what the workbench remembers of its panels before it goes: they are back as they were. */
export const reloadWindow = async (page: Page): Promise<void> => {
    const loaded = page.waitForEvent('load', { timeout: 2 * limitMs });
    await Promise.all([loaded, editorPage(page).runCommand('Developer: Reload Window')]);
    await waitForWorkbench(page, limitMs);
};

/**
 * By the browser, which waits for nothing. The workbench stores what it remembers every five seconds, when it has nothing else to do, and is
 * not given the time to do it while its page goes: panels may be gone, or as they were some seconds before.
 */
export const reloadPage = async (page: Page): Promise<void> => {
    await page.reload({ timeout: limitMs });
    await waitForWorkbench(page, limitMs);
};
