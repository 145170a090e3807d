/** The graph panel's page: messages in, picture and messages out. Owns what is shown, selected and remembered. */
import type { Perspective } from '../../language/index.ts';
import type { Orientation, PlacedNode } from '../../server/layout.ts';
import { pictureLayers } from '../picture.ts';
import { EMPTY_OVERLAY, type PictureOverlay } from '../picture/overlay.ts';
import type { FromPage, Pulse, ToPage } from '../protocol.ts';
import { fill, type Texts } from '../texts.ts';
import { createChrome, type Chrome, type EmptyText } from './chrome.ts';
import { createHoverCard, describeFacts, type HoverCard, type NodeFacts } from './hover-card.ts';
import { listenToHover } from './hover.ts';
import { listenToKeys, listenToPointer } from './input.ts';
import { describeChanges } from './narrator.ts';
import { nodeContext } from './node-context.ts';
import { watchOrientation } from './orientation.ts';
import { FITTED, type PageState, type Viewports } from './page-state.ts';
import { createPanZoom, type PanZoom } from './pan-zoom.ts';
import { drawInto } from './patch.ts';
import { edgesOf, showPulses } from './pulses.ts';
import { withTreeItems } from './tree-items.ts';
import { leastFit, type Viewport } from './viewport.ts';

/** The editor's side of the page. */
export interface PageHost {
    readonly post: (message: FromPage) => void;
    readonly remember: (state: PageState) => void;
    /** In the editor's language. */
    readonly texts: Texts;
}

export interface GraphPage {
    readonly receive: (message: ToPage) => void;
}

type Model = Extract<ToPage, { readonly kind: 'model' }>;
type States = Extract<ToPage, { readonly kind: 'states' }>;

/** Builds the page and says `ready`. */
export function createGraphPage(root: HTMLElement, host: PageHost, state: PageState): GraphPage {
    const orientation = watchOrientation((next) => page.turn(next));
    const page = new Page(root, host, { ...state, orientation });
    host.post({ kind: 'ready', perspective: state.perspective, orientation });
    return { receive: (message) => page.receive(message) };
}

class Page {
    readonly #host: PageHost;
    readonly #application: string;
    readonly #chrome: Chrome;
    readonly #card: HoverCard;
    readonly #panZoom: PanZoom;
    /** Inside one frame that is moved and scaled: the picture, and what travels over it. */
    readonly #picture: SVGGElement;
    readonly #lights: SVGGElement;
    #perspective: Perspective;
    #orientation: Orientation;
    #viewports: Viewports;
    #model: Model | null = null;
    #overlay: PictureOverlay = EMPTY_OVERLAY;
    #deployment: string | null = null;
    #tabStop: string | null = null;

