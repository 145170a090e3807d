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
        showTargets: command('roboconf.showTargets'),
        newTarget: command('roboconf.newTarget'),
        openTarget: (failure) => vscode.commands.executeCommand('roboconf.openTarget', targetOf(failure)),
        testTarget: (failure) => vscode.commands.executeCommand('roboconf.testTarget', targetOf(failure)),
        approveHostKey: (failure) => vscode.commands.executeCommand('roboconf.approveHostKey', hostOf(failure)),
        openKnownHosts,
    };
}

/** What failed, as commands are given it. */
function elementOf(failure: Failure | null): unknown {
    if (failure?.kind !== 'runFailed') return undefined;
    const { id, path } = failure;
    return path === null ? id : { kind: 'instance', deployment: id, path };
}

/** The target that failed, as commands are given it. */
function targetOf(failure: Failure | null): unknown {
    if (failure?.kind !== 'hostsRefused') return undefined;
    const { directory, file, hosts } = failure;
    return hosts.length === 1 ? hostOf(failure) : { kind: 'target', directory, file };
}

/** The first host that failed. */
function hostOf(failure: Failure | null): unknown {
    if (failure?.kind !== 'hostsRefused') return undefined;
    const { directory, file, hosts } = failure;
    return { kind: 'host', directory, file, address: hosts[0]?.address };
}

async function openKnownHosts(failure: Failure | null): Promise<void> {
    const file = failure?.kind === 'hostsRefused' ? failure.hosts[0]?.knownHostsFile : null;
    if (file !== null && file !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(file));
}

function deploymentOf(failure: Failure | null): string | undefined {
    return failure?.kind === 'runFailed' ? failure.id : undefined;
}
