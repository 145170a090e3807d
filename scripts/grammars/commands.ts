/** Commands: an instruction a line, or several when a line ends with a backslash. Made from the forms of the instructions. */
import { GENERATORS } from '../../language/commands/variables.ts';
import { FORMS } from '../../language/commands/instruction.ts';
import { STABLE_STATUSES, UNSTABLE_STATUSES } from '../../language/commands/status.ts';
import { anyOf, captures, COMMENT, grammar, include, type Pattern } from './pattern.ts';

/** The scope of what stands in a form, by its placeholder; the others are text. */
const ROLES: Readonly<Record<string, string>> = {
    COMPONENT: 'entity.name.type.class',
    NAME: 'entity.name.type.module',
    TARGET: 'constant.other.target',
    COMMAND: 'entity.name.function',
    FILE: 'string.unquoted.path',
    ADDRESS: 'string.unquoted.address',
};

const NAME = '[A-Za-z_][\\w.-]*';

/** The end of a line that does not go on behind a backslash; editors put a line feed behind each line. */
const END = '(?<![\\\\\\n])$';

/** The grammar of command files. */
export function commandsGrammar(): Pattern {
    const instructions = [...Object.entries(FORMS), ...bulkForms()].map(([kind, form]) => instruction(kind, form));
    return grammar('Roboconf Commands', 'roboconf-commands', {
        patterns: [
            include('comment'),
            ...instructions,
            { match: '^\\s*[^\\s#].*$', name: 'invalid.illegal.instruction' },
        ],
        repository: {
            comment: COMMENT,
            variable: variable(),
            path: { match: '(?<!\\S)/[\\w./-]*(?: [\\w.-]+/[\\w./-]*)*', name: 'string.unquoted.path' },
            continuation: { match: '\\\\$', name: 'punctuation.separator.continuation' },
            text: { match: '[^\\s#$\\\\]+', name: 'string.unquoted' },
        },
    });
}

/** The forms of the other verbs that concern several instances. */
function bulkForms(): readonly (readonly [string, string])[] {
    const verbs = ['deploy and start all', 'undeploy all', 'delete all', 'delete'];
    return verbs.flatMap((verb) => [
        ['bulkOnComponent', `${verb} instances of COMPONENT`] as const,
        ['bulkOnPath', `${verb} /PATH`] as const,
    ]);
}

/** The small words of a form are fixed, the capitals stand for something. */
function instruction(kind: string, form: string): Pattern {
    const { verb = '', rest = '' } = /^(?<verb>[a-z ]*[a-z])\s(?<rest>.*)$/.exec(form)?.groups ?? {};
    const role = subjectOf(kind, rest);
    const joints = [...rest.matchAll(/\b(?<word>[a-z]+) (?<role>\/?[A-Z]+)/g)].map(({ groups }) =>
        joint(groups?.['word'] ?? '', groups?.['role'] ?? ''),
    );
    return {
        begin: `^\\s*((?i:${anyOf([verb])}))(?=\\s|$)${role === null ? '' : `(?:\\s+(${NAME}))?`}`,
        beginCaptures: captures('keyword.control.instruction', role),
        end: END,
        name: `meta.instruction.${kind}`,
        patterns: [
            include('comment'),
            include('continuation'),
            ...(kind === 'define' ? [definition()] : []),
            ...(kind === 'changeStatus' ? [status()] : []),
            include('variable'),
            include('path'),
            ...joints,
            include('text'),
        ],
    };
}

/** The scope of the word behind the verb; null when it is no simple word. */
function subjectOf(kind: string, rest: string): string | null {
    const [first = ''] = /^[A-Z]+/.exec(rest) ?? [];
    return kind === 'define' || first === 'ADDRESS' ? null : (ROLES[first] ?? null);
}

/** A fixed word between two parts. The last one of a line divides it. */
function joint(word: string, role: string): Pattern {
    const scope = ROLES[role];
    const object = scope === undefined ? '' : `(?:\\s+(${role === 'FILE' ? '[^\\s#$]+' : NAME}))?`;
    return {
        match: `(?<=\\s)((?i:${word}))(?=\\s|$)(?!.*\\s(?i:${word})\\s)${object}`,
        captures: captures('keyword.other.joint', scope ?? null),
    };
}

/** `name =`, and what only a definition may hold. */
function definition(): Pattern {
    return {
        patterns: [
            {
                match: '\\G\\s*([^=#$\\\\]+?)\\s*(=)',
                captures: captures('variable.other.definition', 'keyword.operator.assignment'),
            },
            {
                match: '(?<=\\s)((?i:under))(?=\\s)(?!.*\\s(?i:under)\\s)',
                captures: captures('keyword.other.joint'),
            },
        ],
    };
}

/** A state, with blanks or underscores between its words. */
function status(): Pattern {
    const words = [...STABLE_STATUSES, ...UNSTABLE_STATUSES].map((name) => name.toLowerCase().replaceAll('_', '[_ ]'));
    const all = [...words, 'deployed[_ ]and[_ ](?:started|stopped)'].sort((a, b) => b.length - a.length);
    return { match: `(?<=\\s)(?i:${all.join('|')})(?=\\s*(?:#|$))`, name: 'constant.language.status' };
}

/** `$(name)`; generators have names of their own. */
function variable(): Pattern {
    const names = GENERATORS.map((generator) => generator.replaceAll(/[$()]/g, '').trim());
    return {
        patterns: [
            {
                match: `(\\$\\()(${anyOf(names)})(?:\\s+([^)]*))?(\\))`,
                captures: captures(
                    'punctuation.definition.variable.begin',
                    'support.function.generator',
                    'constant.other.pattern',
                    'punctuation.definition.variable.end',
                ),
            },
            {
                match: '(\\$\\()([^)]*)(\\))',
                captures: captures(
                    'punctuation.definition.variable.begin',
                    'variable.other',
                    'punctuation.definition.variable.end',
                ),
            },
        ],
    };
}
