/** Workspace trust, the way a person gives it. */
import type { Page } from 'playwright-core';
import { editorPage } from './editor-page.ts';

/** Trusts the folder of a window; returns when it is trusted. */
export const trustWorkspace = async (page: Page): Promise<void> => {
    await editorPage(page).runCommand('Workspaces: Manage Workspace Trust');
    const view = page.locator('.workspace-trust-editor');
    await view.waitFor();
    await view
        .locator('.monaco-button:visible', { hasText: /^Trust$/ })
        .first()
        .click();
    await view
        .locator('.workspace-trust-header', { hasText: /trust this folder|trusted/i })
        .first()
        .waitFor();
    await restrictedMode(page).waitFor({ state: 'hidden' });
    await page.locator('.tab', { hasText: 'Workspace Trust' }).locator('.tab-actions .action-label').click();
    await view.waitFor({ state: 'hidden' });
};

/** The entry of the status bar that says the window is in restricted mode. */
export const restrictedMode = (page: Page) => page.locator('.statusbar-item', { hasText: 'Restricted Mode' });
