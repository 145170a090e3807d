/** What the buttons of error messages do. */
import * as vscode from 'vscode';
import type { Remedies } from './boundary.ts';
import type { Log } from './log.ts';

/** Every remedy as the command that brings it. */
export function createRemedies(log: Log): Remedies {
    const command = (id: string) => () => vscode.commands.executeCommand(id);
    return {
        showProblems: command('workbench.actions.view.problems'),
        showOutput: command('roboconf.showOutput'),
        showLog: () => Promise.resolve(log.show()),
        manageTrust: command('workbench.trust.manage'),
        restartServer: command('roboconf.restartServer'),
        openFolder: command('vscode.openFolder'),
        resume: command('roboconf.resume'),
    };
}
