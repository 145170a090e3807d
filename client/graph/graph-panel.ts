/** One graph panel: the page, what it was last told, and the way from its nodes to the files. Where the run states come from is its owner's business. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Perspective } from '../../language/index.ts';
import { graphPageHtml } from '../../media/graph/page.ts';
import { pictureOf, toSvgText, EMPTY_OVERLAY } from '../../media/picture.ts';
import {
    parseFromPage,
    type FromPage,
    type Pulse,
    type RunState,
    type SimulationControl,
    type SimulationView,
    type ToPage,
} from '../../media/protocol.ts';
import type { Orientation } from '../../server/layout.ts';
import type { GraphAnswer } from '../../server/protocol.ts';
import type { Language } from '../language/language-client.ts';
import type { Boundary } from '../ui/boundary.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { failureText } from '../ui/failures.ts';
import { DONE, type Outcome } from '../ui/outcome.ts';
import { createSingleFlight } from '../ui/single-flight.ts';
import { pageTexts } from './page-texts.ts';
import { nodesAt, rangeOfNode } from './places.ts';

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
    /** A button of the simulation's controls was pressed. */
    readonly control: (control: SimulationControl) => void;
    /** Another perspective is shown. */
    readonly turned: (perspective: Perspective) => void;
}

export interface RunStates {
    readonly states: Readonly<Record<string, RunState>>;
    readonly run: string;
    readonly deployment: string | null;
}

export interface GraphPanel extends vscode.Disposable {
    readonly directory: vscode.Uri;
    readonly panel: vscode.WebviewPanel;
    readonly perspective: () => Perspective;
    /** Shows the other kind of node, or stays with this one. */
    readonly choose: (perspective: Perspective) => void;
    /** Asks the server for the picture again. */
    readonly refresh: () => void;
    readonly showStates: (states: RunStates) => void;
    readonly showSimulation: (simulation: SimulationView | null) => void;
    readonly showPulses: (pulses: readonly Pulse[]) => void;
    /** Selects what the cursor of a file is on. */
    readonly selectAt: (uri: vscode.Uri, position: vscode.Position) => void;
    /** Selects a node by its id and scrolls it into sight; waits for the picture when there is none yet. */
    readonly select: (node: string) => void;
    /** Opens the declaration of a node. */
    readonly open: (node: string, preserveFocus: boolean) => Promise<Outcome<unknown>>;
}

/** Takes a panel over. Disposing ends the panel too. */
export function createGraphPanel(config: GraphPanelConfig): GraphPanel {
    const session = new GraphSession(config);
    return {
        directory: config.directory,
        panel: config.panel,
        perspective: () => session.perspective(),
        choose: (perspective) => session.choose(perspective),
        refresh: () => session.refresh(),
        showStates: (states) => session.showStates(states),
        showSimulation: (simulation) => session.showSimulation(simulation),
        showPulses: (pulses) => session.showPulses(pulses),
        selectAt: (uri, position) => session.selectAt(uri, position),
        select: (node) => session.select(node),
        open: (node, preserveFocus) => session.open(node, preserveFocus),
        dispose: () => session.dispose(),
    };
}

type Drawn = Extract<GraphAnswer, { readonly kind: 'graph' }>;

class GraphSession implements vscode.Disposable {
    readonly #config: GraphPanelConfig;
    readonly #store = createDisposableStore();
    readonly #update = createSingleFlight((signal) => this.#draw(signal));
    #perspective: Perspective;
    #orientation: Orientation = 'landscape';
    #isReady = false;
    #drawn: Drawn | undefined;
    #states: RunStates = { states: {}, run: '', deployment: null };
    #simulation: SimulationView | null = null;
    #selected: readonly string[] = [];
    /** To be selected when it is drawn. */
    #wanted: string | null = null;

