/** The settings, read where they are used: a change counts from the next use on. Names and defaults are those of package.json. */
import * as vscode from 'vscode';
import { PERSPECTIVES, type Perspective, type TargetChoice } from '../language/index.ts';
import { choicesIn, parseTargetSetting, withChoice } from './targets/chosen-targets.ts';

/** Milliseconds on the screen for a simulated second. */
export function simulationPace(): number {
    return Math.max(0, section().get('simulation.pace', 100));
}

/** Seed of the simulations of an application. */
export function simulationSeed(directory: vscode.Uri): number {
    return section(directory).get('simulation.seed', 1);
}

/** Where journals are kept; undefined = the runner's own choice. */
export function stateDirectory(): string | undefined {
    const chosen = section().get('runner.stateDirectory', '').trim();
    return chosen === '' ? undefined : chosen;
}

/** Whether deploying and undeploying ask first. */
export function isConfirmationWanted(): boolean {
    return section().get('deploy.confirm', true);
}

/** What a graph shows when it is opened. */
export function initialPerspective(directory: vscode.Uri): Perspective {
    const chosen: unknown = section(directory).get('graph.perspective');
    return PERSPECTIVES.find((perspective) => perspective === chosen) ?? 'components';
}

/** Whether the graph selects what the cursor is on. */
export function isFollowingCursor(): boolean {
    return section().get('graph.followCursor', true);
}

/** Whether the source of instances says what can be done with them and what state they are in. */
export function isCodeLensWanted(file: vscode.Uri): boolean {
    return section(file).get('codeLens', true);
}

/** Whether the gutter beside instances shows their state. */
export function isGutterWanted(file: vscode.Uri): boolean {
    return section(file).get('gutter', true);
}

/** Which targets are chosen for an application, by the folder of the workspace it is in; none for one that is in no folder. */
export function chosenTargets(directory: vscode.Uri): readonly TargetChoice[] {
    const folder = vscode.workspace.getWorkspaceFolder(directory)?.uri.fsPath;
    if (folder === undefined) return [];
    return choicesIn(parseTargetSetting(section(directory).get('targets')), folder, directory.fsPath);
}

/** Chooses a target (an id, or the absolute path of its file) for a place of an application; null = none. */
export async function chooseTarget(directory: vscode.Uri, place: string, target: string | null): Promise<void> {
    const folder = vscode.workspace.getWorkspaceFolder(directory)?.uri.fsPath ?? directory.fsPath;
    const known = parseTargetSetting(section(directory).inspect('targets')?.workspaceFolderValue);
    const chosen = withChoice(known, { folder, directory: directory.fsPath }, place, target);
    const value = Object.keys(chosen).length === 0 ? undefined : chosen;
    await section(directory).update('targets', value, vscode.ConfigurationTarget.WorkspaceFolder);
}

function section(scope?: vscode.Uri): vscode.WorkspaceConfiguration {
    return vscode.workspace.getConfiguration('roboconf', scope);
}
