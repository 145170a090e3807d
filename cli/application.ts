/** Finds and analyses the application a command line names. */
import { realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { createLanguage, type Application, type CheckOptions, type Finding } from '../language/index.ts';
import { createDisk } from '../server/workspace/disk.ts';
import type { Output, Style } from './output.ts';

export type Located =
    | { readonly kind: 'application'; readonly application: Application }
    | { readonly kind: 'absent'; readonly message: string };

/** Loads the application directory, or checks the single file, that a word of the command line names. */
export function locate(word: string, options?: CheckOptions): Located {
    const path = realPathOf(resolve(word));
    if (path === undefined) return { kind: 'absent', message: `there is no file or directory '${word}'` };
    const language = createLanguage();
    const disk = createDisk();
    if (statSync(path).isDirectory())
        return { kind: 'application', application: language.loadApplication(disk, path, options) };
    const directory = language.directoryOf(disk, path);
    if (directory !== null) {
        const application = language.loadApplication(disk, directory, options);
        if (application.files.includes(relative(directory, path).replaceAll('\\', '/')))
            return { kind: 'application', application };
    }
    return { kind: 'application', application: language.checkFile(disk, path) };
}

/** Like `locate`, for verbs that need a whole application: a directory. */
export function locateDirectory(word: string): Located {
    const path = realPathOf(resolve(word));
    if (path === undefined) return { kind: 'absent', message: `there is no directory '${word}'` };
    return locate(statSync(path).isDirectory() ? path : dirname(path));
}

export function errorsOf(findings: readonly Finding[]): readonly Finding[] {
    return findings.filter((finding) => finding.severity === 'error');
}

/** `graph/main.graph:3:5 error CO_INEXISTING_CHILD message`, the way compilers say it, so that terminals can jump there. */
export function findingLine(base: string, finding: Finding, output: Output): string {
    const style: Style = finding.severity === 'error' ? 'error' : finding.severity === 'warning' ? 'warning' : 'quiet';
    const { range } = finding;
    const place = range === null ? base : `${shownPath(resolve(base, range.file))}:${range.line}:${range.column}`;
    return `${place}: ${output.paint(style, finding.severity)} ${finding.code}: ${finding.message}`;
}

function shownPath(path: string): string {
    const short = relative(process.cwd(), path);
    return short.startsWith('..') ? path : short;
}

function realPathOf(path: string): string | undefined {
    try {
        return realpathSync(path);
    } catch {
        // It does not exist; the caller says so in the words the user typed.
        return undefined;
    }
}
