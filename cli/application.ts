/** Finds and analyses the application a command line names. */
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { createLanguage, type Application, type Finding } from '../language/index.ts';
import { createDisk } from '../server/workspace/disk.ts';
import type { Output, Style } from './output.ts';
import { systemReason } from './system-reason.ts';

export type Located =
    | { readonly kind: 'application'; readonly application: Application }
    | { readonly kind: 'absent'; readonly message: string };

/** A finding with the application it was found in. */
export interface Found {
    /** Absolute path of the application's directory, which the finding's file is relative to. */
    readonly directory: string;
    readonly finding: Finding;
}

/** An existing path that can be read, or why there is none. */
export type RealPath =
    { readonly kind: 'path'; readonly path: string } | { readonly kind: 'absent'; readonly message: string };

/** Loads the application directory, or checks the single file, that a word of the command line names. */
export function locate(word: string): Located {
    const found = readablePath(word);
    if (found.kind === 'absent') return found;
    const { path } = found;
    const language = createLanguage();
    const disk = createDisk();
    if (statSync(path).isDirectory()) return { kind: 'application', application: language.loadApplication(disk, path) };
    const directory = language.directoryOf(disk, path);
    if (directory !== null) {
        const application = language.loadApplication(disk, directory);
        if (application.files.includes(relative(directory, path).replaceAll('\\', '/')))
            return { kind: 'application', application };
    }
    return { kind: 'application', application: language.checkFile(disk, path) };
}

/** The real path of the file or the directory a word names. */
export function readablePath(word: string): RealPath {
    const found = realPathOf(word, 'file or directory');
    if (found.kind === 'absent') return found;
    const message = readingFault(word, found.path);
    return message === null ? found : { kind: 'absent', message };
}

/** Why a directory cannot be looked into: without that its files would seem not to be there. Files say it in a finding. */
function readingFault(word: string, path: string): string | null {
    try {
        if (statSync(path).isDirectory()) accessSync(path, constants.R_OK | constants.X_OK);
        return null;
    } catch (error) {
        return `'${word}' cannot be read: ${systemReason(error).text}`;
    }
}

/** Like `locate`, for verbs that need a whole application: a directory. */
export function locateDirectory(word: string): Located {
    const found = realPathOf(word, 'directory');
    if (found.kind === 'absent') return found;
    return locate(statSync(found.path).isDirectory() ? found.path : dirname(found.path));
}

/** The real path of a word of the command line, or why there is none, in the words the user typed. */
function realPathOf(word: string, what: string): RealPath {
    try {
        return { kind: 'path', path: realpathSync(resolve(word)) };
    } catch (error) {
        const reason = systemReason(error);
        const message =
            reason.code === 'ENOENT' ? `there is no ${what} '${word}'` : `'${word}' cannot be opened: ${reason.text}`;
        return { kind: 'absent', message };
    }
}

/** Those of severity `error`: a model that has any is not deployed. */
export function errorsOf(findings: readonly Finding[]): readonly Finding[] {
    return findings.filter((finding) => finding.severity === 'error');
}

/** `graph/main.graph:3:5: error CODE: message`, the way compilers say it, so that terminals and editors can jump there. */
export function findingLine(base: string, finding: Finding, paint: Output['paint']): string {
    const style: Style = finding.severity === 'error' ? 'error' : finding.severity === 'warning' ? 'warning' : 'quiet';
    const { severity, code, message } = finding;
    return `${placeOf(base, finding.range)}: ${paint(style, severity)} ${code}: ${message}`;
}

/** `file:line:column` with the file as it is reached from the working directory; the application's directory when there is no place. */
export function placeOf(base: string, range: Finding['range']): string {
    return range === null ? shownPath(base) : `${shownPath(resolve(base, range.file))}:${range.line}:${range.column}`;
}

/** A path for people: relative below the working directory, else absolute. */
export function shownPath(path: string): string {
    const short = relative(process.cwd(), path);
    return short === '' ? '.' : short.startsWith('..') || isAbsolute(short) ? path : short;
}
