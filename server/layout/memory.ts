/** The last picture under each name, container by container, and what the places of people's own were then. */
import type { Absent, Pins } from './adapt.ts';
import type { Flow } from './contents.ts';
import type { Tree } from './forest.ts';
import type { Arrangement } from './frame.ts';
import type { Direction, Point } from './laid-out-graph.ts';
import { matchesOf } from './matches.ts';

/** By container; null = the picture itself. */
export type Arrangements = ReadonlyMap<string | null, Arrangement>;

export interface Remembered {
    readonly flow: Flow;
    readonly direction: Direction;
    readonly arrangements: Arrangements;
    readonly pins: Pins;
    /** Where what has gone was, by id within its container. */
    readonly absent: Absent;
}

export interface Memory {
    readonly recall: (name: string) => Remembered | null;
    readonly keep: (name: string, remembered: Remembered) => void;
}

const MAX_NAMES = 24;
const MAX_ABSENT = 500;

/** Forgets the name that was not used for the longest time when there are too many. */
export function createMemory(): Memory {
    const entries = new Map<string, Remembered>();
    return {
        recall: (name) => entries.get(name) ?? null,
        keep: (name, remembered) => {
            entries.delete(name);
            entries.set(name, remembered);
            const [oldest] = entries.keys();
            if (entries.size > MAX_NAMES && oldest !== undefined) entries.delete(oldest);
        },
    };
}

/** Places of children that a picture no longer has, besides those that were missing already. */
export function absentAfter({ absent, arrangements }: Remembered, present: ReadonlySet<string>): Absent {
    const gone = [...arrangements.values()].flatMap(({ frame }) =>
        [...frame.places].filter(([id]) => !present.has(id)),
    );
    const all = new Map<string, Point>([...absent, ...gone]);
    for (const id of all.keys()) if (present.has(id)) all.delete(id);
    return new Map([...all].slice(-MAX_ABSENT));
}

/** The id each container had in a picture, where that was another one or the same. */
export function formerIds(
    roots: readonly Tree[],
    arrangements: Arrangements,
): ReadonlyMap<string | null, string | null> {
    const former = new Map<string | null, string | null>([[null, null]]);
    const visit = (children: readonly Tree[], before: string | null): void => {
        const known = arrangements.get(before);
        const named = children.map((tree) => ({ id: tree.node.id, label: tree.node.label, tree }));
        for (const { child, before: match } of matchesOf(known?.content.children ?? [], named)) {
            if (child.tree.children.length === 0 || match === undefined) continue;
            former.set(child.id, match.id);
            visit(child.tree.children, match.id);
        }
    };
    visit(roots, null);
    return former;
}
