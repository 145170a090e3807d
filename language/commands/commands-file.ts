/** Command files as data (reference: language, section 5). */
import { readablePart } from '../application/readable-part.ts';
import type { Finding } from '../finding.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { Word } from '../model/declarations.ts';
import { reportLeftOut } from '../validation/read-text.ts';
import { createReport, type Report } from '../validation/report.ts';
import { createSuggestions } from '../validation/suggestions.ts';
import { reportFault } from './fault.ts';
import { madeValue, STAND_IN, type Indexes } from './generators.ts';
import type { Instruction } from './instruction.ts';
import { placesIn, wordsIn, type Places } from './located-text.ts';
import { logicalLinesOf, physicalLinesOf, withoutMark, type LogicalLine } from './logical-lines.ts';
import { splitInstruction } from './split-instruction.ts';
import { textFaultsOf } from './text-faults.ts';
import { MAX_VALUE, substituted, type Variables, type VariableValue } from './variables.ts';

/** One file of instructions. */
export interface CommandsFile {
    /** Relative to the application. */
    readonly file: string;
    /** Its bare file name without extension: how `execute` and rules call it. */
    readonly name: string;
    /** What is wrong with its text by itself. */
    readonly findings: readonly Finding[];
    /** In file order, with sample values where only a run knows the value of a variable. */
    readonly instructions: readonly Instruction[];
    /** The same with what they were read from. */
    readonly lines: readonly CommandLine[];
    readonly places: Places;
    /** Everything from a `#` to the end of its line; continuations may lie inside. */
    readonly comments: readonly SourceRange[];
}

/** An instruction with its line. */
export interface CommandLine {
    readonly logical: LogicalLine;
    readonly instruction: Instruction;
    /** Whether its form and its variables are right, so that its parts can be judged. */
    readonly isReadable: boolean;
    /** Whether its text alone gives no reason to refuse it. */
    readonly isSound: boolean;
}

/** What values are made with when no application is known. */
const ANY_INDEX: Indexes = { free: () => 1, existing: () => 1 };

/** Reads any text. */
export function parseCommands(text: string, file: string): CommandsFile {
    const whole = withoutMark(text);
    const body = readablePart(whole);
    const physical = physicalLinesOf(body);
    const places = placesIn(file, physical);
    const logical = logicalLinesOf(body, physical);
    const { findings, lines } = readLines(logical, places);
    if (body.length < whole.length) reportLeftOut(createReport(findings), places.rangeOf(body.length, body.length));
    const comments = logical.flatMap((line) => (line.comment < 0 ? [] : [commentOf(line, places)]));
    const instructions = lines.map(({ instruction }) => instruction);
    const name = file.replace(/^.*\//, '').replace(/\.commands$/, '');
    return { file, name, findings, instructions, lines, places, comments };
}

function commentOf({ text, comment, pieces }: LogicalLine, places: Places): SourceRange {
    const spans = pieces.map(({ at, offset }, index) => {
        const length = (pieces[index + 1]?.at ?? text.length) - at;
        return { at, length, start: offset, end: offset + length, isValue: false };
    });
    return wordsIn({ text, spans }, places).wordOf(comment, text.length).range;
}

interface ReadLines {
    readonly findings: Finding[];
    readonly lines: readonly CommandLine[];
}

function readLines(logical: readonly LogicalLine[], places: Places): ReadLines {
    const findings: Finding[] = [];
    const report = createReport(findings);
    const suggestions = createSuggestions();
    const variables = new Map<string, VariableValue>();
    const lines: CommandLine[] = [];
    for (const line of logical) {
        if (line.from >= line.to) continue;
        const instruction = readInstruction(line, places, variables);
        const { formal, ofParts } = textFaultsOf(instruction, () => variables.keys());
        for (const fault of [...formal, ...ofParts]) reportFault(report, suggestions, fault);
        const isReadable = formal.length === 0;
        const isSound = isReadable && ofParts.length === 0;
        lines.push({ logical: line, instruction, isReadable, isSound });
        if (!isSound || instruction.kind !== 'define') continue;
        addDefinition(variables, instruction, ANY_INDEX);
        if (instruction.value.text.length > MAX_VALUE) reportLongValue(report, instruction);
    }
    reportUnused(report, lines);
    if (lines.every(({ instruction }) => instruction.kind === 'unrecognized')) {
        const range = places.rangeOf(0, 0);
        report.add('CMD_NO_INSTRUCTION', range, 'This file holds no instruction: it does nothing when it is executed.');
    }
    return { findings, lines };
}

function reportLongValue(report: Report, { name, value }: Instruction & { readonly kind: 'define' }): void {
    const message = `The value of '${name.text}' is longer than ${MAX_VALUE} characters: what uses it is checked as if it were a short one.`;
    const details = { SHAPE: 'value', NAME: name.text, MAXIMUM: String(MAX_VALUE) };
    report.add('X_TOO_MANY_WORDS', value.range, message, { details });
}

/** X_UNUSED_VARIABLE for each `define` whose value nothing uses before the end, or before another `define` of the same name. */
function reportUnused(report: Report, lines: readonly CommandLine[]): void {
    const unused = new Map<string, Word>();
    for (const { instruction, isSound } of lines) {
        for (const { name } of instruction.uses) unused.delete(name.text);
        if (!isSound || instruction.kind !== 'define') continue;
        sayUnused(report, unused.get(instruction.name.text));
        unused.set(instruction.name.text, instruction.name);
    }
    for (const name of unused.values()) sayUnused(report, name);
}

function sayUnused(report: Report, name: Word | undefined): void {
    if (name === undefined) return;
    const message = `The value of '${name.text}' is not used: write '$(${name.text})' where it is wanted.`;
    report.add('X_UNUSED_VARIABLE', name.range, message, { details: { NAME: name.text } });
}

/** The instruction of a line that is not empty, with the values variables have at that point. */
export function readInstruction(line: LogicalLine, places: Places, variables: Variables): Instruction {
    const { located, uses } = substituted(line, places, variables);
    const words = wordsIn(located, places);
    const whole = words.wordOf(0, located.text.length);
    const { parts, keywords } = splitInstruction(words);
    return { ...parts, line: line.line, range: whole.range, text: whole.text, keywords, uses };
}

/** Adds what a sound `define` says; answers whether it is disabled because an index was not found, or because it uses such a variable. */
export function addDefinition(
    variables: Map<string, VariableValue>,
    { name, value, line, uses }: Instruction & { readonly kind: 'define' },
    indexes: Indexes,
): boolean {
    const isContagious = uses.some((use) => variables.get(use.name.text)?.isDisabled === true);
    const made = isContagious ? null : madeValue(value.text, line, indexes);
    const isDisabled = made === null;
    const text = made === null || made.length > MAX_VALUE ? STAND_IN : made;
    variables.set(name.text, { text, isDisabled, definition: name });
    return isDisabled;
}
