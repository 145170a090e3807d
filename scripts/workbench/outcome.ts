/** What a step that may fail gives back: its value, or one text a person can act on. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** The good outcome of `value`. */
export const success = <T>(value: T): Outcome<T> => ({ ok: true, value });

/** The bad outcome, with the text that is shown to the person at the terminal. */
export const failed = (reason: string): Outcome<never> => ({ ok: false, reason });

/** Shows one line of progress. Standard error, so that results on standard output stay clean. */
export const announce = (line: string): void => {
    process.stderr.write(`${line}\n`);
};
