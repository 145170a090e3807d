/**
 * What is said about each fault of a text: P_ and PM_ codes are the language's own (reference: language, sections 4.1 and 4.2), X_ codes are ours.
 * Messages address someone who has not read the reference: the cause, then the cure.
 */
import type { Severity } from '../finding.ts';
import type { FileFinding, RelatedText, TextRange } from './parsed-file.ts';

/** Facts a message is made from; they become the details of the finding. */
export type Facts = Readonly<Record<string, string>>;

interface Entry {
    readonly severity: Severity;
    readonly message: (facts: Facts) => string;
}

const CATALOGUE = {
    P_ONE_BLOCK_PER_LINE: error(
        () => 'Only one instruction may stand on a line: move what follows the semicolon to a line of its own.',
    ),
    P_PROPERTY_ENDS_WITH_SEMI_COLON: error(
        (f) => `The property '${f['NAME']}' must end with a semicolon, on the same line.`,
    ),
    P_IMPORT_ENDS_WITH_SEMI_COLON: error(
        (f) => `The import of '${f['NAME']}' must end with a semicolon, on the same line.`,
    ),
    P_O_C_BRACKET_EXTRA_CHARACTERS: error(
        () => "Nothing may follow the opening bracket '{' on its line: move this to the next line.",
    ),
    P_C_C_BRACKET_EXTRA_CHARACTERS: error(() => "Nothing but a comment may follow a closing bracket '}' on its line."),
    P_O_C_BRACKET_MISSING: error(
        (f) => `An opening bracket '{' is missing behind ${f['SUBJECT']}: add it at the end of this line.`,
    ),
    P_C_C_BRACKET_MISSING: error(
        (f) => `The block of ${f['SUBJECT']} is not closed: it must end with a '}' on a line of its own.`,
    ),
    P_UNRECOGNIZED_BLOCK: error(unrecognized),
    P_INVALID_PROPERTY: error(invalidProperty),
    P_INVALID_PROPERTY_OR_INSTANCE: error(invalidProperty),
    P_INVALID_FILE_TYPE: error(
        () =>
            'A file holds either components and facets, or instances, but not both: move the instances to an .instances file.',
    ),
    P_EMPTY_FILE: warning((f) =>
        f['BROKEN'] === undefined
            ? 'This file declares nothing.'
            : 'Nothing in this file counts until the header of its first block is mended.',
    ),
    PM_EMPTY_PROPERTY_VALUE: error(
        (f) => `The property '${f['NAME']}' has no value: write one between the colon and the semicolon.`,
    ),
    PM_EMPTY_IMPORT_LOCATION: error(
        () => "This import names no file: write a path between 'import' and the semicolon.",
    ),
    PM_EMPTY_FACET_NAME: error(() => "A facet needs a name, between 'facet' and the opening bracket."),
    PM_EMPTY_REFERENCED_NAME: error((f) => `A name is missing in '${f['PROPERTY']}': there is a comma too many.`),
    PM_EMPTY_COMPONENT_NAME: error((f) =>
        f['INSTANCE'] === undefined
            ? 'A component needs a name, before the opening bracket.'
            : "The name of a component must follow 'instance of'.",
    ),
    PM_EMPTY_VARIABLE_NAME: error(
        (f) => `The name of a variable is missing in '${f['PROPERTY']}'. Is there a comma too many?`,
    ),
    PM_INVALID_CHILD_NAME: error((f) =>
        f['NAME'] === ''
            ? "A name is missing in 'children': there is a comma too many."
            : `${quoted(f, 'NAME')} cannot be a child: ${A_NAME}.`,
    ),
    PM_INVALID_NAME: error((f) => `${quoted(f, 'NAME')} is not a valid name: ${cureForName(f['NAME'] ?? '')}.`),
    PM_INVALID_EXPORT_COMPLEX_VALUE: error(
        (f) =>
            `The quoted value of '${f['VARIABLE']}' is malformed: the quotes must surround the whole value, up to the comma or the semicolon, and cannot be escaped.`,
    ),
    PM_INVALID_EXPORTED_VAR_NAME: error(
        (f) => `${quoted(f, 'VARIABLE')} is not a valid name for a variable: ${A_NAME}.`,
    ),
    PM_EXTERNAL_IS_KEYWORD_FOR_IMPORTS: error(
        () => "'external' only has a meaning in 'imports': remove it from this export.",
    ),
    PM_INVALID_IMPORTED_VAR_NAME: error(
        (f) =>
            `${quoted(f, 'VARIABLE')} cannot be imported: write 'Type.variable' or 'Type.*', then '(optional)' if need be.`,
    ),
    PM_INVALID_INSTALLER_NAME: error(
        (f) =>
            `${quoted(f, 'NAME')} is not a valid installer: it starts with a letter and goes on with letters, digits, '_', '-', '.' or blanks.`,
    ),
    PM_INVALID_INSTANCE_COUNT: error(
        (f) => `${quoted(f, 'VALUE')} is not a valid count: write an integer greater than 0, with nothing around it.`,
    ),
    PM_USELESS_INSTANCE_COUNT: warning(() => 'A count of 1 changes nothing: remove it.'),
    PM_PROPERTY_NOT_APPLIABLE: error(
        (f) =>
            `A ${f['BLOCK']} has no property '${f['NAME']}'. ${f['SUGGESTION'] === undefined ? `It can have: ${f['SUPPORTED']}.` : `Did you mean '${f['SUGGESTION']}'?`}`,
    ),
    PM_DUPLICATE_PROPERTY: error((f) => `'${f['NAME']}' is already set in this block: keep only one of them.`),
    PM_MISSING_INSTANCE_NAME: error((f) =>
        f['SUGGESTION'] === undefined
            ? "An instance needs a name: add 'name: …;' to its block."
            : `An instance needs a name. Is '${f['MISSPELLED']}' meant to be '${f['SUGGESTION']}'?`,
    ),
    PM_INVALID_INSTANCE_NAME: error(
        (f) =>
            `${quoted(f, 'NAME')} is not a valid name for an instance: it starts with a letter and goes on with letters, digits, '_', '-', '.' or blanks.`,
    ),
    PM_DOT_IS_NOT_ALLOWED: error((f) => `The name of a ${f['BLOCK']} cannot hold a dot: '${f['NAME']}'.`),
    PM_INCOMPLETE_IMPORTED_VAR_NAME: error(
        (f) =>
            `${quoted(f, 'VARIABLE')} lacks a part: an import names the type and the variable, as in 'Type.variable' or 'Type.*'.`,
    ),
    X_WORDS_BEFORE_PROPERTY: warning((f) => `This is ignored: only '${f['NAME']}' and what follows it counts.`),
    X_WORDS_BEFORE_IMPORT: warning(() => "This is ignored, because the line holds 'import' further on."),
    X_DOUBLED_BRACKET: warning(() => 'One opening bracket is enough: this one is ignored.'),
    X_INSTANCE_IN_TYPE: warning(
        (f) => `Instances inside a ${f['BLOCK']} are ignored: declare them in an .instances file.`,
    ),
    X_EXTERNAL_GLUED: warning((f) => `This is read as 'external ${f['NAME']}': write the blank, or rename the type.`),
    X_EXTRA_COMMA: warning(() => 'This comma is ignored: remove it.'),
    X_UNCLOSED_QUOTE: warning((f) => `The value of '${f['VARIABLE']}' is read as an empty text: close the quotes.`),
    X_TOO_DEEP: error(() => `Instances may be nested 256 times at most: what is inside this one is not looked at.`),
    X_UNEXPECTED_CHARACTER: warning((f) => UNEXPECTED[f['CHARACTER'] ?? ''] ?? `This character should not be here.`),
    X_LONE_CARRIAGE_RETURN: warning(
        () => 'A carriage return alone does not end a line: save the file with line feeds, or with both.',
    ),
    X_TOO_MANY_ITEMS: error(() => 'A value may have 100,000 items at most: the rest is not looked at.'),
    X_TOO_MANY_WORDS: error(() => 'This file says more than can be looked at: split it. What follows is ignored.'),
    X_TOO_MANY_FINDINGS: information(() => 'There are more findings in this file; correct some of these first.'),
} as const satisfies Readonly<Record<string, Entry>>;

