/** Help texts, made from the table of verbs. */
import type { OptionSpec } from './arguments.ts';
import type { Verb } from './verb.ts';

export function help(verbs: ReadonlyMap<string, Verb>): string {
    const lines = [...verbs].map(([name, verb]) => `  ${name.padEnd(10)} ${verb.summary}`);
    return [
        'usage: roboconf VERB [DIR] [options]',
        '',
        ...lines,
        '',
        "'roboconf help VERB' shows a verb's options.",
        exitCodes(),
    ].join('\n');
}

export function helpOf(name: string, verb: Verb): string {
    const options = Object.entries(verb.options).map(optionLine);
    return [
        `usage: roboconf ${name} ${verb.operands} [options]`,
        '',
        verb.summary,
        '',
        ...options,
        '',
        exitCodes(),
    ].join('\n');
}

function optionLine([name, spec]: readonly [string, OptionSpec]): string {
    const left = spec.type === 'string' ? `--${name} ${spec.value ?? 'VALUE'}` : `--${name}`;
    return `  ${left.padEnd(22)} ${spec.help}`;
}

function exitCodes(): string {
    return 'Exit codes: 0 fine, 1 errors found or a failed run, 2 wrong usage, 3 internal fault.';
}
