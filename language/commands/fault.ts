/** What is wrong with an instruction, before it becomes a finding. */
import type { SourceRange } from '../model/application-model.ts';
import type { Report, FindingFacts } from '../validation/report.ts';
import type { ModelCode } from '../validation/codes.ts';
import type { Suggestions } from '../validation/suggestions.ts';

export interface Fault extends FindingFacts {
    readonly code: ModelCode;
    readonly range: SourceRange;
    /** Whole sentences, without the one about a similar name. */
    readonly message: string;
    /** Where to look for a similar name; absent when none can be meant. */
    readonly near?: Near;
}

interface Near {
    readonly word: string;
    readonly candidates: () => Iterable<string>;
    /** What to write instead, when that is more than the similar name. */
    readonly written?: (candidate: string) => string;
    /** What to do when no name is similar; a whole sentence. */
    readonly otherwise?: string;
}

/** Reports a fault, with a similar name when there is one: that is only searched for findings that will be shown. */
export function reportFault(report: Report, suggestions: Suggestions, fault: Fault): void {
    const { code, range, message, near, details = {}, related = [] } = fault;
    if (report.isFull(code, range.file)) return;
    const closest = near === undefined ? null : suggestions.closest(near.word, near.candidates());
    const suggestion = closest === null ? null : (near?.written?.(closest) ?? closest);
    const otherwise = near?.otherwise === undefined ? '' : ` ${near.otherwise}`;
    if (suggestion === null) report.add(code, range, `${message}${otherwise}`, { details, related });
    else
        report.add(code, range, `${message} Did you mean '${suggestion}'?`, {
            details: { ...details, SUGGESTION: suggestion },
            related,
        });
}
