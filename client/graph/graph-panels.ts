/** The graph panels of the window: any number an application, alive with the model and the runs, back after a reload. */
import * as vscode from 'vscode';
import { PERSPECTIVES, type Perspective } from '../../language/index.ts';
import { applicationOf } from '../../media/graph/page.ts';
import type { RunClock, SimulationControl } from '../../media/protocol.ts';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import { isAbsent } from '../deployments/live-state.ts';
import type { DeploymentEvent, Deployments } from '../deployments/deployments.ts';
import type { Simulations } from '../deployments/simulations.ts';
import { runWords } from '../deployments/tree-entries.ts';
import { realDirectory } from '../language/directories.ts';
import type { Language } from '../language/language-client.ts';
import { initialPerspective, isFollowingCursor } from '../settings.ts';
import type { Boundary } from '../ui/boundary.ts';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { DONE, type Outcome } from '../ui/outcome.ts';
import { frameOfPanel, type GraphFrame } from './graph-frame.ts';
import { createGraphPanel, type GraphPanel } from './graph-panel.ts';
import type { RunStates, Shown } from './graph-session.ts';
import { provideGraphView } from './graph-view.ts';
import { overlayOf } from './overlay.ts';
import type { OverlaySources } from './overlay-sources.ts';
import type { Pins } from './pins.ts';
import { pulsesOf } from './pulses.ts';

const GRAPH_VIEW_TYPE = 'roboconf.graph';
const STATES_MS = 100;

export interface GraphPanelsConfig {
    readonly context: Pick<vscode.ExtensionContext, 'extensionUri'>;
    readonly language: Language;
    readonly deployments: Deployments;
    readonly simulations: Simulations;
    readonly sources: OverlaySources;
    readonly pins: Pins;
    readonly boundary: Boundary;
}

/** How a graph is asked for. */
export interface GraphWish {
    /** What the nodes are; absent = as the settings say. */
    readonly perspective?: Perspective;
    /** In a panel of its own beside what is in front, rather than in the one there is. */
    readonly aside?: boolean;
    /** Id of a node to select. */
    readonly node?: string;
    /** What to draw over the model; absent = what is drawn already. */
    readonly shown?: Shown;
    /** In a panel of its own, whatever there is. */
    readonly isNew?: boolean;
    /** The focus goes to the graph. */
    readonly isFocused?: boolean;
}

export interface GraphPanels extends vscode.Disposable {
    /** Shows the graph of an application: in its panel when it has one, else beside the active editor. */
    readonly show: (directory: vscode.Uri, name: string, wish?: GraphWish) => GraphPanel;
    /** The application of the panel in front, undefined when that is no graph. */
    readonly activeDirectory: () => vscode.Uri | undefined;
    /** What the panel in front shows; undefined when that is no graph. */
    readonly activePerspective: () => Perspective | undefined;
    /**
     * The graph a command is about: of an application when its URI is given. The panel in front, else the view in the side bar while it is
     * seen, else what was used last.
     */
    readonly current: (application?: string) => GraphPanel | undefined;
    /** Shows the next kind of node in the graph that commands are about. */
    readonly turn: () => void;
    /** Opens the declaration of a node of an application that is shown. */
    readonly openNode: (application: string, node: string) => Promise<Outcome<unknown>>;
    /** What an application was held against is another thing; null = that of all applications. */
    readonly refresh: (directory: vscode.Uri | null) => void;
}

/** No panel yet, but those the editor brings back after a reload. */
export function createGraphPanels(config: GraphPanelsConfig): GraphPanels {
    const panels = new PanelList(config);
    return {
        show: (directory, name, wish) => panels.show(directory, name, wish ?? {}),
        activeDirectory: () => panels.active()?.directory,
        activePerspective: () => panels.active()?.perspective(),
        current: (application) => panels.current(application),
        turn: () => panels.turn(),
        openNode: (application, node) => panels.openNode(application, node),
        refresh: (directory) => panels.refresh(directory?.toString() ?? null),
        dispose: () => panels.dispose(),
    };
}

class PanelList implements vscode.Disposable {
    readonly #config: GraphPanelsConfig;
    /** Those used last come last. */
    readonly #panels = new Set<GraphPanel>();
    readonly #store = createDisposableStore();

