/** Makes a picture walkable: every node becomes an item of a tree for keyboards and screen readers, with a context menu. */
import type { PlacedNode } from '../../server/layout.ts';
import type { SvgElement } from '../picture/svg.ts';

export interface TreeItemFacts {
    readonly nodes: readonly PlacedNode[];
    /** The node the tab key leads to. */
    readonly tabStop: string | null;
    /** Everything the hover card says of that node. */
    readonly description: string;
    /** What the context menu knows of a node. */
    readonly contextOf: (node: PlacedNode) => string;
}

/** The same tree with roles, levels and one tab stop. Titles of nodes go: a card says more. */
export function withTreeItems(layers: SvgElement, facts: TreeItemFacts): SvgElement {
    const byId = new Map(facts.nodes.map((node) => [node.id, node]));
    const siblings = Map.groupBy(facts.nodes, (node) => node.parent);
    const visit = (element: SvgElement): SvgElement => {
        const node = byId.get(element.attributes['data-node'] ?? '');
        if (node !== undefined) return itemOf(element, { node, siblings: siblings.get(node.parent) ?? [] }, facts);
        const isDrawnOnly = /^layer-(edges|titles|labels)$/.test(element.attributes['class'] ?? '');
        const attributes = { ...element.attributes, ...(isDrawnOnly ? { 'aria-hidden': 'true' } : { role: 'none' }) };
        return isDrawnOnly
            ? { ...element, attributes }
            : { ...element, attributes, children: element.children.map(visit) };
    };
    return visit(layers);
}

interface Item {
    readonly node: PlacedNode;
    /** Itself included. */
    readonly siblings: readonly PlacedNode[];
}

function itemOf(element: SvgElement, { node, siblings }: Item, facts: TreeItemFacts): SvgElement {
    const title = element.children.find((child) => child.tag === 'title')?.text ?? node.label;
    const selected = element.attributes['class']?.split(' ').includes('selected') === true;
    const isTabStop = node.id === facts.tabStop;
    return {
        ...element,
        children: element.children.filter((child) => child.tag !== 'title'),
        attributes: {
            ...element.attributes,
            role: 'treeitem',
            'aria-level': String(node.depth + 1),
            'aria-posinset': String(siblings.indexOf(node) + 1),
            'aria-setsize': String(siblings.length),
            'aria-label': title,
            'aria-selected': String(selected),
            'data-vscode-context': facts.contextOf(node),
            tabindex: isTabStop ? '0' : '-1',
            ...(isTabStop && facts.description !== '' ? { 'aria-description': facts.description } : {}),
            ...(node.shape === 'container' ? { 'aria-expanded': 'true' } : {}),
        },
    };
}
