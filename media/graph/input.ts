/** Keys, mouse, touch pad and fingers. */
import type { Perspective } from '../../language/index.ts';
import type { PlacedNode } from '../../server/layout.ts';
import { neighbourOf, type Direction } from './navigation.ts';
import type { PanZoom } from './pan-zoom.ts';

export interface InputActions {
    readonly model: () => readonly PlacedNode[];
    readonly focus: (node: PlacedNode) => void;
    readonly reveal: (node: string, preserveFocus: boolean) => void;
    /** Nothing is selected any more, and the picture as a whole has the focus. */
    readonly clear: () => void;
    readonly choose: (perspective: Perspective) => void;
    /** Shows what there is to say about a node at once. */
    readonly explain: (node: PlacedNode) => void;
    readonly panZoom: PanZoom;
}

const DIRECTIONS: Readonly<Record<string, Direction>> = {
    ArrowLeft: 'left',
    ArrowRight: 'right',
    ArrowUp: 'up',
    ArrowDown: 'down',
};
const STEPS: Readonly<Record<Direction, readonly [number, number]>> = {
    left: [1, 0],
    right: [-1, 0],
    up: [0, 1],
    down: [0, -1],
};
const ZOOM_STEP = 1.25;
/** A press that moves less is a click. */
const CLICK_DISTANCE = 4;
const PAN_STEP = 60;
const WHEEL_SPEED = 0.01;
const NOTCH_SPEED = 0.0022;
const LINE_HEIGHT = 16;
const MAX_WHEEL = 60;
const MAX_NOTCH = 240;

/**
 * Arrow keys walk the nodes, or move the picture while none has the focus; Enter and space show the source, `I` explains.
 * Plus, minus, zero and `F` zoom, 1 and 2 choose what the nodes are. `page` is everything: keys count wherever no control takes them.
 */
export function listenToKeys(page: HTMLElement, stage: SVGSVGElement, actions: InputActions): void {
    const listen = (event: KeyboardEvent): void => {
        if (!isPlain(event)) return;
        const isInStage = event.target === page.ownerDocument.body || isWithin(stage, event.target);
        const node = isInStage ? nodeAt(event.target, actions) : null;
        const isHandled =
            wholeKey(event.key, actions) ||
            (node !== null && nodeKey(event.key, node, actions)) ||
            (isInStage && node === null && stageKey(event.key, actions));
        if (isHandled) event.preventDefault();
    };
    page.ownerDocument.addEventListener('keydown', listen);
}

