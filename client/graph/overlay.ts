/** Run states by node of a picture: exact for instances, the worst of all its instances for a component. */
import * as vscode from 'vscode';
import type { RunState } from '../../media/protocol.ts';
import type { InstanceSnapshot, InstanceStatus } from '../../runner/protocol.ts';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import { isChanging, lookOf, troubleWord } from '../deployments/status-words.ts';
import { instanceFlags, isOnLostMachine, machineLines, wordsInDeployment } from '../deployments/tree-entries.ts';

/** States by node id, for both perspectives: a picture uses those of the nodes it has. */
export function overlayOf(view: DeploymentView): Readonly<Record<string, RunState>> {
    const { snapshot } = view;
    const instances = snapshot.instances.map(
        (instance) => [`instance:${instance.path}`, instanceState(view, instance)] as const,
    );
    const byComponent = Map.groupBy(snapshot.instances, ({ component }) => component);
    const components = [...byComponent].map(
        ([name, group]) => [`component:${name}`, componentState(view, group)] as const,
    );
    return Object.fromEntries([...instances, ...components]);
}

function instanceState(view: DeploymentView, instance: InstanceSnapshot): RunState {
    return {
        status: shownStatus(instance),
        text: wordsInDeployment(view, instance),
        isProviding: isProviding(instance),
        notes: notesOf(instance),
        flags: instanceFlags(view, instance),
    };
}

/** Also when a step failed that left it running. */
function isProviding({ status }: InstanceSnapshot): boolean {
    return status === 'DEPLOYED_STARTED';
}

const MAX_EXPORTS = 8;

/** Why it failed, what it waits for, where it is, and the values others are told. */
function notesOf({ failure, missing, exports, machine }: InstanceSnapshot): readonly string[] {
    return [
        ...(failure === null ? [] : [failure.message]),
        ...(missing.length === 0 ? [] : [vscode.l10n.t('Missing imports: {0}', missing.join(', '))]),
        ...machineLines(machine),
        ...Object.entries(exports)
            .slice(0, MAX_EXPORTS)
            .map(([name, value]) => `${name} = ${value}`),
    ];
}

/** A failed instance is drawn as a problem, whatever state the failure left it in; a cancelled one failed at nothing. */
function shownStatus({ status, failure }: InstanceSnapshot): InstanceStatus {
    return failure === null || failure.kind === 'cancelled' || isChanging(status) ? status : 'PROBLEM';
}

function componentState(view: DeploymentView, instances: readonly InstanceSnapshot[]): RunState {
    const status = worstOf(instances.map(shownStatus));
    const concerned = instances.filter((instance) => shownStatus(instance) === status);
    const words = concerned.flatMap((instance) =>
        instance.failure === null ? [] : [troubleWord(instance, instance.failure)],
    );
    const isUnknown = concerned.some((instance) => isOnLostMachine(view, instance));
    const word = words[0] ?? (isUnknown ? vscode.l10n.t('not known') : statusWord(status, view.link.kind === 'live'));
    return {
        status,
        text: countedWords(concerned.length, instances.length, word),
        isProviding: instances.some(isProviding),
        notes: concerned.flatMap(({ path, failure: found }) =>
            found === null ? [] : [vscode.l10n.t('{0}: {1}', path, found.message)],
        ),
        flags: '',
    };
}

function countedWords(count: number, all: number, word: string): string {
    if (count < all) return vscode.l10n.t('{0} of {1} {2}', count, all, word);
    return count === 1 ? word : vscode.l10n.t('{0} {1}', count, word);
}

/** What most needs a look comes first: trouble, then what moves, then what waits, then what is at rest. */
const SEVERITY: readonly InstanceStatus[] = [
    'PROBLEM',
    'STARTING',
    'STOPPING',
    'DEPLOYING',
    'UNDEPLOYING',
    'UNRESOLVED',
    'WAITING_FOR_ANCESTOR',
    'DEPLOYED_STOPPED',
    'NOT_DEPLOYED',
    'DEPLOYED_STARTED',
];

function worstOf(statuses: readonly InstanceStatus[]): InstanceStatus {
    return SEVERITY.find((status) => statuses.includes(status)) ?? 'NOT_DEPLOYED';
}

function statusWord(status: InstanceStatus, driven: boolean): string {
    // Only when driven somebody goes on with what is begun.
    return !driven && isChanging(status) ? vscode.l10n.t('interrupted') : lookOf(status).word;
}
