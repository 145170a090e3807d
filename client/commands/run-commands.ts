/** Commands that change what runs: Start, Retry, Stop, Undeploy, Cancel, Resume and the like. Those that run recipes check trust themselves, whatever the menus hide. */
import * as vscode from 'vscode';
import { isRunning } from '../deployments/live-state.ts';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import { isLost } from '../deployments/status-words.ts';
import { isRetryable, isUndeployable, isUnknown, stepPlace } from '../deployments/tree-entries.ts';
import { isNamedBy, type InstanceSnapshot, type Order } from '../../runner/protocol.ts';
import type { SecretValues } from '../targets/secret-store.ts';
import { CANCELLED, done, DONE, failed, type Outcome } from '../ui/outcome.ts';
import { chooseDeployment } from './choose.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { confirm } from './confirm.ts';
import { deployPaths } from './deploy-commands.ts';
import { mayTakeOver, orderAndFollow } from './follow.ts';
import { confirmProduction } from './production.ts';
import { allSecrets } from './secrets.ts';
import { targetPaths } from './target.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function runCommands(ctx: CommandContext): CommandTable {
    return {
        start: (argument, signal) => start(ctx, argument, signal),
        retry: (argument, signal) => retry(ctx, argument, signal),
        stop: (argument, signal) => stop(ctx, argument, signal),
        undeploy: (argument, signal) => undeploy(ctx, argument, signal),
        cancel: (argument, signal) => cancel(ctx, argument, signal),
        resume: (argument, signal) => resume(ctx, argument, signal),
        settleSucceeded: (argument, signal) => settle(ctx, argument, true, signal),
        settleFailed: (argument, signal) => settle(ctx, argument, false, signal),
        takeOver: (argument, signal) => takeOver(ctx, argument, signal),
    };
}

/** Starting what was never deployed is deploying it: the model is needed again. Starting what failed is trying again. */
async function start(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const chosen = await chooseDeployment(ctx, argument, () => true, 'start');
    if (chosen.kind !== 'done') return chosen;
    const view = chosen.value;
    const paths = targetPaths(argument);
    const instances = concerned(view, paths);
    const stopped = instances.filter(({ desired }) => desired !== 'DEPLOYED_STARTED');
    if (stopped.length === 0 && instances.some(isRetryable)) return give(ctx, view, { kind: 'retry', paths }, signal);
    const isAbsentThere = stopped.some(({ status }) => status === 'NOT_DEPLOYED');
    if (!isAbsentThere || view.simulated) return give(ctx, view, { kind: 'start', paths }, signal);
    if (!vscode.workspace.isTrusted) return failed({ kind: 'notTrusted', deed: 'start' });
    return deployPaths(ctx, view.key, paths, signal);
}

async function retry(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const hasFailed = (view: DeploymentView) => view.snapshot.instances.some(isRetryable);
    const chosen = await chooseDeployment(ctx, argument, hasFailed, 'retry');
    if (chosen.kind !== 'done') return chosen;
    return give(ctx, chosen.value, { kind: 'retry', paths: targetPaths(argument) }, signal);
}

async function undeploy(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const chosen = await chooseDeployment(ctx, argument, isPresent, 'undeploy');
    if (chosen.kind !== 'done') return chosen;
    const view = chosen.value;
    if (!mayOrder(view)) return failed({ kind: 'notTrusted', deed: 'undeploy' });
    const recorded = view.simulated ? [] : await ctx.targetAccess.recorded(view.key);
    if (!(await confirmProduction(view.key.deployment, recorded, 'undeploy'))) return CANCELLED;
    const paths = targetPaths(argument);
    const question = vscode.l10n.t('Undeploy {0}?', paths[0] ?? view.key.deployment);
    const removed = vscode.l10n.t(
        'Its recipes stop and undeploy what runs, then the folders of its instances are removed.',
    );
    const machines = concerned(view, paths).flatMap(({ machine }) => machine?.address ?? []);
    const back = vscode.l10n.t('These machines go back to their targets: {0}.', machines.join(', '));
    const detail = machines.length === 0 ? removed : `${removed}\n\n${back}`;
    const unreachable = concerned(view, paths).find(({ path }) => path === paths[0]);
    if (paths.length === 1 && unreachable !== undefined && isUnreachable(unreachable))
        return undeployUnreachable(ctx, { view, paths, question }, signal);
    if (!view.simulated && !(await confirm(question, detail, vscode.l10n.t('Undeploy')))) return CANCELLED;
    return give(ctx, view, { kind: 'undeploy', paths }, signal);
}

/** A machine that does not answer, or that could not be removed for that. */
function isUnreachable(instance: InstanceSnapshot): boolean {
    return isLost(instance) || instance.failure?.phase === 'destroyMachine';
}

interface Unreachable {
    readonly view: DeploymentView;
    readonly paths: readonly string[];
    readonly question: string;
}

/** Waiting for it, or giving it up: always asked, because what is given up stays as it is. */
async function undeployUnreachable(
    ctx: CommandContext,
    { view, paths, question }: Unreachable,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const detail = vscode.l10n.t(
        'This machine does not answer. To undeploy it, it must come back first. To give it up is to forget it: nothing on it is stopped or removed, and its address is free for others.',
    );
    const [wait, giveUp] = [vscode.l10n.t('Undeploy'), vscode.l10n.t('Give Up Machine')];
    const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, wait, giveUp);
    if (chosen === undefined) return CANCELLED;
    const force = chosen === giveUp ? { force: true } : {};
    return give(ctx, view, { kind: 'undeploy', paths, ...force }, signal);
}

