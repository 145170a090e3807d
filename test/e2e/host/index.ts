/** What VS Code calls to test an extension: `run`, in the extension host, once the folder is open. */
import * as vscode from 'vscode';
import { languageTests } from './language.ts';
import { runSuite } from './suite-runner.ts';

const closeEditors = async (): Promise<void> => {
    if (vscode.window.activeTextEditor?.document.isDirty === true) {
        await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
};

/** Runs the suite. Throws when a test failed, or when nobody said where the report goes. */
export const run = async (): Promise<void> => {
    const report = process.env['ROBOCONF_E2E_REPORT'];
    if (report === undefined) throw new Error('ROBOCONF_E2E_REPORT must name the file of the report');
    await runSuite({ tests: languageTests, report, restore: closeEditors });
};
