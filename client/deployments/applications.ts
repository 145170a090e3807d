/** The applications of the workspace as the language server lists them, kept up to date. */
import * as vscode from 'vscode';
import { realDirectory } from '../language/directories.ts';
import type { Language } from '../language/language-client.ts';
import type { ApplicationEntry } from '../../server/protocol.ts';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { createEmitter, type Subscription } from '../ui/emitter.ts';
import { createSingleFlight } from '../ui/single-flight.ts';
import type { ApplicationView } from './application-entries.ts';

/** Analyses come in bursts while one types. */
const REFRESH_MS = 300;

export interface Applications extends vscode.Disposable {
    /** By directory; empty until the server has answered. */
    readonly list: () => readonly ApplicationView[];
    readonly onChange: (listener: () => void) => Subscription;
}

/** Asks when the server becomes ready and after each analysis. */
export function createApplications(language: Language): Applications {
    const store = createDisposableStore();
    const changes = createEmitter<void>();
    let shown: readonly ApplicationView[] = [];
    const look = createSingleFlight(async (signal) => {
        const answer = await language.applications(signal);
        // A server that is gone says so by its state: what was listed stays until it is back.
        if (answer.kind !== 'done') return;
        shown = answer.value.map(viewOf);
        changes.emit();
    });
    store.add(look);
    const soon = store.add(
        coalesce(REFRESH_MS, () => {
            // A server that ends in the middle of an answer is told by its state.
            look.request().catch(() => undefined);
        }),
    );
    store.add(language.onModelChanged(soon.request));
    store.add(language.onState(({ kind }) => void (kind === 'ready' && soon.request())));
    return { list: () => shown, onChange: changes.listen, dispose: () => store.dispose() };
}

function viewOf({ uri, name, findings }: ApplicationEntry): ApplicationView {
    return { directory: realDirectory(vscode.Uri.parse(uri).fsPath), name, findings, inWorkspace: true };
}
