/** The one line of the status bar about all deployments. */
import type { DeploymentView } from './deployment-view.ts';
import { runWords } from './tree-entries.ts';

export interface StatusBarText {
    /** With product icons. */
    readonly text: string;
    /** Plain words, also for screen readers. */
    readonly tooltip: string;
}

/** What runs, else what was interrupted, else undefined: nothing needs attention. */
export function statusBarText(views: readonly DeploymentView[]): StatusBarText | undefined {
    const running = views.filter((view) => runWords(view) !== '');
    if (running.length > 0) return lineOf('sync~spin', running, 'deployments are running', runWords);
    const interrupted = views.filter(({ link }) => link.kind === 'interrupted');
    return interrupted.length === 0
        ? undefined
        : lineOf('debug-pause', interrupted, 'deployments were interrupted', () => 'interrupted');
}

function lineOf(
    icon: string,
    views: readonly DeploymentView[],
    many: string,
    words: (view: DeploymentView) => string,
): StatusBarText {
    const each = views.map((view) => `${view.key.deployment}${view.simulated ? ' (simulation)' : ''}: ${words(view)}`);
    const text = each.length === 1 ? each.join('') : `${String(each.length)} ${many}`;
    return { text: `$(${icon}) ${text}`, tooltip: each.join('\n') };
}