/** The codes that a text alone can have. */
export type FileCode = keyof typeof CATALOGUE;

/** Every code a text alone can have, for tests and documentation. */
export const FILE_CODES: readonly string[] = Object.keys(CATALOGUE);

/** The severity of each of them. */
export const FILE_SEVERITIES: Readonly<Record<string, Severity>> = Object.fromEntries(
    Object.entries(CATALOGUE).map(([code, { severity }]) => [code, severity]),
);

/** Makes the finding of a code at a place. Facts whose name is not a detail of the language only serve the message. */
export function findingOf(
    code: FileCode,
    range: TextRange,
    facts: Facts = {},
    related: readonly RelatedText[] = [],
): FileFinding {
    const { severity, message } = CATALOGUE[code];
    return { code, severity, message: message(facts), range, details: facts, related };
}

const A_NAME = "a name starts with a letter or '_' and goes on with letters, digits, '_', '-' or '.'";
const LONGEST_QUOTE = 60;

function quoted(facts: Facts, key: string): string {
    const text = facts[key] ?? '';
    if (text === '') return 'An empty text';
    return text.length > LONGEST_QUOTE ? `'${text.slice(0, LONGEST_QUOTE)}…'` : `'${text}'`;
}

const UNEXPECTED: Readonly<Record<string, string>> = {
    'U+FFFD': 'The bytes of this character are not valid UTF-8: write it again, and save the file as UTF-8.',
    'U+0000': 'There is a character without meaning here (NUL): remove it. Is this a text file?',
    'U+FEFF': 'There is an invisible byte order mark here, which belongs to the beginning of a file only: remove it.',
};

