/** The one place where a command ends: what failed is told with what can be done, what is broken is logged with its stack, what was given up is silent. */
import * as vscode from 'vscode';
import { isAbort } from './cancellation.ts';
import { failureText, remedyTitle, type Failure, type Remedy } from './failures.ts';
import type { Log } from './log.ts';
import type { Outcome } from './outcome.ts';

export interface Boundary {
    /** Runs an action to its end and tells the user when it must. Never rejects. */
    readonly run: (title: string, action: () => Promise<Outcome<unknown>>) => Promise<void>;
    /** As `run`, for work nobody waits for: its failures are only logged. */
    readonly background: (title: string, action: () => Promise<Outcome<unknown>>) => void;
}

/** What a remedy does; null = against a fault of the extension. */
export type Remedies = Readonly<Record<Remedy, (failure: Failure | null) => PromiseLike<unknown>>>;

/** A boundary that logs to `log` and offers `remedies` with what failed. */
export function createBoundary(log: Log, remedies: Remedies): Boundary {
    const guarded = async (title: string, action: () => Promise<Outcome<unknown>>): Promise<Problem | undefined> => {
        try {
            const outcome = await action();
            return outcome.kind === 'failed' ? { kind: 'failure', failure: outcome.failure } : undefined;
        } catch (fault) {
            if (isAbort(fault)) return undefined;
            log.error(`${title}: a fault of the extension`, fault);
            return { kind: 'bug', message: fault instanceof Error ? fault.message : String(fault) };
        }
    };
    const tell = async (title: string, problem: Problem): Promise<void> => {
        const { message, remedies: offered } =
            problem.kind === 'failure' ? failureText(problem.failure) : bugText(title, problem.message);
        if (problem.kind === 'failure') log.warn(`${title}: ${message}`);
        const titles = offered.map(remedyTitle);
        const chosen = await vscode.window.showErrorMessage(message, ...titles);
        const remedy = offered.find((each) => remedyTitle(each) === chosen);
        if (remedy !== undefined) await remedies[remedy](problem.kind === 'failure' ? problem.failure : null);
    };
    return {
        run: async (title, action) => {
            const problem = await guarded(title, action);
            // The message stays until it is answered; the command itself has ended.
            if (problem !== undefined) tell(title, problem).catch((fault: unknown) => log.error(title, fault));
        },
        background: (title, action) => {
            void guarded(title, action).then((problem) => {
                if (problem?.kind === 'failure') log.warn(`${title}: ${failureText(problem.failure).message}`);
            });
        },
    };
}

type Problem =
    { readonly kind: 'failure'; readonly failure: Failure } | { readonly kind: 'bug'; readonly message: string };

function bugText(title: string, message: string): { readonly message: string; readonly remedies: readonly Remedy[] } {
    const text = vscode.l10n.t('{0} failed because of a fault in the extension: {1}', title, message);
    return { message: text, remedies: ['showLog'] };
}
