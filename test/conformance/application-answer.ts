/** What the language says about recorded applications and files with their context. Nothing in here knows a particular case. */
import { basename, dirname, join, relative, resolve } from 'node:path';
import {
    createLanguage,
    fileKindOf,
    type Application,
    type ApplicationModel,
    type CheckOptions,
    type FileCheckOptions,
    type FileKind,
    type FileSystem,
} from '../../language/index.ts';
import type { AnsweredError, Case } from './answer.ts';
import { factsAbout, instructionLine, type FileFacts } from './file-facts.ts';

export interface ApplicationAnswer extends FileFacts {
    readonly errors: readonly AnsweredError[];
    readonly model?: ApplicationModel | ApplicationModel['instances'];
    readonly recipe?: boolean;
}

/** What answers are made from. */
export interface Source {
    readonly fileSystem: FileSystem;
    /** Absolute path of the corpus. */
    readonly corpus: string;
}

const language = createLanguage();

/** Mode `app`: a whole application. */
export function answerApplication(asked: Case, source: Source): ApplicationAnswer {
    const flags = new Set(asked.options ?? []);
    const application = loaded(asked, source, { flexible: flags.has('--flex'), recipe: flags.has('--recipe') });
    return { errors: errorsOf(application, source.fileSystem), model: application.model };
}

/** Mode `project`: a directory that is an application or a recipe, as it is told to be or looks (reference: language, section 0). */
export function answerProject(asked: Case, source: Source): ApplicationAnswer {
    const directory = resolve(source.corpus, asked.repo, asked.path);
    const recipe =
        asked.options?.includes('--recipe') === true || language.isRecipeProject(source.fileSystem, directory);
    const application = loaded(asked, source, { flexible: recipe, recipe });
    return { errors: errorsOf(application, source.fileSystem), recipe };
}

function loaded(asked: Case, source: Source, options: CheckOptions): Application {
    return language.loadApplication(source.fileSystem, resolve(source.corpus, asked.repo, asked.path), options);
}

/** Mode `file`: one file of any kind, with the context that the options give it. */
export function answerFile(asked: Case, { fileSystem, corpus }: Source): ApplicationAnswer {
    const repository = resolve(corpus, asked.repo);
    const file = join(repository, asked.path);
    const placed = (path: string): string => path.replace(/^synthetic:/, `${resolve(corpus, 'synthetic')}/`);
    const root = optionOf(asked, '--root');
    const graph = optionOf(asked, '--graph');
    const app = optionOf(asked, '--app');
    const kind = kindOf(file);
    // The directory of imports stands for that of an application: it may be left as far as the one around it.
    const imports = root === undefined ? dirname(file) : resolve(repository, root);
    const isModel = kind === 'graph' || kind === 'instances';
    const options: FileCheckOptions = {
        kind,
        directory: isModel ? dirname(imports) : dirname(file),
        importRoot: basename(imports),
        isEntryPoint: true,
        ...(graph === undefined ? {} : { graph: resolve(repository, placed(graph)) }),
        ...(app === undefined ? {} : { application: resolve(repository, placed(app)) }),
    };
    const application = language.checkFile(fileSystem, file, options);
    const errors = errorsOf(application, fileSystem, imports);
    if (isModel) return { errors, model: kind === 'instances' ? application.model.instances : application.model };
    const content = fileSystem.read(file);
    if (content === undefined || !('text' in content)) return { errors };
    return { errors, ...factsAbout(kind, content.text, application) };
}

/** Recorded files have names that applications would not give them. */
function kindOf(file: string): FileKind {
    if (file.endsWith('.txt')) return 'commands';
    if (file.endsWith('.conf')) return 'measures';
    return fileKindOf(file) ?? 'target';
}

function optionOf(asked: Case, name: string): string | undefined {
    const index = asked.options?.indexOf(name) ?? -1;
    return index < 0 ? undefined : asked.options?.[index + 1];
}

/** What the original says of the entry file, wherever the import stands (reference: language, section 11.5). */
const SAID_OF_ENTRY: ReadonlySet<string> = new Set(['CO_UNREACHABLE_FILE', 'CO_NOT_A_GRAPH', 'CO_NOT_INSTANCES']);

/** The file that the imports of the same kind start from; the file itself when it is none of them. */
function entryOf(files: readonly string[], file: string): string {
    const kind = fileKindOf(file);
    return (
        (kind === 'graph' || kind === 'instances' ? files.find((one) => fileKindOf(one) === kind) : undefined) ?? file
    );
}

/** Findings in the form of the corpus: their files, which are relative to `directory`, seen from `root`. */
function errorsOf(
    { findings, directory, files }: Pick<Application, 'findings' | 'directory' | 'files'>,
    { read }: FileSystem,
    root = directory,
): readonly AnsweredError[] {
    return findings.map(({ range, code, severity, details }) => {
        if (range === null) return { file: null, line: null, code, severity };
        const unread = code === 'P_IO_ERROR' ? details['FILE'] : undefined;
        if (unread !== undefined) return { file: relative(root, resolve(directory, unread)), line: 0, code, severity };
        const path = resolve(directory, SAID_OF_ENTRY.has(code) ? entryOf(files, range.file) : range.file);
        const content = code.startsWith('CMD_') ? read(path) : undefined;
        const hasText = content !== undefined && 'text' in content;
        const line = hasText ? instructionLine(content.text, range.line) : range.line;
        return { file: relative(root, path), line, code, severity };
    });
}

/** Mode `targets`: a folder of target files. */
export function answerTargets(asked: Case, { fileSystem, corpus }: Source): ApplicationAnswer {
    const directory = resolve(corpus, asked.repo, asked.path);
    const findings = language.checkTargets(fileSystem, directory);
    return { errors: errorsOf({ findings, directory, files: [] }, fileSystem) };
}
