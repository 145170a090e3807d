/** Keys, mouse, touch pad and fingers. */
import type { PlacedNode } from '../../server/layout.ts';
import { neighbourOf, type Direction } from './navigation.ts';
import type { PanZoom } from './pan-zoom.ts';

export interface InputActions {
    readonly model: () => readonly PlacedNode[];
    readonly focus: (node: PlacedNode) => void;
    readonly reveal: (node: string, preserveFocus: boolean) => void;
    readonly clear: () => void;
    readonly panZoom: PanZoom;
}

const DIRECTIONS: Readonly<Record<string, Direction>> = {
    ArrowLeft: 'left',
    ArrowRight: 'right',
    ArrowUp: 'up',
    ArrowDown: 'down',
};
const ZOOM_STEP = 1.25;
/** A press that moves less is a click. */
const CLICK_DISTANCE = 4;
const WHEEL_SPEED = 0.01;
const LINE_HEIGHT = 16;
const MAX_WHEEL = 60;

/** Arrow keys walk the nodes, Enter and space show the source, plus, minus and zero zoom. */
export function listenToKeys(stage: SVGSVGElement, actions: InputActions): void {
    stage.addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const node = nodeAt(event.target, actions);
        const isHandled = zoomKey(event.key, actions) || (node !== null && nodeKey(event.key, node, actions));
        if (isHandled) event.preventDefault();
    });
}

function zoomKey(key: string, { panZoom, clear }: InputActions): boolean {
    switch (key) {
        case '+':
        case '=':
            panZoom.zoomBy(ZOOM_STEP);
            return true;
        case '-':
            panZoom.zoomBy(1 / ZOOM_STEP);
            return true;
        case '0':
            panZoom.fit();
            return true;
        case 'Escape':
            clear();
            return true;
        default:
            return false;
    }
}

function nodeKey(key: string, node: PlacedNode, { model, focus, reveal }: InputActions): boolean {
    const direction = Object.hasOwn(DIRECTIONS, key) ? DIRECTIONS[key] : undefined;
    if (direction !== undefined) return focusOn(neighbourOf(model(), node, direction), focus);
    if (key === 'Home') return focusOn(model()[0] ?? null, focus);
    if (key === 'End') return focusOn(model().at(-1) ?? null, focus);
    if (key !== 'Enter' && key !== ' ') return false;
    reveal(node.id, key === ' ');
    return true;
}

function focusOn(node: PlacedNode | null, focus: (node: PlacedNode) => void): boolean {
    if (node !== null) focus(node);
    return true;
}

/** Dragging and the wheel move, ctrl with the wheel and two fingers zoom, a click shows the source, a double click goes there. */
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
    if (event.ctrlKey || event.metaKey) {
        const delta = Math.max(-MAX_WHEEL, Math.min(MAX_WHEEL, dy));
        panZoom.zoomBy(Math.exp(-delta * WHEEL_SPEED), offsetIn(stage, event));
    } else if (event.shiftKey && dx === 0) panZoom.panBy(-dy, 0);
    else panZoom.panBy(-dx, -dy);
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

function nodeAt(target: EventTarget | null, { model }: InputActions): PlacedNode | null {
    if (!(target instanceof Element)) return null;
    const id = target.closest('[data-node]')?.getAttribute('data-node');
    return model().find((node) => node.id === id) ?? null;
}

function offsetIn(stage: SVGSVGElement, event: MouseEvent): Finger {
    const corner = stage.getBoundingClientRect();
    return { x: event.clientX - corner.left, y: event.clientY - corner.top };
}
