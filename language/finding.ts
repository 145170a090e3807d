/** Findings: what is wrong with a text, as data. They are never thrown. */
import type { SourceRange } from './model/application-model.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** One thing wrong in one place. `code` is stable for ever: Roboconf's own name, or `X_…` for ours. */
export interface Finding {
    readonly code: string;
    readonly severity: Severity;
    /** What is wrong, with the name concerned, and what to do when that is not obvious. */
    readonly message: string;
    /** Null when there is no place to show (for instance a missing descriptor directory). */
    readonly range: SourceRange | null;
    /** Facts of the finding, for quick fixes and tests: `{ NAME: 'Tomcat' }`. */
    readonly details: Readonly<Record<string, string>>;
    readonly related: readonly RelatedPlace[];
}

export interface RelatedPlace {
    readonly message: string;
    readonly range: SourceRange;
}