const UNRECOGNIZED: Readonly<Record<string, (facts: Facts) => string>> = {
    closing: () => "No block is open here: remove this '}'.",
    property: (f) => `A property must stand inside a block: '${f['NAME']}' is outside any.`,
    import: () => "An import is written 'import path;', with a blank after the word.",
};

const INVALID_PROPERTY: Readonly<Record<string, (facts: Facts) => string>> = {
    unclosed: (f) => `The block of ${f['SUBJECT']} is not closed: add a '}' on a line of its own before this.`,
    nested: (f) => `This cannot stand inside ${f['SUBJECT']}: move it out of the block.`,
    import: (f) => `An import cannot stand inside ${f['SUBJECT']}: move it out of the block.`,
    header: (f) => `An instance is written 'instance of ${f['NAME'] || 'component'} {', on one line.`,
};

/** People who know other languages write a keyword before the name. */
function cureForName(name: string): string {
    const [, keyword, rest] = /^(\w+)\s+([\w-]+)$/.exec(name) ?? [];
    if (keyword === 'component') return `write '${rest} {', a component needs no keyword`;
    if (keyword === 'instance') return `write 'instance of ${rest} {'`;
    return A_NAME;
}

function unrecognized(facts: Facts): string {
    const known = UNRECOGNIZED[facts['SHAPE'] ?? ''];
    return (
        known?.(facts) ??
        "This is not understood: expected 'import path;', 'facet name {', 'instance of component {' or 'component {'."
    );
}

function invalidProperty(facts: Facts): string {
    const known = INVALID_PROPERTY[facts['SHAPE'] ?? ''];
    return (
        known?.(facts) ??
        `This is not a property of ${facts['SUBJECT']}: a property is written 'name: value;', on one line.`
    );
}

function error(message: Entry['message']): Entry {
    return { severity: 'error', message };
}

function warning(message: Entry['message']): Entry {
    return { severity: 'warning', message };
}

function information(message: Entry['message']): Entry {
    return { severity: 'information', message };
}
