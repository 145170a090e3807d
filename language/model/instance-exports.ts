/** What one instance exports: its component's variables with its overrides applied (reference: language, section 3.6). */
import type { VariableValues } from './application-model.ts';
import type { ValueDeclaration } from './declarations.ts';
import { simpleNameOf, type ResolvedVariables } from './exported-variables.ts';

export interface AppliedOverrides {
    readonly exports: VariableValues;
    readonly overridden: Readonly<Record<string, string>>;
    /** Overrides that match no variable: they become variables of their own. */
    readonly unknown: readonly ValueDeclaration[];
    /** Bare names that match several variables. */
    readonly ambiguous: readonly { readonly override: ValueDeclaration; readonly variables: readonly string[] }[];
    /** Bare names whose variable is also set, differently, by its full name, which wins. */
    readonly shadowed: readonly { readonly override: ValueDeclaration; readonly by: ValueDeclaration }[];
    /** Full names whose value was given by the instance and is legal: quoted, or not blank. */
    readonly given: ReadonlySet<string>;
}

/** Bare names to the full names that end with them. Made once per component, used for each of its instances. */
export type SimpleNames = ReadonlyMap<string, readonly string[]>;

/** Groups the variables of a component by the part after their first dot. */
export function simpleNamesOf(variables: ResolvedVariables): SimpleNames {
    const groups = new Map<string, string[]>();
    for (const name of variables.keys()) {
        const group = groups.get(simpleNameOf(name));
        if (group === undefined) groups.set(simpleNameOf(name), [name]);
        else group.push(name);
    }
    return groups;
}

/** Applies bare names first, then full names, so that the more precise one wins whatever the order in the file. */
export function applyOverrides(
    variables: ResolvedVariables,
    simpleNames: SimpleNames,
    overrides: readonly ValueDeclaration[],
): AppliedOverrides {
    const last = new Map(overrides.map((override) => [override.key.text, override]));
    const setBy = new Map<string, ValueDeclaration>();
    const bare = [...last.values()].filter((override) => !variables.has(override.key.text));
    const full = [...last.values()].filter((override) => variables.has(override.key.text));
    const ambiguous: { override: ValueDeclaration; variables: readonly string[] }[] = [];
    const unknown: ValueDeclaration[] = [];
    for (const override of bare) {
        const matches = simpleNames.get(override.key.text) ?? [];
        for (const name of matches) setBy.set(name, override);
        if (matches.length === 0) unknown.push(override);
        if (matches.length > 1) ambiguous.push({ override, variables: matches });
        if (matches.length !== 1) setBy.set(override.key.text, override);
    }
    const shadowed = full.flatMap((by) => {
        const override = setBy.get(by.key.text);
        return override === undefined || override.value === by.value ? [] : [{ override, by }];
    });
    for (const override of full) setBy.set(override.key.text, override);
    return { ...valuesOf(variables, setBy, last), unknown, ambiguous, shadowed, given: givenBy(setBy) };
}

/** A record without prototype, so that `__proto__` and `constructor` are names like others. */
export function recordOf<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
    const record = emptyRecord<T>();
    for (const [key, value] of entries) record[key] = value;
    return record;
}

function emptyRecord<T>(): Record<string, T> {
    // An object without prototype is a record of anything: it has no member of another type.
    return Object.create(null) as Record<string, T>;
}

function valuesOf(
    variables: ResolvedVariables,
    setBy: ReadonlyMap<string, ValueDeclaration>,
    last: ReadonlyMap<string, ValueDeclaration>,
): Pick<AppliedOverrides, 'exports' | 'overridden'> {
    const exports = new Map<string, string | null>();
    for (const [name, variable] of variables) exports.set(name, variable.value);
    for (const [name, override] of setBy) exports.set(name, override.value);
    return {
        exports: recordOf(exports),
        overridden: recordOf([...last].map(([key, override]) => [key, override.value])),
    };
}

function givenBy(setBy: ReadonlyMap<string, ValueDeclaration>): ReadonlySet<string> {
    const legal = [...setBy].filter(([, override]) => override.isQuoted || override.value.trim() !== '');
    return new Set(legal.map(([name]) => name));
}
