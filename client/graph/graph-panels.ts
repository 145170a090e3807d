/** The graph panels of the window: any number an application, alive with the model and the runs, back after a reload. */
import * as vscode from 'vscode';
import type { Perspective } from '../../language/index.ts';
import { applicationOf } from '../../media/graph/page.ts';
import type { SimulationControl } from '../../media/protocol.ts';
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
import { createGraphPanel, type GraphPanel, type RunStates } from './graph-panel.ts';
import { overlayOf } from './overlay.ts';
import { pulsesOf } from './pulses.ts';

const GRAPH_VIEW_TYPE = 'roboconf.graph';
const STATES_MS = 100;

export interface GraphPanelsConfig {
    readonly context: Pick<vscode.ExtensionContext, 'extensionUri'>;
    readonly language: Language;
    readonly deployments: Deployments;
    readonly simulations: Simulations;
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
}

export interface GraphPanels extends vscode.Disposable {
    /** Shows the graph of an application: in its panel when it has one, else beside the active editor. */
    readonly show: (directory: vscode.Uri, name: string, wish?: GraphWish) => void;
    /** The application of the panel in front, undefined when that is no graph. */
    readonly activeDirectory: () => vscode.Uri | undefined;
    /** What the panel in front shows; undefined when that is no graph. */
    readonly activePerspective: () => Perspective | undefined;
    /** Shows the other kind of node in the panel in front. */
    readonly turn: () => void;
    /** Opens the declaration of a node of an application that is shown. */
    readonly openNode: (application: string, node: string) => Promise<Outcome<unknown>>;
}

/** No panel yet, but those the editor brings back after a reload. */
export function createGraphPanels(config: GraphPanelsConfig): GraphPanels {
    const panels = new PanelList(config);
    return {
        show: (directory, name, wish) => panels.show(directory, name, wish ?? {}),
        activeDirectory: () => panels.active()?.directory,
        activePerspective: () => panels.active()?.perspective(),
        turn: () => panels.turn(),
        openNode: (application, node) => panels.openNode(application, node),
        dispose: () => panels.dispose(),
    };
}

class PanelList implements vscode.Disposable {
    readonly #config: GraphPanelsConfig;
    readonly #panels = new Set<GraphPanel>();
    readonly #store = createDisposableStore();

    constructor(config: GraphPanelsConfig) {
        this.#config = config;
        const { language, deployments, simulations } = config;
        const states = this.#store.add(coalesce(STATES_MS, () => this.#showStates()));
        this.#store.add(deployments.onChange(states.request));
        this.#store.add(deployments.onEvent((event) => this.#showPulses(event)));
        this.#store.add(simulations.onChange(() => this.#showSimulations()));
        this.#store.add(language.onModelChanged(({ directoryUri }) => this.#refresh(directoryUri)));
        this.#store.add(language.onState(({ kind }) => void (kind === 'starting' || this.#refresh(null))));
        this.#store.add(vscode.window.onDidChangeTextEditorSelection((event) => this.#follow(event)));
        this.#store.add(
            vscode.window.registerWebviewPanelSerializer(GRAPH_VIEW_TYPE, {
                deserializeWebviewPanel: (panel, state: unknown) => Promise.resolve(this.#restore(panel, state)),
            }),
        );
    }

    show(directory: vscode.Uri, name: string, wish: GraphWish): void {
        const known = this.#of(directory.toString());
        const wanted = wantedPerspective(directory, known, wish);
        const present =
            known.find((panel) => panel.perspective() === wanted) ?? (wish.aside === true ? null : known[0]);
        const panel = present ?? this.#create(directory, name, wanted);
        if (present !== undefined && present !== null) {
            present.panel.reveal(undefined, true);
            if (wish.perspective !== undefined) present.choose(wanted);
        }
        if (wish.node !== undefined) panel.select(wish.node);
    }

    active(): GraphPanel | undefined {
        return [...this.#panels].find(({ panel }) => panel.active);
    }

    turn(): void {
        const active = this.active();
        active?.choose(active.perspective() === 'components' ? 'instances' : 'components');
    }

    async openNode(application: string, node: string): Promise<Outcome<unknown>> {
        const [panel] = this.#of(application);
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
        return this.#adopt(panel, directory, { name, perspective });
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
        this.#adopt(panel, directory, { name, perspective: null });
    }

    #adopt(
        panel: vscode.WebviewPanel,
        directory: vscode.Uri,
        { name, perspective }: { readonly name: string; readonly perspective: Perspective | null },
    ): GraphPanel {
        const { context, language, boundary } = this.#config;
        const assets = vscode.Uri.joinPath(context.extensionUri, 'dist');
        const icons = vscode.Uri.joinPath(context.extensionUri, 'media', 'icons');
        const icon = (kind: string, theme: string) => vscode.Uri.joinPath(icons, `${kind}-${theme}.svg`);
        const turned = (shown: Perspective): void => {
            const kind = shown === 'components' ? 'graph' : 'instances';
            panel.iconPath = { light: icon(kind, 'light'), dark: icon(kind, 'dark') };
            panel.title = titleOf(shown, name);
        };
        const control = (asked: SimulationControl): void => {
            void vscode.commands.executeCommand(`roboconf.simulation.${asked}`, directory);
        };
        const graph = createGraphPanel({ panel, directory, assets, language, boundary, perspective, control, turned });
        this.#panels.add(graph);
        panel.onDidDispose(() => {
            this.#panels.delete(graph);
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
    #refresh(directoryUri: string | null): void {
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
        return latest === undefined ? NO_RUN : statesOf(latest);
    }

    #follow({ textEditor, selections, kind }: vscode.TextEditorSelectionChangeEvent): void {
        const cursor = selections[0]?.active;
        // A selection set by a program is often our own jump from the graph to the source.
        if (kind === undefined || cursor === undefined || !isFollowingCursor()) return;
        for (const panel of this.#panels) panel.selectAt(textEditor.document.uri, cursor);
    }
}

/** A graph beside one that shows what is wanted shows the other kind of node, unless that is shown as well. */
function wantedPerspective(
    directory: vscode.Uri,
    known: readonly GraphPanel[],
    { perspective, aside }: GraphWish,
): Perspective {
    const wanted = perspective ?? initialPerspective(directory);
    const shown = new Set(known.map((panel) => panel.perspective()));
    if (aside !== true || !shown.has(wanted) || shown.size > 1) return wanted;
    return wanted === 'components' ? 'instances' : 'components';
}

/** The column right of the last of some panels; undefined when none of them is seen. */
function columnBeside(panels: readonly GraphPanel[]): vscode.ViewColumn | undefined {
    const columns = panels.flatMap(({ panel }) => panel.viewColumn ?? []);
    return columns.length === 0 ? undefined : Math.min(vscode.ViewColumn.Nine, Math.max(...columns) + 1);
}

const NO_RUN: RunStates = { states: {}, run: '', deployment: null };

function titleOf(perspective: Perspective, name: string): string {
    return perspective === 'components'
        ? vscode.l10n.t('Components: {0}', name)
        : vscode.l10n.t('Instances: {0}', name);
}

function statesOf(view: DeploymentView): RunStates {
    const words = runWords(view);
    if (isAbsent(view.snapshot) && words === '') return NO_RUN;
    const run = words === '' ? '' : runText(view, words);
    return { states: overlayOf(view), run, deployment: view.id };
}

function runText({ simulated, key }: DeploymentView, words: string): string {
    // The controls of a simulation say what it is.
    return simulated ? words : vscode.l10n.t('{0}: {1}', key.deployment, words);
}
