/** Models of the applications whose files are open, asked for once per text and analysis. */
import * as vscode from 'vscode';
import type { ApplicationModel } from '../../language/index.ts';
import type { Language } from '../language/language-client.ts';
import { realDirectory } from '../language/directories.ts';
import { createDisposableStore } from '../ui/disposables.ts';

export interface DocumentModel {
    readonly model: ApplicationModel;
    /** The file as the model names it. */
    readonly file: string;
    readonly directoryUri: vscode.Uri;
    /** Real path. */
    readonly directory: string;
}

export interface ApplicationModels extends vscode.Disposable {
    /** The model a document is part of, as its text is; undefined when there is none or the server does not answer. */
    readonly of: (document: vscode.TextDocument) => Promise<DocumentModel | undefined>;
}

interface Known {
    readonly documentVersion: number;
    readonly answer: Promise<DocumentModel | undefined>;
}

/** Nothing is known yet; what is known of an application is forgotten when it was analysed anew. */
export function createApplicationModels(language: Language): ApplicationModels {
    const store = createDisposableStore();
    const known = new Map<string, Known>();
    // One answer serves several askers: none of them gives it up for the others.
    const ending = new AbortController();
    store.add({ dispose: () => ending.abort() });
    store.add(language.onModelChanged(() => known.clear()));
    store.add(language.onState(({ kind }) => void (kind === 'ready' || known.clear())));
    store.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => void known.delete(uri.toString())));
    return {
        of: (document) => {
            const key = document.uri.toString();
            const present = known.get(key);
            if (present?.documentVersion === document.version) return present.answer;
            const answer = ask(language, document.uri, ending.signal);
            known.set(key, { documentVersion: document.version, answer });
            // An answer that was given up, or is none, is no knowledge.
            const forget = (): void => void (known.get(key)?.answer === answer && known.delete(key));
            answer.then((found) => void (found === undefined && forget()), forget);
            return answer;
        },
        dispose: () => store.dispose(),
    };
}

async function ask(language: Language, uri: vscode.Uri, signal: AbortSignal): Promise<DocumentModel | undefined> {
    const answer = await language.model(uri, signal);
    if (answer.kind !== 'done' || answer.value.kind !== 'model') return undefined;
    const { model, directory, directoryUri } = answer.value;
    const base = vscode.Uri.parse(directoryUri);
    const prefix = `${base.path}/`;
    if (!uri.path.startsWith(prefix)) return undefined;
    const file = uri.path.slice(prefix.length);
    return { model, file, directoryUri: base, directory: realDirectory(directory) };
}
