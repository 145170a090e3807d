/** What a verb of the command line is. */
import type { Arguments, OptionTable } from './arguments.ts';
import type { Output } from './output.ts';

/** 0 fine, 1 errors found or a failed run, 2 wrong usage, 3 internal fault. */
export type ExitCode = 0 | 1 | 2 | 3;

export type VerbGroup = 'writing' | 'deploying' | 'looking' | 'tools';

/** One word behind a verb: what it names decides what a shell offers for it. */
export type Operand =
    'application' | 'model' | 'instance' | 'run' | 'shell' | 'action' | 'journalAction' | 'target' | 'none';

export interface Verb {
    readonly group: VerbGroup;
    readonly summary: string;
    /** Words after the verb, for the help text: `[DIR] [PATH…]`. */
    readonly operands: string;
    /** What the first word names, and what every further one. */
    readonly operandKinds: readonly [Operand, Operand];
    /** Command lines with what they do, for the help text. */
    readonly examples: readonly (readonly [string, string])[];
    readonly options: OptionTable;
    readonly run: (args: Arguments, output: Output, signal: AbortSignal) => Promise<ExitCode>;
}

/** The options every verb has. */
const COMMON = {
    quiet: { type: 'boolean', short: 'q', help: 'no progress and no remarks: results and faults only' },
    help: { type: 'boolean', short: 'h', help: 'shows this text' },
} as const satisfies OptionTable;

/** Options that several verbs share. */
export const FORMAT = {
    format: {
        type: 'string',
        value: 'FORMAT',
        choices: ['text', 'json'],
        help: 'text (default) or json: one JSON object per line',
    },
} as const satisfies OptionTable;

export const NAME = {
    name: {
        type: 'string',
        value: 'NAME',
        completes: 'deployment',
        help: "name of the deployment (default: the application's name)",
    },
} as const satisfies OptionTable;

export const YES = {
    yes: { type: 'boolean', short: 'y', help: 'does not ask for confirmation' },
} as const satisfies OptionTable;

/** The options a verb understands: its own, then those of all. */
export function optionsOf(verb: Verb): OptionTable {
    return { ...verb.options, ...COMMON };
}

/** Whether the user asked for one JSON object per line. */
export function wantsJson(args: Arguments): boolean {
    return args.text('format') === 'json';
}

/** Says what is wrong with the words after a verb. */
export function usageFault(output: Output, verb: string, message: string): ExitCode {
    output.fault(`roboconf ${verb}: ${message}`);
    return 2;
}
