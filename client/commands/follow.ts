/** From an order to its end: the view shows progress meanwhile, and only what went wrong is told. */
import * as vscode from 'vscode';
import { DEPLOYMENTS_VIEW } from '../deployments/deployments-view.ts';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import type { AcceptedRun, OrderRequest } from '../deployments/deployments.ts';
import { stepPlace } from '../deployments/tree-entries.ts';
import type { RunSummary } from '../../runner/protocol.ts';
import { CANCELLED, DONE, failed, type Outcome } from '../ui/outcome.ts';
import type { CommandContext } from './command.ts';
import { reviewChanges } from './review-changes.ts';
import { noticeOf, tellSuccess, type Sight } from './run-notice.ts';

export interface FollowOptions {
    /** What differs from the deployed model is applied at once. */
    readonly isReviewSkipped: boolean;
}

const REVIEWED: FollowOptions = { isReviewSkipped: false };

/**
 * Gives an order and stays with it until nothing runs. What an order meets first (another model, a runner of another version) is asked
 * about. Fails when the order is refused, the run fails or its runner is lost.
 */
export async function orderAndFollow(
    ctx: CommandContext,
    request: OrderRequest,
    signal: AbortSignal,
    how: FollowOptions = REVIEWED,
): Promise<Outcome<unknown>> {
    const answered = await ctx.deployments.order(request, signal);
    if (answered.kind !== 'done') return answered;
    const { value: result } = answered;
    switch (result.kind) {
        case 'accepted':
            return stayWith(ctx, request, result, signal);
        case 'changed': {
            const { order, key } = request;
            if (order.kind !== 'deploy') return CANCELLED;
            const { model } = order;
            const directory = vscode.Uri.file(key.directory);
            const wish = { perspective: 'instances', shown: 'plan' } as const;
            const showPlan = (): void => void ctx.graphs.show(directory, model.displayName || model.name, wish);
            const review = { key, model, difference: result.difference, showPlan };
            if (!how.isReviewSkipped && !(await reviewChanges(review))) return CANCELLED;
            const accept = result.difference.fingerprint;
            // What is applied is what was shown: files changed since bring the question back.
            return orderAndFollow(ctx, { ...request, order: { ...order, accept } }, signal, how);
        }
        case 'otherVersion':
            if (!(await mayTakeOver(request.key.deployment, result.message))) return CANCELLED;
            return orderAndFollow(ctx, { ...request, takeOver: true }, signal, how);
        default:
            return result satisfies never;
    }
}

/** Asks whether a runner of another version is to leave. It is never made to leave in the middle of a run. */
export async function mayTakeOver(deployment: string, message: string): Promise<boolean> {
    const question = vscode.l10n.t('{0} is run by another version of Roboconf.', deployment);
    const detail = vscode.l10n.t(
        '{0}\n\nTaking over waits until no run is under way. Nothing that runs is stopped.',
        message,
    );
    const takeOver = vscode.l10n.t('Take Over');
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, takeOver)) === takeOver;
}

async function stayWith(
    ctx: CommandContext,
    { id }: OrderRequest,
    accepted: AcceptedRun,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    await ctx.view.reveal({ kind: 'deployment', deployment: id });
    const location = { viewId: DEPLOYMENTS_VIEW };
    const run = await vscode.window.withProgress({ location }, () => accepted.whenQuiet(signal));
    const view = ctx.deployments.find(id);
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
            tellSuccess(deployment, view.id, run, noticeOf(run, sightOf(ctx, view.id)));
            return DONE;
        case 'failed': {
            const path = view.snapshot.instances.find(({ failure }) => failure !== null)?.path ?? null;
            // The cause is below the instance: the editor leaves a row closed that had nothing below it before.
            if (path !== null) await ctx.view.reveal({ kind: 'instance', deployment: view.id, path });
            if (noticeOf(run, sightOf(ctx, view.id)) === 'none') return DONE;
            const about = { id: view.id, deployment, deed: run.order, path };
            return failed({ kind: 'runFailed', ...about, causes: causesOf(view) });
        }
        case 'cancelled':
            return DONE;
        case null:
            return failed({ kind: 'runnerLost', deployment, deed: run.order });
        default:
            return run.outcome satisfies never;
    }
}

function sightOf({ view, runs }: CommandContext, id: string): Sight {
    return {
        isFocused: vscode.window.state.focused,
        isListSeen: view.isVisible(),
        isRunSeen: runs.visible().includes(id),
    };
}

/** Why a run failed, a sentence an instance. */
function causesOf({ snapshot }: DeploymentView): readonly string[] {
    const failures = snapshot.instances.flatMap(({ path, failure }) =>
        failure === null ? [] : [sentence(`${path}: ${failure.message}`)],
    );
    const waiting = snapshot.instances.flatMap(({ path, missing, desired }) =>
        missing.length === 0 || desired !== 'DEPLOYED_STARTED'
            ? []
            : [vscode.l10n.t('{0} waits for {1}.', path, missing.join(', '))],
    );
    return [...failures, ...waiting];
}

function sentence(text: string): string {
    return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** An answer about several steps goes for all of them: each can be answered alone in the view. */
async function askAboutUnknown(
    ctx: CommandContext,
    view: DeploymentView,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const steps = view.unknownSteps.map((step) => stepPlace(view, step)).join(', ');
    const message = vscode.l10n.t(
        '{0}: nobody knows how these steps ended, because the runner or the machine was away: {1}. Look at what they did before you run them again.',
        view.key.deployment,
        steps,
    );
    const [again, show] = [vscode.l10n.t('Run Again'), vscode.l10n.t('Show Output')];
    const done = vscode.l10n.t('Mark as Done');
    const chosen = await vscode.window.showWarningMessage(message, again, done, show);
    const paths = view.unknownSteps.map(({ path }) => path);
    if (chosen === show) ctx.output.show(view, []);
    if (chosen === again) {
        const order = { kind: 'resume', retryUnknown: true } as const;
        return orderAndFollow(ctx, { key: view.key, id: view.id, order }, signal);
    }
    if (chosen !== done) return DONE;
    const order = { kind: 'settle', paths, succeeded: true } as const;
    return orderAndFollow(ctx, { key: view.key, id: view.id, order }, signal);
}
