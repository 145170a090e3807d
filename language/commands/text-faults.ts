/** What can be said about one instruction without its application (reference: language, sections 4.7 and 5). */
import type { Word } from '../model/declarations.ts';
import { isFlexibleId } from '../parsing/names.ts';
import type { Fault } from './fault.ts';
import { valueFault, type ValueFault } from './generators.ts';
import {
    BULK_ACTIONS,
    FORMS,
    startsWithPath,
    type Instruction,
    type InstructionKind,
    type VariableUse,
} from './instruction.ts';
import { STABLE_STATUSES, statusNamed, UNSTABLE_STATUSES } from './status.ts';
import { GENERATORS } from './variables.ts';

/** Names that can be meant by a variable that is not defined. */
type DefinedNames = () => Iterable<string>;

/** Faults that keep an instruction from being understood, and those of its parts. */
export interface TextFaults {
    /** Of its form, and of variables that are not defined. */
    readonly formal: readonly Fault[];
    /** Empty unless the form is right. */
    readonly ofParts: readonly Fault[];
}

/** Form first, then variables; the parts are only looked at when both are right. */
export function textFaultsOf(instruction: Instruction, names: DefinedNames): TextFaults {
    const formal = [...formFaults(instruction), ...variableFaults(instruction, names)];
    return { formal, ofParts: formal.length > 0 ? [] : partFaults(instruction) };
}

function formFaults(instruction: Instruction): readonly Fault[] {
    if (instruction.kind === 'unrecognized') return [unrecognizedFault(instruction, instruction.head)];
    if (instruction.kind === 'malformed') return [syntaxFault(instruction, instruction.expected, instruction.argument)];
    return [];
}

const HEADS: readonly string[] = [
    ...BULK_ACTIONS.map(([words]) => words),
    ...[
        'create',
        'replicate',
        'rename',
        'associate',
        'change status of',
        'email',
        'define',
        'write',
        'append',
        'execute',
    ],
];

/** Words people write for what is done to several instances. */
const BULK_SYNONYMS: Readonly<Record<string, string>> = {
    deploy: 'deploy and start all',
    'deploy all': 'deploy and start all',
    'deploy and start': 'deploy and start all',
    start: 'deploy and start all',
    'start all': 'deploy and start all',
    stop: 'stop all',
    undeploy: 'undeploy all',
    remove: 'delete',
    'remove all': 'delete',
};

function unrecognizedFault({ text, range }: Instruction, head: Word): Fault {
    const code = 'CMD_UNRECOGNIZED_INSTRUCTION';
    const details = { INSTRUCTION: text };
    const written = simplified(head.text);
    const whole = HEADS.find((each) => each === text.toLowerCase() || each === head.text.toLowerCase());
    if (whole !== undefined)
        return {
            code,
            range,
            message: `'${whole}' is followed by the path of an instance, or by 'instances of' and a component.`,
            details: { ...details, SHAPE: 'incomplete', NAME: whole },
        };
    const meant = Object.hasOwn(BULK_SYNONYMS, written)
        ? BULK_SYNONYMS[written]
        : HEADS.find((each) => each === written);
    const message = `No instruction begins so: ${quoted(text)}.`;
    if (meant === undefined)
        return {
            code,
            range: head.text === '' ? range : head.range,
            message,
            details: { ...details, KNOWN: HEADS.join(', ') },
            near: {
                word: written,
                candidates: () => HEADS,
                otherwise: `Instructions begin with ${HEADS.join(', ')}.`,
            },
        };
    const suggested = `${message} Did you mean '${meant}'?`;
    return { code, range: head.range, message: suggested, details: { ...details, SUGGESTION: meant } };
}

function simplified(text: string): string {
    return text.toLowerCase().replaceAll(/\s+/g, ' ');
}

function syntaxFault({ text, range }: Instruction, expected: InstructionKind, argument: Word): Fault {
    const form = FORMS[expected];
    const code = 'CMD_INVALID_SYNTAX';
    const details = { INSTRUCTION: text, EXPECTED: form };
    if (startsWithPath(expected) && argument.text !== '' && !argument.text.startsWith('/'))
        return {
            code,
            range: argument.range,
            message: `A path begins with '/': write '${form}'.`,
            details: { ...details, SHAPE: 'path', SUGGESTION: `/${argument.text}` },
        };
    return { code, range, message: `This instruction is written '${form}'.`, details };
}

