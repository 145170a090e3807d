/** The one line of the status bar about all deployments. */
import * as vscode from 'vscode';
import type { InstanceSnapshot } from '../../runner/protocol.ts';
import type { DeploymentView } from './deployment-view.ts';
import { isRetryable, runWords } from './tree-entries.ts';
import { troubleWord } from './status-words.ts';

export interface StatusBarText {
    /** With product icons. */
    readonly text: string;
    /** Plain words, also for screen readers. */
    readonly tooltip: string;
    /** Whether somebody has to do something before anything goes on. */
    readonly needsAttention: boolean;
    /** Ids of the deployments it is about. */
    readonly deployments: readonly string[];
}

/** What runs, else what was interrupted, else what failed, else undefined: nothing needs attention. */
export function statusBarText(views: readonly DeploymentView[]): StatusBarText | undefined {
    const running = views.filter((view) => runWords(view) !== '');
    if (running.length > 0) {
        const many = vscode.l10n.t('{0} deployments are running', running.length);
        return { ...lineOf('sync~spin', running, many, runWords), needsAttention: false };
    }
    const interrupted = views.filter(({ link }) => link.kind === 'interrupted');
    if (interrupted.length > 0) {
        const many = vscode.l10n.t('{0} deployments were interrupted', interrupted.length);
        return { ...lineOf('debug-pause', interrupted, many, interruptedWords), needsAttention: true };
    }
    const failing = views.filter(({ snapshot, simulated }) => !simulated && snapshot.instances.some(hasFailed));
    if (failing.length === 0) return undefined;
    const many = vscode.l10n.t('{0} deployments have failures', failing.length);
    return { ...lineOf('error', failing, many, troubleWords), needsAttention: true };
}

/** What was cancelled was so because somebody asked for it: they know. */
function hasFailed(instance: InstanceSnapshot): boolean {
    return isRetryable(instance) && instance.failure?.kind !== 'cancelled';
}

function interruptedWords(): string {
    return vscode.l10n.t('interrupted');
}

/** One failure by its name, several by their number. */
function troubleWords({ snapshot }: DeploymentView): string {
    const failed = snapshot.instances.filter(hasFailed);
    const [first] = failed;
    return failed.length === 1 && first !== undefined && first.failure !== null
        ? `${first.path} ${troubleWord(first, first.failure)}`
        : vscode.l10n.t('{0} failures', failed.length);
}

function lineOf(
    icon: string,
    views: readonly DeploymentView[],
    many: string,
    words: (view: DeploymentView) => string,
): Omit<StatusBarText, 'needsAttention'> {
    const each = views.map((view) => {
        const { deployment } = view.key;
        const name = view.simulated ? vscode.l10n.t('{0} (simulation)', deployment) : deployment;
        return `${name}: ${words(view)}`;
    });
    const text = each.length === 1 ? each.join('') : many;
    return { text: `$(${icon}) ${text}`, tooltip: each.join('\n'), deployments: views.map(({ id }) => id) };
}
