/** Pictures whose lines run downwards, turned on their side and back: what adapts a frame only knows lines that run to the right. */
import type { ChildBox, Content, Exit, Padding, Part } from './content.ts';
import type { Arrangement, Frame } from './frame.ts';
import type { EdgeLabel, Point } from './laid-out-graph.ts';

/** The content with x and y exchanged; its direction is `RIGHT` when it was `DOWN`, and the other way round. */
export function transposedContent(content: Content): Content {
    return {
        ...content,
        direction: content.direction === 'DOWN' ? 'RIGHT' : 'DOWN',
        padding: transposedPadding(content.padding),
        minWidth: content.minHeight,
        minHeight: content.minWidth,
        children: content.children.map(transposedChild),
        parts: content.parts.map(transposedPart),
    };
}

export function transposedFrame(frame: Frame): Frame {
    return {
        width: frame.height,
        height: frame.width,
        places: mapped(frame.places, transposedPoint),
        exits: mapped(frame.exits, transposedExit),
        routes: mapped(frame.routes, (points) => points.map(transposedPoint)),
        labels: mapped(frame.labels, transposedLabel),
    };
}

export function transposedArrangement({ content, frame }: Arrangement): Arrangement {
    return { content: transposedContent(content), frame: transposedFrame(frame) };
}

export function transposedPoint({ x, y }: Point): Point {
    return { x: y, y: x };
}

/** By key; keys stay. */
export function mapped<V, W>(entries: ReadonlyMap<string, V>, change: (value: V) => W): ReadonlyMap<string, W> {
    return new Map([...entries].map(([key, value]) => [key, change(value)] as const));
}

function transposedPadding({ left, top, right, bottom }: Padding): Padding {
    return { left: top, top: left, right: bottom, bottom: right };
}

function transposedChild(child: ChildBox): ChildBox {
    const exits = child.exits === null ? null : mapped(child.exits, transposedExit);
    return { ...child, width: child.height, height: child.width, exits };
}

function transposedPart({ label, ...part }: Part): Part {
    return { ...part, label: label === null ? null : { ...label, width: label.height, height: label.width } };
}

function transposedExit({ side, x, y }: Exit): Exit {
    return { side, x: y, y: x };
}

function transposedLabel({ x, y, ...label }: EdgeLabel): EdgeLabel {
    return { ...label, x: y, y: x, width: label.height, height: label.width };
}
