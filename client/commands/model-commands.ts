/** Commands about the model: they run no recipe and work in every workspace. */
import * as vscode from 'vscode';
import type { SourceRange } from '../../language/index.ts';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import { isRunning } from '../deployments/live-state.ts';
import { realDirectory } from '../language/directories.ts';
import { simulationPace, simulationSeed } from '../settings.ts';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';
import { chooseApplication, loadApplication } from './choose.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { orderAndFollow } from './follow.ts';
import { parseTarget } from './target.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function modelCommands(ctx: CommandContext): CommandTable {
    return {
        showGraph: (argument, signal) => showGraph(ctx, argument, signal),
        simulate: (argument, signal) => simulate(ctx, argument, signal),
        openSource: (argument, signal) => openSource(ctx, argument, signal),
    };
}

async function showGraph(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const chosen = await chooseApplication(ctx, argument, 'Choose the application to draw', signal);
    if (chosen.kind !== 'done') return chosen;
    const { directoryUri, model } = chosen.value;
    ctx.graphs.show(vscode.Uri.parse(directoryUri), model.displayName || model.name);
    return DONE;
}

async function simulate(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const chosen = await chooseApplication(ctx, argument, 'Choose the application to simulate', signal);
    if (chosen.kind !== 'done') return chosen;
    const { model, directory, directoryUri, errorCount } = chosen.value;
    if (errorCount > 0) {
        await vscode.commands.executeCommand('workbench.actions.view.problems');
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
    return orderAndFollow(ctx, { key, id, order: { kind: 'deploy', model, paths: [] } }, signal);
}

/** Simulations of an application that are over make room for the next. */
async function removeEnded({ deployments }: CommandContext, directory: string): Promise<void> {
    const isOver = (view: DeploymentView) =>
        view.simulated && view.key.directory === directory && !isRunning(view.snapshot.run);
    for (const view of deployments.list().filter(isOver)) await deployments.remove(view.id);
}

async function openSource(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const target = parseTarget(argument);
    if (target.kind !== 'element') return failed({ kind: 'nothingToDo', deed: 'open' });
    const { element } = target;
    const view = ctx.deployments.find(element.deployment);
    if (view === undefined) return failed({ kind: 'nothingToDo', deed: 'open' });
    const directory = vscode.Uri.file(view.key.directory);
    if (element.kind === 'deployment')
        return open(vscode.Uri.joinPath(directory, 'descriptor', 'application.properties'));
    const loaded = await loadApplication(ctx, directory, signal);
    if (loaded.kind !== 'done') return loaded;
    const instance = loaded.value.model.instances.find(({ path }) => path === element.path);
    if (instance === undefined) return failed({ kind: 'notInModel', path: element.path });
    return open(vscode.Uri.joinPath(vscode.Uri.parse(loaded.value.directoryUri), instance.range.file), instance.range);
}

async function open(uri: vscode.Uri, range?: SourceRange): Promise<Outcome<unknown>> {
    const selection =
        range === undefined
            ? {}
            : { selection: new vscode.Range(range.line - 1, range.column - 1, range.endLine - 1, range.endColumn - 1) };
    await vscode.window.showTextDocument(uri, selection);
    return DONE;
}
