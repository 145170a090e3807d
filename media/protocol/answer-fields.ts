/** Reads what the answer of the language server says besides the graph: what filters choose from, and how positions fit. */
import type { GraphChoices } from '../../language/index.ts';
import type { PinDrift } from '../../server/protocol.ts';
import { allOf, count, listOf, recordOf, text } from './fields.ts';

const MAX_ENTRIES = 200_000;

/** Unknown in; choices with every field checked, or undefined. */
export function parseChoices(value: unknown): GraphChoices | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        components: listOf(fields['components'], MAX_ENTRIES, text),
        facets: listOf(fields['facets'], MAX_ENTRIES, text),
        hosts: listOf(fields['hosts'], MAX_ENTRIES, parseHost),
        nodeCount: count(fields['nodeCount']),
    });
}

/** Unknown in; a drift with every field checked, or undefined. */
export function parseDrift(value: unknown): PinDrift | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        gone: listOf(fields['gone'], MAX_ENTRIES, text),
        moved: listOf(fields['moved'], MAX_ENTRIES, text),
        added: listOf(fields['added'], MAX_ENTRIES, text),
    });
}

function parseHost(value: unknown): GraphChoices['hosts'][number] | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({ id: text(fields['id']), label: text(fields['label']) });
}
