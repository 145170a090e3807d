/** A plan as the picture shows it: a mark for each node, whatever the nodes are, with what is run in which wave. */
import * as vscode from 'vscode';
import type { PlanAction, PlanMark, PlanView } from '../../media/protocol.ts';
import type { DeploymentPlan, PlannedInstance, PlannedOrder, PlannedPhase, PlannedStep } from '../../runner/index.ts';
import { durationWords } from '../deployments/time-words.ts';

/** Marks of instances are exact; the mark of a component is that of all its instances. */
export function planViewOf(plan: DeploymentPlan): PlanView {
    const stepsOf = Map.groupBy(plan.steps, ({ path }) => path);
    const reasons = new Map(plan.unreached.map(({ path, reason }) => [path, reason]));
    const own = plan.instances.map((instance) => {
        const notes = [
            ...cut((stepsOf.get(instance.path) ?? []).map(stepLine), STEPS_AT_MOST),
            ...unreachedLines(reasons.get(instance.path)),
        ];
        const { action, firstWave, lastWave, isCritical } = instance;
        return [`instance:${instance.path}`, { action, firstWave, lastWave, isCritical, notes }] as const;
    });
    const groups = Map.groupBy(plan.instances, ({ component }) => component);
    const merged = [...groups].map(([component, group]) => [`component:${component}`, markOfAll(group)] as const);
    return {
        title: titleOf(plan),
        waveCount: plan.waveCount,
        marks: Object.fromEntries<PlanMark>([...own, ...merged]),
    };
}

/** `Wave 3: start (4.0 s)`. */
function stepLine({ wave, phase, estimateMs }: PlannedStep): string {
    const what = phaseWords(phase);
    return estimateMs === null
        ? vscode.l10n.t('Wave {0}: {1}', wave, what)
        : vscode.l10n.t('Wave {0}: {1} (about {2})', wave, what, durationWords(estimateMs));
}

function unreachedLines(reason: string | undefined): readonly string[] {
    return reason === undefined ? [] : [vscode.l10n.t('It will not get where it should: {0}', reason)];
}

/** What imports from hundreds is updated hundreds of times; a page takes no list that long. */
const STEPS_AT_MOST = 20;

function cut(lines: readonly string[], most: number): readonly string[] {
    const more = lines.length - most;
    return more > 0 ? [...lines.slice(0, most), vscode.l10n.t('and {0} more', more)] : lines;
}

/** Instances of one component are listed as long as the list can be read. */
const LISTED_AT_MOST = 8;

function markOfAll(instances: readonly PlannedInstance[]): PlanMark {
    const listed = instances.map(({ path, action }) => `${path}: ${actionWord(action)}`);
    return {
        action: gravestOf(instances.map(({ action }) => action)),
        firstWave: Math.min(...instances.map(({ firstWave }) => firstWave)),
        lastWave: Math.max(...instances.map(({ lastWave }) => lastWave)),
        isCritical: instances.some(({ isCritical }) => isCritical),
        notes: cut(listed, LISTED_AT_MOST),
    };
}

/** What takes most away comes first: nobody shall overlook it among many. */
const GRAVITY: readonly PlanAction[] = ['delete', 'recreate', 'stop', 'restart', 'update', 'create', 'start'];

function gravestOf(actions: readonly PlanAction[]): PlanAction {
    return GRAVITY.find((action) => actions.includes(action)) ?? 'start';
}

function actionWord(action: PlanAction): string {
    switch (action) {
        case 'create':
            return vscode.l10n.t('is created');
        case 'start':
            return vscode.l10n.t('is started');
        case 'update':
            return vscode.l10n.t('is updated');
        case 'restart':
            return vscode.l10n.t('is restarted');
        case 'stop':
            return vscode.l10n.t('is stopped');
        case 'delete':
            return vscode.l10n.t('is deleted');
        case 'recreate':
            return vscode.l10n.t('is made anew');
        default:
            return action satisfies never;
    }
}

function phaseWords(phase: PlannedPhase): string {
    switch (phase) {
        case 'createMachine':
            return vscode.l10n.t('create the machine');
        case 'destroyMachine':
            return vscode.l10n.t('destroy the machine');
        case 'initialize':
        case 'deploy':
        case 'start':
        case 'update':
        case 'stop':
        case 'undeploy':
            return phase;
        default:
            return phase satisfies never;
    }
}

function titleOf({ order, isDeployed, instances, estimatedMs, guessedCount }: DeploymentPlan): string {
    const what = order.paths.length === 0 ? wholeTitle(order, isDeployed) : partTitle(order);
    if (instances.length === 0) return vscode.l10n.t('{0}: nothing would change', what);
    if (estimatedMs === null) return what;
    const time = durationWords(estimatedMs);
    return guessedCount === 0
        ? vscode.l10n.t('{0}: about {1}', what, time)
        : vscode.l10n.t('{0}: about {1}, partly guessed', what, time);
}

function wholeTitle({ kind }: PlannedOrder, isDeployed: boolean): string {
    switch (kind) {
        case 'deploy':
            return isDeployed ? vscode.l10n.t('Deploy the changes') : vscode.l10n.t('Deploy the whole application');
        case 'start':
            return vscode.l10n.t('Start the whole application');
        case 'stop':
            return vscode.l10n.t('Stop the whole application');
        case 'undeploy':
            return vscode.l10n.t('Undeploy the whole application');
        default:
            return kind satisfies never;
    }
}

function partTitle({ kind, paths }: PlannedOrder): string {
    const part = paths.join(', ');
    switch (kind) {
        case 'deploy':
            return vscode.l10n.t('Deploy {0}', part);
        case 'start':
            return vscode.l10n.t('Start {0}', part);
        case 'stop':
            return vscode.l10n.t('Stop {0}', part);
        case 'undeploy':
            return vscode.l10n.t('Undeploy {0}', part);
        default:
            return kind satisfies never;
    }
}
