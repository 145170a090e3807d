/** Names that headers of a wrong form were meant to declare. */
import type { TypeGraph } from '../model/type-graph.ts';
import { isId } from '../parsing/names.ts';

const FOREIGN = /[^\w-]+/;

/** For `component Store {`, `Sto re {` and `Sto.re {`: the last word, and all words as one. */
export function meantNamesIn(graph: TypeGraph): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { name } of graph.declarations) {
        if (isWellFormed(name.text)) continue;
        const words = name.text.split(FOREIGN).filter((word) => word !== '');
        const last = words.at(-1);
        if (last !== undefined) names.add(last);
        names.add(words.join(''));
    }
    return names;
}

/** Whether a name may be declared: an identifier without dot. */
export function isWellFormed(name: string): boolean {
    return isId(name) && !name.includes('.');
}
