/** Makes a picture walkable: every node becomes an item of a tree for keyboards and screen readers. */
import type { PlacedNode } from '../../server/layout.ts';
import type { SvgElement } from '../picture/svg.ts';

/** The same tree with roles, levels and one tab stop. `tabStop`: the node the tab key leads to. */
export function withTreeItems(layers: SvgElement, nodes: readonly PlacedNode[], tabStop: string | null): SvgElement {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const visit = (element: SvgElement): SvgElement => {
        const node = byId.get(element.attributes['data-node'] ?? '');
        if (node !== undefined) return itemOf(element, node, tabStop);
        const isDrawnOnly = /^layer-(edges|titles|labels)$/.test(element.attributes['class'] ?? '');
        const attributes = { ...element.attributes, ...(isDrawnOnly ? { 'aria-hidden': 'true' } : { role: 'none' }) };
        return isDrawnOnly
            ? { ...element, attributes }
            : { ...element, attributes, children: element.children.map(visit) };
    };
    return visit(layers);
}

function itemOf(element: SvgElement, node: PlacedNode, tabStop: string | null): SvgElement {
    const title = element.children.find((child) => child.tag === 'title')?.text ?? node.label;
    const selected = element.attributes['class']?.split(' ').includes('selected') === true;
    return {
        ...element,
        attributes: {
            ...element.attributes,
            role: 'treeitem',
            'aria-level': String(node.depth + 1),
            'aria-label': title,
            'aria-selected': String(selected),
            tabindex: node.id === tabStop ? '0' : '-1',
            ...(node.shape === 'container' ? { 'aria-expanded': 'true' } : {}),
        },
    };
}