    constructor(config: GraphPanelConfig) {
        this.#config = config;
        this.#perspective = config.perspective ?? 'components';
        const { webview } = config.panel;
        this.#store.add(config.panel);
        this.#store.add(this.#update);
        this.#store.add(webview.onDidReceiveMessage((message: unknown) => this.#receive(message)));
        webview.options = { enableScripts: true, localResourceRoots: [config.assets] };
        webview.html = pageHtml(webview, config);
        config.turned(this.#perspective);
    }

    perspective(): Perspective {
        return this.#perspective;
    }

    choose(perspective: Perspective): void {
        if (perspective === this.#perspective) return;
        this.#perspective = perspective;
        this.#config.turned(perspective);
        this.refresh();
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
        this.#post({ kind: 'states', ...states });
    }

    showSimulation(simulation: SimulationView | null): void {
        this.#simulation = simulation;
        this.#post({ kind: 'simulation', simulation });
    }

    showPulses(pulses: readonly Pulse[]): void {
        if (pulses.length > 0) this.#post({ kind: 'pulses', pulses });
    }

    selectAt(uri: vscode.Uri, position: vscode.Position): void {
        const file = fileWithin(this.#config.directory, uri);
        if (file === undefined || this.#drawn === undefined) return;
        const nodes = nodesAt(this.#drawn.places, { file, line: position.line + 1, column: position.character + 1 });
        // One of several copies that was picked in the picture stays picked while the cursor is in their block.
        const isAmongThem = this.#selected.length === 1 && nodes.includes(this.#selected[0] ?? '');
        if (nodes.length === 0 || isAmongThem || isSame(nodes, this.#selected)) return;
        this.#selected = nodes;
        this.#post({ kind: 'select', nodes, reveal: true });
    }

    select(node: string): void {
        const isThere = this.#drawn?.graph.nodes.some(({ id }) => id === node) ?? false;
        this.#wanted = isThere ? null : node;
        if (!isThere) return;
        this.#selected = [node];
        this.#post({ kind: 'select', nodes: [node], reveal: true });
    }

    async open(node: string, preserveFocus: boolean): Promise<Outcome<unknown>> {
        const range = this.#drawn === undefined ? null : rangeOfNode(this.#drawn.graph, node);
        if (range === null) return DONE;
        this.#selected = [node];
        const uri = vscode.Uri.joinPath(this.#config.directory, range.file);
        const selection = new vscode.Range(range.line - 1, range.column - 1, range.endLine - 1, range.endColumn - 1);
        const viewColumn = columnFor(uri, this.#config.panel.viewColumn);
        await vscode.window.showTextDocument(uri, { selection, preserveFocus, viewColumn });
        return DONE;
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
            this.#drawn = undefined;
            this.#post({ kind: 'empty', reason: 'noApplication', message: '' });
            return;
        }
        const { name, graph, findings, details, errorCount, warningCount } = answer;
        this.#drawn = answer;
        this.#post({ kind: 'model', name, graph, findings, details, errorCount, warningCount });
        if (this.#wanted !== null) this.select(this.#wanted);
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
                this.choose(message.perspective);
                return DONE;
            case 'orientation':
                this.#orientation = message.orientation;
                this.refresh();
                return DONE;
            case 'reveal':
                return this.open(message.node, message.preserveFocus);
            case 'simulation':
                this.#config.control(message.control);
                return DONE;
            case 'showProblems':
                await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
                return DONE;
            case 'exportSvg':
                return this.#export();
            default:
                return message satisfies never;
        }
    }

    #start(shown: Perspective): Outcome<unknown> {
        // A page that is loaded again after it was hidden, or with the window, goes on with what it showed.
        if (this.#config.perspective === null && !this.#isReady) {
            this.#perspective = shown;
            this.#config.turned(shown);
        }
        this.#isReady = true;
        this.#post({ kind: 'states', ...this.#states });
        this.#post({ kind: 'simulation', simulation: this.#simulation });
        this.refresh();
        return DONE;
    }

    async #export(): Promise<Outcome<unknown>> {
        if (this.#drawn === undefined) return DONE;
        const { graph, findings } = this.#drawn;
        const picture = pictureOf(graph, { ...EMPTY_OVERLAY, findings, states: this.#states.states }, pageTexts());
        const folder = this.#config.directory.path.split('/').findLast((part) => part !== '') ?? 'graph';
        const defaultUri = vscode.Uri.joinPath(this.#config.directory, `${folder}-${graph.perspective}.svg`);
        const target = await vscode.window.showSaveDialog({
            defaultUri,
            filters: { [vscode.l10n.t('SVG picture')]: ['svg'] },
            title: vscode.l10n.t('Save the Graph'),
        });
        if (target === undefined) return DONE;
        await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(toSvgText(picture)));
        const saved = vscode.l10n.t('{0} saved', vscode.workspace.asRelativePath(target));
        vscode.window.setStatusBarMessage(`$(check) ${saved}`, 5000);
        return DONE;
    }

    #post(message: ToPage): void {
        if (this.#isReady) void this.#config.panel.webview.postMessage(message);
    }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
    return one.length === other.length && one.every((id) => other.includes(id));
}

function pageHtml(webview: vscode.Webview, { assets, directory }: GraphPanelConfig): string {
    return graphPageHtml({
        scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(assets, 'graph.js')).toString(),
        styleUri: webview.asWebviewUri(vscode.Uri.joinPath(assets, 'graph.css')).toString(),
        cspSource: webview.cspSource,
        nonce: randomBytes(18).toString('base64url'),
        application: directory.toString(),
        language: vscode.env.language,
        texts: pageTexts(),
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
