/** What a person wanted done, as the verb that goes into a sentence. */
import * as vscode from 'vscode';

type Word = () => string;

const WORDS: Readonly<Record<string, Word>> = {
    deploy: () => vscode.l10n.t({ message: 'deploy', comment: ['A verb, as in: nothing to deploy.'] }),
    start: () => vscode.l10n.t({ message: 'start', comment: ['A verb, as in: nothing to start.'] }),
    retry: () => vscode.l10n.t({ message: 'retry', comment: ['A verb, as in: nothing to retry.'] }),
    stop: () => vscode.l10n.t({ message: 'stop', comment: ['A verb, as in: nothing to stop.'] }),
    undeploy: () => vscode.l10n.t({ message: 'undeploy', comment: ['A verb, as in: nothing to undeploy.'] }),
    cancel: () => vscode.l10n.t({ message: 'cancel', comment: ['A verb, as in: nothing to cancel.'] }),
    resume: () => vscode.l10n.t({ message: 'resume', comment: ['A verb, as in: nothing to resume.'] }),
    settle: () => vscode.l10n.t({ message: 'answer', comment: ['A verb, as in: nothing to answer.'] }),
    takeOver: () => vscode.l10n.t({ message: 'take over', comment: ['A verb, as in: nothing to take over.'] }),
    remove: () => vscode.l10n.t({ message: 'remove', comment: ['A verb, as in: nothing to remove.'] }),
    test: () => vscode.l10n.t({ message: 'test', comment: ['A verb, as in: nothing to test.'] }),
    approve: () => vscode.l10n.t({ message: 'approve', comment: ['A verb, as in: nothing to approve.'] }),
    forget: () => vscode.l10n.t({ message: 'forget', comment: ['A verb, as in: nothing to forget.'] }),
    compare: () => vscode.l10n.t({ message: 'compare', comment: ['A verb, as in: nothing to compare.'] }),
    show: () => vscode.l10n.t({ message: 'show', comment: ['A verb, as in: nothing to show.'] }),
    open: () => vscode.l10n.t({ message: 'open', comment: ['A verb, as in: nothing to open.'] }),
};

/** The verb in the person's language; a deed without one is named as it is. */
export function deedWord(deed: string): string {
    return Object.hasOwn(WORDS, deed) ? (WORDS[deed]?.() ?? deed) : deed;
}
