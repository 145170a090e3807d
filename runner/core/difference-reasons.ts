/** What differs between two definitions of one instance, as clauses for people. */
import type { ImportedVariable } from '../../language/index.ts';
import { localNameOf, type Definition } from './topology.ts';

/** One clause a difference, each once; what differs in the recipe's files is for those to tell who can read them. `isOther`: it is a thing of another kind, so that only the kind is worth telling. */
export function reasonsOf(before: Definition, after: Definition, isOther: boolean): string[] {
    if (isOther) return kindReasons(before, after);
    return [
        ...new Set([
            ...exportReasons(before, after),
            ...dataReasons(before.instance.data, after.instance.data),
            ...importReasons(before.component.imports, after.component.imports),
            ...notedReasons(before, after),
        ]),
    ];
}

function kindReasons(before: Definition, after: Definition): string[] {
    const [former, asked] = [before.component, after.component];
    if (former.name !== asked.name) return [`it was a ${former.name} and is a ${asked.name}`];
    return [
        `the installer of ${asked.name} was ${former.resolvedInstaller ?? 'none'} and is ${asked.resolvedInstaller ?? 'none'}`,
    ];
}

function exportReasons(before: Definition, after: Definition): readonly string[] {
    const names = new Set([...Object.keys(before.instance.exports), ...Object.keys(after.instance.exports)]);
    return [...names].flatMap((name) => {
        const [former, asked] = [valueOf(before, name), valueOf(after, name)];
        if (former === asked) return [];
        if (former === null) return [`exports ${name}`];
        return asked === null ? [`no longer exports ${name}`] : [`${localNameOf(name)} was ${former} and is ${asked}`];
    });
}

/** Null when it is not exported. */
function valueOf({ component, instance }: Definition, name: string): string | null {
    if (!Object.hasOwn(instance.exports, name)) return null;
    const value = instance.exports[name] ?? null;
    if (value !== null) return value;
    return component.randomPorts.includes(name) ? 'a random port' : 'open';
}

function dataReasons(
    before: Readonly<Record<string, string>>,
    after: Readonly<Record<string, string>>,
): readonly string[] {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => {
        const [former, asked] = [before[name] ?? 'absent', after[name] ?? 'absent'];
        return former === asked ? [] : [`data.${name} was ${former} and is ${asked}`];
    });
}

function importReasons(before: readonly ImportedVariable[], after: readonly ImportedVariable[]): readonly string[] {
    const former = new Map(before.map((variable) => [keyOf(variable), variable]));
    const asked = new Map(after.map((variable) => [keyOf(variable), variable]));
    const gone = [...former.keys()].filter((key) => !asked.has(key)).map((key) => `no longer imports ${key}`);
    const others = [...asked].flatMap(([key, { optional }]) => {
        const known = former.get(key);
        if (known === undefined) return [`imports ${key}${optional ? ' where there is one' : ''}`];
        if (known.optional === optional) return [];
        return [optional ? `can do without ${key}` : `cannot do without ${key} any more`];
    });
    return [...gone, ...others];
}

function keyOf({ name, external }: ImportedVariable): string {
    return external ? `external ${name}` : name;
}

function notedReasons(before: Definition, after: Definition): readonly string[] {
    const isOther = (left: unknown, right: unknown): boolean => JSON.stringify(left) !== JSON.stringify(right);
    return [
        ...(isOther(before.component.policies ?? null, after.component.policies ?? null)
            ? [`the time-outs or retries of ${after.component.name} were changed`]
            : []),
        ...(isOther([...before.instance.channels].sort(), [...after.instance.channels].sort())
            ? ['its channels were changed']
            : []),
    ];
}
