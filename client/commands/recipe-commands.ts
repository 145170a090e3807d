/** From an instance to the file that runs when something is done to it. */
import * as vscode from 'vscode';
import { recipePhaseOf, shownLinesOf } from '../deployments/failure-details.ts';
import { scriptPlaceOf } from '../deployments/script-places.ts';
import { componentNamed, recipeFileNamed, recipeOfPhase } from '../deployments/find-recipe.ts';
import { deploymentOf, pathOf, type TreeElement } from '../deployments/tree-element.ts';
import type { ComponentModel } from '../../language/index.ts';
import type { InstanceSnapshot, Phase } from '../../runner/protocol.ts';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';
import { loadApplication } from './choose.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { openLine } from './open.ts';
import { parseTarget } from './target.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function recipeCommands(ctx: CommandContext): CommandTable {
    return { openRecipe: (argument, signal) => openRecipe(ctx, argument, signal) };
}

/** Opens the recipe of the phase that failed, where its output says so at the line that did, else the one that starts the instance. */
async function openRecipe(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const target = parseTarget(argument);
    const [id, path] =
        target.kind === 'element' ? [deploymentOf(target.element), pathOf(target.element)] : [null, null];
    const view = id === null ? undefined : ctx.deployments.find(id);
    const instance = view?.snapshot.instances.find((each) => each.path === path);
    if (view === undefined || instance === undefined) return failed({ kind: 'nothingToDo', deed: 'open' });
    const loaded = await loadApplication(ctx, vscode.Uri.file(view.key.directory), signal);
    if (loaded.kind !== 'done') return loaded;
    const { model, directoryUri } = loaded.value;
    const component = componentNamed(model, instance.component);
    if (component === undefined) return failed({ kind: 'notInModel', path: instance.path });
    const about = target.kind === 'element' ? target.element : undefined;
    return openFor(vscode.Uri.parse(directoryUri), component, { instance, lines: linesAbout(about, instance) });
}

/** The output to look for a place in: the line of the row that was chosen, else all that is known. */
function linesAbout(element: TreeElement | undefined, { failure }: InstanceSnapshot): readonly string[] {
    if (failure === null) return [];
    const index = element?.kind === 'detail' ? /^output(\d+)$/.exec(element.detail)?.[1] : undefined;
    const line = index === undefined ? undefined : shownLinesOf(failure)[Number(index)];
    return line === undefined || scriptPlaceOf([line]) === undefined ? failure.lastLines : [line];
}

async function openFor(
    application: vscode.Uri,
    component: ComponentModel,
    { instance, lines }: { readonly instance: InstanceSnapshot; readonly lines: readonly string[] },
): Promise<Outcome<unknown>> {
    const place = scriptPlaceOf(lines);
    const named = place === undefined ? undefined : await recipeFileNamed(application, component, place.file);
    const phase = phaseOf(instance);
    const file = named ?? (await recipeOfPhase(application, component, phase));
    if (file === undefined) return failed({ kind: 'noRecipe', component: component.name, phase });
    await openLine(file, named === undefined ? undefined : place?.line);
    return DONE;
}

function phaseOf({ failure }: InstanceSnapshot): Phase {
    return (failure === null ? null : recipePhaseOf(failure)) ?? 'start';
}