async function stop(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const chosen = await chooseDeployment(ctx, argument, isPresent, 'stop');
    if (chosen.kind !== 'done') return chosen;
    return give(ctx, chosen.value, { kind: 'stop', paths: targetPaths(argument) }, signal);
}

/** Whoever gave the order that is cancelled tells its end; until then the view says what is waited for. */
async function cancel(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const chosen = await chooseDeployment(ctx, argument, (view) => isRunning(view.snapshot.run), 'cancel');
    if (chosen.kind !== 'done') return chosen;
    const { id, key } = chosen.value;
    if (!mayOrder(chosen.value)) return failed({ kind: 'notTrusted', deed: 'cancel' });
    const answered = await ctx.deployments.order({ id, key, order: { kind: 'cancel' } }, signal);
    return answered.kind === 'done' ? DONE : answered;
}

async function resume(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const isInterrupted = (view: DeploymentView) => view.link.kind === 'interrupted';
    const chosen = await chooseDeployment(ctx, argument, isInterrupted, 'resume');
    if (chosen.kind !== 'done') return chosen;
    return give(ctx, chosen.value, { kind: 'resume', retryUnknown: false }, signal);
}

/** A person has looked: the steps nobody could tell of ended well, or did not. */
async function settle(
    ctx: CommandContext,
    argument: unknown,
    succeeded: boolean,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const hasUnknown = (view: DeploymentView) => view.snapshot.instances.some(isUnknown);
    const chosen = await chooseDeployment(ctx, argument, hasUnknown, 'settle');
    if (chosen.kind !== 'done') return chosen;
    const view = chosen.value;
    const paths = targetPaths(argument);
    const steps = view.unknownSteps.filter(({ path }) => isNamedBy(path, paths));
    if (steps.length === 0) return failed({ kind: 'nothingToDo', deed: 'settle' });
    if (!mayOrder(view)) return failed({ kind: 'notTrusted', deed: 'settle' });
    const what = steps.map((step) => stepPlace(view, step)).join(', ');
    const [question, button] = succeeded
        ? [vscode.l10n.t('Did this end well: {0}?', what), vscode.l10n.t('Mark as Done')]
        : [vscode.l10n.t('Did this fail: {0}?', what), vscode.l10n.t('Mark as Failed')];
    const detail = succeeded
        ? vscode.l10n.t('The deployment goes on as if the recipe had succeeded. Look at what it did first.')
        : vscode.l10n.t('It can be retried then. Look at what the recipe did first.');
    if (!(await confirm(question, detail, button))) return CANCELLED;
    return give(ctx, view, { kind: 'settle', paths: steps.map(({ path }) => path), succeeded }, signal);
}

/** A runner of another version is asked to leave; one of this version follows the deployment from then on. */
async function takeOver(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const isOther = ({ link }: DeploymentView) => link.kind === 'otherVersion';
    const chosen = await chooseDeployment(ctx, argument, isOther, 'takeOver');
    if (chosen.kind !== 'done') return chosen;
    const { key, link } = chosen.value;
    if (!vscode.workspace.isTrusted) return failed({ kind: 'notTrusted', deed: 'takeOver' });
    if (link.kind !== 'otherVersion') return failed({ kind: 'nothingToDo', deed: 'takeOver' });
    if (!(await mayTakeOver(key.deployment, link.message))) return CANCELLED;
    const secrets = await secretsFor(ctx, chosen.value, signal);
    if (secrets.kind !== 'done') return secrets;
    const title = vscode.l10n.t('{0}: waiting until the other runner can leave', key.deployment);
    const options = { location: vscode.ProgressLocation.Window, title };
    return vscode.window.withProgress(options, () => ctx.deployments.takeOver(key, secrets.value, signal));
}

async function give(
    ctx: CommandContext,
    view: DeploymentView,
    order: Order,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    if (!mayOrder(view)) return failed({ kind: 'notTrusted', deed: order.kind });
    const secrets = await secretsFor(ctx, view, signal);
    if (secrets.kind !== 'done') return secrets;
    return orderAndFollow(ctx, { key: view.key, id: view.id, order, secrets: secrets.value }, signal);
}

/** Values of secrets that a runner needs to reach the machines that are there. One that runs was given them: none is asked for again. */
async function secretsFor(
    ctx: CommandContext,
    { key, simulated, link }: DeploymentView,
    signal: AbortSignal,
): Promise<Outcome<SecretValues>> {
    const definitions = simulated ? [] : await ctx.targetAccess.recorded(key);
    if (definitions.length === 0) return done({});
    if (link.kind === 'live') return done((await ctx.secrets.look(key.directory, definitions)).values);
    return allSecrets(ctx.secrets, key.directory, definitions, signal);
}

/** Orders to a real deployment run recipes, or reach a process that does. Asked before a person is asked anything. */
function mayOrder({ simulated }: DeploymentView): boolean {
    return simulated || vscode.workspace.isTrusted;
}

function concerned(view: DeploymentView, paths: readonly string[]) {
    const { instances } = view.snapshot;
    return instances.filter(({ path }) => isNamedBy(path, paths));
}

function isPresent(view: DeploymentView): boolean {
    return view.snapshot.instances.some(isUndeployable);
}
