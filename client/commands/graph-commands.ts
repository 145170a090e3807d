/** Commands about the graph: showing it, turning it, and from its nodes to the files. They run no recipe and work in every workspace. */
import * as vscode from 'vscode';
import type { ComponentModel, Perspective } from '../../language/index.ts';
import { recipeOfPhase } from '../deployments/find-recipe.ts';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';
import { chooseApplication, loadApplication, type LoadedApplication } from './choose.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { graphLookCommands } from './graph-look-commands.ts';
import { parseNodeTarget } from './node-target.ts';
import { parseTarget } from './target.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function graphCommands(ctx: CommandContext): CommandTable {
    return {
        showGraph: (argument, signal) => showGraph(ctx, argument, false, signal),
        showGraphAside: (argument, signal) => showGraph(ctx, argument, true, signal),
        ...graphLookCommands(ctx),
        'graph.turn': () => turn(ctx),
        'graph.openSource': (argument) => openNode(ctx, argument),
        'graph.openRecipe': (argument, signal) => openNodeRecipe(ctx, argument, signal),
    };
}

async function showGraph(
    ctx: CommandContext,
    argument: unknown,
    aside: boolean,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    // Asked before anything is waited for: what is in front may be another thing then.
    const perspective = wantedPerspective(ctx, argument, aside);
    const title = vscode.l10n.t('Choose the application to draw');
    const chosen = await chooseApplication(ctx, argument, title, signal);
    if (chosen.kind !== 'done') return chosen;
    const { directoryUri, model } = chosen.value;
    const target = parseTarget(argument);
    const path = target.kind === 'element' && target.element.kind === 'instance' ? target.element.path : undefined;
    const wish = {
        aside,
        ...(perspective === undefined ? {} : { perspective }),
        ...(path === undefined ? {} : { perspective: 'instances' as const, node: `instance:${path}` }),
    };
    ctx.graphs.show(vscode.Uri.parse(directoryUri), model.displayName || model.name, wish);
    return DONE;
}

/** A graph beside a graph shows the other kind of node; from a file, the kind of that file; undefined = as the settings say. */
function wantedPerspective({ graphs }: CommandContext, argument: unknown, aside: boolean): Perspective | undefined {
    const shown = graphs.activePerspective();
    if (aside && shown !== undefined) return shown === 'components' ? 'instances' : 'components';
    const target = parseTarget(argument);
    if (target.kind === 'element') return undefined;
    const uri = target.kind === 'file' ? target.uri : vscode.window.activeTextEditor?.document.uri;
    const file = uri?.path ?? '';
    if (file.endsWith('.instances')) return 'instances';
    return file.endsWith('.graph') ? 'components' : undefined;
}

function turn({ graphs }: CommandContext): Promise<Outcome<unknown>> {
    graphs.turn();
    return Promise.resolve(DONE);
}

async function openNode(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const target = parseNodeTarget(argument);
    if (target === undefined) return failed({ kind: 'nothingToDo', deed: 'open' });
    return ctx.graphs.openNode(target.application, target.node);
}

/** Opens the recipe that starts what a node stands for. */
async function openNodeRecipe(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const target = parseNodeTarget(argument);
    if (target === undefined) return failed({ kind: 'nothingToDo', deed: 'open' });
    const loaded = await loadApplication(ctx, vscode.Uri.parse(target.application), signal);
    if (loaded.kind !== 'done') return loaded;
    const component = componentOfNode(loaded.value, target.node);
    if (component === undefined) return failed({ kind: 'notInModel', path: target.node });
    const file = await recipeOfPhase(vscode.Uri.parse(loaded.value.directoryUri), component, 'start');
    if (file === undefined) return failed({ kind: 'noRecipe', component: component.name, phase: 'start' });
    // Where texts are, never over the picture that was asked.
    const viewColumn = vscode.window.visibleTextEditors[0]?.viewColumn ?? vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(file, { viewColumn });
    return DONE;
}

function componentOfNode({ model }: LoadedApplication, node: string): ComponentModel | undefined {
    const [kind, name] = [node.slice(0, node.indexOf(':')), node.slice(node.indexOf(':') + 1)];
    const instance = kind === 'instance' ? model.instances.find(({ path }) => path === name) : undefined;
    const wanted = kind === 'component' ? name : instance?.component;
    return model.components.find((component) => component.name === wanted);
}
