/** How the end of a run is told: never twice, and never with more than it needs. */
import * as vscode from 'vscode';
import { orderName } from '../deployments/status-words.ts';
import { durationWords } from '../deployments/time-words.ts';
import type { RunSummary } from '../../runner/protocol.ts';

/** What a person sees when a run ends. */
export interface Sight {
    /** The window of the editor is the one in front. */
    readonly isFocused: boolean;
    /** The list of deployments can be seen. */
    readonly isListSeen: boolean;
    /** The page of the run can be seen. */
    readonly isRunSeen: boolean;
}

/** `none`: it is seen already. `passing`: a word in the status bar. `message`: it stays until it is answered. */
export type Notice = 'none' | 'passing' | 'message';

/** Who waited this long has turned to something else. */
const LONG_MS = 30_000;

/** How the end of a run is told to somebody who sees that much of it. */
export function noticeOf(run: Pick<RunSummary, 'begunAt' | 'endedAt' | 'outcome'>, sight: Sight): Notice {
    const { isFocused, isListSeen, isRunSeen } = sight;
    if (run.outcome === 'failed') return isFocused && isRunSeen ? 'none' : 'message';
    if (run.outcome !== 'succeeded') return 'none';
    const tookMs = (run.endedAt ?? run.begunAt) - run.begunAt;
    const isLost = !isFocused || (!isListSeen && !isRunSeen);
    return tookMs >= LONG_MS && isLost ? 'message' : 'passing';
}

/** How long the status bar says that all went well. */
const PRAISE_MS = 5000;

/** Tells that a run went well. Nobody waits for an answer. */
export function tellSuccess(deployment: string, id: string, run: RunSummary, notice: Notice): void {
    const text = vscode.l10n.t('{0}: {1} done', deployment, orderName(run.order));
    if (notice === 'passing') vscode.window.setStatusBarMessage(`$(check) ${text}`, PRAISE_MS);
    if (notice !== 'message') return;
    const took = durationWords((run.endedAt ?? run.begunAt) - run.begunAt);
    const show = vscode.l10n.t('Show Run');
    const message = vscode.l10n.t('{0} after {1}.', text, took);
    void vscode.window.showInformationMessage(message, show).then((chosen) => {
        if (chosen === show) void vscode.commands.executeCommand('roboconf.run.show', id);
    });
}
