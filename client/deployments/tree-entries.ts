/** What the rows of applications, deployments and instances say, as plain data. */
import * as vscode from 'vscode';
import { addressOf, shortAddress } from './address.ts';
import type { DeploymentView, UnknownStep } from './deployment-view.ts';
import { recipePhaseOf } from './failure-details.ts';
import { withoutInstanceFolder } from './instance-folder.ts';
import { asOfLines, knownUntil } from './known-until.ts';
import { isAbsent, isRunning } from './live-state.ts';
import type { FailureNote, InstanceSnapshot } from '../../runner/protocol.ts';
import { plainLine } from '../../runner/terminal-text.ts';
import { deedWord } from '../ui/deed-words.ts';
import {
    instanceLook,
    instanceWords,
    isChanging,
    isLost,
    orderDoing,
    orderName,
    outcomeWord,
    progressWords,
    troubleWord,
    type StatusLook,
} from './status-words.ts';
import { agoWords, durationWords, elapsedWords } from './time-words.ts';
import { flagsOf, type Tooltip, type TreeEntry } from './tree-entry.ts';

/** Instances up to this number are shown opened at first. */
const OPEN_LIMIT = 50;

/** Children of each instance by the parent's path; the roots under null. Order as in the snapshot. */
export type InstanceTree = ReadonlyMap<string | null, readonly InstanceSnapshot[]>;

/** Nests the instances as the model does. An instance whose parent is not listed is a root. */
export function instanceTreeOf(instances: readonly InstanceSnapshot[]): InstanceTree {
    const paths = new Set(instances.map((instance) => instance.path));
    const parentOf = ({ parent }: InstanceSnapshot) => (parent !== null && paths.has(parent) ? parent : null);
    return Map.groupBy(instances, parentOf);
}

/** The entry of a deployment. `now`: milliseconds since 1970; `targets`: names of what its machines are of, none for this computer. */
export function deploymentEntry(view: DeploymentView, now: number, targets: readonly string[] = []): TreeEntry {
    const place = targets.length === 0 ? [] : [targets.join(', ')];
    const description = [deploymentDescription(view, now), ...place].join(' · ');
    const name = view.key.deployment;
    return {
        label: name,
        description,
        ...deploymentLook(view),
        flags: deploymentFlags(view),
        ariaLabel: view.simulated
            ? vscode.l10n.t('Simulation {0}: {1}', name, description)
            : vscode.l10n.t('Deployment {0}: {1}', name, description),
        tooltip: () => deploymentTooltip(view, now),
        // Also before its runner has said what there is: the editor keeps an entry closed that once had nothing to open.
        fold: view.snapshot.instances.length > OPEN_LIMIT ? 'closed' : 'open',
        click: null,
    };
}

/** The entry of an instance. `childCount`: rows right below it. */
export function instanceEntry(
    view: DeploymentView,
    instance: InstanceSnapshot,
    childCount: number,
    now: number,
): TreeEntry {
    const look = instanceLook(instance, view.link.kind === 'live');
    const words = wordsInDeployment(view, instance, now);
    const address = addressWords(instance);
    return {
        label: instance.name,
        description: address === null ? words : `${words} · ${address}`,
        icon: look.icon,
        colour: look.colour,
        flags: instanceFlags(view, instance),
        ariaLabel: `${instance.name}, ${instance.component}: ${words} (${instance.status})`,
        tooltip: () => instanceTooltip(view, instance, now),
        fold: childCount === 0 ? 'none' : view.snapshot.instances.length > OPEN_LIMIT ? 'closed' : 'open',
        click: null,
    };
}

/** Where it can be reached: what it exports while it is started, else the machine that a target made for it. */
function addressWords({ status, exports, machine }: InstanceSnapshot): string | null {
    const address = status === 'DEPLOYED_STARTED' ? addressOf(exports) : undefined;
    if (address !== undefined) return shortAddress(address);
    return machine === undefined || machine.address === '' ? null : machine.address;
}

/** What an instance is doing, as `instanceWords`; of what is on a machine that does not answer, that nobody can tell. */
export function wordsInDeployment(view: DeploymentView, instance: InstanceSnapshot, now?: number): string {
    if (!isOnLostMachine(view, instance)) return instanceWords(instance, view.link.kind === 'live', now);
    return now === undefined ? vscode.l10n.t('not known') : vscode.l10n.t('not known: its machine does not answer');
}

