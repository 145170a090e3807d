/** One graph panel: the page, what it was last told, and the way from its nodes to the files. Where the run states come from is its owner's business. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Perspective } from '../../language/index.ts';
import { graphPageHtml } from '../../media/graph/page.ts';
import { pictureOf, toSvgText, EMPTY_OVERLAY } from '../../media/picture.ts';
import { parseFromPage, type FromPage, type RunState, type ToPage } from '../../media/protocol.ts';
import type { LaidOutGraph, Orientation } from '../../server/layout.ts';
import type { GraphAnswer } from '../../server/protocol.ts';
import type { Language } from '../language/language-client.ts';
import type { Boundary } from '../ui/boundary.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { failureText } from '../ui/failures.ts';
import { DONE, type Outcome } from '../ui/outcome.ts';
import { createSingleFlight } from '../ui/single-flight.ts';
import { nodeAt, rangeOfNode } from './places.ts';

export interface GraphPanelConfig {
    readonly panel: vscode.WebviewPanel;
    /** The application's directory. */
    readonly directory: vscode.Uri;
    /** The extension's own folder with the bundled page. */
    readonly assets: vscode.Uri;
    readonly language: Pick<Language, 'graph'>;
    readonly boundary: Boundary;
    /** What to show first; null = what the page was showing before the window was reloaded. */
    readonly perspective: Perspective | null;
}

export interface RunStates {
    readonly states: Readonly<Record<string, RunState>>;
    readonly run: string;
}

export interface GraphPanel extends vscode.Disposable {
    readonly directory: vscode.Uri;
    readonly panel: vscode.WebviewPanel;
    /** Asks the server for the picture again. */
    readonly refresh: () => void;
    readonly showStates: (states: RunStates) => void;
    /** Selects what the cursor of a file is on. */
    readonly selectAt: (uri: vscode.Uri, position: vscode.Position) => void;
}

/** Takes a panel over. Disposing ends the panel too. */
export function createGraphPanel(config: GraphPanelConfig): GraphPanel {
    const session = new GraphSession(config);
    return {
        directory: config.directory,
        panel: config.panel,
        refresh: () => session.refresh(),
        showStates: (states) => session.showStates(states),
        selectAt: (uri, position) => session.selectAt(uri, position),
        dispose: () => session.dispose(),
    };
}

class GraphSession implements vscode.Disposable {
    readonly #config: GraphPanelConfig;
    readonly #store = createDisposableStore();
    readonly #update = createSingleFlight((signal) => this.#draw(signal));
    #perspective: Perspective;
    #orientation: Orientation = 'landscape';
    #isReady = false;
    #graph: LaidOutGraph | undefined;
    #findings: Extract<GraphAnswer, { kind: 'graph' }>['findings'] = {};
    #states: RunStates = { states: {}, run: '' };
    #selected: string | null = null;

    constructor(config: GraphPanelConfig) {
        this.#config = config;
        this.#perspective = config.perspective ?? 'components';
        const { webview } = config.panel;
        this.#store.add(config.panel);
        this.#store.add(this.#update);
        this.#store.add(webview.onDidReceiveMessage((message: unknown) => this.#receive(message)));
        webview.options = { enableScripts: true, localResourceRoots: [config.assets] };
        webview.html = pageHtml(webview, config.assets);
    }

