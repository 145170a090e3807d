/** The graph panel's page: messages in, picture and messages out. Owns what is shown, selected and remembered. */
import type { Orientation, PlacedNode } from '../../server/layout.ts';
import type { PictureOverlay } from '../picture/overlay.ts';
import type { PageLook, ToPage } from '../protocol.ts';
import { fill } from '../texts.ts';
import { createCanvas, type Canvas } from './canvas.ts';
import { createChrome, type Chrome } from './chrome.ts';
import { emptyText, nothingText } from './empty-texts.ts';
import { focusedNode, keepingFocus } from './focused-node.ts';
import { createHoverCard, type HoverCard } from './hover-card.ts';
import { listenToHover } from './hover.ts';
import { createJourney } from './journey.ts';
import { createKeyHelp, type KeyHelp } from './key-help.ts';
import { listenToKeys } from './keys.ts';
import { createLookExchange, type LookExchange } from './look-exchange.ts';
import { withFocus, withFold, withPerspective } from './looks.ts';
import { createMinimap, type Minimap } from './minimap.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import { createNodeItems, type NodeItems } from './node-items.ts';
import { createNodeMover, type NodeMover } from './node-mover.ts';
import { watchOrientation } from './orientation.ts';
import { hostActions, zoomActions, type PageActions } from './page-actions.ts';
import type { PageHost } from './page-host.ts';
import type { PageState } from './page-state.ts';
import { freshView, type Model, type PageView, type Shown, type States } from './page-view.ts';
import { pinOf } from './pins.ts';
import { listenToPointer, type Offset, type Pointer } from './pointer.ts';
import { createSearch, type Search } from './search-session.ts';
import { createStateClock } from './state-clock.ts';
import { widened } from './strips.ts';
import { createTable, type Table } from './table.ts';
import { createViewportMemory, type ViewportMemory } from './viewport-memory.ts';

export interface GraphPage {
    readonly receive: (message: ToPage) => void;
}

/** Builds the page and says `ready`. */
export function createGraphPage(root: HTMLElement, host: PageHost, state: PageState): GraphPage {
    const orientation = watchOrientation((next) => page.turn(next));
    const page = new Page(root, host, { ...state, orientation });
    host.post({ kind: 'ready', look: state.look, orientation });
    if (state.shown !== 'nothing') host.post({ kind: 'show', what: state.shown });
    return { receive: (message) => page.receive(message) };
}

