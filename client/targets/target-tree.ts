/** The whole Targets view as data: applications, the targets of each, and the hosts of those. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { DRIVEN_HANDLERS, isThisComputer, type TargetUse } from '../../language/index.ts';
import { flagsOf, plainTooltip, type TreeEntry } from '../deployments/tree-entry.ts';
import type { TargetElement } from './target-element.ts';
import { hostLines, hostLook, hostWords } from './target-words.ts';
import type { ApplicationTargetsView, HostState, TargetView } from './targets.ts';

export interface TargetNode {
    readonly element: TargetElement;
    readonly entry: TreeEntry;
    readonly children: readonly TargetNode[];
}

/** Applications without a target file of their own or around them make no row: the welcome says what to do. */
export function targetTreeOf(applications: readonly ApplicationTargetsView[]): readonly TargetNode[] {
    const withTargets = applications.filter(({ targets }) => targets.length > 0);
    return withTargets.map(applicationNode);
}

function applicationNode(application: ApplicationTargetsView): TargetNode {
    const { directory, name, targets, association } = application;
    const rows = targets.map((target) => targetNode(application, target));
    const here = association.uses.filter(({ source }) => source === null);
    const children = here.length === 0 ? rows : [...rows, thisMachineNode(directory, here)];
    const [fault] = association.faults;
    const description = fault === undefined ? '' : vscode.l10n.t('cannot be deployed as it is');
    return {
        element: { kind: 'targetApplication', directory },
        entry: {
            label: name,
            description,
            icon: fault === undefined ? 'package' : 'warning',
            colour: fault === undefined ? null : 'problemsWarningIcon.foreground',
            flags: flagsOf('targetApplication'),
            ariaLabel: vscode.l10n.t('Targets of {0}', name),
            tooltip: () => plainTooltip(name, [directory, ...association.faults.map(({ message }) => message)]),
            fold: 'open',
            click: null,
        },
        children,
    };
}

function thisMachineNode(directory: string, uses: readonly TargetUse[]): TargetNode {
    const paths = uses.map(({ path }) => path);
    const description = usesWords(paths);
    const label = vscode.l10n.t('This machine');
    return {
        element: { kind: 'thisMachine', directory },
        entry: {
            label,
            description,
            icon: 'device-desktop',
            colour: null,
            flags: flagsOf('thisMachine'),
            ariaLabel: `${label}: ${description}`,
            tooltip: () => plainTooltip(label, [vscode.l10n.t('Recipes run here, with your rights.'), ...paths]),
            fold: 'none',
            click: null,
        },
        children: [],
    };
}

function targetNode({ directory, association }: ApplicationTargetsView, target: TargetView): TargetNode {
    const { source, hosts, fault, secrets } = target;
    const uses = association.uses.filter((use) => use.source?.file === source.file);
    const paths = uses.map(({ path }) => path);
    const label = source.id ?? basename(source.file);
    const description = targetDescription(target, uses);
    const look = targetLook(target);
    return {
        element: { kind: 'target', directory, file: source.file },
        entry: {
            label,
            description,
            ...look,
            flags: flagsOf('target', {
                testable: hosts.length > 0,
                used: hosts.some(({ holder }) => holder !== null),
                usable: source.id !== null && faultWords(target) === null,
                secrets: secrets.length > 0,
            }),
            ariaLabel: vscode.l10n.t('Target {0}: {1}', label, description),
            tooltip: () => plainTooltip(source.name, targetLines(target, paths)),
            fold: hosts.length === 0 ? 'none' : hosts.length > OPEN_HOSTS ? 'closed' : 'open',
            click: hosts.length === 0 && fault === null ? 'openTarget' : null,
        },
        children: hosts.map((host) => hostNode(directory, source.file, host)),
    };
}

/** Pools up to this number of hosts are shown opened at first. */
const OPEN_HOSTS = 20;

