/** Deploy and Deploy Again: what is on disk is what is deployed, and nothing of an untrusted workspace is. */
import * as vscode from 'vscode';
import { deploymentId } from '../deployments/deployment-view.ts';
import type { DeploymentKey } from '../../runner/protocol.ts';
import { realDirectory } from '../language/directories.ts';
import { isConfirmationWanted } from '../settings.ts';
import { CANCELLED, failed, type Outcome } from '../ui/outcome.ts';
import { chooseApplication, loadApplication, type LoadedApplication } from './choose.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { confirm } from './confirm.ts';
import { askDeployChoice, lastDeployChoice, plainDeployChoice, rememberDeployChoice } from './deploy-choice.ts';
import { ASSOCIATED, PLAIN_OPTIONS, readyTargets, settleTargets, type DeployChoice } from './deploy-targets.ts';
import { orderAndFollow } from './follow.ts';
import { confirmProduction } from './production.ts';
import { saveApplication } from './save.ts';
import { targetDeployment } from './target.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function deployCommands(ctx: CommandContext): CommandTable {
    return {
        deploy: (argument, signal) => deploy(ctx, argument, signal),
        deployAgain: (argument, signal) => deployAgain(ctx, argument, signal),
    };
}

async function deploy(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    if (!vscode.workspace.isTrusted) return failed({ kind: 'notTrusted', deed: 'deploy' });
    const title = vscode.l10n.t('Choose the application to deploy');
    const chosen = await chooseApplication(ctx, argument, title, signal);
    if (chosen.kind !== 'done') return chosen;
    const application = chosen.value;
    // A model with errors is refused before anything is asked or saved.
    if (application.errorCount > 0) return refuseErrors(application);
    const deployment = keyOf(ctx, argument)?.deployment ?? null;
    const choice = isConfirmationWanted()
        ? await askDeployChoice(ctx, application, deployment, signal)
        : plainDeployChoice(application, deployment);
    if (choice.kind !== 'done') return choice;
    await rememberDeployChoice(ctx.memory, application.directoryUri, choice.value);
    return deployChosen(ctx, application, choice.value, signal);
}

/** Without any question but those the deployment itself brings up. Nothing was deployed yet: the same as Deploy. */
async function deployAgain(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    if (!vscode.workspace.isTrusted) return failed({ kind: 'notTrusted', deed: 'deploy' });
    const again = againOf(ctx, argument);
    if (again === undefined) return deploy(ctx, argument, signal);
    const loaded = await loadApplication(ctx, again.uri, signal);
    if (loaded.kind !== 'done') return loaded;
    return deployChosen(ctx, loaded.value, again.choice, signal);
}

interface Again {
    readonly uri: vscode.Uri;
    readonly choice: DeployChoice;
}

/** An entry of the view is deployed as a whole; without one, what was chosen last is. */
function againOf(ctx: CommandContext, argument: unknown): Again | undefined {
    const key = keyOf(ctx, argument);
    if (key !== null) {
        const choice = { paths: [], place: ASSOCIATED, deployment: key.deployment, options: PLAIN_OPTIONS };
        return { uri: vscode.Uri.file(key.directory), choice };
    }
    const last = lastDeployChoice(ctx.memory);
    return last === undefined ? undefined : { uri: vscode.Uri.parse(last.uri), choice: last.choice };
}

/** The deployment an entry of the view stands for; null when none is named. */
function keyOf({ deployments }: CommandContext, argument: unknown): DeploymentKey | null {
    const id = targetDeployment(argument);
    const view = id === undefined ? undefined : deployments.find(id);
    return view === undefined || view.simulated ? null : view.key;
}

/** Deploys parts of a deployment that is there, after a question. */
export async function deployPaths(
    ctx: CommandContext,
    key: DeploymentKey,
    paths: readonly string[],
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const loaded = await loadApplication(ctx, vscode.Uri.file(key.directory), signal);
    if (loaded.kind !== 'done') return loaded;
    if (loaded.value.errorCount > 0) return refuseErrors(loaded.value);
    const what = paths.length === 0 ? key.deployment : paths.join(', ');
    const detail = vscode.l10n.t('The recipes of {0} run on the machines they are for.', key.directory);
    const question = vscode.l10n.t('Deploy {0}?', what);
    if (!(await confirm(question, detail, vscode.l10n.t('Deploy')))) return CANCELLED;
    const choice = { paths, place: ASSOCIATED, deployment: key.deployment, options: PLAIN_OPTIONS };
    return deployChosen(ctx, loaded.value, choice, signal);
}

async function deployChosen(
    ctx: CommandContext,
    chosen: LoadedApplication,
    { paths, deployment, place, options }: DeployChoice,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    if (chosen.errorCount > 0) return refuseErrors(chosen);
    const saved = await saveApplication(chosen);
    if (saved.kind !== 'done') return saved;
    const loaded = await loadApplication(ctx, vscode.Uri.parse(chosen.directoryUri), signal);
    if (loaded.kind !== 'done') return loaded;
    const { model, directory, errorCount } = loaded.value;
    if (errorCount > 0) return refuseErrors(loaded.value);
    const key = { directory: realDirectory(directory), deployment };
    if (saved.value !== '') vscode.window.setStatusBarMessage(`$(save) ${saved.value}`, SAVED_MS);
    const settled = await settleTargets(ctx, loaded.value, { key, paths, place });
    if (settled.kind !== 'done') return settled;
    const production = settled.value.uses.flatMap(({ source }) => source ?? []);
    if (!(await confirmProduction(deployment, production, 'deploy'))) return CANCELLED;
    const ready = await readyTargets(ctx, key.directory, settled.value, signal);
    if (ready.kind !== 'done') return ready;
    if (options.isPlanFirst && !(await agreesToPlan(ctx, loaded.value))) return CANCELLED;
    const order = { kind: 'deploy', model, paths, targets: settled.value.targets } as const;
    const request = { key, id: deploymentId(key), order, secrets: ready.value };
    return orderAndFollow(ctx, request, signal, { isReviewSkipped: options.isReviewSkipped });
}

/** Shows in the graph what would be done, and asks. The graph can be walked over before the answer. */
async function agreesToPlan({ graphs }: CommandContext, { directoryUri, model }: LoadedApplication): Promise<boolean> {
    const name = model.displayName || model.name;
    graphs.show(vscode.Uri.parse(directoryUri), name, { perspective: 'instances', shown: 'plan' });
    const question = vscode.l10n.t('The graph shows what deploying {0} would do. Do it?', name);
    const deploy = vscode.l10n.t('Deploy');
    return (await vscode.window.showInformationMessage(question, deploy)) === deploy;
}

/** How long the status bar says what was saved. */
const SAVED_MS = 8000;

async function refuseErrors({ model, errorCount }: LoadedApplication): Promise<Outcome<never>> {
    await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
    return failed({ kind: 'modelHasErrors', name: model.name, deed: 'deployed', errorCount });
}