/** Whether nobody can tell how it is, because the machine it is on does not answer. */
export function isOnLostMachine({ snapshot }: DeploymentView, { path, status, failure }: InstanceSnapshot): boolean {
    if (status !== 'PROBLEM' || failure !== null) return false;
    return snapshot.instances.some((machine) => isLost(machine) && path.startsWith(`${machine.path}/`));
}

/** A step as questions name it, with the machine that it was run on when that is another one: `/vm/web start on 10.0.0.11`. */
export function stepPlace({ snapshot }: DeploymentView, { path, phase }: UnknownStep): string {
    const around = snapshot.instances.filter((each) => path === each.path || path.startsWith(`${each.path}/`));
    const address = around.findLast(({ machine }) => machine !== undefined)?.machine?.address;
    return address === undefined ? `${path} ${phase}` : vscode.l10n.t('{0} {1} on {2}', path, phase, address);
}

/** The run under way as one line, empty when there is none: `deploying, 2 of 6 started`. */
export function runWords(view: DeploymentView): string {
    const { run } = view.snapshot;
    if (run === null || !isRunning(run) || view.link.kind !== 'live') return '';
    return run.cancelling
        ? cancellingWords(view)
        : vscode.l10n.t('{0}, {1}', orderDoing(run.order), progressWords(view.snapshot));
}

/** What a cancel still waits for. */
function cancellingWords({ snapshot }: DeploymentView): string {
    const stepCount = snapshot.instances.filter(({ step }) => step !== null).length;
    if (stepCount === 0) return vscode.l10n.t('cancelling…');
    return stepCount === 1
        ? vscode.l10n.t('cancelling… waiting for a step')
        : vscode.l10n.t('cancelling… waiting for {0} steps', stepCount);
}

function deploymentDescription(view: DeploymentView, now: number): string {
    const running = runWords(view);
    const state = linkWords(view) ?? (running === '' ? outcomeWords(view) : running);
    const kind = view.simulated ? [vscode.l10n.t('simulation')] : [];
    return [...kind, state, ...timeWords(view, running !== '', now)].join(' · ');
}

/** How long the run has been under way, or how long ago it ended. A simulation has a time of its own. */
function timeWords({ snapshot, simulated, link }: DeploymentView, running: boolean, now: number): readonly string[] {
    const { run } = snapshot;
    if (simulated || run === null || link.kind === 'damaged') return [];
    if (running) return [elapsedWords(now - run.begunAt)];
    return run.endedAt === null ? [] : [agoWords(now - run.endedAt)];
}

function linkWords({ link }: DeploymentView): string | null {
    switch (link.kind) {
        case 'damaged':
            return vscode.l10n.t('journal cannot be read');
        case 'interrupted':
            return vscode.l10n.t('interrupted');
        case 'otherVersion':
            return vscode.l10n.t('run by another version');
        case 'live':
        case 'idle':
            return null;
        default:
            return link satisfies never;
    }
}

function outcomeWords({ snapshot }: DeploymentView): string {
    const { run } = snapshot;
    const words = progressWords(snapshot);
    if (run?.outcome === 'failed') return vscode.l10n.t('{0} · {1} failed', words, deedWord(run.order));
    return run?.outcome === 'cancelled' ? vscode.l10n.t('{0} · {1} cancelled', words, deedWord(run.order)) : words;
}

function deploymentLook(view: DeploymentView): Pick<StatusLook, 'icon' | 'colour'> {
    const { snapshot, link } = view;
    if (link.kind === 'damaged') return { icon: 'error', colour: 'problemsErrorIcon.foreground' };
    if (link.kind === 'interrupted') return { icon: 'debug-pause', colour: 'charts.yellow' };
    if (link.kind === 'otherVersion') return { icon: 'lock', colour: 'charts.yellow' };
    if (runWords(view) !== '') return { icon: 'sync~spin', colour: 'charts.blue' };
    if (snapshot.instances.some(({ failure }) => failure !== null))
        return { icon: 'warning', colour: 'problemsWarningIcon.foreground' };
    if (view.simulated) return { icon: 'beaker', colour: null };
    const isStarted = snapshot.instances.every(({ status }) => status === 'DEPLOYED_STARTED');
    return { icon: 'server-process', colour: isStarted ? 'testing.iconPassed' : null };
}

