/** Up to when is known how a deployment is: with nobody driving it, what is shown may have changed unseen. */
import * as vscode from 'vscode';
import type { DeploymentView } from './deployment-view.ts';

/** That moment: the hour, or the day when that is another than `now` is on (milliseconds since 1970); empty while somebody says how it is. */
export function knownUntil({ link, snapshot, simulated }: DeploymentView, now: number): string {
    if (simulated || link.kind === 'live') return '';
    const { run, instances } = snapshot;
    const told = instances.reduce((last, { since }) => Math.max(last, since), run?.endedAt ?? run?.begunAt ?? 0);
    const [then, today] = [new Date(told), new Date(now)];
    return then.toDateString() === today.toDateString()
        ? then.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
        : then.toLocaleDateString(undefined, { month: 'short', day: 'numeric' });
}

/** The sentence that says so, as a list of lines; empty while somebody says how it is. */
export function asOfLines(known: string): readonly string[] {
    return known === '' ? [] : [vscode.l10n.t('As it was at {0}: no runner has watched it since.', known)];
}

/** `started as of 12:03`. */
export function wordsAsOf(words: string, known: string): string {
    return known === '' ? words : vscode.l10n.t('{0} as of {1}', words, known);
}