function variableFaults(instruction: Instruction, names: DefinedNames): readonly Fault[] {
    const isDefinition =
        instruction.kind === 'define' || (instruction.kind === 'malformed' && instruction.expected === 'define');
    return instruction.uses
        .filter(({ isDefined, isGenerator }) => !isDefined && !(isGenerator && isDefinition))
        .map((use) => (isDefinition ? misspelledGenerator(use) : null) ?? unresolvedFault(use, names));
}

const CODE = 'CMD_UNRESOLVED_VARIABLE';

/** `$(uuid)`, or an index without its query; null for what names no generator. */
function misspelledGenerator({ name: { text }, range }: VariableUse): Fault | null {
    const generator = GENERATORS.find((each) => text.toUpperCase().trim().startsWith(each));
    if (generator === undefined) return null;
    const form = `$(${EXAMPLES[generator] ?? generator})`;
    return {
        code: CODE,
        range,
        message: `No variable is called '${text}'. Did you mean '${form}'?`,
        details: { VARIABLE: `$(${text})`, NAME: text, SUGGESTION: form },
    };
}

/** Generators that need more than their name. */
const EXAMPLES: Readonly<Record<string, string>> = {
    FORMATTED_TIME: 'FORMATTED_TIME yyyy-MM-dd',
    EXISTING_INDEX: 'EXISTING_INDEX MIN',
};

/** CMD_UNRESOLVED_VARIABLE for a use of what is not defined. */
export function unresolvedFault({ name, range, isGenerator }: VariableUse, names: DefinedNames): Fault {
    const details = { VARIABLE: `$(${name.text})`, NAME: name.text };
    if (isGenerator)
        return {
            code: CODE,
            range,
            message: `'$(${name.text})' has a value in 'define' only: define a variable with it, and use that one here.`,
            details: { ...details, SHAPE: 'generator' },
        };
    const near = {
        word: name.text,
        candidates: names,
        written: (candidate: string) => `$(${candidate})`,
        otherwise: `Define it first: 'define ${name.text} = VALUE'.`,
    };
    return { code: CODE, range, message: `No variable called '${name.text}' is defined before this.`, details, near };
}

function partFaults(instruction: Instruction): readonly Fault[] {
    switch (instruction.kind) {
        case 'create':
            return [
                ...componentFaults(instruction, instruction.component),
                ...nameFaults(instruction, instruction.name),
            ];
        case 'replicate':
        case 'rename':
            return nameFaults(instruction, instruction.name);
        case 'associate':
            return present(instruction, instruction.target, {
                code: 'CMD_INVALID_TARGET_ID',
                message: "The id of a target is missing after 'with'.",
                details: { VALUE: '' },
            });
        case 'changeStatus':
            return statusFaults(instruction, instruction.status);
        case 'email':
            return present(instruction, instruction.message, {
                code: 'CMD_EMAIL_NO_MESSAGE',
                message: "The message is missing after 'with'.",
            });
        case 'define':
            return [...definitionFaults(instruction, instruction.name), ...valueFaults(instruction)];
        case 'write':
        case 'append':
            return present(instruction, instruction.target, {
                code: 'CMD_MISSING_TARGET_FILE',
                message: "The path of a file is missing after 'into'.",
            });
        case 'execute':
            return commandFaults(instruction, instruction.command);
        case 'bulkOnPath':
        case 'bulkOnComponent':
        case 'malformed':
        case 'unrecognized':
            return [];
        default:
            return instruction satisfies never;
    }
}

type Missing = Pick<Fault, 'code' | 'message'> & { readonly details?: Readonly<Record<string, string>> };

/** A missing word is shown at the keyword it should follow. */
function present(instruction: Instruction, word: Word, fault: Missing): readonly Fault[] {
    return word.text === '' ? [{ ...fault, range: placeOfMissing(instruction, word) }] : [];
}

/** Where a word that is missing is shown: at the variable that stands for nothing, or at the keyword before it. */
export function placeOfMissing({ keywords, range }: Instruction, word: Word): Fault['range'] {
    if (word.range.column !== word.range.endColumn || word.range.line !== word.range.endLine) return word.range;
    const isBefore = (keyword: Word): boolean =>
        keyword.range.endLine < word.range.line ||
        (keyword.range.endLine === word.range.line && keyword.range.endColumn <= word.range.column);
    return keywords.findLast(isBefore)?.range ?? range;
}

function componentFaults(instruction: Instruction, component: Word): readonly Fault[] {
    return present(instruction, component, {
        code: 'CMD_MISSING_COMPONENT_NAME',
        message: "The component to create an instance of is missing after 'create'.",
    });
}