    constructor(config: GraphPanelsConfig) {
        this.#config = config;
        const { language, deployments, simulations } = config;
        const states = this.#store.add(coalesce(STATES_MS, () => this.#showStates()));
        this.#store.add(deployments.onChange(states.request));
        this.#store.add(deployments.onEvent((event) => this.#showPulses(event)));
        this.#store.add(simulations.onChange(() => this.#showSimulations()));
        this.#store.add(language.onModelChanged(({ directoryUri }) => this.refresh(directoryUri)));
        this.#store.add(language.onState(({ kind }) => void (kind === 'starting' || this.refresh(null))));
        this.#store.add(config.pins.onChange((directory) => this.refresh(directory.toString())));
        this.#store.add(vscode.window.onDidChangeTextEditorSelection((event) => this.#follow(event)));
        this.#store.add(
            vscode.window.registerWebviewPanelSerializer(GRAPH_VIEW_TYPE, {
                deserializeWebviewPanel: (panel, state: unknown) => Promise.resolve(this.#restore(panel, state)),
            }),
        );
        const adopt = (frame: GraphFrame, directory: vscode.Uri, name: string): GraphPanel =>
            this.#adopt(frame, directory, { name, perspective: null });
        this.#store.add(provideGraphView({ language, boundary: config.boundary, adopt }));
    }

    show(directory: vscode.Uri, name: string, wish: GraphWish): GraphPanel {
        const panels = this.#of(directory.toString()).filter(({ frame }) => frame.kind === 'panel');
        const known = wish.isNew === true ? [] : panels;
        const wanted = wantedPerspective(directory, known, wish);
        const present =
            known.find((panel) => panel.perspective() === wanted) ?? (wish.aside === true ? null : known[0]);
        const panel = present ?? this.#create(directory, name, wanted);
        const isFocused = wish.isFocused === true;
        if (present !== undefined && present !== null) {
            present.frame.reveal(!isFocused);
            if (wish.perspective !== undefined) present.choose(wanted);
        } else if (isFocused) panel.frame.reveal(false);
        if (wish.node !== undefined) panel.select(wish.node);
        if (wish.shown !== undefined) panel.show(wish.shown);
        return panel;
    }

