/** Reads how the page wants to look at the model: what the nodes are, what is shown, folded and filtered. */
import type { GraphFilter, GraphFocus, GraphLook, Layer, Perspective } from '../../language/index.ts';
import type { Direction } from '../../server/layout.ts';
import { isStatus } from '../picture/status.ts';
import { allOf, count, isOneOf, listOf, nullOr, recordOf, text } from './fields.ts';

/**
 * A look as the page keeps it and tells it. In `filter`, `only` is null: run states are told by name in `statuses`, and the host, who knows
 * them, makes the nodes they mean of it.
 */
export interface PageLook extends GraphLook {
    readonly perspective: Perspective;
    readonly direction: Direction;
    /** Names of run states that are kept; empty = all. */
    readonly statuses: readonly string[];
}

/** A fresh page looks at the components, all of them; facets are a layer to be added. */
export const FRESH_LOOK: PageLook = {
    perspective: 'components',
    direction: 'auto',
    layers: ['imports', 'inheritance', 'children'],
    closed: [],
    opened: [],
    focus: null,
    filter: { components: [], facets: [], hosts: [], only: null },
    statuses: [],
};

const PERSPECTIVES = ['components', 'instances', 'hosts'] as const satisfies readonly Perspective[];
const DIRECTIONS = ['auto', 'right', 'down'] as const satisfies readonly Direction[];
const LAYERS = ['imports', 'inheritance', 'facets', 'children'] as const satisfies readonly Layer[];
/** More entries than this in one list are not ours. */
const MAX_ENTRIES = 200_000;
const MAX_DISTANCE = 100;

/** Whether a value names a perspective. */
export function isPerspective(value: unknown): value is Perspective {
    return isOneOf(PERSPECTIVES, value);
}

/** Unknown in; a look with every field checked, or undefined. */
export function parsePageLook(value: unknown): PageLook | undefined {
    const fields = recordOf(value) ?? {};
    const { perspective, direction } = fields;
    const parts = allOf({
        layers: listOf(fields['layers'], LAYERS.length, parseLayer),
        closed: listOf(fields['closed'], MAX_ENTRIES, text),
        opened: listOf(fields['opened'], MAX_ENTRIES, text),
        focus: nullOr(fields['focus'], parseFocus),
        filter: parseFilter(fields['filter']),
        statuses: listOf(fields['statuses'], MAX_ENTRIES, parseStatus),
    });
    if (parts === undefined || !isPerspective(perspective) || !isOneOf(DIRECTIONS, direction)) return undefined;
    return { perspective, direction, ...parts };
}

function parseLayer(value: unknown): Layer | undefined {
    return isOneOf(LAYERS, value) ? value : undefined;
}

function parseStatus(value: unknown): string | undefined {
    return isStatus(value) ? value : undefined;
}

function parseFocus(value: unknown): GraphFocus | undefined {
    const fields = recordOf(value) ?? {};
    const distance = count(fields['distance']);
    if (distance === undefined || distance < 1 || distance > MAX_DISTANCE) return undefined;
    const node = text(fields['node']);
    return node === undefined ? undefined : { node, distance };
}

function parseFilter(value: unknown): GraphFilter | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        components: listOf(fields['components'], MAX_ENTRIES, text),
        facets: listOf(fields['facets'], MAX_ENTRIES, text),
        hosts: listOf(fields['hosts'], MAX_ENTRIES, text),
        only: nullOr(fields['only'], (only) => listOf(only, MAX_ENTRIES, text)),
    });
}
