/** What stands behind a graph: what its page was last told, what it asks for, and what it is answered. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Perspective } from '../../language/index.ts';
import { EMPTY_OVERLAY, type PictureOverlay } from '../../media/picture.ts';
import {
    FRESH_LOOK,
    parseFromPage,
    textOfToPage,
    type ChangesView,
    type FromPage,
    type PageLook,
    type PlanView,
    type Pulse,
    type RunClock,
    type RunState,
    type SimulationControl,
    type SimulationView,
    type ToPage,
} from '../../media/protocol.ts';
import type { PlannedOrder } from '../../runner/index.ts';
import type { Orientation } from '../../server/layout.ts';
import type { GraphAnswer, GraphBefore } from '../../server/protocol.ts';
import type { Language } from '../language/language-client.ts';
import type { Boundary } from '../ui/boundary.ts';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { failureText } from '../ui/failures.ts';
import { DONE, type Outcome } from '../ui/outcome.ts';
import { createSingleFlight } from '../ui/single-flight.ts';
import { exportGraph } from './export.ts';
import type { GraphFrame } from './graph-frame.ts';
import { askedLook, hasSame, keepsSame, withPerspective } from './looks.ts';
import { openNode } from './open-node.ts';
import { pageHtml } from './page-html.ts';
import type { Pins } from './pins.ts';
import { fileWithin, nodesAt } from './places.ts';

/** What is drawn over the model besides findings and run states. */
export type Shown = Extract<FromPage, { readonly kind: 'show' }>['what'];
/** What a model can be held against. */
export type Comparison = Exclude<Shown, 'nothing' | 'plan'>;

export interface GraphPanelConfig {
    readonly frame: GraphFrame;
    /** The application's directory. */
    readonly directory: vscode.Uri;
    /** The extension's own folder with the bundled page. */
    readonly assets: vscode.Uri;
    readonly language: Pick<Language, 'graph'>;
    readonly pins: Pins;
    readonly boundary: Boundary;
    /** What to show first; null = what the page was showing before the window was reloaded. */
    readonly perspective: Perspective | null;
    /** What an order would do as the application stands. */
    readonly plan: (order: PlannedOrder, signal: AbortSignal) => Promise<Outcome<PlanView>>;
    /** Another state of the application. */
    readonly before: (comparison: Comparison, signal: AbortSignal) => Promise<Outcome<GraphBefore>>;
    /** A button of the simulation's controls was pressed. */
    readonly control: (control: SimulationControl) => void;
    /** Another perspective is shown. */
    readonly turned: (perspective: Perspective) => void;
    /** The person does something in the page. */
    readonly used: () => void;
}

export interface RunStates {
    readonly states: Readonly<Record<string, RunState>>;
    readonly run: string;
    readonly deployment: string | null;
    readonly clock: RunClock;
    /** Another one whenever a run begins or ends. */
    readonly milestone: string;
}

/** What the server answered last. */
export type Drawn = Extract<GraphAnswer, { readonly kind: 'graph' }>;

/** The state behind a graph panel. */
export class GraphSession implements vscode.Disposable {
    readonly #config: GraphPanelConfig;
    readonly #store = createDisposableStore();
    readonly #closed = new AbortController();
    readonly #drawing = createSingleFlight((signal) => this.#draw(signal));
    /** Planning takes its time: while somebody types, it waits. */
    readonly #replanning = coalesce(REPLAN_MS, () => this.#replan());
    readonly #planning = createSingleFlight((signal) => this.#makePlan(signal));
    /** The layout keeps pictures under one name near each other. */
    readonly #memory = randomUUID();
    #look: PageLook;
    #orientation: Orientation = 'landscape';
    #isReady = false;
    #drawn: Drawn | undefined;
    #states: RunStates = NO_STATES;
    #simulation: SimulationView | null = null;
    #shown: Shown = 'nothing';
    #order: PlannedOrder = WHOLE;
    /** The person asked for it and waits: later on, what cannot be had is no news. */
    #isAwaited = false;
    #plan: PlanView | null = null;
    #changes: ChangesView | null = null;
    #selected: readonly string[] = [];
    /** To be selected when it is drawn. */
    #wanted: string | null = null;

    constructor(config: GraphPanelConfig) {
        this.#config = config;
        this.#look = { ...FRESH_LOOK, perspective: config.perspective ?? 'components' };
        const { frame } = config;
        const { webview } = frame;
        this.#store.add(frame);
        this.#store.add(this.#drawing);
        this.#store.add(this.#planning);
        this.#store.add(this.#replanning);
        this.#store.add(webview.onDidReceiveMessage((message: unknown) => this.#receive(message)));
        webview.options = { enableScripts: true, localResourceRoots: [config.assets] };
        webview.html = pageHtml(webview, config);
        config.turned(this.perspective());
    }

    perspective(): Perspective {
        return this.#look.perspective;
    }

