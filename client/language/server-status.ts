/** What the language server is at, in the status corner of its files, and as context keys for menus and welcome texts. */
import * as vscode from 'vscode';
import { applicationsText, findingsText } from '../ui/count-words.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { DOCUMENT_SELECTOR, type Language, type ServerState } from './language-client.ts';

/** Shows the state until disposed. */
export function showServerStatus(language: Language): vscode.Disposable {
    const store = createDisposableStore();
    const item = store.add(vscode.languages.createLanguageStatusItem('roboconf.server', DOCUMENT_SELECTOR));
    item.name = vscode.l10n.t('Roboconf Language Server');
    item.command = { command: 'roboconf.restartServer', title: vscode.l10n.t('Restart') };
    const show = (state: ServerState): void => {
        const text = statusText(state);
        item.text = text.text;
        item.detail = text.detail;
        item.busy = text.busy;
        item.severity =
            state.kind === 'failed' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
        void vscode.commands.executeCommand('setContext', 'roboconf.server', serverContext(state));
        const count = state.kind === 'ready' ? state.status.applicationCount : 0;
        void vscode.commands.executeCommand('setContext', 'roboconf.hasApplications', count > 0);
    };
    show(language.state());
    store.add(language.onState(show));
    return store;
}

interface StatusText {
    readonly text: string;
    readonly detail: string;
    readonly busy: boolean;
}

/** The state in words. */
function statusText(state: ServerState): StatusText {
    switch (state.kind) {
        case 'starting':
            return { text: 'Roboconf', detail: vscode.l10n.t('The language server is starting'), busy: true };
        case 'failed': {
            const detail = vscode.l10n.t('The language server is not running: {0}', state.message);
            return { text: 'Roboconf', detail, busy: false };
        }
        case 'ready': {
            const { applicationCount, errorCount, warningCount, state: work } = state.status;
            const detail = `${applicationsText(applicationCount)}, ${findingsText(errorCount, warningCount)}`;
            return { text: 'Roboconf', detail, busy: work === 'analysing' };
        }
        default:
            return state satisfies never;
    }
}

/** Value of the context key `roboconf.server`: `ready` means that what is known about applications can be relied on. */
function serverContext(state: ServerState): 'starting' | 'ready' | 'failed' {
    if (state.kind !== 'ready') return state.kind;
    const { state: work, applicationCount } = state.status;
    return work === 'analysing' && applicationCount === 0 ? 'starting' : 'ready';
}