    active(): GraphPanel | undefined {
        return [...this.#panels].find(({ frame }) => frame.isActive());
    }

    current(application?: string): GraphPanel | undefined {
        const panels = application === undefined ? [...this.#panels] : this.#of(application);
        const inSideBar = panels.find(({ frame }) => frame.kind === 'view' && frame.isVisible());
        return panels.find(({ frame }) => frame.isActive()) ?? inSideBar ?? panels.at(-1);
    }

    turn(): void {
        const panel = this.current();
        const index = panel === undefined ? -1 : PERSPECTIVES.indexOf(panel.perspective());
        panel?.choose(PERSPECTIVES[(index + 1) % PERSPECTIVES.length] ?? 'components');
    }

    async openNode(application: string, node: string): Promise<Outcome<unknown>> {
        const panel = this.current(application);
        return panel === undefined ? DONE : panel.open(node, false);
    }

    dispose(): void {
        this.#store.dispose();
        // A panel that is disposed here would not come back after a reload: only what hangs on it ends.
        this.#panels.clear();
    }

    #create(directory: vscode.Uri, name: string, perspective: Perspective): GraphPanel {
        // Beside the graph there is, so that both are seen; else beside the active editor.
        const viewColumn = columnBeside(this.#of(directory.toString())) ?? vscode.ViewColumn.Beside;
        const place = { viewColumn, preserveFocus: true };
        const panel = vscode.window.createWebviewPanel(GRAPH_VIEW_TYPE, name, place, { enableScripts: true });
        return this.#adopt(this.#frameOf(panel), directory, { name, perspective });
    }

    #restore(panel: vscode.WebviewPanel, state: unknown): void {
        const application = applicationOf(state);
        if (application === undefined) {
            // Nothing is known of it: an empty panel would tell even less.
            panel.dispose();
            return;
        }
        const directory = vscode.Uri.parse(application);
        const name = panel.title.slice(panel.title.indexOf(': ') + 1).trim();
        this.#adopt(this.#frameOf(panel), directory, { name, perspective: null });
    }

    #frameOf(panel: vscode.WebviewPanel): GraphFrame {
        return frameOfPanel(panel, vscode.Uri.joinPath(this.#config.context.extensionUri, 'media', 'icons'));
    }

    #adopt(
        frame: GraphFrame,
        directory: vscode.Uri,
        { name, perspective }: { readonly name: string; readonly perspective: Perspective | null },
    ): GraphPanel {
        const { context, language, boundary, pins, sources } = this.#config;
        const assets = vscode.Uri.joinPath(context.extensionUri, 'dist');
        const graph = createGraphPanel({
            ...{ frame, directory, assets, language, pins, boundary, perspective },
            plan: (order, signal) => sources.plan(directory, order, signal),
            before: (comparison, signal) => sources.before(directory, comparison, signal),
            control: (asked: SimulationControl) => {
                void vscode.commands.executeCommand(`roboconf.simulation.${asked}`, directory);
            },
            turned: (shown) => frame.entitle(shown, name),
            used: () => {
                this.#panels.delete(graph);
                this.#panels.add(graph);
            },
        });
        this.#panels.add(graph);
        showGraphKey(true);
        frame.onDidDispose(() => {
            this.#panels.delete(graph);
            showGraphKey(this.#panels.size > 0);
            graph.dispose();
        });
        graph.showStates(this.#statesOf(graph));
        graph.showSimulation(this.#config.simulations.view(this.#latestOf(graph)?.id ?? ''));
        return graph;
    }

    #of(directoryUri: string): readonly GraphPanel[] {
        const uri = vscode.Uri.parse(directoryUri).toString();
        return [...this.#panels].filter(({ directory }) => directory.toString() === uri);
    }

    /** Null = all of them. */
    refresh(directoryUri: string | null): void {
        for (const panel of directoryUri === null ? this.#panels : this.#of(directoryUri)) panel.refresh();
    }

    #showStates(): void {
        for (const panel of this.#panels) panel.showStates(this.#statesOf(panel));
        this.#showSimulations();
    }

    #showSimulations(): void {
        const { simulations } = this.#config;
        for (const panel of this.#panels) panel.showSimulation(simulations.view(this.#latestOf(panel)?.id ?? ''));
    }

    #showPulses({ deployment, event }: DeploymentEvent): void {
        if (event.kind === 'output') return;
        const componentOf = (wanted: string): string | undefined =>
            deployment.snapshot.instances.find(({ path }) => path === wanted)?.component;
        for (const panel of this.#panels) {
            if (this.#latestOf(panel)?.id !== deployment.id) continue;
            panel.showPulses(pulsesOf(event, panel.perspective(), componentOf));
        }
    }

    /** The deployment of a panel's application that changed last. */
    #latestOf({ directory }: GraphPanel): DeploymentView | undefined {
        const real = realDirectory(directory.fsPath);
        const views = this.#config.deployments.list().filter(({ key }) => key.directory === real);
        return views.toSorted((left, right) => right.changedAt - left.changedAt)[0];
    }

    #statesOf(panel: GraphPanel): RunStates {
        const latest = this.#latestOf(panel);
        return latest === undefined ? NO_RUN : statesOf(latest, this.#clockOf(latest));
    }

    /** A simulation goes its own way through time, and tells it with every change. */
    #clockOf({ id, simulated }: DeploymentView): RunClock {
        if (!simulated) return { now: Date.now(), isRunning: true };
        return { now: this.#config.simulations.view(id)?.clockMs ?? 0, isRunning: false };
    }

    #follow({ textEditor, selections, kind }: vscode.TextEditorSelectionChangeEvent): void {
        const cursor = selections[0]?.active;
        // A selection set by a program is often our own jump from the graph to the source.
        if (kind === undefined || cursor === undefined || !isFollowingCursor()) return;
        for (const panel of this.#panels) panel.selectAt(textEditor.document.uri, cursor);
    }
}

/** A graph beside one that shows what is wanted shows another kind of node, unless all kinds are shown. */
function wantedPerspective(
    directory: vscode.Uri,
    known: readonly GraphPanel[],
    { perspective, aside }: GraphWish,
): Perspective {
    const wanted = perspective ?? initialPerspective(directory);
    const shown = new Set(known.map((panel) => panel.perspective()));
    if (aside !== true || !shown.has(wanted)) return wanted;
    return PERSPECTIVES.find((other) => !shown.has(other)) ?? wanted;
}

/** The column right of the last of some panels; undefined when none of them is seen. */
function columnBeside(panels: readonly GraphPanel[]): vscode.ViewColumn | undefined {
    const columns = panels.flatMap(({ frame }) => frame.column() ?? []);
    return columns.length === 0 ? undefined : Math.min(vscode.ViewColumn.Nine, Math.max(...columns) + 1);
}

const NO_RUN: RunStates = { states: {}, run: '', deployment: null, clock: { now: 0, isRunning: false }, milestone: '' };

/** Menus offer what is about a graph as long as one is open. */
function showGraphKey(isShown: boolean): void {
    void vscode.commands.executeCommand('setContext', 'roboconf.graphShown', isShown);
}

function statesOf(view: DeploymentView, clock: RunClock): RunStates {
    const words = runWords(view);
    if (isAbsent(view.snapshot) && words === '') return NO_RUN;
    const run = words === '' ? '' : runText(view, words);
    const { id, endedAt } = view.snapshot.run ?? { id: '', endedAt: null };
    const milestone = `${view.id} ${id} ${String(endedAt)}`;
    return { states: overlayOf(view, clock.now), run, deployment: view.id, clock, milestone };
}

function runText({ simulated, key }: DeploymentView, words: string): string {
    // The controls of a simulation say what it is.
    return simulated ? words : vscode.l10n.t('{0}: {1}', key.deployment, words);
}
