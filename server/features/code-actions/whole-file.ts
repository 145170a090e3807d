/** What is done to a whole file at once. */
import type { Finding } from '../../../language/index.ts';
import { fixesOf } from './cures.ts';
import { type Change, fix, type Fix, replace, type Site } from './fix.ts';
import type { SourceLine, SourceText } from './source-text.ts';

/** Codes that may have a safe cure. Only these are looked at: there may be thousands of findings of the others. */
export const SAFE_CODES: ReadonlySet<string> = new Set([
    'PM_DUPLICATE_PROPERTY',
    'PM_EMPTY_REFERENCED_NAME',
    'PM_EMPTY_VARIABLE_NAME',
    'PM_INVALID_CHILD_NAME',
    'PM_MISSING_INSTANCE_NAME',
    'PM_PROPERTY_NOT_APPLIABLE',
    'PM_USELESS_INSTANCE_COUNT',
    'P_C_C_BRACKET_EXTRA_CHARACTERS',
    'P_IMPORT_ENDS_WITH_SEMI_COLON',
    'P_ONE_BLOCK_PER_LINE',
    'P_O_C_BRACKET_EXTRA_CHARACTERS',
    'P_O_C_BRACKET_MISSING',
    'P_PROPERTY_ENDS_WITH_SEMI_COLON',
    'RM_MAGIC_INSTANCE_VARIABLE',
    'RM_ROOT_INSTALLER_MUST_BE_TARGET',
    'X_DESCRIPTOR_LEGACY_KEY',
    'X_DOUBLED_BRACKET',
    'X_EXTRA_COMMA',
    'X_UNEXPECTED_CHARACTER',
    'X_WORDS_BEFORE_IMPORT',
    'X_WORDS_BEFORE_PROPERTY',
]);

/** Everything in a file that can be mended without guessing or losing anything; undefined when there is nothing. */
export function fixSafely(site: Site, file: string): Fix | undefined {
    const all = safeFindings(site, file).flatMap((finding) => fixesOf(finding, site).filter(({ isSafe }) => isSafe));
    const changes = together(all, file);
    return changes.length === 0 ? undefined : fix(FIX_SAFELY_TITLE, changes);
}

/** Whether there is anything that `fixSafely` would mend. Stops at the first. */
export function hasSafe(site: Site, file: string): boolean {
    return safeFindings(site, file).some((finding) => fixesOf(finding, site).some(({ isSafe }) => isSafe));
}

/** What `fixSafely` is called. */
export const FIX_SAFELY_TITLE = 'Fix everything that is safe to fix';

function safeFindings({ application }: Site, file: string): readonly Finding[] {
    return application.findings.filter(({ code, range }) => range?.file === file && SAFE_CODES.has(code));
}

/** The likeliest cure for every finding of a code in a file; undefined when fewer than two have one. */
export function fixAllOf(site: Site, file: string, code: string): Fix | undefined {
    const all = site.application.findings
        .filter((finding) => finding.code === code && finding.range?.file === file)
        .flatMap((finding) => fixesOf(finding, site).filter(({ isPreferred }) => isPreferred));
    if (all.length < 2) return undefined;
    const changes = together(all, file);
    return changes.length < 2 ? undefined : fix(fixAllTitle(code), changes);
}

/** Whether a file has several findings of a code with a likeliest cure. Stops at the second. */
export function hasSeveral(site: Site, file: string, code: string): boolean {
    let count = 0;
    for (const finding of site.application.findings) {
        if (finding.code !== code || finding.range?.file !== file) continue;
        if (fixesOf(finding, site).some(({ isPreferred }) => isPreferred)) count += 1;
        if (count > 1) return true;
    }
    return false;
}

/** What `fixAllOf` is called. */
export function fixAllTitle(code: string): string {
    return `Fix all '${code}' in this file`;
}

/** Changes of several fixes that get along: equal ones once, of overlapping ones the first; files are neither made nor moved. */
function together(fixes: readonly Fix[], file: string): readonly Change[] {
    const kept: Replacement[] = [];
    for (const { changes } of fixes) {
        const own = changes.filter((change) => change.kind === 'replace');
        const isAlone = own.length === changes.length && own.every((change) => change.file === file);
        if (isAlone && own.every((change) => !kept.some((other) => clashes(change, other)))) kept.push(...own);
    }
    return kept;
}

type Replacement = Extract<Change, { kind: 'replace' }>;

function clashes(one: Replacement, other: Replacement): boolean {
    const isSamePlace = one.start === other.start && one.end === other.end;
    if (isSamePlace) return one.start !== one.end || one.text === other.text;
    return one.start < other.end && other.start < one.end;
}

interface FileImport {
    readonly line: SourceLine;
    readonly path: string;
}

/** Sorts the imports at the top of a model file, each once; undefined when they stand well. */
export function organizeImports(site: Site, file: string): Fix | undefined {
    const source = /\.(?:graph|instances)$/i.test(file) ? site.textOf(file) : undefined;
    const imports = source === undefined ? [] : firstImports(source);
    const [first] = imports;
    const last = imports.at(-1);
    if (source === undefined || first === undefined || last === undefined) return undefined;
    const unique = [...new Map(imports.toReversed().map((one) => [one.path, one])).values()];
    const sorted = unique.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map(({ line }) => line.text.trim());
    const text = sorted.join('\n');
    const { start } = first.line;
    const { end } = last.line;
    if (source.text.slice(start, end).replaceAll('\r\n', '\n') === text) return undefined;
    return fix('Organize imports', [replace(source, start, end, text)]);
}

/** The first imports that stand line by line; none when one of them has a fault, or a comment stands between them. */
function firstImports(source: SourceText): readonly FileImport[] {
    const found: FileImport[] = [];
    for (const line of source.lines) {
        const path = /^\s*import\s+(?<path>[^;\s]+)\s*;$/i.exec(line.code)?.groups?.['path'];
        if (path !== undefined) found.push({ line, path });
        else if (found.length > 0 || line.code !== '') break;
    }
    return found;
}
