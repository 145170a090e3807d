/** The files of an application beside its graph and instances: commands, rules, probes. Each text is read again only when it changed. */
import { parseCommands, type CommandsFile } from '../commands/commands-file.ts';
import { parseMeasureValues, type MeasureValues } from '../measures/measure-values.ts';
import { parseMeasures, type MeasuresFile } from '../measures/measures-file.ts';
import { parseRules, type RulesFile } from '../rules/rules-file.ts';
import type { TargetFile } from '../targets/target-file.ts';
import { isAtOrBelow, joinPath } from './paths.ts';
import type { Project } from './project.ts';

/** In the order of their paths. Files that cannot be read are left out. */
export interface SideFiles {
    /** `commands/**\/*.commands`. */
    readonly commands: readonly CommandsFile[];
    /** `rules.autonomic/**\/*.drl`. */
    readonly rules: readonly RulesFile[];
    /** `probes/*.measures`. */
    readonly measures: readonly MeasuresFile[];
    /** `probes/*.measures.properties`. */
    readonly measureValues: readonly MeasureValues[];
    /** Target files of the recipes of machines, and of `targets/`: known once the components are. */
    readonly targets: readonly TargetFile[];
}

/** Nothing beside the model. */
export const NO_SIDE_FILES: SideFiles = { commands: [], rules: [], measures: [], measureValues: [], targets: [] };

/** Keeps what was made of a text as long as the text stays the same. */
export interface SideFileReader {
    /** `directory` is the application's; `file` relative to it. */
    readonly read: <T>(request: ReadRequest<T>) => T | null;
    /** Drops a file, or all below a directory. */
    readonly forget: (path: string) => void;
    readonly keptCount: () => number;
}

interface ReadRequest<T> {
    readonly directory: string;
    readonly project: Project;
    readonly file: string;
    readonly parse: (text: string, file: string) => T;
}

interface KnownFile {
    readonly path: string;
    readonly text: string;
    readonly parse: unknown;
    readonly made: unknown;
}

/** A reader with an empty memory: one entry per path. */
export function createSideFileReader(): SideFileReader {
    const known = new Map<string, KnownFile>();
    return {
        read: <T>({ directory, project, file, parse }: ReadRequest<T>): T | null => {
            const text = project.textOf(file);
            if (text === null) return null;
            const key = `${directory}\n${file}`;
            const before = known.get(key);
            // The entry was made by this very function from this very text.
            if (before?.parse === parse && before.text === text) return before.made as T;
            const made = parse(text, file);
            known.set(key, { path: joinPath(directory, file), text, parse, made });
            return made;
        },
        forget: (path) => {
            for (const [key, file] of known) if (isAtOrBelow(path, file.path)) known.delete(key);
        },
        keptCount: () => known.size,
    };
}

/** All side files of an application but its targets. */
export function sideFilesIn(directory: string, project: Project, reader: SideFileReader): SideFiles {
    const all = <T>(files: readonly string[], parse: (text: string, file: string) => T): readonly T[] =>
        files.flatMap((file) => {
            const made = reader.read({ directory, project, file, parse });
            return made === null ? [] : [made];
        });
    const below = (folder: string, extension: string): readonly string[] =>
        project.filesBelow(folder).filter((file) => file.endsWith(extension));
    const probes = project.filesIn('probes').map((name) => `probes/${name}`);
    return {
        commands: all(below('commands', '.commands'), parseCommands),
        rules: all(below('rules.autonomic', '.drl'), parseRules),
        measures: all(
            probes.filter((file) => file.endsWith('.measures')),
            parseMeasures,
        ),
        measureValues: all(
            probes.filter((file) => file.endsWith('.measures.properties')),
            parseMeasureValues,
        ),
        targets: [],
    };
}