/** Without keys that make it a command of the editor's, and not taken by a control. */
function isPlain({ ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
    return !ctrlKey && !metaKey && !altKey && !defaultPrevented;
}

function isWithin(stage: SVGSVGElement, target: EventTarget | null): boolean {
    return target instanceof Node && stage.contains(target);
}

/** Keys that mean the same wherever the focus is. */
function wholeKey(key: string, { panZoom, clear, choose }: InputActions): boolean {
    const act = WHOLE_KEYS[key];
    if (act === undefined || !Object.hasOwn(WHOLE_KEYS, key)) return false;
    act({ panZoom, clear, choose });
    return true;
}

const zoomIn = ({ panZoom }: Pick<InputActions, 'panZoom'>): void => panZoom.zoomBy(ZOOM_STEP);
const zoomOut = ({ panZoom }: Pick<InputActions, 'panZoom'>): void => panZoom.zoomBy(1 / ZOOM_STEP);
const fit = ({ panZoom }: Pick<InputActions, 'panZoom'>): void => panZoom.fit();

const WHOLE_KEYS: Readonly<Record<string, (actions: Pick<InputActions, 'panZoom' | 'clear' | 'choose'>) => void>> = {
    '+': zoomIn,
    '=': zoomIn,
    '-': zoomOut,
    _: zoomOut,
    '0': ({ panZoom }) => panZoom.actualSize(),
    f: fit,
    F: fit,
    '1': ({ choose }) => choose('components'),
    '2': ({ choose }) => choose('instances'),
    Escape: ({ clear }) => clear(),
};

function nodeKey(key: string, node: PlacedNode, actions: InputActions): boolean {
    const { model, focus, reveal, explain } = actions;
    const direction = directionOf(key);
    if (direction !== undefined) return focusOn(neighbourOf(model(), node, direction), focus);
    switch (key) {
        case 'Home':
            return focusOn(model()[0] ?? null, focus);
        case 'End':
            return focusOn(model().at(-1) ?? null, focus);
        case 'i':
        case 'I':
            explain(node);
            return true;
        case 'Enter':
        case ' ':
            reveal(node.id, key === ' ');
            return true;
        default:
            return false;
    }
}

/** While no node has the focus. */
function stageKey(key: string, { model, focus, panZoom }: InputActions): boolean {
    const direction = directionOf(key);
    if (direction !== undefined) {
        const [x, y] = STEPS[direction];
        panZoom.panBy(x * PAN_STEP, y * PAN_STEP);
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

/** Dragging and two fingers move, the wheel of a mouse and pinching zoom, a click shows the source, a double click goes there. */
export function listenToPointer(stage: SVGSVGElement, actions: InputActions): void {
    stage.addEventListener('wheel', (event) => onWheel(stage, event, actions.panZoom), { passive: false });
    listenToFingers(stage, actions);
    stage.addEventListener('dblclick', (event) => {
        const node = nodeAt(event.target, actions);
        if (node !== null) actions.reveal(node.id, false);
    });
}

function onWheel(stage: SVGSVGElement, event: WheelEvent, panZoom: PanZoom): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    const at = offsetIn(stage, event);
    if (event.ctrlKey || event.metaKey) panZoom.zoomBy(Math.exp(-limited(dy, MAX_WHEEL) * WHEEL_SPEED), at);
    else if (event.shiftKey && dx === 0) panZoom.panBy(-dy, 0);
    else if (isNotched(event)) panZoom.zoomBy(Math.exp(-limited(dy, MAX_NOTCH) * NOTCH_SPEED), at);
    else panZoom.panBy(-dx, -dy);
}

/**
 * The wheel of a mouse turns in notches; a touch pad scrolls, and that moves the picture. Browsers do not say which it is, but for a touch pad
 * the older `wheelDelta` is always three times the distance.
 */
function isNotched(event: WheelEvent): boolean {
    if (event.deltaX !== 0) return false;
    if (event.deltaMode === WheelEvent.DOM_DELTA_LINE) return true;
    const older: unknown = Reflect.get(event, 'wheelDeltaY');
    return typeof older === 'number' && older % 120 === 0 && older !== -3 * event.deltaY;
}

function limited(distance: number, most: number): number {
    return Math.max(-most, Math.min(most, distance));
}

interface Finger {
    readonly x: number;
    readonly y: number;
}

function listenToFingers(stage: SVGSVGElement, actions: InputActions): void {
    const fingers = new Map<number, Finger>();
    let travelled = 0;
    let pressed: EventTarget | null = null;
    stage.addEventListener('pointerdown', (event) => {
        if (event.button !== 0) return;
        if (fingers.size === 0) [travelled, pressed] = [0, event.target];
        fingers.set(event.pointerId, offsetIn(stage, event));
    });
    stage.addEventListener('pointermove', (event) => {
        const before = fingers.get(event.pointerId);
        if (before === undefined) return;
        const at = offsetIn(stage, event);
        travelled += Math.hypot(at.x - before.x, at.y - before.y);
        if (travelled < CLICK_DISTANCE && fingers.size === 1) return;
        // Captured only once it is a drag, so that clicks still reach the node under the pointer.
        stage.setPointerCapture(event.pointerId);
        moveFinger(fingers, { id: event.pointerId, before, at }, actions.panZoom);
    });
    const lift = (event: PointerEvent): void => {
        const wasClick = fingers.delete(event.pointerId) && event.type === 'pointerup' && travelled < CLICK_DISTANCE;
        if (wasClick) clickOn(nodeAt(pressed, actions), actions);
    };
    stage.addEventListener('pointerup', lift);
    stage.addEventListener('pointercancel', lift);
}

function clickOn(node: PlacedNode | null, actions: InputActions): void {
    if (node === null) actions.clear();
    else actions.reveal(node.id, true);
}

function moveFinger(
    fingers: Map<number, Finger>,
    moved: { readonly id: number; readonly before: Finger; readonly at: Finger },
    panZoom: PanZoom,
): void {
    const { id, before, at } = moved;
    fingers.set(id, at);
    const other = [...fingers].find(([key]) => key !== id)?.[1];
    if (other === undefined) return panZoom.panBy(at.x - before.x, at.y - before.y);
    const spread = (finger: Finger): number => Math.max(1, Math.hypot(finger.x - other.x, finger.y - other.y));
    panZoom.zoomBy(spread(at) / spread(before), { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
}

function nodeAt(target: EventTarget | null, { model }: Pick<InputActions, 'model'>): PlacedNode | null {
    if (!(target instanceof Element)) return null;
    const id = target.closest('[data-node]')?.getAttribute('data-node');
    return id === undefined || id === null ? null : (model().find((node) => node.id === id) ?? null);
}

function offsetIn(stage: SVGSVGElement, event: MouseEvent): Finger {
    const corner = stage.getBoundingClientRect();
    return { x: event.clientX - corner.left, y: event.clientY - corner.top };
}
