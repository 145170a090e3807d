/** What a word of `check` names, and what is wrong with it. */
import { statSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import {
    createLanguage,
    fileKindOf,
    type Application,
    type FileKind,
    type Finding,
    type Language,
} from '../language/index.ts';
import { createDisk, type Disk } from '../server/workspace/disk.ts';
import { readablePath, shownPath } from './application.ts';

/** What is wrong with what one word names. */
export interface Checked {
    readonly kind: 'checked';
    /** Absolute path that the files of findings are relative to. */
    readonly directory: string;
    readonly findings: readonly Finding[];
    /** What was assumed, for people; null when there was nothing to assume. */
    readonly remark: string | null;
}

/** How the user wants words to be understood. */
interface CheckRequest {
    /** Whether directories are reusable recipes, whatever they look like. */
    readonly recipe: boolean;
    /** What files are, whatever they are called. */
    readonly kind: FileKind | null;
}

type CheckedOrFault = Checked | { readonly kind: 'absent'; readonly message: string };

interface Tools {
    /** Applications by directory: the words of a command line often name files of the same one. */
    readonly known: Map<string, Loaded>;
    readonly language: Language;
    readonly disk: Disk;
    readonly request: CheckRequest;
}

/** Checks the directory or the single file that a word names, for each word of a command line. */
export function createChecker(request: CheckRequest): (word: string) => CheckedOrFault {
    const tools: Tools = { known: new Map(), language: createLanguage(), disk: createDisk(), request };
    return (word) => checkedAt(tools, word);
}

function checkedAt(tools: Tools, word: string): CheckedOrFault {
    const found = readablePath(word);
    if (found.kind === 'absent') return found;
    const { path } = found;
    if (statSync(path).isDirectory()) return checkedDirectory(tools, path);
    if (path.endsWith('/pom.xml')) return checkedDirectory(tools, dirname(path));
    return checkedFile(tools, word, path);
}

/** An application, a reusable recipe, a Maven project that has one of these or target files, or a part of an application. */
function checkedDirectory(tools: Tools, path: string): Checked {
    const { language, disk } = tools;
    const isModel = ['descriptor', 'graph'].some((part) => disk.list(`${path}/${part}`) !== undefined);
    const sources = isModel ? null : language.mavenSourcesOf(disk, path);
    if (sources?.kind === 'targets') {
        const { directory } = sources;
        return { kind: 'checked', directory, findings: language.checkTargets(disk, directory), remark: null };
    }
    const around = isModel || sources !== null ? null : language.directoryOf(disk, `${path}/any`);
    if (around !== null) return withinDirectory(loaded(tools, around).application, path);
    const { application, isAssumed } = loaded(tools, sources?.directory ?? path);
    const remark = isAssumed ? `'${shownPath(application.directory)}' is checked as a reusable recipe.` : null;
    return { ...checkedOf(application), remark };
}

/** What is wrong with the files below a directory of an application. */
function withinDirectory(application: Application, path: string): Checked {
    const below = `${relativeTo(application.directory, path)}/`;
    const findings = application.findings.filter(({ range }) => range?.file.startsWith(below) === true);
    return { ...checkedOf(application), findings };
}

function relativeTo(directory: string, path: string): string {
    return relative(directory, path).replaceAll('\\', '/');
}

interface Loaded {
    readonly application: Application;
    /** Whether it is taken for a reusable recipe without being asked to. */
    readonly isAssumed: boolean;
}

/** A directory without graphs is no recipe: people want to know what an application needs. */
function loaded({ known, language, disk, request }: Tools, path: string): Loaded {
    const before = known.get(path);
    if (before !== undefined) return before;
    const looksSo = disk.list(`${path}/graph`) !== undefined && language.isRecipeProject(disk, path);
    const recipe = request.recipe || looksSo;
    const application = language.loadApplication(disk, path, { recipe, flexible: recipe });
    const made = { application, isAssumed: looksSo && !request.recipe };
    known.set(path, made);
    return made;
}

function checkedOf({ directory, findings }: Application): Checked {
    return { kind: 'checked', directory, findings, remark: null };
}

/** Model files are checked with all they belong to; of other files, only what is wrong in them is said. */
function checkedFile(tools: Tools, word: string, path: string): CheckedOrFault {
    const { language, disk, request } = tools;
    if (request.kind !== null) return checkedOf(language.checkFile(disk, path, { kind: request.kind }));
    const kind = fileKindOf(path);
    const directory = language.directoryOf(disk, path);
    const application = directory === null ? null : loaded(tools, directory).application;
    const file = relativeTo(directory ?? '', path);
    const isReached = application?.files.includes(file) === true;
    if (application !== null && !isModel(kind)) return ownOf(tools, application, { path, file, isReached });
    if (application !== null && isReached) return checkedOf(application);
    if (kind === null && !/\.properties$/i.test(path)) return { kind: 'absent', message: unknownKind(word) };
    return besideTargets(tools, path) ?? checkedOf(language.checkFile(disk, path));
}

/** A file of a Maven project of targets; null for any other. */
function besideTargets({ language, disk }: Tools, path: string): Checked | null {
    const folder = dirname(path);
    const sources = language.mavenSourcesOf(disk, dirname(dirname(dirname(folder))));
    if (sources?.kind !== 'targets' || sources.directory !== folder) return null;
    const findings = language.checkTargets(disk, folder).filter(({ range }) => range?.file === basename(path));
    return { kind: 'checked', directory: folder, findings, remark: null };
}

interface OwnFile {
    readonly path: string;
    /** Relative to the application. */
    readonly file: string;
    readonly isReached: boolean;
}

/** What is wrong in one file of an application; what the application does not reach is looked at by itself as well. */
function ownOf({ language, disk }: Tools, application: Application, { path, file, isReached }: OwnFile): Checked {
    const own = application.findings.filter(({ range }) => range?.file === file);
    const alone = isReached ? [] : language.checkFile(disk, path).findings;
    return { ...checkedOf(application), findings: joined(own, alone) };
}

/** Files of any name may be imported. */
function isModel(kind: FileKind | null): boolean {
    return kind === 'graph' || kind === 'instances' || kind === null;
}

function joined(first: readonly Finding[], second: readonly Finding[]): readonly Finding[] {
    const seen = new Set(first.map((finding) => JSON.stringify(finding)));
    return [...first, ...second.filter((finding) => !seen.has(JSON.stringify(finding)))];
}

function unknownKind(word: string): string {
    return `'${word}' is no file of an application by its name; say what it is with --kind`;
}
