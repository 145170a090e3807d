/** Keys of the page. */
import type { Perspective } from '../../language/index.ts';
import type { PlacedNode } from '../../server/layout.ts';
import { isContainer } from './looks.ts';
import { neighbourOf, type Direction } from './navigation.ts';
import type { PanZoom } from './pan-zoom.ts';
import type { Offset } from './pointer.ts';

export interface KeyActions {
    readonly model: () => readonly PlacedNode[];
    readonly nodeOf: (id: string) => PlacedNode | null;
    readonly focus: (node: PlacedNode) => void;
    readonly reveal: (node: string, preserveFocus: boolean) => void;
    readonly choose: (perspective: Perspective) => void;
    /** Shows what there is to say about a node at once. */
    readonly explain: (node: PlacedNode) => void;
    readonly fold: (node: PlacedNode) => void;
    /** Moves a node and pins it; pixels of the picture. */
    readonly nudge: (node: PlacedNode, offset: Offset) => void;
    readonly unpin: (node: PlacedNode) => void;
    readonly toggleFocus: () => void;
    readonly widen: (by: 1 | -1) => void;
    readonly find: () => void;
    readonly toggleTable: () => void;
    readonly toggleMinimap: () => void;
    readonly help: () => void;
    /** Leaves the innermost thing that is open, or the selection. */
    readonly escape: () => void;
    readonly panZoom: PanZoom;
}

const DIRECTIONS: Readonly<Record<string, Direction>> = {
    ArrowLeft: 'left',
    ArrowRight: 'right',
    ArrowUp: 'up',
    ArrowDown: 'down',
};
const STEPS: Readonly<Record<Direction, readonly [number, number]>> = {
    left: [-1, 0],
    right: [1, 0],
    up: [0, -1],
    down: [0, 1],
};
const ZOOM_STEP = 1.25;
const PAN_STEP = 60;
const NUDGE = 8;

/** Listens as long as the page is there; keys count wherever no control takes them. */
export function listenToKeys(page: HTMLElement, stage: SVGSVGElement, actions: KeyActions): void {
    let isChord = false;
    const listen = (event: KeyboardEvent): void => {
        // The key that makes the next one a command is no key of its own.
        const isModifier = event.key === 'Control' || event.key === 'Meta';
        if (isModifier || event.defaultPrevented || isElsewhere(event)) return;
        const node = focusedNode(event.target, actions);
        const isInStage = event.target === page.ownerDocument.body || isWithin(stage, event.target);
        const wasChord = isChord;
        isChord = isCommand(event, 'k');
        if (handle(event, { node, isInStage, wasChord }, actions)) event.preventDefault();
    };
    page.ownerDocument.addEventListener('keydown', listen);
}

interface Situation {
    /** The node that has the focus. */
    readonly node: PlacedNode | null;
    readonly isInStage: boolean;
    /** The key before was the first of two that belong together. */
    readonly wasChord: boolean;
}

function handle(event: KeyboardEvent, situation: Situation, actions: KeyActions): boolean {
    const { node } = situation;
    if (event.ctrlKey || event.metaKey) return commandKey(event, situation, actions);
    if (event.altKey) return node !== null && nudgeKey(event, node, actions);
    if (event.shiftKey && node !== null && foldKey(event.key, node, actions)) return true;
    return plainKey(event.key, situation, actions);
}

function commandKey(event: KeyboardEvent, { node, wasChord }: Situation, actions: KeyActions): boolean {
    if (isCommand(event, 'f')) return does(actions.find);
    return wasChord && isCommand(event, 'i') && node !== null && does(() => actions.explain(node));
}

function plainKey(key: string, { node, isInStage }: Situation, actions: KeyActions): boolean {
    if (wholeKey(key, actions)) return true;
    return node === null ? isInStage && stageKey(key, actions) : nodeKey(key, node, actions);
}

function does(act: () => void): true {
    act();
    return true;
}

function isCommand({ ctrlKey, metaKey, altKey, key }: KeyboardEvent, letter: string): boolean {
    return (ctrlKey || metaKey) && !altKey && key.toLowerCase() === letter;
}

/** Whether a key is meant for something that is open, or as text. Searching is meant everywhere. */
function isElsewhere(event: KeyboardEvent): boolean {
    if (isCommand(event, 'f')) return false;
    return event.target instanceof Element && event.target.closest('input, .popover, .help') !== null;
}

