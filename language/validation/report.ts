/** Collects findings about a model; the text of each is written where it is found. */
import type { Finding, RelatedPlace, Severity } from '../finding.ts';
import type { SourceRange } from '../model/application-model.ts';
import { MAX_FINDINGS } from '../parsing/parsed-file.ts';
import { SEVERITIES, type ModelCode } from './codes.ts';

/** What a finding says besides its message. */
export interface FindingFacts {
    readonly details?: Readonly<Record<string, string>>;
    readonly related?: readonly RelatedPlace[];
}

export interface Report {
    /** `range` is null when there is no place to show. */
    readonly add: (code: ModelCode, range: SourceRange | null, message: string, facts?: FindingFacts) => void;
    /** Whether a further finding of this code in this file would not be shown: making its message can be saved. */
    readonly isFull: (code: ModelCode, file: string | undefined) => boolean;
    /** How often something was found, or not looked for because there are too many: who finds it unchanged had nothing to say. */
    readonly foundCount: () => number;
}

/**
 * Appends to `findings`, with the severity each code always has.
 * Each check goes through a file from its beginning to its end, so that of each code the first MAX_FINDINGS are enough to know the first ones of all.
 */
export function createReport(findings: Finding[]): Report {
    const counts = new Map<string, number>();
    const countOf = (code: ModelCode, file = ''): number => counts.get(`${code} ${file}`) ?? 0;
    let foundCount = 0;
    const isFull: Report['isFull'] = (code, file) => {
        if (countOf(code, file) < MAX_FINDINGS) return false;
        foundCount++;
        return true;
    };
    return {
        isFull,
        foundCount: () => foundCount,
        add: (code, range, message, { details = {}, related = [] } = {}) => {
            foundCount++;
            const file = range?.file;
            if (range !== null && isFull(code, file)) return;
            counts.set(`${code} ${file ?? ''}`, countOf(code, file) + 1);
            const severity: Severity = SEVERITIES[code];
            findings.push({ code, severity, message, range, details, related });
        },
    };
}
