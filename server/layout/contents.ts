/** The contents of a forest's containers, from the inside out. */
import type { ChildBox, Content, Division, FlowDirection, Padding } from './content.ts';
import type { Tree } from './forest.ts';
import type { Frames } from './compose.ts';
import type { Orientation } from './laid-out-graph.ts';
import { MARGIN, measureNode, PADDING, TITLE_HEIGHT } from './measures.ts';

const CONTAINER_PADDING: Padding = { left: PADDING, top: TITLE_HEIGHT + PADDING, right: PADDING, bottom: PADDING };
const PICTURE_PADDING: Padding = { left: MARGIN, top: MARGIN, right: MARGIN, bottom: MARGIN };

/** What all contents of a picture share. */
export interface Flow {
    readonly direction: FlowDirection;
    readonly orientation: Orientation;
}

/** `container`: null = the picture itself. The frames of the children that are containers have to be known. */
export function contentOf(
    container: Tree | null,
    children: readonly Tree[],
    { division, flow, frames }: { readonly division: Division; readonly flow: Flow; readonly frames: Frames },
): Content {
    const id = container?.node.id ?? null;
    const least = container === null ? { width: 0, height: 0 } : measureNode(container.node, 'container');
    return {
        ...flow,
        padding: container === null ? PICTURE_PADDING : CONTAINER_PADDING,
        minWidth: least.width,
        minHeight: least.height,
        children: children.map((tree) => childBoxOf(tree, frames)),
        parts: division.parts.get(id) ?? [],
        own: id === null ? [] : (division.own.get(id) ?? []),
    };
}

function childBoxOf({ node, children }: Tree, frames: Frames): ChildBox {
    const { id, label } = node;
    const frame = children.length === 0 ? undefined : frames.get(id);
    if (frame === undefined) {
        const { width, height } = measureNode(node, 'leaf');
        return { id, label, width, height, exits: null };
    }
    return { id, label, width: frame.width, height: frame.height, exits: frame.exits };
}

/** The same for contents that are laid out the same way. */
export function contentKeyOf(content: Content): string {
    const { direction, orientation, padding, minWidth, minHeight, parts, own } = content;
    const children = content.children.map(({ id, label, width, height, exits }) => [
        id,
        label,
        width,
        height,
        exits === null ? null : [...exits],
    ]);
    return JSON.stringify([direction, orientation, padding, minWidth, minHeight, children, parts, own]);
}
