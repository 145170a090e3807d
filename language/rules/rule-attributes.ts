/** The attributes of a rule: sentences between its name and `when` (reference: language, section 6). */
import { trimSpan, type Span } from '../parsing/text-lines.ts';
import { createSuggestions } from '../validation/suggestions.ts';
import type { RuleAttribute, RuleSource } from './rule.ts';
import { RULE_ATTRIBUTES, type RuleAttributeName } from './rule-words.ts';

/** What Roboconf can hold in a number; it fails over larger ones. */
const MAX_NUMBER = 2 ** 31 - 1;

interface Sentence {
    readonly name: RuleAttributeName;
    readonly digits: Span;
    readonly span: Span;
}

/** The attributes in a part of a rule, in their order; of one that is repeated, the first counts. */
export function attributesIn(source: RuleSource, span: Span): readonly RuleAttribute[] {
    return sentencesWithin(source.text, span).map((sentence) => attributeOf(source, sentence));
}

/** Says what is wrong with the attributes in a part of a rule, and what is none. */
export function reportAttributes(source: RuleSource, span: Span, attributes: readonly RuleAttribute[]): void {
    reportRest(source, span, sentencesWithin(source.text, span));
    for (const [i, attribute] of attributes.entries()) {
        const first = attributes.findIndex(({ name }) => name === attribute.name);
        if (first !== i) reportRepetition(source, attribute, attributes[first]);
        if (Number(attribute.number.text) > MAX_NUMBER) reportNumber(source, attribute);
    }
}

function sentencesWithin(text: string, span: Span): readonly Sentence[] {
    const sentences = RULE_ATTRIBUTES.flatMap(({ name }) => sentencesIn(text, span, name));
    return sentences.toSorted((a, b) => a.span.start - b.span.start);
}

/** `s` may follow the number at once; Roboconf ignores one behind a blank, which means the same. */
function sentencesIn(text: string, span: Span, name: RuleAttributeName): readonly Sentence[] {
    const pattern = new RegExp(`\\b${name} is[ \\t\\n\\v\\f\\r]+(?<digits>\\d+)(?:[ \\t]*s\\b)?`, 'gi');
    return [...text.slice(span.start, span.end).matchAll(pattern)].map((match) => {
        const start = span.start + match.index;
        const digits = match.groups?.['digits'] ?? '';
        const from = start + match[0].search(/\d/);
        return {
            name,
            digits: { start: from, end: from + digits.length },
            span: { start, end: start + match[0].length },
        };
    });
}

function attributeOf({ wordAt, rangeOf }: RuleSource, { name, digits, span }: Sentence): RuleAttribute {
    const number = wordAt(digits);
    const value = Math.min(Number(number.text), MAX_NUMBER);
    return { name, value, number, range: rangeOf(span.start, span.end) };
}

function reportNumber({ report }: RuleSource, { name, number }: RuleAttribute): void {
    const written = number.text.slice(0, 60);
    const message = `'${written}' is too large for '${name}': Roboconf takes at most ${MAX_NUMBER}.`;
    const details = { NAME: name, UNEXPECTED: written, MAXIMUM: String(MAX_NUMBER) };
    report.add('X_RULE_NUMBER_TOO_LARGE', number.range, message, { details });
}

function reportRepetition({ report }: RuleSource, attribute: RuleAttribute, first: RuleAttribute | undefined): void {
    const { name, range } = attribute;
    const related = first === undefined ? [] : [{ message: 'This one counts.', range: first.range }];
    report.add('X_RULE_DUPLICATE_ATTRIBUTE', range, `'${name}' is set already: only the first counts.`, {
        details: { NAME: name },
        related,
    });
}

/** Text between the attributes is ignored, so that a slip goes unnoticed. */
function reportRest(source: RuleSource, span: Span, sentences: readonly Sentence[]): void {
    let start = span.start;
    for (const sentence of sentences) {
        reportIgnored(source, { start, end: sentence.span.start });
        start = Math.max(start, sentence.span.end);
    }
    reportIgnored(source, { start, end: span.end });
}

function reportIgnored({ text, report, wordAt }: RuleSource, span: Span): void {
    const ignored = trimSpan(text, span);
    if (ignored.start >= ignored.end) return;
    const { text: written, range } = wordAt(ignored);
    const shown = written.replaceAll(/\s+/g, ' ').slice(0, 60);
    const meant = meantBy(written);
    const cure =
        meant === null
            ? "the attributes are 'sleep period is 10s', 'time window is 10s' and 'occurrences is 3'."
            : `write '${meant}'.`;
    report.add('X_RULE_UNKNOWN_ATTRIBUTE', range, `'${shown}' is no attribute of a rule, and is ignored: ${cure}`, {
        details: { NAME: shown, ...(meant === null ? {} : { SUGGESTION: meant }) },
    });
}

/** The attribute that a sentence comes close to, with its number; null when there is none. */
function meantBy(written: string): string | null {
    const [, words = '', digits = ''] = /^([A-Za-z][A-Za-z \t]{0,40}?)[\s:=]*(\d+)\s*s?$/.exec(written) ?? [];
    if (digits === '') return null;
    const name = words.replace(/\s+/g, ' ').replace(/ is$/i, '').trim().toLowerCase();
    const names = RULE_ATTRIBUTES.map((attribute) => attribute.name);
    const meant = names.find((each) => each === name) ?? createSuggestions().closest(name, names);
    const unit = RULE_ATTRIBUTES.find((attribute) => attribute.name === meant)?.unit;
    return meant === null ? null : `${meant} is ${digits}${unit === 'seconds' ? 's' : ''}`;
}
