/** How editors may show the words a finding is about, besides underlining them. */
import { DiagnosticTag } from 'vscode-languageserver/node';

/** Words that could go without changing anything: shown faded. */
const UNNECESSARY: ReadonlySet<string> = new Set([
    'PM_USELESS_INSTANCE_COUNT',
    'RM_ORPHAN_FACET',
    'RM_ORPHAN_FACET_WITH_CHILDREN',
    'X_DOUBLED_BRACKET',
    'X_EXTRA_COMMA',
    'X_MEASURES_UNUSED_EVENT',
    'X_MEASURES_UNUSED_VALUE',
    'X_UNUSED_VARIABLE',
    'X_WORDS_BEFORE_IMPORT',
    'X_WORDS_BEFORE_PROPERTY',
]);

/** Words that were replaced by others: shown struck through. */
const DEPRECATED: ReadonlySet<string> = new Set(['X_DESCRIPTOR_LEGACY_KEY']);

/** The tags of a code; most have none. */
export function tagsOf(code: string): readonly DiagnosticTag[] {
    if (UNNECESSARY.has(code)) return [DiagnosticTag.Unnecessary];
    return DEPRECATED.has(code) ? [DiagnosticTag.Deprecated] : [];
}
