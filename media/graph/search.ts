/** Finding nodes by what is known of them: names, components, facets, installers, states, variables. Pure. */
import type { NodeDetail } from '../../language/index.ts';
import type { PlacedNode } from '../../server/layout.ts';

export interface SearchMatch {
    /** The node that was meant. */
    readonly id: string;
    /** The node of the picture that stands for it: itself, or the folded container it is in. */
    readonly shownBy: string;
}

export interface Searchable {
    readonly nodes: readonly PlacedNode[];
    readonly details: Readonly<Record<string, NodeDetail>>;
    /** Words of the node's state; empty = none. */
    readonly stateOf: (id: string) => string;
}

/** Longer texts are searched up to here: a name may be a whole file. */
const MAX_TEXT = 20_000;

/** All nodes in which every word of the query is found, in the order of the picture. Empty for an empty query. */
export function matchesOf(query: string, searchable: Searchable): readonly SearchMatch[] {
    const words = plain(query)
        .split(/\s+/)
        .filter((word) => word !== '');
    if (words.length === 0) return [];
    const isMatch = (text: string): boolean => words.every((word) => text.includes(word));
    return searchable.nodes.flatMap((node) => [
        ...(isMatch(textOf(node, searchable)) ? [{ id: node.id, shownBy: node.id }] : []),
        ...node.folded.filter((id) => isMatch(foldedText(id, searchable))).map((id) => ({ id, shownBy: node.id })),
    ]);
}

/** The containers that have to be opened for a folded node to be seen, as far as ids tell. */
export function containersToOpen({ id, shownBy }: SearchMatch, nodes: readonly PlacedNode[]): readonly string[] {
    const folded = nodes.find((node) => node.id === shownBy)?.folded ?? [];
    return [shownBy, ...folded.filter((other) => other !== id && id.startsWith(`${other}/`))];
}

/** The name within an id: its last part. */
export function nameInId(id: string): string {
    return id.slice(Math.max(id.lastIndexOf('/'), id.indexOf(':')) + 1);
}

/** Lower case, without accents, so that `etage` finds `Étage`. */
function plain(text: string): string {
    return text.slice(0, MAX_TEXT).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function textOf(node: PlacedNode, { details, stateOf }: Searchable): string {
    const { id, label, detail, component, facets, installer } = node;
    const known = Object.hasOwn(details, id) ? details[id] : undefined;
    return plain([label, detail, component, ...facets, installer, stateOf(id), ...wordsOf(known)].join('\n'));
}

function foldedText(id: string, { details, stateOf }: Searchable): string {
    const known = Object.hasOwn(details, id) ? details[id] : undefined;
    return plain([nameInId(id), stateOf(id), ...wordsOf(known)].join('\n'));
}

function wordsOf(detail: NodeDetail | undefined): readonly string[] {
    if (detail === undefined) return [];
    const exported = detail.exports.flatMap(({ name, value }) => [name, value ?? '']);
    return [detail.description ?? '', ...exported, ...detail.imports.map(({ name }) => name)];
}