function targetDescription(target: TargetView, uses: readonly TargetUse[]): string {
    const { source, hosts } = target;
    const fault = faultWords(target);
    const name = source.name === source.id ? [] : [source.name];
    const freeCount = hosts.filter(({ holder }) => holder === null).length;
    const pool = hosts.length === 0 ? [] : [vscode.l10n.t('{0} of {1} free', freeCount, hosts.length)];
    const made = uses.length === 0 ? [] : [becauseWords(uses)];
    return [...(fault === null ? [...name, ...pool] : [fault]), ...made].join(' · ');
}

/** For what it is the target without being chosen in a deploy: `default`, `Machine`, `/vm 1`. */
function becauseWords(uses: readonly TargetUse[]): string {
    if (uses.some(({ because }) => because === 'application')) return vscode.l10n.t('default');
    const components = uses.filter(({ because }) => because === 'component' || because === 'recipe');
    const instances = uses.filter(({ because }) => because === 'instance');
    const words = [...components.map(({ component }) => component), ...instances.map(({ path }) => path)];
    return usesWords([...new Set(words)]);
}

const SHOWN_USES = 3;

function usesWords(words: readonly string[]): string {
    const rest = words.length - SHOWN_USES;
    const shown = words.slice(0, SHOWN_USES).join(', ');
    return vscode.l10n.t('for {0}', rest > 0 ? vscode.l10n.t('{0} and {1} more', shown, rest) : shown);
}

/** Why no machine can be made with it; null when one can, as far as the file tells. */
function faultWords({ source, fault, missingSecrets }: TargetView): string | null {
    const { id, handler } = source;
    if (id === null) return vscode.l10n.t('has no id');
    if (handler === null) return vscode.l10n.t('has no handler');
    if (!DRIVEN_HANDLERS.includes(handler)) return vscode.l10n.t('{0} cannot be used yet', handler);
    if (missingSecrets.length > 0) return vscode.l10n.t('needs the secret {0}', missingSecrets.join(', '));
    return fault === null ? null : vscode.l10n.t('not complete');
}

/** The shape tells the handler; what is wrong with it comes before that. */
function targetLook(target: TargetView): Pick<TreeEntry, 'icon' | 'colour'> {
    const { handler, properties } = target.source;
    if (faultWords(target) !== null) return { icon: 'warning', colour: 'problemsWarningIcon.foreground' };
    if (handler === 'embedded') return { icon: 'remote', colour: null };
    return { icon: isThisComputer(handler ?? '', properties) ? 'device-desktop' : 'beaker', colour: null };
}

function targetLines({ source, fault, secrets, missingSecrets }: TargetView, paths: readonly string[]) {
    const { description, handler, file } = source;
    return [
        ...(description === null ? [] : [description]),
        vscode.l10n.t('Handler: {0}', handler ?? vscode.l10n.t('none')),
        vscode.l10n.t('File: {0}', file),
        ...(fault === null ? [] : [fault]),
        ...(secrets.length === 0 ? [] : [vscode.l10n.t('Secrets: {0}', secrets.join(', '))]),
        ...(missingSecrets.length === 0 ? [] : [vscode.l10n.t('Not set: {0}', missingSecrets.join(', '))]),
        ...(paths.length === 0 ? [] : [vscode.l10n.t('Makes {0}', paths.join(', '))]),
    ];
}

function hostNode(directory: string, file: string, host: HostState): TargetNode {
    const { address, holder, test } = host;
    const description = hostWords(host);
    return {
        element: { kind: 'host', directory, file, address },
        entry: {
            label: address,
            description,
            ...hostLook(host),
            flags: flagsOf('host', {
                testable: test?.kind !== 'testing',
                stranger: isStranger(host),
                used: holder !== null && holder.deployment !== null,
            }),
            ariaLabel: vscode.l10n.t('Host {0}: {1}', address, description),
            tooltip: () => plainTooltip(address, hostLines(host)),
            fold: 'none',
            click: null,
        },
        children: [],
    };
}

/** Whether its key is to be approved: the last test says so, and without one the file of known hosts does. */
function isStranger({ test, isStranger: isUnheardOf }: HostState): boolean {
    if (test === null) return isUnheardOf;
    return test.kind === 'tested' && test.outcome.kind === 'refused' && test.outcome.code === 'hostKeyUnknown';
}
