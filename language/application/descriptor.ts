/** The descriptor of an application, as data (reference: language, section 1.1). */
import { lastEntries, parseProperties, type PropertiesFile, type PropertyEntry } from './properties.ts';

/** Where the descriptor is, relative to the application. */
export const DESCRIPTOR_FILE = 'descriptor/application.properties';

/** One item of `exports`; `start` and `end` are offsets into the value. */
export interface ExternalExport {
    readonly text: string;
    readonly start: number;
    readonly end: number;
    /** `<variable> as <name>`; null when the item is not of this form. */
    readonly parts: { readonly variable: string; readonly name: string } | null;
}

export interface Descriptor {
    readonly file: PropertiesFile;
    /** What is read: Roboconf ends at a malformed escape, and keeps what stands before its entry. */
    readonly entries: readonly PropertyEntry[];
    /** The entry of a key or, when it is absent, of its older spelling `application-<key>`. */
    readonly entryOf: (key: string) => PropertyEntry | null;
    /** Without diacritics, trimmed; empty when absent. */
    readonly name: string;
    /** As written, trimmed. */
    readonly displayName: string;
    readonly version: string | null;
    readonly description: string | null;
    readonly dslId: string | null;
    readonly tags: readonly string[];
    readonly exportsPrefix: string | null;
    readonly exports: readonly ExternalExport[];
}

const EXTERNAL_EXPORT = /^([^=\s]+)\s+as\s+([^=\s]+)$/i;
const DIACRITICS = /[\u0300-\u036f]/g;

/** Reads the descriptor's text; `path` is what its ranges name. */
export function descriptorOf(text: string, path = DESCRIPTOR_FILE): Descriptor {
    const file = parseProperties(text, path);
    const entries = readEntries(file);
    const last = lastEntries({ entries });
    const entryOf = (key: string): PropertyEntry | null => last.get(key) ?? last.get(`application-${key}`) ?? null;
    const valueOf = (key: string): string | null => entryOf(key)?.value ?? null;
    const displayName = valueOf('name')?.trim() ?? '';
    const prefix = valueOf('exports-prefix')?.trim() ?? '';
    return {
        file,
        entries,
        entryOf,
        name: withoutDiacritics(displayName).trim(),
        displayName,
        version: valueOf('version'),
        description: valueOf('description'),
        dslId: valueOf('dsl-id'),
        tags: tagsIn(valueOf('tags') ?? ''),
        exportsPrefix: prefix === '' ? null : prefix,
        exports: exportsIn(valueOf('exports') ?? ''),
    };
}

function readEntries({ entries, malformedEscapes: [escape] }: PropertiesFile): readonly PropertyEntry[] {
    if (escape === undefined) return entries;
    const after = entries.findIndex(
        ({ keyRange: { line, column } }) => line > escape.line || (line === escape.line && column > escape.column),
    );
    return entries.slice(0, (after < 0 ? entries.length : after) - 1);
}

/** A text with the letters below its diacritics, as names of applications are compared. */
export function withoutDiacritics(text: string): string {
    return text.normalize('NFD').replace(DIACRITICS, '');
}

function tagsIn(value: string): readonly string[] {
    return itemsOf(value).map((tag) => tag.trim());
}

/** The items of a list, with their blanks: as in lists of graphs, commas at the end add none. */
function itemsOf(value: string): readonly string[] {
    const items = value.split(',');
    const last = items.findLastIndex((item) => item.trim() !== '');
    return items.slice(0, last + 1);
}

function exportsIn(value: string): readonly ExternalExport[] {
    let offset = 0;
    return itemsOf(value).map((raw) => {
        const text = raw.trim();
        const start = offset + (text === '' ? 0 : raw.indexOf(text));
        offset += raw.length + 1;
        const [, variable, name] = EXTERNAL_EXPORT.exec(text) ?? [];
        const parts = variable === undefined || name === undefined ? null : { variable, name };
        return { text, start, end: start + text.length, parts };
    });
}
