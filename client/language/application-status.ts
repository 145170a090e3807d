/** The application of the file in front, in the editor's `{}` menu: its name, what is wrong with it, and its picture. */
import * as vscode from 'vscode';
import type { ApplicationEntry } from '../../server/protocol.ts';
import { coalesce } from '../ui/coalesce.ts';
import { findingsText } from '../ui/count-words.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import type { Log } from '../ui/log.ts';
import { createSingleFlight } from '../ui/single-flight.ts';
import { applicationOf } from './application-of.ts';
import { DOCUMENT_SELECTOR, type Language } from './language-client.ts';

const INTERVAL_MS = 150;

/** Shows it until disposed. */
export function showApplicationStatus(language: Language, log: Log): vscode.Disposable {
    const store = createDisposableStore();
    const item = store.add(vscode.languages.createLanguageStatusItem('roboconf.application', DOCUMENT_SELECTOR));
    item.name = vscode.l10n.t('Roboconf Application');
    const refresh = store.add(
        createSingleFlight(async (signal) => {
            const file = vscode.window.activeTextEditor?.document.uri;
            if (file?.scheme !== 'file' || language.state().kind !== 'ready') return;
            const answer = await language.applications(signal);
            if (answer.kind === 'done') show(item, applicationOf(file.path, answer.value));
        }),
    );
    const ask = (): void => {
        refresh.request().catch((fault: unknown) => log.error('The application of the file in front', fault));
    };
    const soon = store.add(coalesce(INTERVAL_MS, ask));
    store.add(vscode.window.onDidChangeActiveTextEditor(soon.request));
    store.add(language.onModelChanged(soon.request));
    store.add(language.onState(soon.request));
    return store;
}

function show(item: vscode.LanguageStatusItem, application: ApplicationEntry | undefined): void {
    if (application === undefined) {
        item.text = vscode.l10n.t('No application');
        item.detail = vscode.l10n.t('This file is checked on its own');
        item.severity = vscode.LanguageStatusSeverity.Information;
        item.command = undefined;
        return;
    }
    const { name, findings } = application;
    const { errors, warnings } = findings ?? { errors: 0, warnings: 0 };
    item.text = name;
    item.detail = findings === null ? vscode.l10n.t('not analysed yet') : findingsText(errors, warnings);
    item.severity = severityOf(errors, warnings);
    item.command =
        errors + warnings > 0
            ? { command: 'workbench.panel.markers.view.focus', title: vscode.l10n.t('Show Problems') }
            : { command: 'roboconf.showGraph', title: vscode.l10n.t('Show Graph') };
}

function severityOf(errors: number, warnings: number): vscode.LanguageStatusSeverity {
    if (errors > 0) return vscode.LanguageStatusSeverity.Error;
    return warnings > 0 ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
}
