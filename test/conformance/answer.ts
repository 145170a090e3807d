/** What we say about one recorded case. Nothing in here knows a particular case. */
import { basename, resolve } from 'node:path';
import type { FileSystem } from '../../language/index.ts';
import { createParser } from '../../language/parsing/parse-file.ts';
import { createDisk } from '../../server/workspace/disk.ts';
import {
    answerApplication,
    answerFile,
    answerProject,
    answerTargets,
    type ApplicationAnswer,
    type Source,
} from './application-answer.ts';

export interface Case {
    readonly repo: string;
    readonly path: string;
    readonly mode: string;
    readonly options?: readonly string[];
}

export interface AnsweredError {
    readonly file: string | null;
    readonly line: number | null;
    readonly code: string;
    readonly severity: string;
}

export interface Answer extends Case, Partial<ApplicationAnswer> {
    readonly fileType?: string;
    readonly failure?: string;
}

type Facts = Omit<Answer, keyof Case>;

const parser = createParser();

/** One JSON object a line, of which the members of `Case` are read. */
export function parseCases(text: string): Case[] {
    return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Case);
}

/** An answer for each case, in order. A crash is an answer too. */
export function* answersFor(
    cases: readonly Case[],
    corpus: string,
    fileSystem: FileSystem = createDisk(),
): Generator<Answer> {
    const source = { fileSystem, corpus: resolve(corpus) };
    for (const { repo, path, mode, options } of cases) {
        const key = { repo, path, mode, ...(options === undefined ? {} : { options }) };
        yield { ...key, ...factsOf(key, source) };
    }
}

function factsOf(asked: Case, source: Source): Facts {
    try {
        return answered(asked, source);
    } catch (error) {
        return { failure: String(error) };
    }
}

function answered(asked: Case, source: Source): Facts {
    switch (asked.mode) {
        case 'parse':
            return parsed(resolve(source.corpus, asked.repo, asked.path), source.fileSystem);
        case 'app':
            return answerApplication(asked, source);
        case 'project':
            return answerProject(asked, source);
        case 'file':
            return answerFile(asked, source);
        case 'targets':
            return answerTargets(asked, source);
        default:
            return { failure: `There is no mode '${asked.mode}'.` };
    }
}

function parsed(file: string, { read }: FileSystem): Facts {
    const content = read(file);
    if (content === undefined || !('text' in content)) return { failure: `'${file}' is no text.` };
    const { kind, findings } = parser.parseFile(content.text);
    const errors = findings.map(({ code, severity, range }) => ({
        file: basename(file),
        line: range.line,
        code,
        severity,
    }));
    return { fileType: kind, errors };
}
