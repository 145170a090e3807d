/** The graph panel's page: messages in, picture and messages out. Owns what is shown, selected and remembered. */
import type { Perspective } from '../../language/index.ts';
import type { Orientation, PlacedNode } from '../../server/layout.ts';
import { pictureLayers } from '../picture.ts';
import { EMPTY_OVERLAY, type PictureOverlay } from '../picture/overlay.ts';
import type { FromPage, ToPage } from '../protocol.ts';
import { createChrome, type Chrome, type EmptyText } from './chrome.ts';
import { drawInto } from './patch.ts';
import { watchOrientation } from './orientation.ts';
import { createPanZoom, type PanZoom } from './pan-zoom.ts';
import { leastFit, parseViewport, type Viewport } from './viewport.ts';
import { withTreeItems } from './tree-items.ts';
import { listenToKeys, listenToPointer } from './input.ts';

/** What survives a reload of the page. `viewport` null = the picture is kept fitted. */
export interface PageState {
    readonly perspective: Perspective;
    readonly viewport: Viewport | null;
}

/** The editor's side of the page. */
export interface PageHost {
    readonly post: (message: FromPage) => void;
    readonly remember: (state: PageState) => void;
}

export interface GraphPage {
    readonly receive: (message: ToPage) => void;
}

type Model = Extract<ToPage, { readonly kind: 'model' }>;

/** Reads a remembered state; what is not understood takes its default. */
export function parsePageState(value: unknown): PageState {
    const fields = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
    return {
        perspective: fields['perspective'] === 'instances' ? 'instances' : 'components',
        viewport: parseViewport(fields['viewport']) ?? null,
    };
}

/** Builds the page and says `ready`. */
export function createGraphPage(root: HTMLElement, host: PageHost, state: PageState): GraphPage {
    const page = new Page(root, host, state);
    const orientation = watchOrientation((next) => page.turn(next));
    host.post({ kind: 'ready', perspective: state.perspective, orientation });
    return { receive: (message) => page.receive(message) };
}

const LOADING: EmptyText = { title: 'Drawing the graph…', detail: '' };

class Page {
    readonly #host: PageHost;
    readonly #chrome: Chrome;
    readonly #panZoom: PanZoom;
    readonly #frame: SVGGElement;
    #perspective: Perspective;
    #model: Model | null = null;
    #overlay: PictureOverlay = EMPTY_OVERLAY;
    #tabStop: string | null = null;

