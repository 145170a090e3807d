/**
 * What the setting `roboconf.targets` says: for each application of a folder (its path there, `.` for the folder itself) which target makes
 * the machines of the whole application (`*`), of a component, or of an instance.
 */
import { isAbsolute, relative, resolve } from 'node:path';
import type { TargetChoice } from '../../language/index.ts';

/** As it is in a settings file, read: application to place to target. */
export type TargetSetting = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The place that stands for all machines of an application. */
const WHOLE_APPLICATION = '*';

/** Reads the setting; what is not understood is left out. */
export function parseTargetSetting(value: unknown): TargetSetting {
    return Object.fromEntries(
        entriesOf(value).map(([application, places]) => [
            application,
            Object.fromEntries(entriesOf(places).flatMap(([place, target]) => targetEntry(place, target))),
        ]),
    );
}

function targetEntry(place: string, target: unknown): readonly (readonly [string, string])[] {
    return typeof target === 'string' && target.trim() !== '' ? [[place, target.trim()]] : [];
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** What is chosen for an application. `folder`: that of the workspace; both paths are absolute. Files are made absolute. */
export function choicesIn(setting: TargetSetting, folder: string, directory: string): readonly TargetChoice[] {
    const name = applicationKeyOf(folder, directory);
    const places = Object.hasOwn(setting, name) ? setting[name] : undefined;
    return Object.entries(places ?? {}).map(([place, target]) => {
        return { place: place === WHOLE_APPLICATION ? '' : place, target: absoluteTarget(folder, target) };
    });
}

/** The setting with another target for a place; null = none. `target` is an id or the absolute path of a file. */
export function withChoice(
    setting: TargetSetting,
    { folder, directory }: { readonly folder: string; readonly directory: string },
    place: string,
    target: string | null,
): TargetSetting {
    const name = applicationKeyOf(folder, directory);
    const key = place === '' ? WHOLE_APPLICATION : place;
    const others = Object.entries(setting[name] ?? {}).filter(([known]) => known !== key);
    const chosen = target === null ? others : [...others, [key, shownTarget(folder, target)] as const];
    const applications = Object.entries(setting).filter(([known]) => known !== name);
    const rest = chosen.length === 0 ? applications : [...applications, [name, Object.fromEntries(chosen)] as const];
    return Object.fromEntries(rest);
}

/** How the setting calls an application: its path in the folder, with `/`. */
function applicationKeyOf(folder: string, directory: string): string {
    const path = relative(folder, directory).replaceAll('\\', '/');
    return path === '' ? '.' : path;
}

/** Files are written as paths from the folder, so that the setting can be shared. */
function shownTarget(folder: string, target: string): string {
    return isAbsolute(target) ? relative(folder, target).replaceAll('\\', '/') : target;
}

function absoluteTarget(folder: string, target: string): string {
    const isFile = /[/\\]|\.properties$/i.test(target);
    return isFile ? resolve(folder, target).replaceAll('\\', '/') : target;
}