function nameFaults(instruction: Instruction, name: Word): readonly Fault[] {
    if (name.text === '')
        return present(instruction, name, {
            code: 'CMD_MISSING_INSTANCE_NAME',
            message: "The name of the instance is missing after 'as'.",
        });
    if (isFlexibleId(name.text)) return [];
    return [
        {
            code: 'CMD_INVALID_INSTANCE_NAME',
            range: name.range,
            message: `${quoted(name.text)} is not a valid instance name: it starts with a letter or '_' and goes on with letters, digits, '_', '-', '.' or spaces.`,
            details: { NAME: name.text, INSTANCE: name.text },
        },
    ];
}

function statusFaults(instruction: Instruction, word: Word): readonly Fault[] {
    const status = statusNamed(word.text);
    if (STABLE_STATUSES.includes(status)) return [];
    const range = word.text === '' ? placeOfMissing(instruction, word) : word.range;
    const supported = STABLE_STATUSES.join(', ');
    if (UNSTABLE_STATUSES.includes(status))
        return [
            {
                code: 'CMD_INSTABLE_INSTANCE_STATUS',
                range,
                message: `An instance only passes through ${quoted(status)}. These can be set: ${supported}.`,
                details: { VALUE: status, SUPPORTED: supported },
            },
        ];
    const message =
        word.text === ''
            ? `A status is missing after 'to': ${supported}.`
            : `No status is called ${quoted(status)}. These can be set: ${supported}.`;
    const details = { VALUE: status, SUPPORTED: supported, ...(word.text === '' ? { SHAPE: 'missing' } : {}) };
    const near = { word: status, candidates: () => STABLE_STATUSES };
    return [{ code: 'CMD_INVALID_INSTANCE_STATUS', range, message, details, near }];
}

function definitionFaults(instruction: Instruction, name: Word): readonly Fault[] {
    return present(instruction, name, {
        code: 'CMD_EMPTY_VARIABLE_NAME',
        message: "The name of the variable is missing after 'define'.",
    });
}

function valueFaults(instruction: Instruction & { readonly kind: 'define' }): readonly Fault[] {
    const { name, value } = instruction;
    const fault = valueFault(value.text);
    return fault === null ? [] : [valueFaultOf(fault, name, value)];
}

function valueFaultOf(fault: ValueFault, { text: name }: Word, { text, range }: Word): Fault {
    switch (fault.kind) {
        case 'mixedTime':
            return {
                code: 'CMD_NO_MIX_FOR_PATTERNS',
                range,
                message: `A date must be the whole value of '${name}': define a variable for the date, and use it in another one.`,
                details: { VARIABLE: text, NAME: name },
            };
        case 'index':
            return {
                code: 'CMD_INVALID_INDEX_PATTERN',
                range,
                message: `This is no query for an index: write '$(EXISTING_INDEX MIN)', '$(EXISTING_INDEX MAX)' or, with a bound, '$(EXISTING_INDEX MIN > 2)'.`,
                details: { VARIABLE: text },
            };
        case 'pattern':
            return {
                code: 'CMD_INVALID_DATE_PATTERN',
                range,
                message: patternMessage(fault),
                details: {
                    VALUE: fault.pattern,
                    SHAPE: fault.fault.kind,
                    ...(fault.fault.kind === 'letter' ? { LETTER: fault.fault.letter } : {}),
                },
            };
        default:
            return fault satisfies never;
    }
}

function patternMessage({ pattern, fault }: ValueFault & { readonly kind: 'pattern' }): string {
    switch (fault.kind) {
        case 'empty':
            return "The pattern of the date is missing: write one, such as 'yyyy-MM-dd'.";
        case 'letter':
            return `'${fault.letter}' stands for no part of a date in ${quoted(pattern)}: put texts between quotes.`;
        case 'openQuote':
            return `A quote of ${quoted(pattern)} is not closed.`;
        case 'zone':
            return `A time zone has at most three letters 'X' in ${quoted(pattern)}.`;
        default:
            return fault satisfies never;
    }
}

function commandFaults(instruction: Instruction, command: Word): readonly Fault[] {
    return present(
        instruction,
        { ...command, text: commandNamed(command.text) },
        {
            code: 'CMD_MISSING_COMMAND_NAME',
            message: "The name of the command file to execute is missing after 'execute'.",
        },
    );
}

/** The name in `execute`, which may have the extension of the file. */
export function commandNamed(text: string): string {
    return text.endsWith('.commands') ? text.slice(0, -'.commands'.length) : text;
}

/** A text of the file in a message: long ones are cut. */
export function quoted(text: string): string {
    return text.length > 80 ? `'${text.slice(0, 80)}…'` : `'${text}'`;
}
