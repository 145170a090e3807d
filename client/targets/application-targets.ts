/** The targets of one application as its files and settings say them, and which of its machines they make. */
import { dirname, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import {
    associateTargets,
    DRIVEN_HANDLERS,
    isThisComputer,
    type ApplicationModel,
    type Association,
    type TargetChoice,
    type TargetSource,
} from '../../language/index.ts';
import { realDirectory } from '../language/directories.ts';
import { chosenTargets } from '../settings.ts';
import type { TargetAccess } from './target-access.ts';

export interface ApplicationTargets {
    /** Real path. */
    readonly directory: string;
    readonly directoryUri: string;
    readonly model: ApplicationModel;
    /** Those of the application, then those of the folders around it, then those the settings name. */
    readonly sources: readonly TargetSource[];
    /** What was chosen before, then what the settings say. */
    readonly choices: readonly TargetChoice[];
    /** What a deploy that chooses nothing more would do. */
    readonly association: Association;
}

/** An application as the language server has it. */
export interface TargetedApplication {
    readonly directory: string;
    readonly directoryUri: string;
    readonly model: ApplicationModel;
    readonly targets: readonly TargetSource[];
}

/** Reads what lies around the application besides its own files. `before`: what an earlier deploy chose. */
export async function applicationTargets(
    { directory, directoryUri, model, targets }: TargetedApplication,
    before: readonly TargetChoice[],
    access: Pick<TargetAccess, 'around'>,
): Promise<ApplicationTargets> {
    const uri = vscode.Uri.parse(directoryUri);
    const choices = [...before, ...chosenTargets(uri)];
    const top = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(directory);
    const files = choices.map(({ target }) => target).filter((target) => isAbsolute(target));
    const own = new Set(targets.map(({ file }) => file));
    const around = await access.around(directory, top, files);
    const sources = [...targets, ...around.filter(({ file }) => !own.has(file))];
    const association = associateTargets({ model, sources, choices });
    return { directory: realDirectory(directory), directoryUri, model, sources, choices, association };
}

/** Whether a target makes machines elsewhere than on this computer, and this version can drive it. */
export function isDrivenElsewhere({ id, handler, properties }: TargetSource): boolean {
    if (id === null || handler === null || !DRIVEN_HANDLERS.includes(handler)) return false;
    return !isThisComputer(handler, properties);
}

/** How a choice names a target: by its id where that is its alone, else by its file. */
export function choiceWordOf({ id, file }: TargetSource, sources: readonly TargetSource[]): string {
    const isAlone = id !== null && sources.filter((source) => source.id === id).length === 1;
    return isAlone ? id : file;
}
