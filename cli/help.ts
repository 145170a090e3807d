/** Help texts, made from the table of verbs. */
import type { OptionSpec } from './arguments.ts';
import { optionsOf, type Verb, type VerbGroup } from './verb.ts';

export type VerbTable = ReadonlyMap<string, Verb>;

const GROUPS: readonly (readonly [VerbGroup, string])[] = [
    ['writing', 'Writing a model'],
    ['deploying', 'Deploying'],
    ['looking', 'Looking at deployments'],
    ['tools', 'Tools'],
];

/** The overview: every verb with one line. */
export function help(verbs: VerbTable): string {
    const width = Math.max(...[...verbs.keys()].map((name) => name.length));
    const groups = verbsByGroup(verbs).flatMap(({ title, members }) => [
        `${title}:`,
        ...members.map(([name, verb]) => `  ${name.padEnd(width)}  ${verb.summary}`),
        '',
    ]);
    return [
        'usage: roboconf [-C DIR] VERB [DIR|FILE…] [options]',
        '',
        ...groups,
        "'roboconf help VERB' shows a verb's options and examples.",
        '-C DIR works in another directory; --version shows the version.',
        ...ENVIRONMENT,
        EXIT_CODES,
    ].join('\n');
}

/** Everything about one verb. */
export function helpOf(name: string, verb: Verb): string {
    const rows = Object.entries(optionsOf(verb)).map(
        ([option, spec]) => [optionText(option, spec), spec.help] as const,
    );
    const width = Math.max(...rows.map(([left]) => left.length));
    const examples = verb.examples.flatMap(([command, meaning]) => [`  ${command}`, `      ${meaning}`]);
    return [
        `usage: ${usageOf(name, verb)}`,
        '',
        verb.summary,
        '',
        'Options:',
        ...rows.map(([left, text]) => `  ${left.padEnd(width)}  ${text}`),
        '',
        ...(examples.length === 0 ? [] : ['Examples:', ...examples, '']),
        EXIT_CODES,
    ].join('\n');
}

/** The verbs under the titles of their groups, in the order of the table. */
export function verbsByGroup(
    verbs: VerbTable,
): readonly { readonly title: string; readonly members: readonly (readonly [string, Verb])[] }[] {
    return GROUPS.map(([group, title]) => ({ title, members: [...verbs].filter(([, verb]) => verb.group === group) }));
}

/** `roboconf check [DIR|FILE…] [options]`. */
export function usageOf(name: string, verb: Verb): string {
    return `roboconf ${[name, verb.operands].filter((word) => word !== '').join(' ')} [options]`;
}

/** `-q, --quiet` or `--seed NUMBER`. */
export function optionText(name: string, { type, value, short }: OptionSpec): string {
    const long = type === 'string' ? `--${name} ${value ?? 'VALUE'}` : `--${name}`;
    return short === undefined ? long : `-${short}, ${long}`;
}

const ENVIRONMENT: readonly string[] = [
    'Environment: ROBOCONF_STATE says where deployments are kept, NO_COLOR switches colours off.',
];

const EXIT_CODES = 'Exit codes: 0 fine, 1 errors found or a failed run, 2 wrong usage, 3 internal fault.';
