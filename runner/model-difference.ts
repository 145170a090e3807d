/** What differs between the model that is deployed and the one that is asked for, for people. Places and comments do not count. */
import type { ApplicationModel } from '../language/index.ts';

const MOST_LINES = 20;

/** One line a difference, at most 20 and a count of the rest; empty when both mean the same. */
export function modelDifferences(deployed: ApplicationModel, asked: ApplicationModel): readonly string[] {
    const lines = [
        ...differencesIn('component', byKey(deployed.components, 'name'), byKey(asked.components, 'name')),
        ...differencesIn('facet', byKey(deployed.facets, 'name'), byKey(asked.facets, 'name')),
        ...differencesIn('instance', byKey(deployed.instances, 'path'), byKey(asked.instances, 'path')),
        ...differencesIn('application', new Map([['', rest(deployed)]]), new Map([['', rest(asked)]])),
    ];
    if (lines.length <= MOST_LINES) return lines;
    return [...lines.slice(0, MOST_LINES), `and ${lines.length - MOST_LINES} more differences`];
}

type Thing = Readonly<Record<string, unknown>>;

function rest(model: ApplicationModel): Thing {
    const { name, externalExportsPrefix, externalExports } = model;
    return { name, externalExportsPrefix, externalExports };
}

function byKey<Key extends string>(
    list: readonly (object & { readonly [K in Key]: string })[],
    key: Key,
): ReadonlyMap<string, Thing> {
    return new Map(list.map((element) => [element[key], Object.fromEntries(Object.entries(element))]));
}

function differencesIn(
    kind: string,
    deployed: ReadonlyMap<string, Thing>,
    asked: ReadonlyMap<string, Thing>,
): readonly string[] {
    const gone = [...deployed.keys()]
        .filter((name) => !asked.has(name))
        .map((name) => `${kind} ${name} is not there any more`);
    const added = [...asked.keys()].filter((name) => !deployed.has(name)).map((name) => `${kind} ${name} was added`);
    const changed = [...asked].flatMap(([name, thing]) => {
        const before = deployed.get(name);
        return before === undefined ? [] : changesOf(`${kind} ${name}`.trim(), before, thing);
    });
    return [...gone, ...added, ...changed];
}

const PLACES = new Set(['range', 'description']);

function changesOf(what: string, before: Thing, after: Thing): readonly string[] {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names]
        .filter((name) => !PLACES.has(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
        .map((name) => `${what}: ${name} was ${shown(before[name])} and is ${shown(after[name])}`);
}

function shown(value: unknown): string {
    const text = JSON.stringify(value) ?? 'absent';
    return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