function isWithin(stage: SVGSVGElement, target: EventTarget | null): boolean {
    return target instanceof Node && stage.contains(target);
}

function focusedNode(target: EventTarget | null, { nodeOf }: KeyActions): PlacedNode | null {
    const id = target instanceof Element ? target.closest('[data-node]')?.getAttribute('data-node') : undefined;
    return id === undefined || id === null ? null : nodeOf(id);
}

/** Keys that mean the same wherever the focus is. */
function wholeKey(key: string, actions: KeyActions): boolean {
    const act = Object.hasOwn(WHOLE_KEYS, key) ? WHOLE_KEYS[key] : undefined;
    if (act === undefined) return false;
    act(actions);
    return true;
}

const zoomIn = ({ panZoom }: KeyActions): void => panZoom.zoomBy(ZOOM_STEP);
const zoomOut = ({ panZoom }: KeyActions): void => panZoom.zoomBy(1 / ZOOM_STEP);
const fit = ({ panZoom }: KeyActions): void => panZoom.fit();
const toggleFocus = (actions: KeyActions): void => actions.toggleFocus();
const toggleTable = (actions: KeyActions): void => actions.toggleTable();
const toggleMinimap = (actions: KeyActions): void => actions.toggleMinimap();

const WHOLE_KEYS: Readonly<Record<string, (actions: KeyActions) => void>> = {
    '+': zoomIn,
    '=': zoomIn,
    '-': zoomOut,
    _: zoomOut,
    '0': ({ panZoom }) => panZoom.actualSize(),
    f: fit,
    F: fit,
    n: toggleFocus,
    N: toggleFocus,
    t: toggleTable,
    T: toggleTable,
    m: toggleMinimap,
    M: toggleMinimap,
    '[': ({ widen }) => widen(-1),
    ']': ({ widen }) => widen(1),
    '/': ({ find }) => find(),
    '?': ({ help }) => help(),
    '1': ({ choose }) => choose('components'),
    '2': ({ choose }) => choose('instances'),
    '3': ({ choose }) => choose('hosts'),
    Escape: ({ escape }) => escape(),
};

/** With Alt, arrow keys move the node itself. */
function nudgeKey(event: KeyboardEvent, node: PlacedNode, { nudge }: KeyActions): boolean {
    const direction = directionOf(event.key);
    if (direction === undefined) return false;
    const [x, y] = STEPS[direction];
    return does(() => nudge(node, { x: x * NUDGE, y: y * NUDGE }));
}

/** With Shift, left closes a container and right opens it. */
function foldKey(key: string, node: PlacedNode, { fold }: KeyActions): boolean {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return false;
    const isFolded = node.folded.length > 0;
    if (isContainer(node) && isFolded === (key === 'ArrowRight')) fold(node);
    return true;
}

function nodeKey(key: string, node: PlacedNode, actions: KeyActions): boolean {
    const { model, focus, reveal, explain, unpin } = actions;
    const direction = directionOf(key);
    if (direction !== undefined) return focusOn(neighbourOf(model(), node, direction), focus);
    switch (key) {
        case 'Home':
            return focusOn(model()[0] ?? null, focus);
        case 'End':
            return focusOn(model().at(-1) ?? null, focus);
        case 'i':
        case 'I':
            return does(() => explain(node));
        case 'Delete':
        case 'Backspace':
            return does(() => unpin(node));
        case 'Enter':
        case ' ':
            return does(() => reveal(node.id, key === ' '));
        default:
            return false;
    }
}

/** While no node has the focus. */
function stageKey(key: string, { model, focus, panZoom }: KeyActions): boolean {
    const direction = directionOf(key);
    if (direction !== undefined) {
        const [x, y] = STEPS[direction];
        panZoom.glideBy(-x * PAN_STEP, -y * PAN_STEP);
        return true;
    }
    if (key === 'Home' || key === 'Enter') return focusOn(model()[0] ?? null, focus);
    return key === 'End' && focusOn(model().at(-1) ?? null, focus);
}

function directionOf(key: string): Direction | undefined {
    return Object.hasOwn(DIRECTIONS, key) ? DIRECTIONS[key] : undefined;
}

function focusOn(node: PlacedNode | null, focus: (node: PlacedNode) => void): boolean {
    if (node !== null) focus(node);
    return true;
}