function deploymentFlags(view: DeploymentView): string {
    const { instances, run } = view.snapshot;
    const running = runWords(view) !== '';
    const orderable = !running && isOrderable(view);
    return flagsOf('deployment', {
        simulation: view.simulated,
        running: running && run?.cancelling !== true,
        resumable: view.link.kind === 'interrupted',
        takeable: view.link.kind === 'otherVersion',
        deployable: orderable && !view.simulated && isAbsent(view.snapshot),
        redeployable: orderable && !view.simulated && !isAbsent(view.snapshot),
        startable: orderable && hasStartable(view),
        retryable: orderable && instances.some(isRetryable),
        stoppable: orderable && instances.some(isStoppable),
        undeployable: orderable && instances.some(isUndeployable),
        removable: isRemovable(view),
    });
}

/** Whether a deployment can leave the list: nothing of it is left, or it is none. */
export function isRemovable(view: DeploymentView): boolean {
    if (view.simulated) return true;
    const isBusy = runWords(view) !== '' || view.link.kind === 'interrupted';
    return !isBusy && !view.snapshot.instances.some(isUndeployable);
}

/** What is absent as a whole is deployed rather than started; what failed is tried again. A simulation knows no difference. */
function hasStartable({ simulated, snapshot }: DeploymentView): boolean {
    const isWorthIt = simulated || !isAbsent(snapshot);
    return isWorthIt && snapshot.instances.some((instance) => isStartable(instance) && !isRetryable(instance));
}

/** What can be done to an instance, for `when` clauses. */
export function instanceFlags(view: DeploymentView, instance: InstanceSnapshot): string {
    const orderable = isOrderable(view);
    return flagsOf('instance', {
        simulation: view.simulated,
        startable: orderable && isStartable(instance) && !isRetryable(instance),
        retryable: orderable && isRetryable(instance),
        unknown: orderable && isUnknown(instance),
        failed: instance.failure !== null,
        stoppable: orderable && isStoppable(instance),
        undeployable: orderable && isUndeployable(instance),
    });
}

function isOrderable({ link }: DeploymentView): boolean {
    return link.kind === 'live' || link.kind === 'idle';
}

/** A failure nobody works on. */
export function isRetryable({ failure, step }: InstanceSnapshot): boolean {
    return failure !== null && step === null;
}

/** Whether a step of it ended and nobody knows how. */
export function isUnknown({ failure, step }: InstanceSnapshot): boolean {
    return failure?.kind === 'unknown' && step === null;
}

/** Whether it can be asked to start. */
export function isStartable({ desired, status, failure }: InstanceSnapshot): boolean {
    return desired !== 'DEPLOYED_STARTED' || (failure !== null && status !== 'DEPLOYED_STARTED');
}

/** Whether it can be asked to stop. */
export function isStoppable({ desired, status }: InstanceSnapshot): boolean {
    return desired === 'DEPLOYED_STARTED' || status === 'DEPLOYED_STARTED';
}

/** Whether anything of it is there or wanted. */
export function isUndeployable({ desired, status }: InstanceSnapshot): boolean {
    return desired !== 'NOT_DEPLOYED' || status !== 'NOT_DEPLOYED';
}

function deploymentTooltip(view: DeploymentView, now: number): Tooltip {
    const { key, snapshot, link } = view;
    const lines = [
        view.simulated
            ? vscode.l10n.t('Simulation: no recipe is run.')
            : vscode.l10n.t('Application: {0}', key.directory),
        progressWords(snapshot),
        ...lastOrderLines(view, now),
        ...(link.kind === 'damaged' || link.kind === 'otherVersion' ? [link.message] : []),
        ...(link.kind === 'interrupted'
            ? [vscode.l10n.t('The runner ended during this run. Resume goes on with what the journal says.')]
            : []),
        ...watchLines(view),
        ...view.unknownSteps.map(({ path, phase }) => vscode.l10n.t('Nobody knows how {0} of {1} ended.', phase, path)),
    ];
    return { title: key.deployment, lines, output: [], links: deploymentLinks(view) };
}

