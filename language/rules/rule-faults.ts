/** What is wrong with the text of a rule by itself, in words (reference: language, sections 4.8 and 6). */
import type { Word } from '../model/declarations.ts';
import type { Span } from '../parsing/text-lines.ts';
import type { Report } from '../validation/report.ts';
import type { Rule, RuleSource } from './rule.ts';
import { readRule, rulesWithin, type RuleFaultKind, type RuleReading, type RuleText } from './rule-text.ts';

/** The first rule of a file should be called as the file. */
export function reportName({ report }: RuleSource, name: Word, expected: string): void {
    if (name.text === '' || name.text === expected) return;
    const message = `The rule should be called as its file: '${expected}'.`;
    report.add('X_RULE_NAME_MISMATCH', name.range, message, { details: { NAME: name.text, EXPECTED: expected } });
}

/** A rule behind the first one. */
export function reportFurtherRule({ report }: RuleSource, name: Word): void {
    const message = `Roboconf takes all rules of a file for one, with the event and the commands of the last: move '${name.text}' to a file of its own.`;
    report.add('X_RULE_SEVERAL_RULES', name.range, message, { details: { NAME: name.text } });
}

/** A file with nothing but blanks and comments. */
export function reportEmptyFile({ report, rangeOf }: RuleSource): void {
    reportShape(report, rangeOf(0, 0), 'empty');
}

/** A text that is no rule. */
export function reportFault(source: RuleSource, reading: RuleReading & { readonly ok: false }): void {
    const { report, rangeOf, isHiddenByComments } = source;
    const place = rangeOf(reading.span.start, reading.span.end);
    reportShape(report, place, isHiddenByComments() ? 'comment' : reading.kind);
}

/** Whether a text with comments would be a rule if they left their line breaks and quotes alone. */
export function isRuleBehindComments(original: string): boolean {
    const text = original.replaceAll(/"[^"\n]*"|\/\/[^\n]*|#[^\n]*|\/\*[^]*?(?:\*\/|$)/g, (piece) =>
        piece.startsWith('"') ? piece : ' ',
    );
    const [span, ...others] = rulesWithin(text);
    return span !== undefined && others.length === 0 && readRule(text, span).ok;
}

const SHAPES: Readonly<Record<RuleFaultKind | 'empty' | 'comment', string>> = {
    empty: 'A rules file holds a rule: rule "name" when event then command end.',
    start: 'A rule begins with the word \'rule\': rule "name" when event then command end.',
    name: 'The name of the rule must stand in double quotes behind \'rule\': rule "name".',
    quote: 'The name of the rule is not closed: add a double quote behind it.',
    blank: 'A blank must stand between the name of the rule and this.',
    when: "The rule has no 'when', with blanks around it, behind its name: write the event it waits for there.",
    event: "'when' names no event: write what a probe emits between 'when' and 'then'.",
    then: "No 'then', with blanks around it, follows this 'when': write the commands to run there.",
    commands: "'then' runs nothing: write the name of a commands file between 'then' and 'end'.",
    end: "The rule must finish with 'end', with a blank before it and nothing behind it.",
    spacing:
        "The rule cannot be read from here: 'when', 'then' and 'end' need blanks around them and something between them.",
    comment:
        'Comments hide a part of this rule: Roboconf removes each with its line break, also within quotes, and takes // in a # comment for a comment of its own. Put comments on lines of their own and end the file with a line break.',
};

function reportShape(report: Report, range: Word['range'], shape: keyof typeof SHAPES): void {
    report.add('RULE_INVALID_SYNTAX', range, SHAPES[shape], { details: { SHAPE: shape } });
}

/** What a rule that can be read lacks. */
export function reportParts(source: RuleSource, text: RuleText, rule: Rule): void {
    const { report, rangeOf } = source;
    const placeOf = (span: Span | null): Word['range'] => {
        const { start, end } = span ?? text.quoted;
        return rangeOf(start, end);
    };
    if (rule.name.text === '') {
        report.add('RULE_EMPTY_NAME', placeOf(text.quoted), 'The rule has no name: give it that of its file.');
    }
    if (rule.event.text === '') report.add('RULE_EMPTY_WHEN', placeOf(text.when), SHAPES.event);
    if (rule.commands.length === 0) report.add('RULE_EMPTY_THEN', placeOf(text.then), SHAPES.commands);
    if (/\s/.test(rule.event.text)) reportSeveralEvents(report, rule.event);
    for (const command of rule.commands) reportJoined(source, command);
}

function reportSeveralEvents(report: Report, event: Word): void {
    const message = 'A rule waits for one event, and the name of an event holds no blanks: no probe can emit this one.';
    report.add('X_RULE_SEVERAL_EVENTS', event.range, message, { details: { NAME: shown(event) } });
}

/** A comment takes the line break with it: the next line becomes a part of the command. */
function reportJoined({ report }: RuleSource, command: Word): void {
    if (command.range.line === command.range.endLine) return;
    const name = shown(command);
    const message = `Roboconf removes the comment with its line break and looks for one command '${name}': end each command with a semicolon.`;
    report.add('X_RULE_JOINED_COMMANDS', command.range, message, { details: { NAME: name } });
}

function shown({ text }: Word): string {
    return text.replaceAll(/\s+/g, ' ').slice(0, 60);
}
