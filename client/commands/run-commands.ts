/** Commands that change what runs: Deploy, Start, Retry, Stop, Undeploy, Cancel, Resume. Those that run recipes check trust themselves, whatever the menus hide. */
import * as vscode from 'vscode';
import { isRunning } from '../deployments/live-state.ts';
import { deploymentId, type DeploymentView } from '../deployments/deployment-view.ts';
import { isRetryable } from '../deployments/tree-entries.ts';
import type { DeploymentKey, Order } from '../../runner/protocol.ts';
import { realDirectory } from '../language/directories.ts';
import { isConfirmationWanted } from '../settings.ts';
import { CANCELLED, DONE, failed, type Outcome } from '../ui/outcome.ts';
import { chooseApplication, chooseDeployment, loadApplication, type LoadedApplication } from './choose.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { orderAndFollow } from './follow.ts';
import { saveApplication } from './save.ts';
import { parseTarget } from './target.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function runCommands(ctx: CommandContext): CommandTable {
    return {
        deploy: (argument, signal) => deploy(ctx, argument, signal),
        start: (argument, signal) => start(ctx, argument, signal),
        retry: (argument, signal) => retry(ctx, argument, signal),
        stop: (argument, signal) => stop(ctx, argument, signal),
        undeploy: (argument, signal) => undeploy(ctx, argument, signal),
        cancel: (argument, signal) => cancel(ctx, argument, signal),
        resume: (argument, signal) => resume(ctx, argument, signal),
    };
}

async function deploy(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    if (!vscode.workspace.isTrusted) return failed({ kind: 'notTrusted', deed: 'deploy' });
    const chosen = await chooseApplication(ctx, argument, 'Choose the application to deploy', signal);
    if (chosen.kind !== 'done') return chosen;
    return deployApplication(ctx, { application: chosen.value, key: keyOf(ctx, argument), paths: [] }, signal);
}

/** The deployment an entry of the view stands for; null = that of the application's own name. */
function keyOf({ deployments }: CommandContext, argument: unknown): DeploymentKey | null {
    const target = parseTarget(argument);
    const view = target.kind === 'element' ? deployments.find(target.element.deployment) : undefined;
    return view === undefined || view.simulated ? null : view.key;
}

interface Wish {
    readonly application: LoadedApplication;
    readonly key: DeploymentKey | null;
    readonly paths: readonly string[];
}

async function deployApplication(
    ctx: CommandContext,
    { application: chosen, key: wanted, paths }: Wish,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    // A model with errors is refused before anything is saved.
    if (chosen.errorCount > 0) return refuseErrors(chosen);
    const saved = await saveApplication(chosen);
    if (saved.kind !== 'done') return saved;
    const loaded = await loadApplication(ctx, vscode.Uri.parse(chosen.directoryUri), signal);
    if (loaded.kind !== 'done') return loaded;
    const { model, directory, errorCount } = loaded.value;
    if (errorCount > 0) return refuseErrors(loaded.value);
    const count = `${String(model.instances.length)} ${model.instances.length === 1 ? 'instance' : 'instances'}`;
    const what = paths.length === 0 ? count : paths.join(', ');
    const detail = `${what}. The recipes of ${directory} run on this machine, with your rights.`;
    if (!(await confirm(`Deploy ${model.name}?`, `${saved.value}${detail}`, 'Deploy'))) return CANCELLED;
    const key = wanted ?? { directory: realDirectory(directory), deployment: model.name };
    return orderAndFollow(ctx, { key, id: deploymentId(key), order: { kind: 'deploy', model, paths } }, signal);
}

async function refuseErrors({ model, errorCount }: LoadedApplication): Promise<Outcome<never>> {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    return failed({ kind: 'modelHasErrors', name: model.name, deed: 'deployed', errorCount });
}

