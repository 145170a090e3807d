/** From an instance to the file that runs when something is done to it. */
import * as vscode from 'vscode';
import type { ComponentModel } from '../../language/index.ts';
import type { InstanceSnapshot, Phase } from '../../runner/protocol.ts';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';
import { loadApplication } from './choose.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { parseTarget } from './target.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function recipeCommands(ctx: CommandContext): CommandTable {
    return { openRecipe: (argument, signal) => openRecipe(ctx, argument, signal) };
}

/** Opens the recipe of the phase that failed, else the one that starts the instance. */
async function openRecipe(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const target = parseTarget(argument);
    if (target.kind !== 'element' || target.element.kind !== 'instance')
        return failed({ kind: 'nothingToDo', deed: 'open' });
    const { deployment, path } = target.element;
    const view = ctx.deployments.find(deployment);
    const instance = view?.snapshot.instances.find((each) => each.path === path);
    if (view === undefined || instance === undefined) return failed({ kind: 'nothingToDo', deed: 'open' });
    const loaded = await loadApplication(ctx, vscode.Uri.file(view.key.directory), signal);
    if (loaded.kind !== 'done') return loaded;
    const { model, directoryUri } = loaded.value;
    const component = model.components.find(({ name }) => name === instance.component);
    if (component === undefined) return failed({ kind: 'notInModel', path });
    const phase = phaseOf(instance);
    const file = await recipeOf(vscode.Uri.parse(directoryUri), component, phase);
    if (file === undefined) return failed({ kind: 'noRecipe', component: component.name, phase });
    await vscode.window.showTextDocument(file);
    return DONE;
}

function phaseOf({ failure }: InstanceSnapshot): Phase {
    return failure === null || failure.phase === 'createMachine' || failure.phase === 'destroyMachine'
        ? 'start'
        : failure.phase;
}

/** In the order in which the `script` installer looks (docs/recipes.md). */
async function recipeOf(
    application: vscode.Uri,
    { recipeDirectory }: ComponentModel,
    phase: Phase,
): Promise<vscode.Uri | undefined> {
    if (recipeDirectory === null) return undefined;
    const recipe = vscode.Uri.joinPath(application, recipeDirectory);
    const wanted = [
        { folder: 'scripts', fits: (name: string) => name === `${phase}.sh` },
        { folder: 'scripts', fits: (name: string) => name.replace(/\.[^.]*$/, '') === phase },
        { folder: 'roboconf-templates', fits: (name: string) => name === `${phase}.template` },
        { folder: 'roboconf-templates', fits: (name: string) => name === 'default.template' },
    ];
    for (const { folder, fits } of wanted) {
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
