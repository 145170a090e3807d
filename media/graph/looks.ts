/** Ways to look at the picture, one made of another. Pure: a look in, the next one out. */
import type { GraphFocus, Layer, Perspective } from '../../language/index.ts';
import type { Direction, PlacedNode } from '../../server/layout.ts';
import { FRESH_LOOK, type PageLook } from '../protocol.ts';

/** Layers in the order in which they are offered. */
export const OFFERED_LAYERS = ['imports', 'inheritance', 'facets', 'children'] as const satisfies readonly Layer[];

/** Directions in the order in which they are offered. */
export const OFFERED_DIRECTIONS = ['auto', 'right', 'down'] as const satisfies readonly Direction[];

/** How far a neighbourhood reaches at most. */
export const MAX_DISTANCE = 3;

/** Other nodes: the neighbourhood that was looked at is not among them. */
export function withPerspective(look: PageLook, perspective: Perspective): PageLook {
    return look.perspective === perspective ? look : { ...look, perspective, focus: null };
}

/** Lines run another way. */
export function withDirection(look: PageLook, direction: Direction): PageLook {
    return { ...look, direction };
}

/** A layer is shown or not; their order stays. */
export function withLayer(look: PageLook, layer: Layer, isShown: boolean): PageLook {
    const layers = OFFERED_LAYERS.filter((known) => (known === layer ? isShown : look.layers.includes(known)));
    return { ...look, layers };
}

/** Imports and nothing else; when that is so already, what a fresh page shows. */
export function withImportsOnly(look: PageLook): PageLook {
    return { ...look, layers: isImportsOnly(look) ? FRESH_LOOK.layers : ['imports'] };
}

/** Whether imports are the only layer. */
export function isImportsOnly({ layers }: PageLook): boolean {
    return layers.length === 1 && layers[0] === 'imports';
}

/** A container is closed or opened by a person. */
export function withFold(look: PageLook, ids: readonly string[], isClosed: boolean): PageLook {
    const meant = new Set(ids);
    const others = (list: readonly string[]): readonly string[] => list.filter((id) => !meant.has(id));
    return {
        ...look,
        closed: isClosed ? [...others(look.closed), ...meant] : others(look.closed),
        opened: isClosed ? others(look.opened) : [...others(look.opened), ...meant],
    };
}

/** Whether nodes can be inside of a node: open or folded. */
export function isContainer({ shape, folded }: Pick<PlacedNode, 'shape' | 'folded'>): boolean {
    return shape === 'container' || folded.length > 0;
}

/** Every container that is known is closed. */
export function withAllClosed(look: PageLook, nodes: readonly PlacedNode[]): PageLook {
    const known = nodes.filter(isContainer).map(({ id }) => id);
    return { ...look, closed: known, opened: [] };
}

/** Every container is open, those inside of folded ones too. */
export function withAllOpened(look: PageLook, nodes: readonly PlacedNode[]): PageLook {
    const known = nodes.filter(isContainer).flatMap(({ id, folded }) => [id, ...folded]);
    return { ...look, closed: [], opened: [...new Set(known)] };
}

/** A neighbourhood is looked at; null = everything. */
export function withFocus(look: PageLook, focus: GraphFocus | null): PageLook {
    return { ...look, focus };
}

/** The parts of a filter a person chooses by; `states` are kept apart from the others in a look. */
export type FilterPart = 'components' | 'facets' | 'hosts' | 'states';

/** Parts in the order in which they are offered. */
export const FILTER_PARTS = ['components', 'facets', 'hosts', 'states'] as const satisfies readonly FilterPart[];

/** What is chosen of a part. */
export function chosenOf(look: PageLook, part: FilterPart): readonly string[] {
    return part === 'states' ? look.statuses : look.filter[part];
}

/** An entry of a part is chosen or not. */
export function withChoice(look: PageLook, part: FilterPart, entry: string, isChosen: boolean): PageLook {
    const others = chosenOf(look, part).filter((known) => known !== entry);
    const chosen = isChosen ? [...others, entry] : others;
    return part === 'states' ? { ...look, statuses: chosen } : { ...look, filter: { ...look.filter, [part]: chosen } };
}

/** Nothing is filtered. */
export function withoutFilter(look: PageLook): PageLook {
    return { ...look, filter: { components: [], facets: [], hosts: [], only: null }, statuses: [] };
}

/** How many entries are chosen, of all parts. */
export function choiceCount(look: PageLook): number {
    return FILTER_PARTS.reduce((sum, part) => sum + chosenOf(look, part).length, 0);
}

/** Whether every node of the model is in the picture and has all of its relations. */
export function isWhole(look: PageLook, nodes: readonly PlacedNode[]): boolean {
    return choiceCount(look) === 0 && look.focus === null && nodes.every(({ folded }) => folded.length === 0);
}
