/** What the buttons of error messages do. */
import * as vscode from 'vscode';
import type { Remedies } from './boundary.ts';
import type { Failure } from './failures.ts';
import type { Log } from './log.ts';

/** Every remedy as the command that brings it. */
export function createRemedies(log: Log): Remedies {
    const command = (id: string) => () => vscode.commands.executeCommand(id);
    /** A command about what failed, where the failure names it. */
    const about = (id: string) => (failure: Failure | null) => vscode.commands.executeCommand(id, elementOf(failure));
    return {
        showProblems: command('workbench.panel.markers.view.focus'),
        showOutput: about('roboconf.showOutput'),
        showLog: () => Promise.resolve(log.show()),
        manageTrust: command('workbench.trust.manage'),
        restartServer: command('roboconf.restartServer'),
        openFolder: command('vscode.openFolder'),
        resume: command('roboconf.resume'),
        retry: (failure) => vscode.commands.executeCommand('roboconf.retry', deploymentOf(failure)),
        deployAgain: (failure) => vscode.commands.executeCommand('roboconf.deployAgain', deploymentOf(failure)),
        openRecipe: about('roboconf.openRecipe'),
    };
}

/** What failed, as commands are given it. */
function elementOf(failure: Failure | null): unknown {
    if (failure?.kind !== 'runFailed') return undefined;
    const { id, path } = failure;
    return path === null ? id : { kind: 'instance', deployment: id, path };
}

function deploymentOf(failure: Failure | null): string | undefined {
    return failure?.kind === 'runFailed' ? failure.id : undefined;
}