    refresh(): void {
        if (!this.#isReady) return;
        this.#config.boundary.background('Draw the graph', async () => {
            await this.#update.request();
            return DONE;
        });
    }

    showStates(states: RunStates): void {
        this.#states = states;
        if (this.#isReady) this.#post({ kind: 'states', ...states });
    }

    selectAt(uri: vscode.Uri, position: vscode.Position): void {
        const file = fileWithin(this.#config.directory, uri);
        if (file === undefined || this.#graph === undefined) return;
        const node = nodeAt(this.#graph, { file, line: position.line + 1, column: position.character + 1 });
        if (node === null || node === this.#selected) return;
        this.#selected = node;
        this.#post({ kind: 'select', node, reveal: true });
    }

    dispose(): void {
        this.#store.dispose();
    }

    async #draw(signal: AbortSignal): Promise<void> {
        const view = { perspective: this.#perspective, orientation: this.#orientation };
        const answer = await this.#config.language.graph(this.#config.directory, view, signal);
        if (answer.kind === 'cancelled' || signal.aborted) return;
        if (answer.kind === 'failed') {
            this.#post({ kind: 'empty', reason: 'failed', message: failureText(answer.failure).message });
        } else this.#show(answer.value);
    }

    #show(answer: GraphAnswer): void {
        if (answer.kind === 'none') {
            this.#graph = undefined;
            this.#post({ kind: 'empty', reason: 'noApplication', message: '' });
            return;
        }
        const { name, graph, findings, errorCount, warningCount } = answer;
        this.#graph = graph;
        this.#findings = findings;
        this.#post({ kind: 'model', name, graph, findings, errorCount, warningCount });
    }

    #receive(raw: unknown): void {
        const message = parseFromPage(raw);
        if (message !== undefined) void this.#config.boundary.run('Graph', () => this.#obey(message));
    }

    async #obey(message: FromPage): Promise<Outcome<unknown>> {
        switch (message.kind) {
            case 'ready':
                this.#orientation = message.orientation;
                return this.#start(message.perspective);
            case 'perspective':
                this.#perspective = message.perspective;
                this.refresh();
                return DONE;
            case 'orientation':
                this.#orientation = message.orientation;
                this.refresh();
                return DONE;
            case 'reveal':
                return this.#reveal(message.node, message.preserveFocus);
            case 'showProblems':
                await vscode.commands.executeCommand('workbench.actions.view.problems');
                return DONE;
            case 'exportSvg':
                return this.#export();
        }
    }

    #start(shown: Perspective): Outcome<unknown> {
        // A page that is loaded again after it was hidden goes on with what it showed.
        if (this.#config.perspective === null || this.#isReady) this.#perspective = shown;
        this.#isReady = true;
        this.#post({ kind: 'states', ...this.#states });
        this.refresh();
        return DONE;
    }

    async #reveal(node: string, preserveFocus: boolean): Promise<Outcome<unknown>> {
        const range = this.#graph === undefined ? null : rangeOfNode(this.#graph, node);
        if (range === null) return DONE;
        this.#selected = node;
        const uri = vscode.Uri.joinPath(this.#config.directory, range.file);
        const selection = new vscode.Range(range.line - 1, range.column - 1, range.endLine - 1, range.endColumn - 1);
        const viewColumn = columnFor(uri, this.#config.panel.viewColumn);
        await vscode.window.showTextDocument(uri, { selection, preserveFocus, viewColumn });
        return DONE;
    }

    async #export(): Promise<Outcome<unknown>> {
        if (this.#graph === undefined) return DONE;
        const picture = pictureOf(this.#graph, {
            ...EMPTY_OVERLAY,
            findings: this.#findings,
            states: this.#states.states,
        });
        const fileName = `${this.#config.directory.path.split('/').findLast((part) => part !== '') ?? 'graph'}-${this.#perspective}.svg`;
        const defaultUri = vscode.Uri.joinPath(this.#config.directory, fileName);
        const target = await vscode.window.showSaveDialog({
            defaultUri,
            filters: { 'SVG picture': ['svg'] },
            title: 'Save the Graph',
        });
        if (target === undefined) return DONE;
        await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(toSvgText(picture)));
        vscode.window.setStatusBarMessage(`$(check) ${vscode.workspace.asRelativePath(target)} saved`, 5000);
        return DONE;
    }

    #post(message: ToPage): void {
        if (this.#isReady) void this.#config.panel.webview.postMessage(message);
    }
}

function pageHtml(webview: vscode.Webview, assets: vscode.Uri): string {
    return graphPageHtml({
        scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(assets, 'graph.js')).toString(),
        styleUri: webview.asWebviewUri(vscode.Uri.joinPath(assets, 'graph.css')).toString(),
        cspSource: webview.cspSource,
        nonce: randomBytes(18).toString('base64url'),
    });
}

/** A file's path within the application, with `/`; undefined when it is outside. */
function fileWithin(directory: vscode.Uri, uri: vscode.Uri): string | undefined {
    const base = directory.path.endsWith('/') ? directory.path : `${directory.path}/`;
    return uri.scheme === directory.scheme && uri.path.startsWith(base) ? uri.path.slice(base.length) : undefined;
}

/** Where a file opens: where it is shown already, else next to the panel, never over it. */
function columnFor(uri: vscode.Uri, panelColumn: vscode.ViewColumn | undefined): vscode.ViewColumn {
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    if (shown?.viewColumn !== undefined) return shown.viewColumn;
    return panelColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
}