    constructor(root: HTMLElement, host: PageHost, state: PageState) {
        this.#host = host;
        this.#perspective = state.perspective;
        this.#chrome = createChrome(root, {
            zoomIn: () => this.#panZoom.zoomBy(ZOOM_STEP),
            zoomOut: () => this.#panZoom.zoomBy(1 / ZOOM_STEP),
            fit: () => this.#panZoom.fit(),
            exportSvg: () => host.post({ kind: 'exportSvg' }),
            showProblems: () => host.post({ kind: 'showProblems' }),
            choose: (perspective) => this.#choose(perspective),
        });
        const { stage } = this.#chrome;
        this.#frame = document.createElementNS('http://www.w3.org/2000/svg', 'g');
        stage.append(this.#frame);
        this.#panZoom = createPanZoom(stage, this.#frame, state.viewport, (viewport) => this.#remember(viewport));
        const actions = {
            model: () => this.#model?.graph.nodes ?? [],
            focus: (node: PlacedNode) => this.#focus(node),
            reveal: (node: string, preserveFocus: boolean) => this.#reveal(node, preserveFocus),
            clear: () => this.#select(null),
            panZoom: this.#panZoom,
        };
        listenToKeys(stage, actions);
        listenToPointer(stage, actions);
        this.#chrome.showPerspective(this.#perspective);
        this.#chrome.showEmpty(LOADING);
    }

    receive(message: ToPage): void {
        switch (message.kind) {
            case 'model':
                return this.#showModel(message);
            case 'states':
                this.#overlay = { ...this.#overlay, states: message.states };
                this.#chrome.showRun(message.run);
                return this.#draw();
            case 'select':
                return this.#selectFromHost(message.node, message.reveal);
            case 'empty':
                this.#model = null;
                this.#chrome.showFindings(0);
                return this.#chrome.showEmpty(emptyText(message.reason, message.message));
        }
    }

    /** The window became higher than wide, or the other way round: another picture fits it, and is shown whole. */
    turn(orientation: Orientation): void {
        this.#panZoom.follow();
        this.#remember(null);
        this.#host.post({ kind: 'orientation', orientation });
    }

    #showModel(model: Model): void {
        const { graph } = model;
        this.#model = model;
        this.#perspective = graph.perspective;
        const isThere = (id: string | null): boolean => graph.nodes.some((node) => node.id === id);
        const { selected } = this.#overlay;
        this.#overlay = { ...this.#overlay, findings: model.findings, selected: isThere(selected) ? selected : null };
        if (!isThere(this.#tabStop)) this.#tabStop = graph.nodes[0]?.id ?? null;
        this.#chrome.stage.setAttribute('aria-label', `Graph of ${model.name}`);
        this.#chrome.showPerspective(graph.perspective);
        this.#chrome.showFindings(model.errorCount);
        this.#chrome.showLegend(graph);
        this.#chrome.showEmpty(graph.nodes.length === 0 ? NOTHING[graph.perspective] : null);
        this.#draw();
        this.#panZoom.setPicture(graph, leastFit(graph.nodes.length));
        this.#remember(this.#panZoom.remembered());
    }

    #draw(): void {
        if (this.#model === null) return;
        const { graph } = this.#model;
        const focused = document.activeElement?.getAttribute('data-node') ?? null;
        const layers = pictureLayers(graph, this.#overlay);
        drawInto(this.#frame, [withTreeItems(layers, graph.nodes, this.#tabStop)]);
        // Moving an element within the document takes its focus away.
        if (focused !== null && document.activeElement?.getAttribute('data-node') !== focused)
            this.#elementOf(focused)?.focus();
    }

    #choose(perspective: Perspective): void {
        if (perspective === this.#perspective) return;
        this.#perspective = perspective;
        this.#chrome.showPerspective(perspective);
        this.#panZoom.follow();
        this.#host.post({ kind: 'perspective', perspective });
        this.#remember(null);
    }

    #focus(node: PlacedNode): void {
        this.#tabStop = node.id;
        this.#select(node.id);
        this.#panZoom.reveal(node);
        this.#elementOf(node.id)?.focus({ preventScroll: true });
    }

    #reveal(node: string, preserveFocus: boolean): void {
        this.#tabStop = node;
        this.#select(node);
        this.#host.post({ kind: 'reveal', node, preserveFocus });
    }

    #select(node: string | null): void {
        if (this.#overlay.selected === node) return;
        this.#overlay = { ...this.#overlay, selected: node };
        this.#draw();
    }

    #selectFromHost(id: string | null, reveal: boolean): void {
        const node = this.#model?.graph.nodes.find((candidate) => candidate.id === id);
        if (node !== undefined) this.#tabStop = node.id;
        this.#select(node?.id ?? null);
        if (node !== undefined && reveal) this.#panZoom.reveal(node);
    }

    #elementOf(id: string): SVGGElement | null {
        return this.#frame.querySelector<SVGGElement>(`[data-node="${CSS.escape(id)}"]`);
    }

    #remember(viewport: Viewport | null): void {
        this.#host.remember({ perspective: this.#perspective, viewport });
    }
}

const ZOOM_STEP = 1.25;

const NOTHING: Readonly<Record<Perspective, EmptyText>> = {
    components: {
        title: 'No components yet',
        detail: 'Declare one in a .graph file of this application, for example “Server { installer: script; }”. It appears here while you type.',
    },
    instances: {
        title: 'No instances yet',
        detail: 'Describe one in an .instances file of this application, for example “instance of Server { name: server-1; }”. It appears here while you type.',
    },
};

function emptyText(reason: 'noApplication' | 'failed', message: string): EmptyText {
    switch (reason) {
        case 'noApplication':
            return {
                title: 'No application here',
                detail: message === '' ? 'Open a .graph or .instances file to see its application.' : message,
            };
        case 'failed':
            return { title: 'The graph could not be drawn', detail: message };
    }
}