/** Machines of targets are watched by the runner as long as there are any. */
function watchLines({ snapshot, link }: DeploymentView): readonly string[] {
    const machines = snapshot.instances.filter(({ machine }) => machine !== undefined);
    if (machines.length === 0) return [];
    const lost = machines.filter(isLost).map(({ path }) => path);
    const watched =
        link.kind === 'live'
            ? vscode.l10n.t('The runner stays and watches {0} machines of targets.', machines.length)
            : vscode.l10n.t(
                  'Nobody watches the {0} machines of targets: an order starts a runner that does.',
                  machines.length,
              );
    return lost.length === 0 ? [watched] : [watched, vscode.l10n.t('Lost: {0}', lost.join(', '))];
}

function deploymentLinks({ link }: DeploymentView): Tooltip['links'] {
    if (link.kind === 'interrupted') return [{ title: vscode.l10n.t('Resume'), command: 'resume' }];
    return link.kind === 'otherVersion' ? [{ title: vscode.l10n.t('Take Over'), command: 'takeOver' }] : [];
}

function lastOrderLines({ snapshot, simulated }: DeploymentView, now: number): readonly string[] {
    const { run } = snapshot;
    if (run === null) return [];
    const order = [orderName(run.order), ...run.paths].join(' ');
    if (run.endedAt === null || run.outcome === null) return [vscode.l10n.t('Last order: {0}, not ended', order)];
    const [outcome, took] = [outcomeWord(run.outcome), durationWords(run.endedAt - run.begunAt)];
    return simulated
        ? [vscode.l10n.t('Last order: {0}, {1} after {2}', order, outcome, took)]
        : [vscode.l10n.t('Last order: {0}, {1} after {2}, {3}', order, outcome, took, agoWords(now - run.endedAt))];
}

function instanceTooltip(view: DeploymentView, instance: InstanceSnapshot, now: number): Tooltip {
    const { failure, missing, exports, step, machine } = instance;
    const lines = [
        vscode.l10n.t('{0} ({1})', instance.component, instance.installer || vscode.l10n.t('no installer')),
        vscode.l10n.t('Status: {0}, wanted: {1}', instance.status, instance.desired),
        ...(instance.status === 'NOT_DEPLOYED' ? [] : asOfLines(knownUntil(view, now))),
        ...machineLines(machine),
        ...(step === null ? [] : [vscode.l10n.t('Running: {0}', step.phase)]),
        ...(missing.length === 0 ? [] : [vscode.l10n.t('Missing imports: {0}', missing.join(', '))]),
        ...Object.entries(exports).map(([name, value]) => `${name} = ${value}`),
        ...(failure === null ? [] : failureLines(failure, troubleWord(instance, failure))),
    ];
    const links = failure === null ? [] : failureLinks(view, instance, failure);
    return {
        title: instance.path,
        lines,
        output: failure?.lastLines.map(plainLine).map(withoutInstanceFolder) ?? [],
        links,
    };
}

/** The machine that a target made for an instance, if one did. */
export function machineLines(machine: InstanceSnapshot['machine']): readonly string[] {
    return machine === undefined ? [] : [vscode.l10n.t('Machine: {0}, at {1}', machine.id, machine.address)];
}

function failureLinks(
    { simulated, link }: DeploymentView,
    instance: InstanceSnapshot,
    failure: FailureNote,
): Tooltip['links'] {
    const phase = recipePhaseOf(failure);
    const links: Tooltip['links'][number][] = [];
    if (phase !== null) links.push({ title: vscode.l10n.t('Open the {0} recipe', phase), command: 'openRecipe' });
    if (!simulated) links.push({ title: vscode.l10n.t('Show output'), command: 'showOutput' });
    if (link.kind === 'live' || link.kind === 'idle') links.push({ title: vscode.l10n.t('Retry'), command: 'retry' });
    if (!isUnknown(instance)) return links;
    return [
        ...links,
        { title: vscode.l10n.t('Mark as done'), command: 'settleSucceeded' },
        { title: vscode.l10n.t('Mark as failed'), command: 'settleFailed' },
    ];
}

function failureLines(failure: FailureNote, word: string): readonly string[] {
    const code = failure.exitCode === null ? [] : [vscode.l10n.t('Exit code: {0}', failure.exitCode)];
    const isTold = failure.message.startsWith(word);
    return [isTold ? failure.message : `${word}: ${failure.message}`, ...code];
}

/** Whether what an entry of this deployment says depends on the clock: to the second while something is under way, to the minute otherwise. */
export function isTimed(view: DeploymentView): boolean {
    return (
        runWords(view) !== '' ||
        view.snapshot.instances.some(({ retryAt, status }) => retryAt !== null || isChanging(status))
    );
}
