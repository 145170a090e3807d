/** Commands about the model: they run no recipe and work in every workspace. */
import * as vscode from 'vscode';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import { isRunning } from '../deployments/live-state.ts';
import { pathOf } from '../deployments/tree-element.ts';
import { realDirectory } from '../language/directories.ts';
import { explainFinding } from '../language/finding-pages.ts';
import { simulationPace, simulationSeed } from '../settings.ts';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';
import { chooseApplication, directoryOf, loadApplication } from './choose.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { orderAndFollow } from './follow.ts';
import { openRange } from './open.ts';
import { parseTarget } from './target.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function modelCommands(ctx: CommandContext): CommandTable {
    return {
        simulate: (argument, signal) => simulate(ctx, argument, signal),
        openSource: (argument, signal) => openSource(ctx, argument, signal),
        explainFinding: (argument) => explainFinding(ctx.extension.extensionUri, argument),
    };
}

async function simulate(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const title = vscode.l10n.t('Choose the application to simulate');
    const chosen = await chooseApplication(ctx, argument, title, signal);
    if (chosen.kind !== 'done') return chosen;
    const { model, directory, directoryUri, errorCount } = chosen.value;
    if (errorCount > 0) {
        await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
        return failed({ kind: 'modelHasErrors', name: model.name, deed: 'simulated', errorCount });
    }
    const key = { directory: realDirectory(directory), deployment: model.name };
    await removeEnded(ctx, key.directory);
    const seed = simulationSeed(vscode.Uri.parse(directoryUri));
    const report = (fault: unknown) => ctx.log.error('Simulation', fault);
    // The runner room comes with it: loaded when it is first used.
    const { createSimulatedEngine } = await import('../deployments/simulated-engine.ts');
    const engine = createSimulatedEngine({ key, model, seed, pace: simulationPace, report });
    const id = await ctx.deployments.addSimulation(engine, signal);
    ctx.simulations.add(id, engine.player);
    return orderAndFollow(ctx, { key, id, order: { kind: 'deploy', model, paths: [] } }, signal);
}

/** Simulations of an application that are over make room for the next. */
async function removeEnded({ deployments }: CommandContext, directory: string): Promise<void> {
    const isOver = (view: DeploymentView) =>
        view.simulated && view.key.directory === directory && !isRunning(view.snapshot.run);
    for (const view of deployments.list().filter(isOver)) await deployments.remove(view.id);
}

/** The declaration of an instance, else the descriptor of the application. */
async function openSource(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const target = parseTarget(argument);
    const directory = target.kind === 'element' ? directoryOf(ctx, target.element) : undefined;
    if (target.kind !== 'element' || directory === undefined) return failed({ kind: 'nothingToDo', deed: 'open' });
    const path = pathOf(target.element);
    if (path === null) {
        const descriptor = vscode.Uri.joinPath(vscode.Uri.file(directory), 'descriptor', 'application.properties');
        await vscode.window.showTextDocument(descriptor);
        return DONE;
    }
    const loaded = await loadApplication(ctx, vscode.Uri.file(directory), signal);
    if (loaded.kind !== 'done') return loaded;
    const instance = loaded.value.model.instances.find((each) => each.path === path);
    if (instance === undefined) return failed({ kind: 'notInModel', path });
    await openRange(vscode.Uri.parse(loaded.value.directoryUri), instance.range);
    return DONE;
}
