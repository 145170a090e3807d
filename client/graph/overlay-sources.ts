/** Where graphs have from what is drawn over the model: the plan of a deployment, and the states of the application it is held against. */
import * as vscode from 'vscode';
import type { ApplicationModel } from '../../language/index.ts';
import type { PlanView } from '../../media/protocol.ts';
import type { GraphBefore } from '../../server/protocol.ts';
import type { PlannedOrder } from '../../runner/index.ts';
import type { DeploymentKey } from '../../runner/protocol.ts';
import { deploymentId, type DeploymentView } from '../deployments/deployment-view.ts';
import type { Deployments } from '../deployments/deployments.ts';
import { realDirectory } from '../language/directories.ts';
import type { Language } from '../language/language-client.ts';
import { CANCELLED, done, failed, type Outcome } from '../ui/outcome.ts';
import type { CommittedTexts } from './committed-texts.ts';
import type { Comparison } from './graph-session.ts';
import { planViewOf } from './plan-view.ts';

export interface OverlaySources {
    /** What an order would do to what is deployed; a deploy brings the application as it stands, unsaved changes included. */
    readonly plan: (directory: vscode.Uri, order: PlannedOrder, signal: AbortSignal) => Promise<Outcome<PlanView>>;
    readonly before: (
        directory: vscode.Uri,
        comparison: Comparison,
        signal: AbortSignal,
    ) => Promise<Outcome<GraphBefore>>;
}

export interface OverlaySourcesConfig {
    readonly language: Pick<Language, 'model'>;
    readonly deployments: Pick<Deployments, 'list'>;
    readonly committed: CommittedTexts;
    /** Undefined = the runner's own choice. */
    readonly stateDirectory: () => string | undefined;
}

/** Loaded when it is first used: most windows with a graph in them never ask for more. */
const runnerRoom = () => import('../../runner/index.ts');

/** How long a deployed model counts: it is asked for with every picture while somebody types. */
const KEPT_MS = 2000;

interface KeptModel {
    readonly id: string;
    readonly readAt: number;
    readonly model: ApplicationModel | null;
}

/** Nothing but the deployed model that was read last is kept, and that for a moment. */
export function createOverlaySources(settings: OverlaySourcesConfig): OverlaySources {
    let kept: KeptModel | undefined;
    const deployedModel = async (key: DeploymentKey): Promise<ApplicationModel | null> => {
        const id = deploymentId(key);
        const readAt = Date.now();
        if (kept?.id === id && readAt - kept.readAt < KEPT_MS) return kept.model;
        const { readDeployedModel } = await runnerRoom();
        kept = { id, readAt, model: readDeployedModel(key.directory, key.deployment, settings.stateDirectory()) };
        return kept.model;
    };
    const config = { ...settings, deployedModel };
    return {
        plan: (directory, order, signal) => makePlan(config, directory, order, signal),
        before: (directory, comparison, signal) => stateBefore(config, directory, comparison, signal),
    };
}

interface Sources extends OverlaySourcesConfig {
    /** Null when nothing is deployed. */
    readonly deployedModel: (key: DeploymentKey) => Promise<ApplicationModel | null>;
}

async function makePlan(
    { language, deployments, stateDirectory }: Sources,
    directory: vscode.Uri,
    { kind, paths }: PlannedOrder,
    signal: AbortSignal,
): Promise<Outcome<PlanView>> {
    const answer = await language.model(directory, signal);
    if (answer.kind !== 'done') return answer;
    if (answer.value.kind === 'none') return failed({ kind: 'noApplication' });
    const { model, errorCount } = answer.value;
    if (errorCount > 0 && kind === 'deploy')
        return failed({ kind: 'modelHasErrors', name: model.name, deed: 'planned', errorCount });
    const key = keyOf(deployments, directory, model.name);
    const { readPlan } = await runnerRoom();
    if (signal.aborted) return CANCELLED;
    const planned = readPlan(key, kind === 'deploy' ? { kind, model, paths } : { kind, paths }, stateDirectory());
    return planned.kind === 'planned'
        ? done(planViewOf(planned.plan))
        : failed({ kind: 'notPlanned', deployment: key.deployment, message: planned.message });
}

async function stateBefore(
    config: Sources,
    directory: vscode.Uri,
    comparison: Comparison,
    signal: AbortSignal,
): Promise<Outcome<GraphBefore>> {
    switch (comparison) {
        case 'changesSinceCommit':
            return committedState(config, directory, signal);
        case 'changesSinceDeployment':
            return deployedState(config, directory, signal);
        default:
            return comparison satisfies never;
    }
}

async function committedState(
    { committed }: Sources,
    directory: vscode.Uri,
    signal: AbortSignal,
): Promise<Outcome<GraphBefore>> {
    const found = await committed.read(directory, signal);
    if (found.kind !== 'done') return found;
    const { commit, texts } = found.value;
    return done({ kind: 'texts', label: vscode.l10n.t('Changes since the commit {0}', commit), texts });
}

async function deployedState(
    { language, deployments, deployedModel }: Sources,
    directory: vscode.Uri,
    signal: AbortSignal,
): Promise<Outcome<GraphBefore>> {
    const answer = await language.model(directory, signal);
    if (answer.kind !== 'done') return answer;
    if (answer.value.kind === 'none') return failed({ kind: 'noApplication' });
    const key = keyOf(deployments, directory, answer.value.model.name);
    const model = await deployedModel(key);
    if (signal.aborted) return CANCELLED;
    if (model === null) return failed({ kind: 'nothingDeployed' });
    return done({ kind: 'model', label: vscode.l10n.t('Changes since {0} was deployed', key.deployment), model });
}

/** The real deployment of an application that changed last; the one a deploy would begin when none is known. */
function keyOf({ list }: Pick<Deployments, 'list'>, { fsPath }: vscode.Uri, name: string): DeploymentKey {
    const directory = realDirectory(fsPath);
    const isMeant = ({ simulated, key }: DeploymentView): boolean => !simulated && key.directory === directory;
    const latest = list()
        .filter(isMeant)
        .toSorted((left, right) => right.changedAt - left.changedAt)[0];
    return latest?.key ?? { directory, deployment: name };
}