/** Starting what was never deployed is deploying it: the model is needed again. Starting what failed is trying again. */
async function start(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const chosen = await chooseDeployment(ctx, argument, () => true, 'start');
    if (chosen.kind !== 'done') return chosen;
    const view = chosen.value;
    const paths = pathsOf(argument);
    const instances = concerned(view, paths);
    const stopped = instances.filter(({ desired }) => desired !== 'DEPLOYED_STARTED');
    if (stopped.length === 0 && instances.some(isRetryable)) return give(ctx, view, { kind: 'retry', paths }, signal);
    const isAbsentThere = stopped.some(({ status }) => status === 'NOT_DEPLOYED');
    if (!isAbsentThere || view.simulated) return give(ctx, view, { kind: 'start', paths }, signal);
    if (!vscode.workspace.isTrusted) return failed({ kind: 'notTrusted', deed: 'start' });
    const loaded = await loadApplication(ctx, vscode.Uri.file(view.key.directory), signal);
    if (loaded.kind !== 'done') return loaded;
    return deployApplication(ctx, { application: loaded.value, key: view.key, paths }, signal);
}

async function retry(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const hasFailed = (view: DeploymentView) => view.snapshot.instances.some(isRetryable);
    const chosen = await chooseDeployment(ctx, argument, hasFailed, 'retry');
    if (chosen.kind !== 'done') return chosen;
    return give(ctx, chosen.value, { kind: 'retry', paths: pathsOf(argument) }, signal);
}

async function undeploy(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const chosen = await chooseDeployment(ctx, argument, isPresent, 'undeploy');
    if (chosen.kind !== 'done') return chosen;
    const view = chosen.value;
    const paths = pathsOf(argument);
    const what = paths[0] ?? view.key.deployment;
    const detail = 'Its recipes stop and undeploy what runs, then the folders of its instances are removed.';
    if (!view.simulated && !(await confirm(`Undeploy ${what}?`, detail, 'Undeploy'))) return CANCELLED;
    return give(ctx, view, { kind: 'undeploy', paths }, signal);
}

async function stop(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const chosen = await chooseDeployment(ctx, argument, isPresent, 'stop');
    if (chosen.kind !== 'done') return chosen;
    return give(ctx, chosen.value, { kind: 'stop', paths: pathsOf(argument) }, signal);
}

async function cancel(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const chosen = await chooseDeployment(ctx, argument, (view) => isRunning(view.snapshot.run), 'cancel');
    if (chosen.kind !== 'done') return chosen;
    const { id, key } = chosen.value;
    // Whoever gave the order that is cancelled tells its end.
    const accepted = await ctx.deployments.order({ id, key, order: { kind: 'cancel' } }, signal);
    return accepted.kind === 'done' ? DONE : accepted;
}

async function resume(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const isInterrupted = (view: DeploymentView) => view.link.kind === 'interrupted';
    const chosen = await chooseDeployment(ctx, argument, isInterrupted, 'resume');
    if (chosen.kind !== 'done') return chosen;
    return give(ctx, chosen.value, { kind: 'resume', retryUnknown: false }, signal);
}

async function give(
    ctx: CommandContext,
    view: DeploymentView,
    order: Order,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    if (!view.simulated && !vscode.workspace.isTrusted) return failed({ kind: 'notTrusted', deed: order.kind });
    return orderAndFollow(ctx, { key: view.key, id: view.id, order }, signal);
}

function pathsOf(argument: unknown): readonly string[] {
    const target = parseTarget(argument);
    return target.kind === 'element' && target.element.kind === 'instance' ? [target.element.path] : [];
}

function concerned(view: DeploymentView, paths: readonly string[]) {
    const { instances } = view.snapshot;
    return paths.length === 0 ? instances : instances.filter(({ path }) => paths.includes(path));
}

function isPresent(view: DeploymentView): boolean {
    return view.snapshot.instances.some(
        ({ status, desired }) => status !== 'NOT_DEPLOYED' || desired !== 'NOT_DEPLOYED',
    );
}

async function confirm(question: string, detail: string, deed: string): Promise<boolean> {
    if (!isConfirmationWanted()) return true;
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, deed)) === deed;
}
