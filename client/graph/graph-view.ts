/** The graph in the side bar: of the application that is edited, wherever the editor goes. */
import * as vscode from 'vscode';
import type { Language } from '../language/language-client.ts';
import type { Boundary } from '../ui/boundary.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { DONE, type Outcome } from '../ui/outcome.ts';
import { createSingleFlight } from '../ui/single-flight.ts';
import { frameOfView, type GraphFrame } from './graph-frame.ts';
import type { GraphPanel } from './graph-panel.ts';

const GRAPH_SIDE_VIEW = 'roboconf.graphView';

export interface GraphViewConfig {
    readonly language: Pick<Language, 'model' | 'applications' | 'onState'>;
    readonly boundary: Boundary;
    /** Shows the graph of an application in a frame. */
    readonly adopt: (frame: GraphFrame, directory: vscode.Uri, name: string) => GraphPanel;
}

/** Registers the view. It shows the application of the active editor, else the first of the workspace, else says that there is none. */
export function provideGraphView(config: GraphViewConfig): vscode.Disposable {
    const store = createDisposableStore();
    const resolveWebviewView = (view: vscode.WebviewView): void => {
        const follower = followEditor(config, view);
        store.add(follower);
        view.onDidDispose(() => void follower.dispose());
    };
    store.add(vscode.window.registerWebviewViewProvider(GRAPH_SIDE_VIEW, { resolveWebviewView }));
    return store;
}

interface Application {
    readonly directory: vscode.Uri;
    readonly name: string;
}

/** Whatever the view shows ends with the view. */
function followEditor({ language, boundary, adopt }: GraphViewConfig, view: vscode.WebviewView): vscode.Disposable {
    const store = createDisposableStore();
    let shown: { readonly application: string; readonly graph: GraphPanel } | undefined;
    const look = createSingleFlight(async (signal) => {
        const found = await applicationInFront(language, shown !== undefined, signal);
        if (signal.aborted || found === undefined) return;
        const application = found.directory.toString();
        if (application === shown?.application) return;
        shown?.graph.dispose();
        shown = { application, graph: adopt(frameOfView(view), found.directory, found.name) };
    });
    const request = (): void =>
        boundary.background('Follow the editor', async (): Promise<Outcome<unknown>> => {
            await look.request();
            return DONE;
        });
    store.add(look);
    store.add(vscode.window.onDidChangeActiveTextEditor(request));
    store.add(language.onState(({ kind }) => void (kind === 'ready' && request())));
    store.add({ dispose: () => void shown?.graph.dispose() });
    request();
    return store;
}

/** The application of the active editor. Without one, what is shown stays; undefined = nothing else is to be shown. */
async function applicationInFront(
    language: GraphViewConfig['language'],
    isShowing: boolean,
    signal: AbortSignal,
): Promise<Application | undefined> {
    const edited = await editedApplication(language, signal);
    if (edited !== undefined || isShowing) return edited;
    const known = await language.applications(signal);
    const first = known.kind === 'done' ? known.value[0] : undefined;
    if (first !== undefined) return { directory: vscode.Uri.parse(first.uri), name: first.name };
    const folder = vscode.workspace.workspaceFolders?.[0];
    // Nothing of a folder without an application is drawn: the page says so.
    return folder === undefined ? undefined : { directory: folder.uri, name: '' };
}

async function editedApplication(
    language: GraphViewConfig['language'],
    signal: AbortSignal,
): Promise<Application | undefined> {
    const edited = vscode.window.activeTextEditor?.document.uri;
    if (edited?.scheme !== 'file') return undefined;
    const answer = await language.model(edited, signal);
    if (answer.kind !== 'done' || answer.value.kind !== 'model') return undefined;
    const { directoryUri, model } = answer.value;
    return { directory: vscode.Uri.parse(directoryUri), name: model.displayName || model.name };
}
