/** The forms of names (reference: language, section 2.3). All are ASCII; the whole text must match. */

const ID = /^[a-zA-Z_][\w.-]*$/;
const FLEXIBLE_ID = /^[a-zA-Z_][\w .-]*$/;
const IMPORTED = /^[a-zA-Z_][\w.-]*(?:\.\*)?$/;
const INTEGER = /^[+-]?\d+$/;
const MAX_INTEGER = 2 ** 31 - 1;

/** Names of types, variables, items of lists. */
export function isId(text: string): boolean {
    return ID.test(text);
}

/** Installers and names of instances: blanks may stand inside and at the end. */
export function isFlexibleId(text: string): boolean {
    return FLEXIBLE_ID.test(text);
}

/** An item of `imports` without its keywords. It must also hold a dot that is not its last character: see `isCompleteImport`. */
export function isImportedVariable(text: string): boolean {
    return IMPORTED.test(text);
}

/** Whether an imported variable has a prefix and something after it. */
export function isCompleteImport(text: string): boolean {
    const dot = text.indexOf('.');
    return dot >= 0 && dot < text.length - 1;
}

/** A 32-bit decimal integer with an optional sign and nothing around it; undefined for anything else. */
export function integerOf(text: string): number | undefined {
    if (!INTEGER.test(text)) return undefined;
    const value = Number(text);
    return value >= -MAX_INTEGER - 1 && value <= MAX_INTEGER ? value : undefined;
}
