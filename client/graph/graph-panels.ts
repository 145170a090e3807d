/** The graph panels of the window: one an application, alive with the model and the runs, back after a reload. */
import * as vscode from 'vscode';
import type { Perspective } from '../../language/index.ts';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import { isAbsent } from '../deployments/live-state.ts';
import type { Deployments } from '../deployments/deployments.ts';
import { runWords } from '../deployments/tree-entries.ts';
import { realDirectory } from '../language/directories.ts';
import type { Language } from '../language/language-client.ts';
import { initialPerspective, isFollowingCursor } from '../settings.ts';
import type { Boundary } from '../ui/boundary.ts';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { createGraphPanel, type GraphPanel, type RunStates } from './graph-panel.ts';
import { overlayOf } from './overlay.ts';
import { panelTitle, parsePanelTitles } from './panel-titles.ts';

const GRAPH_VIEW_TYPE = 'roboconf.graph';

/** Which panel shows which application, by the panel's title: all that is left of a panel after a reload. */
const TITLES_KEY = 'roboconf.graph.titles';
const STATES_MS = 100;

export interface GraphPanelsConfig {
    readonly context: vscode.ExtensionContext;
    readonly language: Language;
    readonly deployments: Deployments;
    readonly boundary: Boundary;
}

export interface GraphPanels extends vscode.Disposable {
    /** Shows the graph of an application beside the active editor; brings its panel to the front when it has one. */
    readonly show: (directory: vscode.Uri, name: string) => void;
    /** The application of the panel in front, undefined when that is no graph. */
    readonly activeDirectory: () => vscode.Uri | undefined;
}

/** No panel yet, but those the editor brings back after a reload. */
export function createGraphPanels(config: GraphPanelsConfig): GraphPanels {
    const panels = new PanelList(config);
    return {
        show: (directory, name) => panels.show(directory, name),
        activeDirectory: () => panels.activeDirectory(),
        dispose: () => panels.dispose(),
    };
}

class PanelList implements vscode.Disposable {
    readonly #config: GraphPanelsConfig;
    readonly #panels = new Map<string, GraphPanel>();
    readonly #store = createDisposableStore();

    constructor(config: GraphPanelsConfig) {
        this.#config = config;
        const { language, deployments } = config;
        const states = this.#store.add(coalesce(STATES_MS, () => this.#showStates()));
        this.#store.add(deployments.onChange(states.request));
        this.#store.add(language.onModelChanged(({ directoryUri }) => this.#find(directoryUri)?.refresh()));
        this.#store.add(language.onState(({ kind }) => void (kind === 'starting' || this.#refreshAll())));
        this.#store.add(vscode.window.onDidChangeTextEditorSelection((event) => this.#follow(event)));
        this.#store.add(
            vscode.window.registerWebviewPanelSerializer(GRAPH_VIEW_TYPE, {
                deserializeWebviewPanel: (panel) => Promise.resolve(this.#restore(panel)),
            }),
        );
    }

    show(directory: vscode.Uri, name: string): void {
        const known = this.#find(directory.toString());
        if (known !== undefined) return known.panel.reveal(undefined, true);
        const titles = this.#titles();
        const title = panelTitle(name, directory.toString(), titles);
        void this.#config.context.workspaceState.update(TITLES_KEY, { ...titles, [title]: directory.toString() });
        const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
        const panel = vscode.window.createWebviewPanel(GRAPH_VIEW_TYPE, title, place, { enableScripts: true });
        this.#adopt(panel, directory, initialPerspective(directory));
    }

    activeDirectory(): vscode.Uri | undefined {
        return [...this.#panels.values()].find(({ panel }) => panel.active)?.directory;
    }

    dispose(): void {
        this.#store.dispose();
        // A panel that is disposed here would not come back after a reload: only what hangs on it ends.
        this.#panels.clear();
    }

    #restore(panel: vscode.WebviewPanel): void {
        const directory = this.#titles()[panel.title];
        if (directory === undefined || this.#find(directory) !== undefined) panel.dispose();
        else this.#adopt(panel, vscode.Uri.parse(directory), null);
    }

    #adopt(panel: vscode.WebviewPanel, directory: vscode.Uri, perspective: Perspective | null): void {
        const { context, language, boundary } = this.#config;
        const assets = vscode.Uri.joinPath(context.extensionUri, 'dist');
        const icons = vscode.Uri.joinPath(context.extensionUri, 'media', 'icons');
        const icon = (theme: string) => vscode.Uri.joinPath(icons, `graph-${theme}.svg`);
        panel.iconPath = { light: icon('light'), dark: icon('dark') };
        const graph = createGraphPanel({ panel, directory, assets, language, boundary, perspective });
        const key = directory.toString();
        this.#panels.set(key, graph);
        panel.onDidDispose(() => {
            this.#panels.delete(key);
            graph.dispose();
        });
        graph.showStates(this.#statesOf(graph));
    }

    #find(directoryUri: string): GraphPanel | undefined {
        return this.#panels.get(directoryUri) ?? this.#panels.get(vscode.Uri.parse(directoryUri).toString());
    }

    #refreshAll(): void {
        for (const panel of this.#panels.values()) panel.refresh();
    }

    #showStates(): void {
        for (const panel of this.#panels.values()) panel.showStates(this.#statesOf(panel));
    }

    #statesOf({ directory }: GraphPanel): RunStates {
        const real = realDirectory(directory.fsPath);
        const views = this.#config.deployments.list().filter(({ key }) => key.directory === real);
        const latest = views.toSorted((left, right) => right.changedAt - left.changedAt)[0];
        return latest === undefined ? { states: {}, run: '' } : statesOf(latest);
    }

    #follow({ textEditor, selections, kind }: vscode.TextEditorSelectionChangeEvent): void {
        const cursor = selections[0]?.active;
        // A selection set by a program is often our own jump from the graph to the source.
        if (kind === undefined || cursor === undefined || !isFollowingCursor()) return;
        for (const panel of this.#panels.values()) panel.selectAt(textEditor.document.uri, cursor);
    }

    #titles(): Readonly<Record<string, string>> {
        return parsePanelTitles(this.#config.context.workspaceState.get(TITLES_KEY));
    }
}

function statesOf(view: DeploymentView): RunStates {
    const words = runWords(view);
    if (isAbsent(view.snapshot) && words === '') return { states: {}, run: '' };
    const run = words === '' ? '' : `${view.simulated ? 'Simulation' : view.key.deployment}: ${words}`;
    return { states: overlayOf(view.snapshot, view.link.kind === 'live'), run };
}
