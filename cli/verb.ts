/** What a verb of the command line is. */
import type { Arguments, OptionTable } from './arguments.ts';
import type { Output } from './output.ts';

/** 0 fine, 1 errors found or a failed run, 2 wrong usage, 3 internal fault. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Verb {
    readonly summary: string;
    /** Words after the verb, for the help text: `[DIR] [PATH…]`. */
    readonly operands: string;
    readonly options: OptionTable;
    readonly run: (args: Arguments, output: Output, signal: AbortSignal) => Promise<ExitCode>;
}

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
    name: { type: 'string', value: 'NAME', help: "name of the deployment (default: the application's name)" },
} as const satisfies OptionTable;

/** Whether the user asked for one JSON object per line. */
export function wantsJson(args: Arguments): boolean {
    return args.text('format') === 'json';
}

/** Says what is wrong with the words after a verb. */
export function usageFault(output: Output, verb: string, message: string): ExitCode {
    output.note(`roboconf ${verb}: ${message}`);
    return 2;
}
