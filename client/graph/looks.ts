/** What the editor's commands make of the way a page looks at a model. Pure: a look in, another out. */
import type { GraphLook, Perspective } from '../../language/index.ts';
import type { PageLook, RunState } from '../../media/protocol.ts';
import type { LaidOutGraph } from '../../server/layout.ts';

/**
 * The look as the server is asked for it: run states are told by name, and the nodes they mean are those in one of them. As long as nothing
 * was deployed there are no states to choose by, and all is kept.
 */
export function askedLook(look: PageLook, states: Readonly<Record<string, RunState>>): GraphLook {
    const { layers, closed, opened, focus, filter } = look;
    return { layers, closed, opened, focus, filter: { ...filter, only: nodesIn(look.statuses, states) } };
}

/** Ids of the nodes whose state is among `statuses`, sorted; null = all nodes. */
export function nodesIn(
    statuses: readonly string[],
    states: Readonly<Record<string, RunState>>,
): readonly string[] | null {
    const entries = Object.entries(states);
    if (statuses.length === 0 || entries.length === 0) return null;
    const kept = entries.filter(([, { status }]) => statuses.includes(status));
    return kept.map(([id]) => id).sort();
}

/** Whether some states keep the same nodes as others did. */
export function keepsSame(
    statuses: readonly string[],
    before: Readonly<Record<string, RunState>>,
    after: Readonly<Record<string, RunState>>,
): boolean {
    const [former, latter] = [nodesIn(statuses, before), nodesIn(statuses, after)];
    return former === null || latter === null ? former === latter : hasSame(former, latter);
}

/** Whether two lists name the same nodes, each once. */
export function hasSame(one: readonly string[], other: readonly string[]): boolean {
    if (one.length !== other.length) return false;
    const named = new Set(one);
    return other.every((id) => named.has(id));
}

/** The same look at other nodes. What was about one node of the former ones is left behind. */
export function withPerspective(look: PageLook, perspective: Perspective): PageLook {
    if (look.perspective === perspective) return look;
    return { ...look, perspective, focus: null, filter: { ...look.filter, hosts: [] } };
}

/** Every container that is drawn is closed. */
export function withAllClosed(look: PageLook, { nodes }: LaidOutGraph): PageLook {
    const containers = nodes.filter(({ shape, folded }) => shape === 'container' || folded.length > 0);
    return { ...look, opened: [], closed: containers.map(({ id }) => id) };
}

/** Every container is open, and whatever is inside of one that was closed. */
export function withAllOpen(look: PageLook, { nodes }: LaidOutGraph): PageLook {
    const containers = nodes.filter(({ shape, folded }) => shape === 'container' || folded.length > 0);
    return { ...look, closed: [], opened: containers.flatMap(({ id, folded }) => [id, ...folded]) };
}

/** Only what is near a node; asked for again, one relation further. */
export function withFocus(look: PageLook, node: string): PageLook {
    const distance = look.focus?.node === node ? look.focus.distance + 1 : 1;
    return { ...look, focus: { node, distance } };
}

/** All nodes again: no neighbourhood and no filter. */
export function withEverything(look: PageLook): PageLook {
    return {
        ...look,
        focus: null,
        filter: { components: [], facets: [], hosts: [], only: null },
        statuses: [],
    };
}