class Page {
    readonly #host: PageHost;
    readonly #application: string;
    readonly #actions: PageActions;
    readonly #chrome: Chrome;
    readonly #canvas: Canvas;
    readonly #minimap: Minimap;
    readonly #card: HoverCard;
    readonly #table: Table;
    readonly #search: Search;
    readonly #help: KeyHelp;
    readonly #narrator: Narrator;
    readonly #pointer: Pointer;
    readonly #looks: LookExchange;
    readonly #journey = createJourney({
        view: () => this.#view,
        open: (containers) => this.#change(withFold(this.#view.look, containers, false)),
        goTo: (node) => this.#goTo(node),
    });
    readonly #clock = createStateClock(() => performance.now());
    readonly #items: NodeItems;
    readonly #mover: NodeMover;
    readonly #viewports: ViewportMemory;
    #view: PageView;
    #orientation: Orientation;
    #frame = 0;

    constructor(root: HTMLElement, host: PageHost, state: PageState & { readonly orientation: Orientation }) {
        const { texts } = host;
        this.#host = host;
        this.#application = state.application;
        this.#orientation = state.orientation;
        this.#viewports = createViewportMemory(state.viewports, state.look, state.orientation);
        this.#looks = createLookExchange(state.look, (look) => host.post({ kind: 'look', look }));
        this.#view = freshView(state);
        const { now } = this.#clock;
        this.#items = createNodeItems({ application: state.application, texts, view: () => this.#view, now });
        this.#actions = this.#createActions();
        this.#table = createTable(texts, {
            now,
            select: (node) => this.#pick(node),
            reveal: (node, preserveFocus) => this.#reveal(node, preserveFocus),
            fold: (node) => this.#fold(node),
            contextOf: this.#items.contextOf,
        });
        this.#search = createSearch(texts, {
            view: () => this.#view,
            found: (found) => this.#mark({ found }),
            goTo: (node) => this.#goTo(node),
            openFor: this.#journey.begin,
            closed: () => this.#giveFocusBack(),
        });
        this.#help = createKeyHelp(texts, () => this.#giveFocusBack());
        this.#chrome = createChrome(root, texts, this.#actions, [this.#table.element, this.#search.element]);
        this.#card = createHoverCard(texts);
        root.append(this.#card.element, this.#help.element);
        this.#canvas = createCanvas({
            stage: this.#chrome.stage,
            texts,
            start: this.#viewports.current(),
            listener: {
                moved: (viewport) => {
                    this.#viewports.keep(viewport);
                    this.#remember();
                },
                scaled: (scale) => this.#chrome.showScale(scale),
            },
            decorate: this.#items.itemOf,
        });
        this.#minimap = createMinimap(this.#canvas);
        this.#chrome.room.append(this.#minimap.element);
        this.#narrator = createNarrator(texts, {
            say: this.#chrome.say,
            interrupt: this.#chrome.interrupt,
            later: (act, ms) => window.setTimeout(act, ms),
        });
        this.#mover = createNodeMover({
            drag: (node, offset) => this.#canvas.drag(node, offset),
            tell: (node, offset) => this.#pin(node, offset),
        });
        this.#pointer = this.#listen(root);
        this.#chrome.showEmpty({ title: texts['page.loading'], detail: '' });
        this.#refresh();
        this.#remember();
    }

    receive(message: ToPage): void {
        switch (message.kind) {
            case 'model':
                return this.#showModel(message);
            case 'states':
                return this.#showStates(message);
            case 'plan':
                return this.#mark({ plan: message.plan });
            case 'simulation':
                return this.#chrome.showSimulation(message.simulation);
            case 'pulses':
                return this.#canvas.showPulses(message.pulses);
            case 'select':
                return this.#selectFromHost(message.nodes, message.reveal);
            case 'find':
                return this.#search.open();
            case 'shown':
                return this.#set({ shown: message.what });
            case 'empty':
                this.#items.take([]);
                this.#set({ model: null });
                this.#canvas.showGraph(null);
                return this.#chrome.showEmpty(emptyText(message.reason, message.message, this.#host.texts));
            default:
                return message satisfies never;
        }
    }

    /** The window became higher than wide, or the other way round: another picture fits it. */
    turn(orientation: Orientation): void {
        this.#orientation = orientation;
        this.#host.post({ kind: 'orientation', orientation });
    }

    #createActions(): PageActions {
        return {
            ...hostActions(this.#host.post),
            ...zoomActions(() => this.#canvas.panZoom),
            change: (next) => this.#change(next(this.#view.look)),
            nodes: () => this.#view.model?.graph.nodes ?? [],
            goTo: (node) => (node === null ? this.#leaveAll() : this.#goTo(node)),
            reveal: (node, preserveFocus) => this.#reveal(node, preserveFocus),
            toggleFocus: () => this.#toggleFocus(),
            showOver: (what) => this.#showOver(what),
            find: () => this.#search.open(),
            toggleTable: () => this.#toggleTable(),
            toggleMinimap: () => this.#set({ isMinimapShown: !this.#view.isMinimapShown }),
            help: () => this.#help.toggle(),
        };
    }

    #listen(root: HTMLElement): Pointer {
        const { stage } = this.#chrome;
        const { panZoom } = this.#canvas;
        const nodeAt = (x: number, y: number): PlacedNode | null => this.#canvas.nodeAt(x, y);
        const { nodeOf } = this.#items;
        const reveal = (node: string, preserveFocus: boolean): void => this.#reveal(node, preserveFocus);
        const fold = (node: PlacedNode): void => this.#fold(node);
        listenToKeys(root, stage, {
            ...this.#actions,
            ...{ panZoom, nodeOf, reveal, fold },
            model: this.#actions.nodes,
            focus: (node) => this.#focus(node),
            choose: (perspective) => this.#change(withPerspective(this.#view.look, perspective)),
            explain: (node) => this.#explain(node.id),
            nudge: (node, offset) => this.#mover.nudge(node, offset),
            unpin: (node) => node.isPinned && this.#actions.unpin([node.id]),
            widen: (by) => this.#change(widened(this.#view.look, by)),
            escape: () => this.#escape(),
        });
        listenToHover(stage, {
            show: (node) => this.#explain(node),
            hide: () => this.#card.hide(),
            nodeAt: (x, y) => nodeAt(x, y)?.id ?? null,
        });
        return listenToPointer(stage, {
            ...{ panZoom, nodeAt, nodeOf, reveal, fold },
            clear: () => this.#clear(),
            drag: (node, offset) => this.#canvas.drag(node.id, offset),
            drop: (node, offset) => this.#mover.drop(node, offset),
        });
    }

    #showModel(model: Model): void {
        const { graph } = model;
        const look = this.#looks.answered(model.look);
        const viewport = this.#viewports.turnTo(look, this.#orientation);
        if (viewport !== undefined) this.#canvas.panZoom.follow(viewport);
        this.#items.take(graph.nodes);
        this.#mover.letGo();
        const selected = this.#view.overlay.selected.filter((id) => this.#items.nodeOf(id) !== null);
        const overlay = { ...this.#view.overlay, findings: model.findings, selected, changes: model.changes };
        this.#view = { ...this.#view, model, look, overlay };
        this.#chrome.showEmpty(nothingText(model, look, this.#host.texts));
        keepingFocus(() => {
            this.#canvas.showOverlay(overlay, this.#view.clock);
            this.#canvas.keep(this.#items.tabStop());
            this.#canvas.showGraph(graph);
        }, this.#standIn);
        this.#refresh();
        this.#search.refresh();
        this.#journey.goOn();
        this.#remember();
    }

    #showStates({ states, run, deployment, clock }: States): void {
        this.#narrator.tell(this.#view.model?.graph.nodes ?? [], states);
        this.#items.tellDeployment(deployment);
        this.#clock.tell(clock);
        this.#view = { ...this.#view, clock, overlay: { ...this.#view.overlay, states } };
        this.#chrome.showRun(run);
        this.#canvas.showOverlay(this.#view.overlay, clock);
        this.#refreshSoon();
    }

    /** The look is the person's wish; the picture follows when the host sends it. */
    #change(look: PageLook): void {
        if (!this.#looks.wish(look)) return;
        this.#set({ look });
        this.#remember();
    }

    #mark(marks: Partial<PictureOverlay>): void {
        this.#view = { ...this.#view, overlay: { ...this.#view.overlay, ...marks } };
        this.#canvas.showOverlay(this.#view.overlay, this.#view.clock);
        this.#refresh();
    }

    #set(change: Partial<PageView>): void {
        this.#view = { ...this.#view, ...change };
        this.#refresh();
        this.#remember();
    }

    #refresh(): void {
        window.cancelAnimationFrame(this.#frame);
        this.#frame = 0;
        this.#chrome.show(this.#view);
        this.#table.show(this.#view);
        this.#minimap.setWanted(this.#view.isMinimapShown && !this.#view.isTableShown);
    }

    /** Many states come in a moment: what is around the picture shows the last of them. */
    #refreshSoon(): void {
        if (this.#frame !== 0) return;
        this.#frame = window.requestAnimationFrame(() => {
            this.#refresh();
            this.#search.refresh();
        });
    }

    #explain(id: string): void {
        const [facts, place] = [this.#items.factsOf(id), this.#canvas.placeOf(id)];
        if (facts !== null && place !== null) this.#card.show(facts, place);
    }

    #focus(node: PlacedNode): void {
        this.#pick(node.id);
        this.#canvas.panZoom.reveal(node);
        this.#canvas.elementOf(node.id)?.focus({ preventScroll: true });
    }

    #reveal(node: string, preserveFocus: boolean): void {
        this.#pick(node);
        this.#host.post({ kind: 'reveal', node, preserveFocus });
    }

    #stopAt(node: string | null): void {
        this.#items.stopAt(node);
        this.#canvas.keep(node);
    }

    #pick(node: string): void {
        this.#stopAt(node);
        this.#select([node]);
    }

    /** Selects a node and brings it into sight; the focus stays where it is. */
    #goTo(id: string): void {
        const node = this.#items.nodeOf(id);
        if (node === null) return;
        this.#pick(id);
        this.#canvas.panZoom.reveal(node);
    }

    #fold(node: PlacedNode): void {
        this.#card.hide();
        this.#stopAt(node.id);
        this.#journey.begin(node.id, []);
        this.#change(withFold(this.#view.look, [node.id], node.folded.length === 0));
    }

    #toggleFocus(): void {
        const { look, overlay } = this.#view;
        const node = overlay.selected[0] ?? focusedNode();
        if (look.focus !== null) this.#change(withFocus(look, null));
        else if (node !== undefined) this.#change(withFocus(look, { node, distance: 1 }));
    }

    #showOver(shown: Shown): void {
        this.#set({ shown });
        this.#host.post({ kind: 'show', what: shown });
    }

    #toggleTable(): void {
        const isTableShown = !this.#view.isTableShown;
        this.#card.hide();
        this.#set({ isTableShown });
        if (isTableShown) this.#table.focus();
        else this.#giveFocusBack();
    }

    #pin(node: PlacedNode, offset: Offset): void {
        this.#host.post({ kind: 'pin', node: node.id, ...pinOf(node, this.#actions.nodes(), offset) });
        this.#chrome.say(fill(this.#host.texts['live.pinned'], node.label));
    }

    #escape(): void {
        if (this.#pointer.cancel() || this.#search.close() || this.#help.close()) return;
        if (this.#card.isShown()) return this.#card.hide();
        if (this.#view.look.focus !== null) return this.#change(withFocus(this.#view.look, null));
        this.#clear();
    }

    #clear(): void {
        this.#card.hide();
        this.#select([]);
        this.#chrome.stage.focus({ preventScroll: true });
    }

    #leaveAll(): void {
        this.#select([]);
        this.#canvas.panZoom.fit();
    }

    #select(selected: readonly string[]): void {
        const before = this.#view.overlay.selected;
        if (before.length === selected.length && selected.every((node) => before.includes(node))) return;
        this.#mark({ selected });
    }

    #selectFromHost(ids: readonly string[], reveal: boolean): void {
        const nodes = ids.flatMap((id) => this.#items.nodeOf(id) ?? []);
        const first = nodes[0];
        if (first !== undefined) this.#stopAt(first.id);
        this.#select(nodes.map(({ id }) => id));
        if (first !== undefined && reveal) this.#canvas.panZoom.reveal(first);
    }

    /** The element of a node, or of the one that Tab leads to when the picture does not have it. */
    readonly #standIn = (node: string) => this.#elementOf(this.#items.nodeOf(node)?.id ?? this.#items.tabStop());

    #elementOf(node: string | null) {
        return node === null ? null : this.#canvas.elementOf(node);
    }

    /** To the node that Tab leads to, or to the picture as a whole. */
    #giveFocusBack(): void {
        if (this.#view.isTableShown) return this.#table.focus();
        (this.#elementOf(this.#items.tabStop()) ?? this.#chrome.stage).focus({ preventScroll: true });
    }

    #remember(): void {
        const { look, isMinimapShown, isTableShown, shown } = this.#view;
        const [application, viewports] = [this.#application, this.#viewports.all()];
        this.#host.remember({ application, look, viewports, isMinimapShown, isTableShown, shown });
    }
}
