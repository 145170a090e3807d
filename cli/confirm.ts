/** Asking before something is done that cannot be undone. */
import { createInterface } from 'node:readline/promises';
import type { Arguments } from './arguments.ts';
import type { Output } from './output.ts';
import type { ExitCode } from './verb.ts';

/** Null when the user agrees, by `--yes` or by answering; else the exit code, and what was missing has been said. */
export async function declinedCode(
    verb: string,
    { question, args, output }: { readonly question: string; readonly args: Arguments; readonly output: Output },
    signal: AbortSignal,
): Promise<ExitCode | null> {
    if (args.flag('yes')) return null;
    if (!output.interactive) {
        output.fault(`roboconf ${verb}: add --yes; there is no terminal to ask for confirmation.`);
        return 2;
    }
    if (await agreed(question, signal)) return null;
    output.fault(`roboconf ${verb}: nothing was changed.`);
    return 2;
}

/** Asks at the terminal; anything but yes is a no. */
export async function agreed(question: string, signal: AbortSignal): Promise<boolean> {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl+C and Ctrl+D are no agreement.
    const left = new AbortController();
    terminal.once('close', () => left.abort());
    try {
        const answer = await terminal.question(`${question} [y/N] `, {
            signal: AbortSignal.any([left.signal, signal]),
        });
        return /^y(es)?$/i.test(answer.trim());
    } catch (error) {
        if (!left.signal.aborted) throw error;
        process.stderr.write('\n');
        return false;
    } finally {
        terminal.close();
    }
}
