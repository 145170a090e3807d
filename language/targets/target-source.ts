/** Target files as whoever deploys sees them: plain data, wherever the file lies (reference: runtime, section 5.1). */
import type { Analysis } from '../application/analysis.ts';
import { joinPath, parentOf } from '../application/paths.ts';
import { recordOf } from '../model/instance-exports.ts';
import { isDefaultTarget, parseTarget, type TargetFile } from './target-file.ts';

/** A target file that instances can be associated with. */
export interface TargetSource {
    /** Absolute path, with `/`. */
    readonly file: string;
    /** Null when the file says none: instances are associated with it by its path alone. */
    readonly id: string | null;
    readonly handler: string | null;
    /** What people call it; the id, or the path, when the file says nothing. */
    readonly name: string;
    readonly description: string | null;
    /** All keys of the file; of a repeated one, the last value. */
    readonly properties: Readonly<Record<string, string>>;
    /** Components whose machines it makes when nothing else is said: it lies in their recipe directory and is the default there. */
    readonly defaultOf: readonly string[];
}

/** A target file from anywhere; `file` is its absolute path. Any text is understood. */
export function targetSourceOf(text: string, file: string): TargetSource {
    return sourceFrom(parseTarget(text, file), file, []);
}

/** The target files of an application: those in the recipe directories of its machines, then those of its `targets/`. */
export function targetSourcesIn({ directory, side, files, recipeDirectoryOf }: Analysis): readonly TargetSource[] {
    const components = [...files.graph.components.keys()];
    const siblings = Map.groupBy(side.targets, ({ file }) => parentOf(file));
    return side.targets.map((target) => {
        const folder = parentOf(target.file);
        const isDefault = isDefaultTarget(target, siblings.get(folder) ?? []);
        const owners = isDefault ? components.filter((name) => recipeDirectoryOf(name) === folder) : [];
        return sourceFrom(target, joinPath(directory, target.file), owners);
    });
}

function sourceFrom(target: TargetFile, file: string, defaultOf: readonly string[]): TargetSource {
    const { id, handlerName, name, description, entries } = target;
    return {
        file,
        id: id?.text ?? null,
        handler: handlerName?.text ?? null,
        name: name?.text ?? id?.text ?? file,
        description: description?.text ?? null,
        properties: recordOf([...entries].map(([key, { value }]) => [key, value])),
        defaultOf,
    };
}