    constructor(root: HTMLElement, host: PageHost, state: PageState & { readonly orientation: Orientation }) {
        this.#host = host;
        this.#application = state.application;
        this.#perspective = state.perspective;
        this.#orientation = state.orientation;
        this.#viewports = state.viewports;
        this.#chrome = createChrome(root, host.texts, {
            zoomIn: () => this.#panZoom.zoomBy(ZOOM_STEP),
            zoomOut: () => this.#panZoom.zoomBy(1 / ZOOM_STEP),
            fit: () => this.#panZoom.fit(),
            actualSize: () => this.#panZoom.actualSize(),
            exportSvg: () => host.post({ kind: 'exportSvg' }),
            showProblems: () => host.post({ kind: 'showProblems' }),
            choose: (perspective) => this.#choose(perspective),
            control: (control) => host.post({ kind: 'simulation', control }),
        });
        this.#card = createHoverCard(host.texts);
        root.append(this.#card.element);
        [this.#picture, this.#lights] = [group('picture'), group('lights')];
        const frame = group('frame');
        frame.append(this.#picture, this.#lights);
        this.#chrome.stage.append(frame);
        this.#panZoom = createPanZoom(this.#chrome.stage, frame, state.viewports[state.orientation], {
            moved: (viewport) => this.#remember(viewport),
            scaled: (scale) => this.#chrome.showScale(scale),
        });
        this.#listen(root);
        this.#chrome.showPerspective(this.#perspective);
        this.#chrome.showEmpty({ title: host.texts['page.loading'], detail: '' });
        this.#remember(state.viewports[state.orientation]);
    }

    receive(message: ToPage): void {
        switch (message.kind) {
            case 'model':
                return this.#showModel(message);
            case 'states':
                return this.#showStates(message);
            case 'simulation':
                return this.#chrome.showSimulation(message.simulation);
            case 'pulses':
                return this.#showPulses(message.pulses);
            case 'select':
                return this.#selectFromHost(message.nodes, message.reveal);
            case 'empty':
                this.#model = null;
                this.#chrome.showFindings(0);
                return this.#chrome.showEmpty(emptyText(message.reason, message.message, this.#host.texts));
            default:
                return message satisfies never;
        }
    }

    /** The window became higher than wide, or the other way round: another picture fits it, seen as it was seen last in such a window. */
    turn(orientation: Orientation): void {
        this.#orientation = orientation;
        this.#panZoom.follow(this.#viewports[orientation]);
        this.#host.post({ kind: 'orientation', orientation });
    }

    #listen(root: HTMLElement): void {
        const actions = {
            model: () => this.#model?.graph.nodes ?? [],
            focus: (node: PlacedNode) => this.#focus(node),
            reveal: (node: string, preserveFocus: boolean) => this.#reveal(node, preserveFocus),
            clear: () => this.#clear(),
            choose: (perspective: Perspective) => this.#choose(perspective),
            explain: (node: PlacedNode) => this.#explain(node.id),
            panZoom: this.#panZoom,
        };
        const { stage } = this.#chrome;
        listenToKeys(root, stage, actions);
        listenToPointer(stage, actions);
        listenToHover(stage, { show: (node) => this.#explain(node), hide: () => this.#card.hide() });
    }

    #showModel(model: Model): void {
        const { graph } = model;
        const { texts } = this.#host;
        this.#model = model;
        this.#perspective = graph.perspective;
        const isThere = (id: string | null): boolean => graph.nodes.some((node) => node.id === id);
        const selected = this.#overlay.selected.filter(isThere);
        this.#overlay = { ...this.#overlay, findings: model.findings, selected };
        if (!isThere(this.#tabStop)) this.#tabStop = graph.nodes[0]?.id ?? null;
        this.#chrome.stage.setAttribute('aria-label', fill(texts['page.graphOf'], model.name));
        this.#chrome.showPerspective(graph.perspective);
        this.#chrome.showFindings(model.errorCount);
        this.#chrome.showLegend(graph);
        this.#chrome.showEmpty(graph.nodes.length === 0 ? nothingText(graph.perspective, texts) : null);
        this.#draw();
        this.#panZoom.setPicture(graph, leastFit(graph.nodes.length));
        this.#remember(this.#panZoom.remembered());
    }

    #showStates({ states, run, deployment }: States): void {
        const nodes = this.#model?.graph.nodes ?? [];
        this.#chrome.say(describeChanges(nodes, this.#overlay.states, states, this.#host.texts));
        this.#overlay = { ...this.#overlay, states };
        this.#deployment = deployment;
        this.#chrome.showRun(run);
        this.#draw();
    }

    #showPulses(pulses: readonly Pulse[]): void {
        if (this.#model === null) return;
        const pathOf = (edge: string): SVGPathElement | null =>
            this.#picture.querySelector<SVGPathElement>(`[data-edge="${CSS.escape(edge)}"] .line`);
        showPulses(this.#lights, edgesOf(this.#model.graph, pulses), pathOf);
    }

    #draw(): void {
        if (this.#model === null) return;
        const { graph } = this.#model;
        const focused = document.activeElement?.getAttribute('data-node') ?? null;
        const layers = pictureLayers(graph, this.#overlay, this.#host.texts);
        const facts = this.#tabStop === null ? null : this.#factsOf(this.#tabStop);
        const place = { application: this.#application, deployment: this.#deployment };
        const items = withTreeItems(layers, {
            nodes: graph.nodes,
            tabStop: this.#tabStop,
            description: facts === null ? '' : describeFacts(facts, this.#host.texts),
            contextOf: (node) => nodeContext(node, at(this.#overlay.states, node.id), place),
        });
        drawInto(this.#picture, [items]);
        // Moving an element within the document takes its focus away.
        if (focused !== null && document.activeElement?.getAttribute('data-node') !== focused)
            this.#elementOf(focused)?.focus();
    }

    #factsOf(id: string): NodeFacts | null {
        const { texts } = this.#host;
        const node = this.#model?.graph.nodes.find((candidate) => candidate.id === id);
        if (node === undefined || this.#model === null) return null;
        const { errors, warnings } = at(this.#overlay.findings, id) ?? { errors: 0, warnings: 0 };
        const findings = [
            countText(errors, texts['node.oneError'], texts['node.errors']),
            countText(warnings, texts['node.oneWarning'], texts['node.warnings']),
        ].filter((text) => text !== '');
        const [detail, state] = [at(this.#model.details, id) ?? null, at(this.#overlay.states, id) ?? null];
        return { node, detail, state, findings };
    }

    #explain(id: string): void {
        const facts = this.#factsOf(id);
        const element = this.#elementOf(id);
        if (facts !== null && element !== null) this.#card.show(facts, boxOf(element));
    }

    #choose(perspective: Perspective): void {
        if (perspective === this.#perspective) return;
        this.#perspective = perspective;
        this.#chrome.showPerspective(perspective);
        this.#panZoom.follow(null);
        this.#viewports = FITTED;
        this.#host.post({ kind: 'perspective', perspective });
        this.#remember(null);
    }

    #focus(node: PlacedNode): void {
        this.#tabStop = node.id;
        this.#select([node.id]);
        this.#panZoom.reveal(node);
        this.#elementOf(node.id)?.focus({ preventScroll: true });
    }

    #reveal(node: string, preserveFocus: boolean): void {
        this.#tabStop = node;
        this.#select([node]);
        this.#host.post({ kind: 'reveal', node, preserveFocus });
    }

    #clear(): void {
        this.#card.hide();
        this.#select([]);
        this.#chrome.stage.focus({ preventScroll: true });
    }

    #select(nodes: readonly string[]): void {
        const { selected } = this.#overlay;
        if (selected.length === nodes.length && nodes.every((node) => selected.includes(node))) return;
        this.#overlay = { ...this.#overlay, selected: nodes };
        this.#draw();
    }

    #selectFromHost(ids: readonly string[], reveal: boolean): void {
        const nodes = this.#model?.graph.nodes.filter(({ id }) => ids.includes(id)) ?? [];
        const first = nodes[0];
        if (first !== undefined) this.#tabStop = first.id;
        this.#select(nodes.map(({ id }) => id));
        if (first !== undefined && reveal) this.#panZoom.reveal(first);
    }

    #elementOf(id: string): SVGGElement | null {
        return this.#picture.querySelector<SVGGElement>(`[data-node="${CSS.escape(id)}"]`);
    }

    #remember(viewport: Viewport | null): void {
        this.#viewports = { ...this.#viewports, [this.#orientation]: viewport };
        const [application, perspective] = [this.#application, this.#perspective];
        this.#host.remember({ application, perspective, viewports: this.#viewports });
    }
}

const ZOOM_STEP = 1.25;

function group(name: string): SVGGElement {
    const made = document.createElementNS('http://www.w3.org/2000/svg', 'g');
    made.setAttribute('class', name);
    return made;
}

function at<Value>(values: Readonly<Record<string, Value>>, id: string): Value | undefined {
    return Object.hasOwn(values, id) ? values[id] : undefined;
}

/** Where the card or the frame of a node is; its badges may stand out. */
function boxOf(node: SVGGElement): DOMRect {
    return (node.querySelector('.card, .box') ?? node).getBoundingClientRect();
}

function countText(count: number, one: string, several: string): string {
    if (count === 0) return '';
    return count === 1 ? one : fill(several, count);
}

function nothingText(perspective: Perspective, texts: Texts): EmptyText {
    return perspective === 'components'
        ? { title: texts['page.noComponents'], detail: texts['page.noComponentsDetail'] }
        : { title: texts['page.noInstances'], detail: texts['page.noInstancesDetail'] };
}

function emptyText(reason: 'noApplication' | 'failed', message: string, texts: Texts): EmptyText {
    switch (reason) {
        case 'noApplication':
            return {
                title: texts['page.noApplication'],
                detail: message === '' ? texts['page.noApplicationDetail'] : message,
            };
        case 'failed':
            return { title: texts['page.failed'], detail: message };
        default:
            return reason satisfies never;
    }
}
