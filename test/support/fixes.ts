/** Code actions without an editor: applications made of texts, and fixes applied to them. */
import { createLanguage, type Application, type CheckOptions } from '../../language/index.ts';
import { fixesOf } from '../../server/features/code-actions/cures.ts';
import type { Change, Fix, Site } from '../../server/features/code-actions/fix.ts';
import { sourceTextOf } from '../../server/features/code-actions/source-text.ts';
import { blocksIn } from '../../server/features/code-actions/types.ts';
import { memoryFiles } from './memory-files.ts';

/** Texts by path, relative to the application. */
export type Texts = Readonly<Record<string, string>>;

const ROOT = '/app';

const language = createLanguage();

/** Analyses an application made of texts. */
export function analyse(texts: Texts, options?: CheckOptions): Application {
    const files = Object.fromEntries(Object.entries(texts).map(([file, text]) => [`${ROOT}/${file}`, text]));
    return language.loadApplication(memoryFiles(files), ROOT, options);
}

/** What cures are given for an application made of texts. */
export function siteOf(texts: Texts, application = analyse(texts)): Site {
    return {
        application,
        blocksOf: blocksIn(application),
        textOf: (file) => (Object.hasOwn(texts, file) ? sourceTextOf(file, texts[file] ?? '') : undefined),
        filesBelow: (directory) =>
            Object.keys(texts)
                .filter((file) => file.startsWith(`${directory}/`))
                .map((file) => file.slice(directory.length + 1))
                .sort(),
    };
}

/** The fixes of the first finding of a code that has any; none without such a finding. */
export function curesIn(texts: Texts, code: string, options?: CheckOptions): readonly Fix[] {
    const application = analyse(texts, options);
    const site = siteOf(texts, application);
    const findings = application.findings.filter((one) => one.code === code);
    return findings.map((finding) => fixesOf(finding, site)).find((fixes) => fixes.length > 0) ?? [];
}

/** The texts after some changes. Throws when changes overlap, or name what is not there. */
export function applied(texts: Texts, changes: readonly Change[]): Texts {
    const result = new Map(Object.entries(texts));
    const replacements = Map.groupBy(
        changes.filter((change) => change.kind === 'replace'),
        ({ file }) => file,
    );
    for (const [file, edits] of replacements) result.set(file, edited(result, file, edits));
    for (const change of changes) {
        if (change.kind === 'create') {
            if (result.has(change.file)) throw new Error(`${change.file} exists`);
            result.set(change.file, change.text);
        }
        if (change.kind === 'rename') {
            if (!result.has(change.file) || result.has(change.to)) throw new Error(`${change.file} cannot be moved`);
            result.set(change.to, result.get(change.file) ?? '');
            result.delete(change.file);
        }
    }
    return Object.fromEntries(result);
}

type Replacement = Extract<Change, { kind: 'replace' }>;

function edited(texts: ReadonlyMap<string, string>, file: string, edits: readonly Replacement[]): string {
    const text = texts.get(file);
    if (text === undefined) throw new Error(`${file} is not there`);
    const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
    let done = '';
    let from = 0;
    for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
        if (edit.start < from) throw new Error(`Changes overlap in ${file}`);
        if (edit.end > text.length || edit.end < edit.start) throw new Error(`A change leaves ${file}`);
        done += text.slice(from, edit.start) + edit.text.replaceAll('\n', lineEnd);
        from = edit.end;
    }
    return done + text.slice(from);
}

/** The lines that differ: `-` gone, `+` come, with the file above them. */
export function differenceOf(before: Texts, after: Texts): string {
    const files = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return files
        .filter((file) => before[file] !== after[file])
        .map((file) => `  ${file}\n${lineDifference(before[file], after[file])}`)
        .join('\n');
}

function lineDifference(before: string | undefined, after: string | undefined): string {
    const old = linesIn(before);
    const recent = linesIn(after);
    let first = 0;
    while (first < old.length && first < recent.length && old[first] === recent[first]) first += 1;
    let last = 0;
    while (last < Math.min(old.length, recent.length) - first && old.at(-1 - last) === recent.at(-1 - last)) last += 1;
    const gone = old.slice(first, old.length - last).map((line) => `    - ${line}`.trimEnd());
    const come = recent.slice(first, recent.length - last).map((line) => `    + ${line}`.trimEnd());
    return [...gone, ...come].join('\n');
}

function linesIn(text: string | undefined): readonly string[] {
    return text === undefined || text === '' ? [] : text.replaceAll('\r', '␍').split('\n');
}
