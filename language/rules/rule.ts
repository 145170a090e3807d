/** A rule as data, and what it is read from. */
import type { RangeOf } from '../application/source-ranges.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { Word } from '../model/declarations.ts';
import type { Span } from '../parsing/text-lines.ts';
import type { Report } from '../validation/report.ts';
import type { RuleAttributeName } from './rule-words.ts';

export interface Rule {
    /** Between the quotes, without blanks at its ends. */
    readonly name: Word;
    readonly event: Word;
    /** Names of commands files, in order; blank ones are left out. */
    readonly commands: readonly Word[];
    /** Seconds; -1 when there is none. */
    readonly timeWindow: number;
    /** Seconds. */
    readonly sleepPeriod: number;
    /** How many events start the rule. */
    readonly occurrences: number;
    readonly attributes: readonly RuleAttribute[];
    /** `rule`, `when`, `then` and `end`, as far as they are there. */
    readonly keywords: readonly SourceRange[];
    /** From `rule` to `end`. */
    readonly block: SourceRange;
}

export interface RuleAttribute {
    readonly name: RuleAttributeName;
    /** Whole and not negative, at most what a Java int holds. */
    readonly value: number;
    /** The digits. */
    readonly number: Word;
    /** The whole sentence. */
    readonly range: SourceRange;
}

/** What a text says, in which a rule is read. */
export interface RuleSource {
    /** Without comments. */
    readonly text: string;
    /** Whether the text would be a rule if comments left their line breaks and quotes alone; told once for all rules of a file. */
    readonly isHiddenByComments: () => boolean;
    /** The place in the file of a part of `text`. */
    readonly rangeOf: RangeOf;
    readonly wordAt: (span: Span) => Word;
    readonly report: Report;
}
