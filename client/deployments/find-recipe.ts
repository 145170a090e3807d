/** From a component to the files of its recipe in the workspace. */
import * as vscode from 'vscode';
import type { ApplicationModel, ComponentModel } from '../../language/index.ts';
import type { Phase } from '../../runner/protocol.ts';

const SCRIPTS = 'scripts';
const TEMPLATES = 'roboconf-templates';

/** The component of an instance as it is deployed; undefined when the files do not describe it any more. */
export function componentNamed({ components }: ApplicationModel, name: string): ComponentModel | undefined {
    return components.find((component) => component.name === name);
}

/** What runs a phase, in the order in which the `script` installer looks (docs/recipes.md); undefined when nothing does. */
export async function recipeOfPhase(
    application: vscode.Uri,
    component: ComponentModel,
    phase: Phase,
): Promise<vscode.Uri | undefined> {
    return findFile(application, component, [
        { folder: SCRIPTS, fits: (name) => name === `${phase}.sh` },
        { folder: SCRIPTS, fits: (name) => name.replace(/\.[^.]*$/, '') === phase },
        { folder: TEMPLATES, fits: (name) => name === `${phase}.template` },
        { folder: TEMPLATES, fits: (name) => name === 'default.template' },
    ]);
}

/** The script or template of that name, without folders; undefined when there is none. */
export async function recipeFileNamed(
    application: vscode.Uri,
    component: ComponentModel,
    wanted: string,
): Promise<vscode.Uri | undefined> {
    const fits = (name: string): boolean => name === wanted;
    return findFile(application, component, [
        { folder: SCRIPTS, fits },
        { folder: TEMPLATES, fits },
    ]);
}

interface Place {
    readonly folder: string;
    readonly fits: (name: string) => boolean;
}

async function findFile(
    application: vscode.Uri,
    { recipeDirectory }: ComponentModel,
    places: readonly Place[],
): Promise<vscode.Uri | undefined> {
    if (recipeDirectory === null) return undefined;
    const recipe = vscode.Uri.joinPath(application, recipeDirectory);
    for (const { folder, fits } of places) {
        const name = (await filesOf(vscode.Uri.joinPath(recipe, folder))).find(fits);
        if (name !== undefined) return vscode.Uri.joinPath(recipe, folder, name);
    }
    return undefined;
}

async function filesOf(folder: vscode.Uri): Promise<readonly string[]> {
    try {
        const entries = await vscode.workspace.fs.readDirectory(folder);
        return entries
            .filter(([, type]) => type !== vscode.FileType.Directory)
            .map(([name]) => name)
            .toSorted();
    } catch {
        // A recipe may lack any of its folders.
        return [];
    }
}
