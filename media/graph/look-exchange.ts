/** Keeps the person's wish apart from pictures that were asked for before it: an answer to an older wish does not take a newer one back. */
import type { PageLook } from '../protocol.ts';

export interface LookExchange {
    /** Another look is wished for and told; false when it is the one there is. */
    readonly wish: (look: PageLook) => boolean;
    /** A picture came that was made for this look: the look the page has from here on. */
    readonly answered: (look: PageLook) => PageLook;
}

/** Most wishes that wait for their pictures. */
const MAX_WAITING = 50;

/** Begins with `first`; `tell` hands a wish to the host. */
export function createLookExchange(first: PageLook, tell: (look: PageLook) => void): LookExchange {
    let current = first;
    /** Wishes that wait for their pictures, each with the look it took the place of. */
    let waiting: readonly { readonly before: string; readonly name: string }[] = [];
    return {
        wish: (look) => {
            const [before, name] = [nameOf(current), nameOf(look)];
            if (name === before) return false;
            current = look;
            waiting = [...waiting, { before, name }].slice(-MAX_WAITING);
            tell(look);
            return true;
        },
        answered: (look) => {
            const name = nameOf(look);
            const index = waiting.findLastIndex((wish) => wish.name === name);
            if (index >= 0) waiting = waiting.slice(index + 1);
            else if (name !== nameOf(current) && !waiting.some(({ before }) => before === name)) {
                // Nobody wished for it here: the host looks at it another way.
                current = withoutOnly(look);
                waiting = [];
            }
            return current;
        },
    };
}

/** Which nodes a set of run states means is the host's knowledge, not part of the wish. */
function withoutOnly(look: PageLook): PageLook {
    return { ...look, filter: { ...look.filter, only: null } };
}

function nameOf({ perspective, direction, layers, closed, opened, focus, filter, statuses }: PageLook): string {
    const { components, facets, hosts } = filter;
    return JSON.stringify([
        ...[perspective, direction, [...layers].sort(), closed, opened],
        ...[focus === null ? null : [focus.node, focus.distance], components, facets, hosts, statuses],
    ]);
}
