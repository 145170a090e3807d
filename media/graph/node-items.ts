/** The nodes of the picture as items of a tree: where each stands, which of them the tab key leads to, what is known of it. */
import type { PlacedNode } from '../../server/layout.ts';
import type { SvgElement } from '../picture/svg.ts';
import type { Texts } from '../texts.ts';
import { describeFacts, type NodeFacts } from './hover-card.ts';
import { nodeContext } from './node-context.ts';
import { factsOf } from './node-facts.ts';
import { at, type PageView } from './page-view.ts';
import { itemOf, standingsOf, type Standing } from './tree-items.ts';

export interface NodeItems {
    /** Another picture. The tab stop stays where it is if the picture has it or has no nodes, else it is the first node. */
    readonly take: (nodes: readonly PlacedNode[]) => void;
    /** Null when the picture does not have the node. */
    readonly nodeOf: (id: string) => PlacedNode | null;
    readonly tabStop: () => string | null;
    readonly stopAt: (node: string | null) => void;
    /** The deployment whose states are shown, by the id that commands know it by; null = none. */
    readonly tellDeployment: (deployment: string | null) => void;
    /** The drawing of a node with what makes it reachable. */
    readonly itemOf: (node: PlacedNode, drawing: SvgElement) => SvgElement;
    /** What the context menu knows of a node, as JSON. */
    readonly contextOf: (node: PlacedNode) => string;
    /** Null when the picture does not have the node. */
    readonly factsOf: (id: string) => NodeFacts | null;
}

export interface NodeItemsConfig {
    /** URI of the application's directory. */
    readonly application: string;
    /** In the editor's language. */
    readonly texts: Texts;
    readonly view: () => PageView;
    /** A moment of the clock of the states, in milliseconds. */
    readonly now: () => number;
}

/** The items of a picture without nodes. */
export function createNodeItems({ application, texts, view, now }: NodeItemsConfig): NodeItems {
    let byId: ReadonlyMap<string, PlacedNode> = new Map();
    let standings: ReadonlyMap<string, Standing> = new Map();
    let tabStop: string | null = null;
    let deployment: string | null = null;
    const contextOf = (node: PlacedNode): string =>
        nodeContext(node, at(view().overlay.states, node.id), { application, deployment });
    const factsOfNode = (id: string): NodeFacts | null => factsOf(id, view(), texts, now);
    return {
        contextOf,
        factsOf: factsOfNode,
        nodeOf: (id) => byId.get(id) ?? null,
        tabStop: () => tabStop,
        stopAt: (node) => void (tabStop = node),
        tellDeployment: (told) => void (deployment = told),
        take: (nodes) => {
            byId = new Map(nodes.map((node) => [node.id, node]));
            standings = standingsOf(nodes);
            if (nodes.length > 0 && !byId.has(tabStop ?? '')) tabStop = nodes[0]?.id ?? null;
        },
        itemOf: (node, drawing) => {
            const isTabStop = node.id === tabStop;
            const facts = isTabStop ? factsOfNode(node.id) : null;
            return itemOf(node, drawing, {
                isTabStop,
                standing: standings.get(node.id) ?? { position: 1, count: 1 },
                isSelected: view().overlay.selected.includes(node.id),
                description: facts === null ? '' : describeFacts(facts, texts),
                context: contextOf(node),
            });
        },
    };
}
