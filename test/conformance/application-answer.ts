/** What the language says about recorded applications and files with their context. Nothing in here knows a particular case. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import {
    createLanguage,
    MAX_FILE_BYTES,
    type Application,
    type ApplicationModel,
    type DirectoryEntry,
    type FileCheckOptions,
    type FileContent,
    type FileSystem,
} from '../../language/index.ts';
import { descriptorOf } from '../../language/application/descriptor.ts';
import { lastEntries, parseProperties } from '../../language/application/properties.ts';
import type { AnsweredError, Case } from './answer.ts';

export interface ApplicationAnswer {
    readonly errors: readonly AnsweredError[];
    readonly model?: ApplicationModel | ApplicationModel['instances'];
    readonly properties?: Readonly<Record<string, string>>;
    readonly descriptor?: Readonly<Record<string, unknown>>;
}

const language = createLanguage();

/** Mode `app`: a whole application. */
export function answerApplication(asked: Case, corpus: string): ApplicationAnswer {
    const flags = new Set(asked.options ?? []);
    const options = { flexible: flags.has('--flex'), recipe: flags.has('--recipe') };
    const application = language.loadApplication(disk, resolve(corpus, asked.repo, asked.path), options);
    return { errors: errorsOf(application), model: application.model };
}

/** Mode `file`, for graph and instances files, descriptors and targets. */
export function answerFile(asked: Case, corpus: string): ApplicationAnswer {
    const repository = resolve(corpus, asked.repo);
    const file = join(repository, asked.path);
    const placed = (path: string): string => path.replace(/^synthetic:/, `${resolve(corpus, 'synthetic')}/`);
    const root = optionOf(asked, '--root');
    const graph = optionOf(asked, '--graph');
    const app = optionOf(asked, '--app');
    const options: FileCheckOptions = {
        directory: root === undefined ? dirname(file) : resolve(repository, root),
        importRoot: '',
        isEntryPoint: true,
        ...(graph === undefined ? {} : { graph: resolve(repository, placed(graph)) }),
        ...(app === undefined ? {} : { application: resolve(repository, placed(app)) }),
    };
    const application = language.checkFile(disk, file, options);
    if (file.endsWith('.properties'))
        return { errors: errorsOf(application), ...propertiesFacts(readFileSync(file, 'utf8'), application) };
    const model = file.endsWith('.instances') ? application.model.instances : application.model;
    return { errors: errorsOf(application), model };
}

/** A target's properties, or the facts of a descriptor. */
function propertiesFacts(
    text: string,
    { model, files }: Application,
): Pick<ApplicationAnswer, 'properties' | 'descriptor'> {
    if (files.length === 0) {
        return {
            properties: Object.fromEntries(
                [...lastEntries(parseProperties(text, ''))].map(([key, entry]) => [key, entry.value]),
            ),
        };
    }
    const descriptor = descriptorOf(text);
    const entry = (key: string): string | null => descriptor.entryOf(key)?.value ?? null;
    return {
        descriptor: {
            name: model.displayName,
            version: model.version,
            description: model.description,
            'graph-entry-point': entry('graph-entry-point'),
            'instance-entry-point': entry('instance-entry-point'),
            'exports-prefix': model.externalExportsPrefix,
            exports: model.externalExports,
            tags: model.tags.toSorted(),
        },
    };
}

function optionOf(asked: Case, name: string): string | undefined {
    const index = asked.options?.indexOf(name) ?? -1;
    return index < 0 ? undefined : asked.options?.[index + 1];
}

function errorsOf(application: Application): readonly AnsweredError[] {
    return application.findings.map(({ range, code, severity }) => ({
        file: range === null ? null : relative(application.directory, resolve(application.directory, range.file)),
        line: range?.line ?? null,
        code,
        severity,
    }));
}

const disk: FileSystem = { read, list };

function read(path: string): FileContent | undefined {
    try {
        const { size } = statSync(path);
        return size > MAX_FILE_BYTES ? { tooLarge: true, bytes: size } : { text: readFileSync(path, 'utf8') };
    } catch {
        // A file that cannot be read is what the port calls undefined.
        return undefined;
    }
}

function list(path: string): readonly DirectoryEntry[] | undefined {
    try {
        return readdirSync(path, { withFileTypes: true }).map((entry) => ({
            name: entry.name,
            kind: entry.isDirectory() ? 'directory' : 'file',
        }));
    } catch {
        // What is not a directory has no entries.
        return undefined;
    }
}
