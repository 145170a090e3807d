/** Autonomic rules as data (reference: language, section 6). */
import { readablePart } from '../application/readable-part.ts';
import { sourceRangesIn, type RangeOf } from '../application/source-ranges.ts';
import { baseNameOf } from '../application/paths.ts';
import type { Finding } from '../finding.ts';
import type { Word } from '../model/declarations.ts';
import type { Span } from '../parsing/text-lines.ts';
import { reportLeftOut } from '../validation/read-text.ts';
import { createReport, type Report } from '../validation/report.ts';
import { attributesIn, reportAttributes } from './rule-attributes.ts';
import type { Rule, RuleAttribute, RuleSource } from './rule.ts';
import {
    isRuleBehindComments,
    reportEmptyFile,
    reportFault,
    reportFurtherRule,
    reportName,
    reportParts,
} from './rule-faults.ts';
import { readRule, rulesWithin, type RuleText } from './rule-text.ts';
import { uncommented } from './uncommented.ts';

export type { Rule } from './rule.ts';

/** One `.drl` file. Of several rules, Roboconf reads the name of the first, and the event and the commands of the last. */
export interface RulesFile {
    /** Relative to the application. */
    readonly file: string;
    /** As much of each as can be told, whatever is wrong with it. */
    readonly rules: readonly Rule[];
    /** What is wrong with its text by itself. */
    readonly findings: readonly Finding[];
}

/** The file with this name cannot be read, for this reason; null when there is no text at all. */
export function unreadableRules(file: string, obstacle: string | null): RulesFile {
    const reason = obstacle ?? 'there is no such text file';
    const findings: Finding[] = [];
    const range = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    createReport(findings).add('RULE_IO_ERROR', range, `'${file}' cannot be read: ${reason}.`, {
        details: { FILE: file, REASON: reason },
    });
    return { file, rules: [], findings };
}

/** Reads any text. */
export function parseRules(raw: string, file: string): RulesFile {
    const whole = raw.replace(/^\uFEFF/, '');
    const original = readablePart(whole);
    const findings: Finding[] = [];
    const report = createReport(findings);
    const source = sourceOf(original, file, report);
    const end = source.text.length;
    if (original.length < whole.length) reportLeftOut(report, source.rangeOf(end, end));
    const spans = rulesWithin(source.text);
    if (spans.length === 0) reportEmptyFile(source);
    const rules = spans.flatMap((span) => ruleIn(source, span));
    const [first, ...further] = rules;
    if (first !== undefined) reportName(source, first.name, baseNameOf(file).replace(/\.drl$/, ''));
    for (const { name } of further) reportFurtherRule(source, name);
    return { file, rules, findings };
}

function sourceOf(original: string, file: string, report: Report): RuleSource {
    const { text, offsetOf } = uncommented(original);
    const placeOf = sourceRangesIn(original, file);
    const rangeOf: RangeOf = (start, end) =>
        placeOf(offsetOf(start), start === end ? offsetOf(start) : offsetOf(end - 1) + 1);
    const wordAt = ({ start, end }: Span): Word => ({ text: text.slice(start, end), range: rangeOf(start, end) });
    let isHidden: boolean | undefined;
    const isHiddenByComments = (): boolean => (isHidden ??= isRuleBehindComments(original));
    return { text, rangeOf, wordAt, report, isHiddenByComments };
}

function ruleIn(source: RuleSource, span: Span): readonly Rule[] {
    const reading = readRule(source.text, span);
    if (!reading.ok) reportFault(source, reading);
    if (reading.rule === null) return [];
    const attributes = attributesIn(source, reading.rule.attributes);
    if (reading.ok) reportAttributes(source, reading.rule.attributes, attributes);
    const rule = ruleOf(source, reading.rule, attributes, span);
    if (reading.ok) reportParts(source, reading.rule, rule);
    return [rule];
}

function ruleOf(source: RuleSource, text: RuleText, attributes: readonly RuleAttribute[], span: Span): Rule {
    const valueOf = (name: RuleAttribute['name'], absent: number): number =>
        attributes.find((attribute) => attribute.name === name)?.value ?? absent;
    return {
        name: source.wordAt(text.name),
        event: source.wordAt(text.event),
        commands: text.commands.map(source.wordAt),
        timeWindow: valueOf('time window', -1),
        sleepPeriod: valueOf('sleep period', 0),
        occurrences: valueOf('occurrences', 1),
        attributes,
        keywords: [{ start: span.start, end: span.start + 'rule'.length }, text.when, text.then, text.end].flatMap(
            (word) => (word === null ? [] : [source.rangeOf(word.start, word.end)]),
        ),
        block: source.rangeOf(span.start, span.end),
    };
}
