/** Mouse, touch pad, pen and fingers. */
import type { PlacedNode } from '../../server/layout.ts';
import type { PanZoom } from './pan-zoom.ts';

export interface Offset {
    readonly x: number;
    readonly y: number;
}

export interface PointerActions {
    readonly panZoom: PanZoom;
    /** The innermost node at a point of the page; null when there is none. */
    readonly nodeAt: (x: number, y: number) => PlacedNode | null;
    readonly nodeOf: (id: string) => PlacedNode | null;
    /** A click shows the source and stays, a double click goes there. */
    readonly reveal: (node: string, preserveFocus: boolean) => void;
    /** A click beside all nodes. */
    readonly clear: () => void;
    readonly fold: (node: PlacedNode) => void;
    /** A node is held and moved: so far, in pixels of the picture; null = it is let go and stays where it was. */
    readonly drag: (node: PlacedNode, offset: Offset | null) => void;
    /** A node was put somewhere else. */
    readonly drop: (node: PlacedNode, offset: Offset) => void;
}

export interface Pointer {
    /** Gives up moving a node; tells whether one was being moved. */
    readonly cancel: () => boolean;
}

/** A press that moves less is a click. */
const CLICK_DISTANCE = 4;
const WHEEL_SPEED = 0.01;
const NOTCH_SPEED = 0.0022;
const LINE_HEIGHT = 16;
const MAX_WHEEL = 60;
const MAX_NOTCH = 240;
/** Containers are moved by their title bars; anywhere else in them the picture is moved. */
const TITLE_HEIGHT = 40;
/** Below this scale nodes are too small to be taken hold of without meaning the picture. */
const LEAST_DRAG_SCALE = 0.35;

/** Dragging moves nodes or the picture, two fingers move and zoom, the wheel of a mouse and pinching zoom, clicks show sources. */
export function listenToPointer(stage: SVGSVGElement, actions: PointerActions): Pointer {
    stage.addEventListener('wheel', (event) => onWheel(event, actions.panZoom), { passive: false });
    stage.addEventListener('dblclick', (event) => {
        const node = nodeUnder(event, actions);
        if (node !== null && !isOnFold(event.target)) actions.reveal(node.id, false);
    });
    return listenToFingers(stage, actions);
}

function onWheel(event: WheelEvent, panZoom: PanZoom): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    const at = offsetIn(panZoom, event);
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

/** What a press became: a click as long as it stays in its place. */
type Press =
    | { readonly kind: 'click'; readonly target: EventTarget | null; readonly node: PlacedNode | null }
    | { readonly kind: 'pan' }
    | { readonly kind: 'node'; readonly node: PlacedNode; readonly from: Offset };

function listenToFingers(stage: SVGSVGElement, actions: PointerActions): Pointer {
    const fingers = new Map<number, Offset>();
    let travelled = 0;
    let from: Offset = { x: 0, y: 0 };
    let press: Press = { kind: 'pan' };
    const letGo = (): boolean => {
        if (press.kind !== 'node') return false;
        actions.drag(press.node, null);
        press = { kind: 'pan' };
        fingers.clear();
        return true;
    };
    stage.addEventListener('pointerdown', (event) => {
        if (event.button !== 0) return;
        const at = offsetIn(actions.panZoom, event);
        letGo();
        if (fingers.size === 0) {
            [travelled, from] = [0, at];
            press = { kind: 'click', target: event.target, node: nodeUnder(event, actions) };
        }
        fingers.set(event.pointerId, at);
    });
    stage.addEventListener('pointermove', (event) => {
        const before = fingers.get(event.pointerId);
        if (before === undefined) return;
        const at = offsetIn(actions.panZoom, event);
        travelled += Math.hypot(at.x - before.x, at.y - before.y);
        if (travelled < CLICK_DISTANCE && fingers.size === 1) return;
        // Captured only once it is a drag, so that clicks still reach the node under the pointer.
        stage.setPointerCapture(event.pointerId);
        if (press.kind === 'click') press = draggedBy(event, press, from, actions);
        if (press.kind === 'node') actions.drag(press.node, inPicture(at, press.from, actions.panZoom));
        else moveFinger(fingers, { id: event.pointerId, before, at }, actions.panZoom);
        fingers.set(event.pointerId, at);
    });
    const lift = (event: PointerEvent): void => {
        if (!fingers.delete(event.pointerId)) return;
        if (event.type !== 'pointerup') letGo();
        else if (press.kind === 'node') {
            const offset = inPicture(offsetIn(actions.panZoom, event), press.from, actions.panZoom);
            actions.drop(press.node, offset);
            press = { kind: 'pan' };
        } else if (press.kind === 'click') clickOn(press, actions);
    };
    stage.addEventListener('pointerup', lift);
    stage.addEventListener('pointercancel', lift);
    return { cancel: letGo };
}

/** A mouse or pen that takes hold of a card, or of a title bar, moves the node; anything else moves the picture. */
function draggedBy(
    event: PointerEvent,
    { node, target }: Extract<Press, { readonly kind: 'click' }>,
    from: Offset,
    { panZoom }: PointerActions,
): Press {
    if (node === null || event.pointerType === 'touch' || isOnFold(target)) return { kind: 'pan' };
    const { scale, y } = panZoom.shown();
    const depth = (from.y - y) / scale - node.y;
    const isHeld = node.shape === 'leaf' || depth <= TITLE_HEIGHT;
    return isHeld && scale >= LEAST_DRAG_SCALE ? { kind: 'node', node, from } : { kind: 'pan' };
}

function inPicture(at: Offset, from: Offset, panZoom: PanZoom): Offset {
    const { scale } = panZoom.shown();
    return { x: (at.x - from.x) / scale, y: (at.y - from.y) / scale };
}

function clickOn({ node, target }: Extract<Press, { readonly kind: 'click' }>, actions: PointerActions): void {
    if (node === null) actions.clear();
    else if (isOnFold(target)) actions.fold(node);
    else actions.reveal(node.id, true);
}

function isOnFold(target: EventTarget | null): boolean {
    return target instanceof Element && target.closest('[data-fold]') !== null;
}

function moveFinger(
    fingers: ReadonlyMap<number, Offset>,
    { id, before, at }: { readonly id: number; readonly before: Offset; readonly at: Offset },
    panZoom: PanZoom,
): void {
    const other = [...fingers].find(([key]) => key !== id)?.[1];
    if (other === undefined) return panZoom.panBy(at.x - before.x, at.y - before.y);
    const spread = (finger: Offset): number => Math.max(1, Math.hypot(finger.x - other.x, finger.y - other.y));
    panZoom.zoomBy(spread(at) / spread(before), { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
}

/** What is drawn there tells first: badges stand out of their nodes. */
function nodeUnder(event: MouseEvent, { nodeAt, nodeOf }: PointerActions): PlacedNode | null {
    const drawn = event.target instanceof Element ? event.target.closest('[data-node]') : null;
    const id = drawn?.getAttribute('data-node') ?? null;
    return (id === null ? null : nodeOf(id)) ?? nodeAt(event.clientX, event.clientY);
}

function offsetIn(panZoom: PanZoom, event: MouseEvent): Offset {
    const corner = panZoom.windowCorner();
    return { x: event.clientX - corner.x, y: event.clientY - corner.y };
}
