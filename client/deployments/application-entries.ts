/** What the rows of applications say: whether they can be deployed. */
import * as vscode from 'vscode';
import type { FindingCount } from '../../server/protocol.ts';
import { flagsOf, plainTooltip, type TreeEntry } from './tree-entry.ts';

/** An application of the workspace, or one that is only known by its deployments. */
export interface ApplicationView {
    /** Real path. */
    readonly directory: string;
    readonly name: string;
    /** Null until its first analysis, and when it is not in the workspace. */
    readonly findings: FindingCount | null;
    readonly inWorkspace: boolean;
}

/** The entry of an application. `deploymentCount`: deployments and simulations below it. */
export function applicationEntry(
    application: ApplicationView,
    deploymentCount: number,
    hasHistory: boolean,
): TreeEntry {
    const { name, directory, findings } = application;
    const errorCount = findings?.errors ?? 0;
    const description = stateWords(application, deploymentCount);
    const isEmpty = deploymentCount === 0 && !hasHistory;
    return {
        label: name,
        description,
        ...(errorCount > 0
            ? { icon: 'error', colour: 'problemsErrorIcon.foreground' }
            : { icon: 'package', colour: null }),
        flags: flagsOf('application', { ready: findings !== null && errorCount === 0, broken: errorCount > 0 }),
        ariaLabel:
            description === ''
                ? vscode.l10n.t('Application {0}', name)
                : vscode.l10n.t('Application {0}: {1}', name, description),
        tooltip: () => plainTooltip(name, description === '' ? [directory] : [directory, description]),
        // The editor keeps a row as it first was: one that is folded over its history would hide a deployment that comes later.
        fold: isEmpty ? 'none' : 'open',
        click: isEmpty ? 'openSource' : null,
    };
}

function stateWords({ findings, inWorkspace }: ApplicationView, deploymentCount: number): string {
    if (!inWorkspace) return vscode.l10n.t('not in this workspace');
    if (findings === null) return vscode.l10n.t('being analysed');
    const { errors, warnings } = findings;
    if (errors > 0) return errors === 1 ? vscode.l10n.t('1 error') : vscode.l10n.t('{0} errors', errors);
    const ready = deploymentCount === 0 ? [vscode.l10n.t('ready to deploy')] : [];
    const warned =
        warnings === 0 ? [] : [warnings === 1 ? vscode.l10n.t('1 warning') : vscode.l10n.t('{0} warnings', warnings)];
    return [...ready, ...warned].join(' · ');
}
