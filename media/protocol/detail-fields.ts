/** Reads what there is to say about a node out of a message. */
import type { DetailedExport, DetailedImport, NodeDetail } from '../../language/index.ts';
import { allOf, count, listOf, nullOr, recordOf, text, truth } from './fields.ts';

const MAX_VARIABLES = 1_000;

/** Unknown in; a detail with every field checked, or undefined. */
export function parseNodeDetail(value: unknown): NodeDetail | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        description: nullOr(fields['description'], text),
        exports: listOf(fields['exports'], MAX_VARIABLES, parseExport),
        moreExports: count(fields['moreExports']),
        imports: listOf(fields['imports'], MAX_VARIABLES, parseImport),
        moreImports: count(fields['moreImports']),
    });
}

function parseExport(value: unknown): DetailedExport | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        name: text(fields['name']),
        value: nullOr(fields['value'], text),
        isRandom: truth(fields['isRandom']),
    });
}

function parseImport(value: unknown): DetailedImport | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        name: text(fields['name']),
        optional: truth(fields['optional']),
        external: truth(fields['external']),
        from: listOf(fields['from'], MAX_VARIABLES, text),
        moreFrom: count(fields['moreFrom']),
    });
}
