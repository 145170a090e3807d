/** From an order to its end: the view shows progress meanwhile, and only what went wrong is told. */
import * as vscode from 'vscode';
import { DEPLOYMENTS_VIEW } from '../deployments/deployments-view.ts';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import type { OrderRequest } from '../deployments/deployments.ts';
import type { RunSummary } from '../../runner/protocol.ts';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';
import type { CommandContext } from './command.ts';

/** Gives an order and stays with it until nothing runs. Fails when the order is refused, the run fails or its runner is lost. */
export async function orderAndFollow(
    ctx: CommandContext,
    request: OrderRequest,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const accepted = await ctx.deployments.order(request, signal);
    if (accepted.kind !== 'done') return accepted;
    await ctx.view.reveal({ kind: 'deployment', deployment: request.id });
    const location = { viewId: DEPLOYMENTS_VIEW };
    const run = await vscode.window.withProgress({ location }, () => accepted.value.whenQuiet(signal));
    const view = ctx.deployments.find(request.id);
    return view === undefined || run === null ? DONE : endOf(ctx, view, run, signal);
}

async function endOf(
    ctx: CommandContext,
    view: DeploymentView,
    run: RunSummary,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const { deployment } = view.key;
    if (view.unknownSteps.length > 0) return askAboutUnknown(ctx, view, signal);
    switch (run.outcome) {
        case 'succeeded':
            vscode.window.setStatusBarMessage(`$(check) ${deployment}: ${run.order} done`, 5000);
            return DONE;
        case 'failed':
            return failed({ kind: 'runFailed', deployment, deed: run.order, causes: causesOf(view) });
        case 'cancelled':
            return DONE;
        case null:
            return failed({ kind: 'runnerLost', deployment, deed: run.order });
    }
}

/** Why a run failed, a sentence an instance. */
function causesOf({ snapshot }: DeploymentView): readonly string[] {
    const failures = snapshot.instances.flatMap(({ path, failure }) =>
        failure === null ? [] : [sentence(`${path}: ${failure.message}`)],
    );
    const waiting = snapshot.instances.flatMap(({ path, missing, desired }) =>
        missing.length === 0 || desired !== 'DEPLOYED_STARTED' ? [] : [`${path} waits for ${missing.join(', ')}.`],
    );
    return [...failures, ...waiting];
}

function sentence(text: string): string {
    return /[.!?]$/.test(text) ? text : `${text}.`;
}

async function askAboutUnknown(
    ctx: CommandContext,
    view: DeploymentView,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const steps = view.unknownSteps.map(({ path, phase }) => `${phase} of ${path}`).join(', ');
    const message = `${view.key.deployment}: nobody knows how ${steps} ended, because the runner was away. Look at what it did before you run it again.`;
    const chosen = await vscode.window.showWarningMessage(message, 'Run Again', 'Show Output');
    if (chosen === 'Show Output') await ctx.output.show(view);
    if (chosen !== 'Run Again') return DONE;
    const order = { kind: 'resume', retryUnknown: true } as const;
    return orderAndFollow(ctx, { key: view.key, id: view.id, order }, signal);
}
