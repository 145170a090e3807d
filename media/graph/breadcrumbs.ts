/** The way from the application down to what is looked at: `shop › around tomcat › vm › tomcat`. */
import type { PlacedNode } from '../../server/layout.ts';
import type { PageLook } from '../protocol.ts';
import { fill, type Texts } from '../texts.ts';
import { nameInId } from './search.ts';

export interface Crumb {
    readonly kind: 'application' | 'focus' | 'node';
    readonly text: string;
    /** The node it leads to; null for the application as a whole. */
    readonly node: string | null;
}

export interface Place {
    readonly application: string;
    readonly look: PageLook;
    readonly nodes: readonly PlacedNode[];
    readonly selected: readonly string[];
}

/** The application, the neighbourhood that is looked at, and the containers of the one selected node down to itself. */
export function crumbsOf({ application, look, nodes, selected }: Place, texts: Texts): readonly Crumb[] {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const { focus } = look;
    const focusName = focus === null ? '' : (byId.get(focus.node)?.label ?? nameInId(focus.node));
    return [
        { kind: 'application', text: application, node: null },
        ...(focus === null
            ? []
            : [
                  {
                      kind: 'focus' as const,
                      text: fill(texts['crumb.focus'], focusName, focus.distance),
                      node: focus.node,
                  },
              ]),
        ...(selected.length === 1 ? chainOf(selected[0] ?? '', byId) : []),
    ];
}

function chainOf(id: string, byId: ReadonlyMap<string, PlacedNode>): readonly Crumb[] {
    const chain: Crumb[] = [];
    const seen = new Set<string>();
    let node = byId.get(id);
    while (node !== undefined && !seen.has(node.id)) {
        seen.add(node.id);
        chain.unshift({ kind: 'node', text: node.label, node: node.id });
        node = node.parent === null ? undefined : byId.get(node.parent);
    }
    return chain;
}
