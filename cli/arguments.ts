/** Reads the words after a verb by the verb's own table of options. What is not understood is said, never ignored. */
import { parseArgs } from 'node:util';
import { nearestOf } from './nearest.ts';

export interface OptionSpec {
    readonly type: 'string' | 'boolean';
    /** One letter that stands for it behind a single `-`. */
    readonly short?: string;
    /** Placeholder in the help text of an option with a value. */
    readonly value?: string;
    /** The only values accepted. */
    readonly choices?: readonly string[];
    /** May be given several times. */
    readonly isRepeatable?: boolean;
    /** What a shell offers as its value when there are no choices. */
    readonly completes?: 'file' | 'deployment' | 'target';
    readonly help: string;
}

export type OptionTable = Readonly<Record<string, OptionSpec>>;

export interface Arguments {
    readonly positionals: readonly string[];
    readonly text: (name: string) => string | undefined;
    /** All values of an option that may be given several times, in order. */
    readonly texts: (name: string) => readonly string[];
    readonly flag: (name: string) => boolean;
}

export type ArgumentsOrFault =
    { readonly kind: 'arguments'; readonly value: Arguments } | { readonly kind: 'fault'; readonly message: string };

/** The words by the table, or what is wrong with them. A value given twice is a fault: only one of the two could be obeyed. */
export function readArguments(words: readonly string[], table: OptionTable): ArgumentsOrFault {
    const { values, positionals, tokens } = parseArgs({
        args: [...words],
        allowPositionals: true,
        strict: false,
        tokens: true,
        options: Object.fromEntries(Object.entries(table).map(([name, spec]) => [name, parserOption(spec)])),
    });
    const given = tokens.filter((token) => token.kind === 'option');
    const message =
        first(given, (token) => tokenFault(token, table)) ??
        repeated(given.filter(({ name }) => isSingle(table[name])).map(({ name }) => name)) ??
        first(Object.entries(table), ([name, spec]) => choiceFault(name, values[name], spec));
    if (message !== undefined) return { kind: 'fault', message };
    return { kind: 'arguments', value: argumentsOf(values, positionals) };
}

interface OptionToken {
    readonly name: string;
    readonly rawName: string;
    readonly value: string | undefined;
    readonly inlineValue: boolean | undefined;
}

interface ParserOption {
    readonly type: 'string' | 'boolean';
    readonly multiple: boolean;
    readonly short?: string;
}

function parserOption({ type, short, isRepeatable = false }: OptionSpec): ParserOption {
    return { type, multiple: isRepeatable, ...(short === undefined ? {} : { short }) };
}

function isSingle(spec: OptionSpec | undefined): boolean {
    return spec?.type === 'string' && spec.isRepeatable !== true;
}

function tokenFault({ name, rawName, value, inlineValue }: OptionToken, table: OptionTable): string | undefined {
    const spec = Object.hasOwn(table, name) ? table[name] : undefined;
    if (spec === undefined) return unknownOption(rawName, table);
    if (spec.type === 'boolean') return value === undefined ? undefined : `--${name} takes no value`;
    if (value === undefined || value === '') return `--${name} needs a value: --${name} ${spec.value ?? 'VALUE'}`;
    const looksLikeOption = inlineValue !== true && value.startsWith('-') && value.length > 1;
    return looksLikeOption ? `--${name} needs a value; write --${name}=${value} when '${value}' is meant` : undefined;
}

function unknownOption(rawName: string, table: OptionTable): string {
    const nearest = nearestOf(rawName.replace(/^-+/, ''), Object.keys(table));
    return `there is no option ${rawName}${nearest === undefined ? '' : `; did you mean --${nearest}?`}`;
}

function choiceFault(name: string, value: unknown, spec: OptionSpec): string | undefined {
    if (typeof value !== 'string' || spec.choices === undefined || spec.choices.includes(value)) return undefined;
    const nearest = nearestOf(value, spec.choices);
    return `--${name} takes one of: ${spec.choices.join(', ')}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
}

function repeated(names: readonly string[]): string | undefined {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    return twice === undefined ? undefined : `--${twice} is given twice`;
}

function first<Item>(list: readonly Item[], faultOf: (item: Item) => string | undefined): string | undefined {
    for (const item of list) {
        const fault = faultOf(item);
        if (fault !== undefined) return fault;
    }
    return undefined;
}

function argumentsOf(values: Readonly<Record<string, unknown>>, positionals: readonly string[]): Arguments {
    return {
        positionals,
        text: (name) => {
            const value = values[name];
            return typeof value === 'string' ? value : undefined;
        },
        texts: (name) => {
            const value = values[name];
            return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
        },
        flag: (name) => values[name] === true,
    };
}