    shown(): Shown {
        return this.#shown;
    }

    selected(): string | undefined {
        return this.#selected.length === 1 ? this.#selected[0] : undefined;
    }

    choose(perspective: Perspective): void {
        this.#lookAt(withPerspective(this.#look, perspective));
    }

    relook(change: (look: PageLook, graph: Drawn['graph']) => PageLook): void {
        if (this.#drawn !== undefined) this.#lookAt(change(this.#look, this.#drawn.graph));
    }

    /** `order`: what a plan is of. */
    show(what: Shown, order: PlannedOrder = WHOLE): void {
        this.#shown = what;
        this.#order = order;
        this.#isAwaited = true;
        this.#post({ kind: 'shown', what });
        if (what === 'plan') this.#replan();
        else this.#showPlan(null);
        this.refresh();
    }

    refresh(): void {
        this.#inBackground('Draw the graph', () => this.#drawing.request());
        if (this.#shown === 'plan') this.#replanning.request();
    }

    showStates(states: RunStates): void {
        const isOtherChoice = !keepsSame(this.#look.statuses, this.#states.states, states.states);
        const isMilestone = states.milestone !== this.#states.milestone;
        this.#states = states;
        this.#postStates();
        if (isOtherChoice) this.refresh();
        else if (this.#shown === 'plan' && isMilestone) this.#replanning.request();
    }

    showSimulation(simulation: SimulationView | null): void {
        this.#simulation = simulation;
        this.#post({ kind: 'simulation', simulation });
    }

    showPulses(pulses: readonly Pulse[]): void {
        if (pulses.length > 0) this.#post({ kind: 'pulses', pulses });
    }

    find(): void {
        this.#post({ kind: 'find' });
    }

    selectAt(uri: vscode.Uri, position: vscode.Position): void {
        const { directory } = this.#config;
        const file = uri.scheme === directory.scheme ? fileWithin(directory.path, uri.path) : undefined;
        if (file === undefined || this.#drawn === undefined) return;
        const nodes = nodesAt(this.#drawn.places, { file, line: position.line + 1, column: position.character + 1 });
        // One of several copies that was picked in the picture stays picked while the cursor is in their block.
        const isAmongThem = this.#selected.length === 1 && nodes.includes(this.#selected[0] ?? '');
        if (nodes.length === 0 || isAmongThem || hasSame(nodes, this.#selected)) return;
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
        if (this.#drawn === undefined) return DONE;
        const { directory, frame } = this.#config;
        const isOpen = await openNode(this.#drawn.graph, node, { directory, preserveFocus, panel: frame.column() });
        if (isOpen) this.#selected = [node];
        return DONE;
    }

    async save(): Promise<Outcome<unknown>> {
        if (this.#drawn === undefined) return DONE;
        const { directory, assets } = this.#config;
        const { graph, name } = this.#drawn;
        return exportGraph({ graph, name, directory, bundles: assets, overlay: this.#overlay() }, this.#closed.signal);
    }

    dispose(): void {
        this.#closed.abort();
        this.#store.dispose();
    }

    #overlay(): PictureOverlay {
        const { states } = this.#states;
        const findings = this.#drawn?.findings ?? {};
        return { ...EMPTY_OVERLAY, findings, states, plan: this.#plan, changes: this.#changes };
    }

    #lookAt(look: PageLook): void {
        const isTurned = look.perspective !== this.#look.perspective;
        this.#look = look;
        if (isTurned) this.#config.turned(look.perspective);
        this.refresh();
    }

    #inBackground(title: string, task: () => Promise<void>): void {
        if (!this.#isReady) return;
        this.#config.boundary.background(title, async () => {
            await task();
            return DONE;
        });
    }

    async #draw(signal: AbortSignal): Promise<void> {
        const before = await this.#before(signal);
        if (signal.aborted) return;
        const wish = this.#look;
        const { perspective, direction } = wish;
        const look = askedLook(wish, this.#states.states);
        const view = { perspective, direction, look, orientation: this.#orientation, memory: this.#memory, before };
        const answer = await this.#config.language.graph(this.#config.directory, view, signal);
        if (answer.kind === 'cancelled' || signal.aborted) return;
        if (answer.kind === 'failed') {
            this.#post({ kind: 'empty', reason: 'failed', message: failureText(answer.failure).message });
        } else this.#showPicture(answer.value, wish);
    }

    /** What the model is held against. What cannot be had is told, and no longer asked for. */
    async #before(signal: AbortSignal): Promise<GraphBefore | null> {
        const comparison = this.#shown;
        if (comparison === 'nothing' || comparison === 'plan') return null;
        return this.#had(await this.#config.before(comparison, signal), comparison);
    }

    async #makePlan(signal: AbortSignal): Promise<void> {
        const made = await this.#config.plan(this.#order, signal);
        if (signal.aborted || this.#shown !== 'plan') return;
        // While somebody types, the model has errors: the last plan stays until there is another.
        if (made.kind === 'failed' && !this.#isAwaited) return;
        const plan = this.#had(made, 'plan');
        if (plan !== null) this.#showPlan(plan);
    }

    #had<Value>(outcome: Outcome<Value>, what: Shown): Value | null {
        if (this.#shown !== what || outcome.kind === 'cancelled') return null;
        const isAwaited = this.#isAwaited;
        this.#isAwaited = false;
        if (outcome.kind === 'done') return outcome.value;
        this.#shown = 'nothing';
        this.#post({ kind: 'shown', what: 'nothing' });
        if (isAwaited) void this.#config.boundary.run('Graph', () => Promise.resolve(outcome));
        return null;
    }

    #replan(): void {
        this.#inBackground('Make a plan', () => this.#planning.request());
    }

    #showPlan(plan: PlanView | null): void {
        if (plan === null && this.#plan === null) return;
        this.#plan = plan;
        this.#post({ kind: 'plan', plan });
    }

    /** `look`: the one the picture was asked for with. */
    #showPicture(answer: GraphAnswer, look: PageLook): void {
        if (answer.kind === 'none') {
            this.#drawn = undefined;
            this.#post({ kind: 'empty', reason: 'noApplication', message: '' });
            return;
        }
        const { name, graph, findings, details, errorCount, warningCount, choices, drift } = answer;
        this.#drawn = answer;
        this.#changes =
            answer.changes === null
                ? null
                : { title: answer.changes.label, nodes: answer.changes.nodes, edges: answer.changes.edges };
        const parts = { name, graph, findings, details, errorCount, warningCount, choices, drift };
        this.#post({ kind: 'model', ...parts, look, changes: this.#changes });
        if (this.#wanted !== null) this.select(this.#wanted);
    }

    #receive(raw: unknown): void {
        const message = parseFromPage(raw);
        if (message === undefined) return;
        if (message.kind !== 'ready' && message.kind !== 'orientation') this.#config.used();
        void this.#config.boundary.run('Graph', () => this.#obey(message));
    }

    async #obey(message: FromPage): Promise<Outcome<unknown>> {
        switch (message.kind) {
            case 'ready':
                this.#orientation = message.orientation;
                return this.#start(message.look);
            case 'look':
                this.#lookAt(message.look);
                return DONE;
            case 'orientation':
                this.#orientation = message.orientation;
                this.refresh();
                return DONE;
            case 'pin':
                return this.#pin(message);
            case 'unpin':
                return this.#config.pins.remove(this.#config.directory, this.perspective(), message.nodes);
            case 'show':
                this.show(message.what);
                return DONE;
            case 'reveal':
                return this.open(message.node, message.preserveFocus);
            case 'simulation':
                this.#config.control(message.control);
                return DONE;
            case 'showProblems':
                await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
                return DONE;
            case 'export':
                return this.save();
            default:
                return message satisfies never;
        }
    }

    #start(look: PageLook): Outcome<unknown> {
        // A page that is loaded again after it was hidden goes on with what the panel showed, one of a reloaded window with what it showed itself.
        if (!this.#isReady) {
            const { perspective } = this.#config;
            this.#look = perspective === null ? look : withPerspective(look, perspective);
            this.#config.turned(this.perspective());
        }
        this.#isReady = true;
        this.#postStates();
        this.#post({ kind: 'simulation', simulation: this.#simulation });
        this.#post({ kind: 'shown', what: this.#shown });
        if (this.#plan !== null) this.#post({ kind: 'plan', plan: this.#plan });
        this.refresh();
        return DONE;
    }

    async #pin({ node, x, y }: Extract<FromPage, { readonly kind: 'pin' }>): Promise<Outcome<unknown>> {
        const { pins, directory } = this.#config;
        const graph = this.#drawn?.graph;
        const parent = graph?.nodes.find(({ id }) => id === node)?.parent;
        // Another picture took the place of the one it was moved in, without it.
        if (graph === undefined || parent === undefined) return DONE;
        const put = await pins.put(directory, graph.perspective, node, { x, y, in: parent });
        // The node goes back to where it was.
        if (put.kind !== 'done') this.refresh();
        return put;
    }

    #postStates(): void {
        const { states, run, deployment, clock } = this.#states;
        this.#post({ kind: 'states', states, run, deployment, clock });
    }

    #post(message: ToPage): void {
        if (this.#isReady) void this.#config.frame.webview.postMessage(textOfToPage(message));
    }
}

const NO_STATES: RunStates = {
    states: {},
    run: '',
    deployment: null,
    clock: { now: 0, isRunning: false },
    milestone: '',
};

const REPLAN_MS = 400;

/** All that the application has is deployed and started. */
const WHOLE: PlannedOrder = { kind: 'deploy', paths: [] };
