/** Orders to a deployment under way, and their answers. */
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { CoreEvent } from './core/event.ts';
import type { CoreOrder } from './core/input.ts';
import { differenceTo, isEmptyDifference, type MadeDifference } from './deployment-difference.ts';
import { notWritable, snapshotRecipes, type StoredDeployment } from './deployment-store.ts';
import type { DrivenConfig } from './driven-config.ts';
import type { Driven } from './driven-loop.ts';
import type { LoopFailure, News, Submitted } from './loop.ts';
import type { Order, OrderAnswer } from './protocol.ts';
import { relatedDeployments, relatedText } from './related-deployments.ts';
import type { RunnerEnd } from './runner.ts';
import { snapshotTargets } from './targets/snapshots.ts';

export type DeployOrder = Extract<Order, { kind: 'deploy' }>;

const ENDED = 'This runner has stopped driving the deployment. Open it again, then look at its state.';

/** What an order other than a deploy is answered. */
export async function obey(
    config: DrivenConfig,
    driven: Driven | null,
    order: Exclude<Order, DeployOrder>,
): Promise<OrderAnswer> {
    if (driven === null) {
        const message = `Nothing is deployed under this name: deploy first.${relatedTextOf(config)}`;
        return refused('notDeployed', message);
    }
    return submitOrder(driven, order);
}

/** The model may be another one: it is applied when exactly that difference was accepted, else told. */
export async function deployAgain(config: DrivenConfig, driven: Driven, order: DeployOrder): Promise<OrderAnswer> {
    const { model, paths, accept } = order;
    const made = differenceTo(driven.deployment.state, order, config);
    const isEmpty = isEmptyDifference(made.difference);
    if (!isEmpty && made.difference.fingerprint !== accept) return changed(made);
    if (isEmpty || isEmptyDifference(differenceTo(driven.deployment.state, { model }, config).difference)) {
        const refusal = await assignTargets(config, driven, order);
        return refusal ?? submitOrder(driven, { kind: 'deploy', paths });
    }
    try {
        const recipes = snapshotRecipes(config, model);
        const after = differenceTo(driven.deployment.state, order, config);
        // A file was saved while the recipes were copied.
        if (after.difference.fingerprint !== accept || !isDeepStrictEqual(recipes, made.recipes)) return changed(after);
        const refusal = await assignTargets(config, driven, order);
        if (refusal !== null) return refusal;
        return await submitNews(driven, { kind: 'change', run: nextRunOf(driven), paths, model, recipes });
    } catch (error) {
        return notWritable(config.paths, error instanceof Error ? error.message : String(error));
    }
}

/** Machines that are there stay where they are. */
async function assignTargets(
    config: DrivenConfig,
    { loop }: Driven,
    { targets }: DeployOrder,
): Promise<OrderAnswer | null> {
    if (targets === undefined) return null;
    try {
        const submitted = await loop.submit({
            kind: 'targets',
            targets: snapshotTargets(config.paths.targets, targets),
        });
        return submitted.kind === 'failed' ? refusalFor(submitted) : null;
    } catch (error) {
        return notWritable(config.paths, error instanceof Error ? error.message : String(error));
    }
}

function changed({ difference }: MadeDifference): OrderAnswer {
    return { kind: 'changed', difference };
}

/** Gives an order to the loop. */
export function submitOrder(driven: Driven, order: CoreOrder): Promise<OrderAnswer> {
    return submitNews(driven, { kind: 'order', run: nextRunOf(driven), order });
}

function nextRunOf({ deployment }: Driven): string {
    return `run-${deployment.state.sequence + 1}`;
}

async function submitNews({ deployment, loop }: Driven, news: News): Promise<OrderAnswer> {
    return answerOf(await loop.submit(news), deployment);
}

function answerOf(submitted: Submitted | LoopFailure, { state }: StoredDeployment): OrderAnswer {
    if (submitted.kind === 'failed') return refusalFor(submitted);
    const refusal = submitted.events.find((event) => event.kind === 'orderRefused');
    if (refusal !== undefined) return refused(refusal.code, refusal.message);
    return { kind: 'accepted', run: runIdOf(submitted.events) ?? state.lastRun?.id ?? '' };
}

function refusalFor({ code, message }: LoopFailure): OrderAnswer {
    return refused(code === 'superseded' ? 'alreadyRunning' : code, message);
}

/** What an order is told that comes when the runner has ended. */
export function answerAfter(end: RunnerEnd): OrderAnswer {
    return end.kind === 'failed' ? refusalFor(end) : refused('notRunning', ENDED);
}

function runIdOf(events: readonly CoreEvent[]): string | undefined {
    return events.find((event) => event.kind === 'runBegun')?.run;
}

/** The answer to what was not done. */
export function refused(code: Extract<OrderAnswer, { kind: 'refused' }>['code'], message: string): OrderAnswer {
    return { kind: 'refused', code, message };
}

/** What is deployed instead, as sentences to append; empty when nothing is. */
export function relatedTextOf({ paths, key }: DrivenConfig): string {
    return relatedText(relatedDeployments(dirname(paths.root), key), key);
}
