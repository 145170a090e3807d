/**
 * Instances as the instructions above a line leave them, so that the next instruction can name them (reference: language, section 5.1).
 * A name with a variable stands as it is written: `/$(machine)` is what `create … as $(machine)` makes.
 */
import type { Lines } from './line-context.ts';
import type { Scope } from './scope.ts';

/** Instructions further up are left aside: a list of proposals is not worth more. */
const MOST_LINES = 1_000;

/** Paths with the components of their instances, in the order they were made. */
export function instancesAbove(lines: Lines, line: number, scope: Scope): ReadonlyMap<string, string> {
    const known = new Map<string, string>();
    for (const { model } of scope.applications)
        for (const { path, component } of model.instances) known.set(path, component);
    for (const text of lines.slice(Math.max(0, line - MOST_LINES), line)) follow(known, text.replace(/#.*/, '').trim());
    return known;
}

const CREATE = /^create\s+(?<component>\S+)\s+as\s+(?<name>[^/]+?)(?:\s+under\s+(?<parent>\/.*))?$/i;
const COPY = /^(?<verb>replicate|rename)\s+(?<path>\/.*?)\s+as\s+(?<name>[^/]+)$/i;
const DELETE = /^delete\s+(?<path>\/.*)$/i;

function follow(known: Map<string, string>, text: string): void {
    const created = CREATE.exec(text)?.groups;
    if (created !== undefined)
        known.set(`${created['parent'] ?? ''}/${created['name'] ?? ''}`, created['component'] ?? '');
    const copied = COPY.exec(text)?.groups;
    if (copied !== undefined) copy(known, copied);
    const path = DELETE.exec(text)?.groups?.['path'];
    if (path !== undefined) for (const one of below(known, path)) known.delete(one);
}

function copy(known: Map<string, string>, groups: Readonly<Record<string, string | undefined>>): void {
    const path = groups['path'] ?? '';
    const to = `${path.slice(0, path.lastIndexOf('/'))}/${groups['name'] ?? ''}`;
    moveBelow(known, path, { to, keeps: groups['verb']?.toLowerCase() === 'replicate' });
}

function moveBelow(
    known: Map<string, string>,
    path: string,
    { to, keeps }: { readonly to: string; readonly keeps: boolean },
): void {
    for (const one of below(known, path)) {
        known.set(to + one.slice(path.length), known.get(one) ?? '');
        if (!keeps) known.delete(one);
    }
}

function below(known: ReadonlyMap<string, string>, path: string): readonly string[] {
    return [...known.keys()].filter((one) => one === path || one.startsWith(`${path}/`));
}
