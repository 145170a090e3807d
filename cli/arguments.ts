/** Reads the words after a verb by the verb's own table of options. What is not understood is said, never ignored. */
import { parseArgs } from 'node:util';

export interface OptionSpec {
    readonly type: 'string' | 'boolean';
    /** Placeholder in the help text of an option with a value. */
    readonly value?: string;
    /** The only values accepted. */
    readonly choices?: readonly string[];
    readonly multiple?: boolean;
    readonly help: string;
}

export type OptionTable = Readonly<Record<string, OptionSpec>>;

export interface Arguments {
    readonly positionals: readonly string[];
    readonly text: (name: string) => string | undefined;
    readonly flag: (name: string) => boolean;
}

export type ArgumentsOrFault =
    { readonly kind: 'arguments'; readonly value: Arguments } | { readonly kind: 'fault'; readonly message: string };

export function readArguments(words: readonly string[], table: OptionTable): ArgumentsOrFault {
    try {
        const { values, positionals } = parseArgs({
            args: [...words],
            allowPositionals: true,
            strict: true,
            options: Object.fromEntries(Object.entries(table).map(([name, spec]) => [name, { type: spec.type }])),
        });
        const wrong = Object.entries(table).find(([name, spec]) => !isChoice(values[name], spec));
        if (wrong !== undefined) return fault(`--${wrong[0]} takes one of: ${(wrong[1].choices ?? []).join(', ')}`);
        return { kind: 'arguments', value: argumentsOf(values, positionals) };
    } catch (error) {
        return fault(error instanceof Error ? error.message : String(error));
    }
}

function isChoice(value: unknown, spec: OptionSpec): boolean {
    return typeof value !== 'string' || spec.choices === undefined || spec.choices.includes(value);
}

function argumentsOf(values: Readonly<Record<string, unknown>>, positionals: readonly string[]): Arguments {
    return {
        positionals,
        text: (name) => {
            const value = values[name];
            return typeof value === 'string' ? value : undefined;
        },
        flag: (name) => values[name] === true,
    };
}

function fault(message: string): ArgumentsOrFault {
    return { kind: 'fault', message };
}
