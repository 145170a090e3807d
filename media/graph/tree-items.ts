/** Makes a picture walkable: every node becomes an item of a tree for keyboards and screen readers, with a context menu. */
import type { PlacedNode } from '../../server/layout.ts';
import { element } from '../picture/element.ts';
import type { SvgElement } from '../picture/svg.ts';
import { isContainer } from './looks.ts';

/** Where a node stands among its siblings, from 1, and how many they are. */
export interface Standing {
    readonly position: number;
    readonly count: number;
}

/** By id, of every node. */
export function standingsOf(nodes: readonly PlacedNode[]): ReadonlyMap<string, Standing> {
    const standings = new Map<string, Standing>();
    for (const siblings of Map.groupBy(nodes, (node) => node.parent).values())
        siblings.forEach(({ id }, index) => standings.set(id, { position: index + 1, count: siblings.length }));
    return standings;
}

export interface ItemFacts {
    readonly standing: Standing;
    /** Whether the tab key leads to it. */
    readonly isTabStop: boolean;
    readonly isSelected: boolean;
    /** Everything the hover card says of it; empty where nobody asks. */
    readonly description: string;
    /** What the context menu knows of it. */
    readonly context: string;
}

/** The drawing of a node with its role, place and name. Its title goes: a card says more. Containers get a control to fold them. */
export function itemOf(node: PlacedNode, drawing: SvgElement, facts: ItemFacts): SvgElement {
    const title = drawing.children.find((child) => child.tag === 'title')?.text ?? node.label;
    const { standing, isTabStop, isSelected, description, context } = facts;
    const fold = isContainer(node) ? [foldControl(node)] : [];
    return {
        ...drawing,
        children: [...drawing.children.filter((child) => child.tag !== 'title'), ...fold],
        attributes: {
            ...drawing.attributes,
            role: 'treeitem',
            'aria-level': String(node.depth + 1),
            'aria-posinset': String(standing.position),
            'aria-setsize': String(standing.count),
            'aria-label': title,
            'aria-selected': String(isSelected),
            'data-vscode-context': context,
            tabindex: isTabStop ? '0' : '-1',
            ...(isTabStop && description !== '' ? { 'aria-description': description } : {}),
            ...(isContainer(node) ? { 'aria-expanded': String(node.folded.length === 0) } : {}),
        },
    };
}

/** A disc on the left border, level with the title: minus closes, plus opens. */
function foldControl(node: PlacedNode): SvgElement {
    const isFolded = node.folded.length > 0;
    const y = node.shape === 'container' ? TITLE_MIDDLE : node.height / 2;
    return element(
        'g',
        { class: isFolded ? 'fold folded' : 'fold', 'data-fold': node.id, transform: `translate(0 ${String(y)})` },
        [
            element('circle', { class: 'fold-reach', r: 14 }),
            element('circle', { class: 'fold-disc', r: 8 }),
            element('path', { class: 'fold-sign', d: isFolded ? 'M-4 0h8M0 -4v8' : 'M-4 0h8' }),
        ],
    );
}

const TITLE_MIDDLE = 20;
