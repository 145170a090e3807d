/** Collects findings about a model; the text of each is written where it is found. */
import type { Finding, RelatedPlace, Severity } from '../finding.ts';
import type { SourceRange } from '../model/application-model.ts';
import { SEVERITIES, type ModelCode } from './codes.ts';

/** What a finding says besides its message. */
export interface FindingFacts {
    readonly details?: Readonly<Record<string, string>>;
    readonly related?: readonly RelatedPlace[];
}

export interface Report {
    /** `range` is null when there is no place to show. */
    readonly add: (code: ModelCode, range: SourceRange | null, message: string, facts?: FindingFacts) => void;
}

/** Appends to `findings`, with the severity each code always has. */
export function createReport(findings: Finding[]): Report {
    return {
        add: (code, range, message, { details = {}, related = [] } = {}) => {
            const severity: Severity = SEVERITIES[code];
            findings.push({ code, severity, message, range, details, related });
        },
    };
}
