/** What code lenses say and do, as plain data. */
import * as vscode from 'vscode';
import { addressOf } from '../deployments/address.ts';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import { isAbsent } from '../deployments/live-state.ts';
import { knownUntil, wordsAsOf } from '../deployments/known-until.ts';
import { instanceLook, isChanging } from '../deployments/status-words.ts';
import {
    deploymentEntry,
    isRetryable,
    isStartable,
    isStoppable,
    runWords,
    wordsInDeployment,
} from '../deployments/tree-entries.ts';
import type { InstanceSnapshot } from '../../runner/protocol.ts';
import type { InstanceMark } from './instance-marks.ts';

export interface LensEntry {
    /** Counts from 0. */
    readonly line: number;
    /** With product icons. */
    readonly title: string;
    /** Without the prefix `roboconf.`. */
    readonly command: string;
    /** What the command is given; undefined = what it is about is the file. */
    readonly argument: unknown;
}

/** Between an icon and its word: the editor takes ordinary blanks away there. */
const GAP = '\u00a0';

/** Above the first line of an instance file: what can be done with the application, and what is. `trusted`: recipes may be run. */
export function applicationLenses(
    view: DeploymentView | undefined,
    application: unknown,
    { trusted, now }: { readonly trusted: boolean; readonly now: number },
): readonly LensEntry[] {
    const on = (title: string, command: string, argument: unknown = application): LensEntry => ({
        line: 0,
        title,
        command,
        argument,
    });
    const simulate = on(`$(beaker)${GAP}${vscode.l10n.t('Simulate')}`, 'simulate');
    const deploy = trusted ? [on(`$(cloud-upload)${GAP}${vscode.l10n.t('Deploy')}`, 'deploy')] : [];
    if (view === undefined) return [simulate, ...deploy];
    const element = { kind: 'deployment', deployment: view.id };
    const { icon, label, description } = deploymentEntry(view, now);
    const state = on(`$(${icon})${GAP}${label}: ${description}`, 'showDeployments', element);
    if (runWords(view) === '') return [simulate, ...deploy, state];
    const isCancelling = view.snapshot.run?.cancelling === true;
    return [state, ...(isCancelling ? [] : [on(`$(stop-circle)${GAP}${vscode.l10n.t('Cancel')}`, 'cancel', element)])];
}

/** Above an `instance of` block: its live state, and what can be done with the instance. None while nothing of the deployment is there. */
export function instanceLenses(view: DeploymentView, mark: InstanceMark, now: number): readonly LensEntry[] {
    if (isAbsent(view.snapshot) && runWords(view) === '') return [];
    const [first] = mark.instances;
    if (first === undefined) return [];
    const argument = { kind: 'instance', deployment: view.id, path: first.path };
    const on = (title: string, command: string): LensEntry => ({ line: mark.line, title, command, argument });
    const state = on(stateTitle(view, mark, now), 'showDeployments');
    const isOrderable = view.link.kind === 'live' || view.link.kind === 'idle';
    if (mark.instances.length > 1 || !isOrderable) return [state];
    return [state, ...deedsOf(first, view.simulated).map(({ title, command }) => on(title, command))];
}

function deedsOf(
    instance: InstanceSnapshot,
    simulated: boolean,
): readonly { readonly title: string; readonly command: string }[] {
    const isFailed = isRetryable(instance);
    const deeds = [
        { title: vscode.l10n.t('Retry'), command: 'retry', fits: isFailed },
        { title: vscode.l10n.t('Start'), command: 'start', fits: !isFailed && isStartable(instance) },
        { title: vscode.l10n.t('Stop'), command: 'stop', fits: isStoppable(instance) },
        { title: vscode.l10n.t('Output'), command: 'showOutput', fits: !simulated },
        { title: vscode.l10n.t('Recipe'), command: 'openRecipe', fits: instance.failure !== null },
    ];
    return deeds.filter(({ fits }) => fits);
}

function stateTitle(view: DeploymentView, { instances }: InstanceMark, now: number): string {
    const [first] = instances;
    if (first !== undefined && instances.length === 1) return ownTitle(view, first, now);
    const startedCount = instances.filter(({ status }) => status === 'DEPLOYED_STARTED').length;
    const words =
        startedCount === instances.length
            ? vscode.l10n.t('all {0} started', instances.length)
            : vscode.l10n.t('{0} of {1} started', startedCount, instances.length);
    return `$(layers)${GAP}${words}`;
}

function ownTitle(view: DeploymentView, instance: InstanceSnapshot, now: number): string {
    const { icon } = instanceLook(instance, view.link.kind === 'live');
    const isMoving = isChanging(instance.status) || instance.status === 'NOT_DEPLOYED';
    const words = wordsAsOf(wordsInDeployment(view, instance, now), isMoving ? '' : knownUntil(view, now));
    const address = instance.status === 'DEPLOYED_STARTED' ? addressOf(instance.exports) : undefined;
    return address === undefined ? `$(${icon})${GAP}${words}` : `$(${icon})${GAP}${words}, ${address}`;
}
