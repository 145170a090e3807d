/** Target files as data (reference: language, section 8). */
import { baseNameOf } from '../application/paths.ts';
import { lastEntries, parseProperties, type PropertiesFile, type PropertyEntry } from '../application/properties.ts';
import type { Word } from '../model/declarations.ts';
import { handlerNamed } from './handlers.ts';
import type { TargetHandler } from './target-key.ts';

export interface TargetFile {
    /** Relative to the application; a whole path when it lies elsewhere. */
    readonly file: string;
    readonly properties: PropertiesFile;
    /** What holds for a key: of a repeated one, the last entry. */
    readonly entries: ReadonlyMap<string, PropertyEntry>;
    /** Trimmed; null when absent or blank. */
    readonly id: Word | null;
    readonly handlerName: Word | null;
    /** Null when it is not one of the catalogue. */
    readonly handler: TargetHandler | null;
    readonly name: Word | null;
    readonly description: Word | null;
}

/** Other properties files that may lie in a recipe directory. */
const NO_TARGETS: ReadonlySet<string> = new Set(['recipe.properties', 'instructions.properties', 'modules.properties']);

/** Whether a file of a directory of targets is one, by its name. */
export function isTargetFileName(name: string): boolean {
    return /\.properties$/i.test(name) && !NO_TARGETS.has(name);
}

/** The directory of target files beside the graph, relative to the application. */
export const TARGETS_DIRECTORY = 'targets';

/** The file whose target is the default one of a component. */
export const DEFAULT_TARGET_FILE = 'target.properties';

/** Reads any text; `file` is what ranges name. */
export function parseTarget(text: string, file: string): TargetFile {
    const properties = parseProperties(text, file);
    const entries = lastEntries(properties);
    const wordOf = (key: string): Word | null => wordIn(entries.get(key));
    const handlerName = wordOf('handler');
    return {
        file,
        properties,
        entries,
        id: wordOf('id'),
        handlerName,
        handler: handlerName === null ? null : handlerNamed(handlerName.text),
        name: wordOf('name'),
        description: wordOf('description'),
    };
}

/** Whether the target is the default one of the components whose directory it lies in, among the target files of this directory. */
export function isDefaultTarget(target: TargetFile, siblings: readonly TargetFile[]): boolean {
    return baseNameOf(target.file) === DEFAULT_TARGET_FILE || siblings.length === 1;
}

function wordIn(entry: PropertyEntry | undefined): Word | null {
    const text = entry?.value.trim() ?? '';
    if (entry === undefined || text === '') return null;
    const start = entry.value.indexOf(text);
    return { text, range: entry.rangeOfPart(start, start + text.length) };
}
