/** What we say about one recorded case. Nothing in here knows a particular case. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createParser } from '../../language/parsing/parse-file.ts';
import { answerApplication, answerFile, type ApplicationAnswer } from './application-answer.ts';

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
export function* answersFor(cases: readonly Case[], corpus: string): Generator<Answer> {
    for (const { repo, path, mode, options } of cases) {
        const key = { repo, path, mode, ...(options === undefined ? {} : { options }) };
        yield { ...key, ...factsOf(key, corpus) };
    }
}

function factsOf(asked: Case, corpus: string): Facts {
    try {
        return answered(asked, corpus);
    } catch (error) {
        return { failure: String(error) };
    }
}

function answered(asked: Case, corpus: string): Facts {
    switch (asked.mode) {
        case 'parse':
            return parsed(join(corpus, asked.repo, asked.path));
        case 'app':
            return answerApplication(asked, corpus);
        case 'file':
            return /\.(graph|instances|properties)$/.test(asked.path) ? answerFile(asked, corpus) : { errors: [] };
        default:
            return { errors: [] };
    }
}

function parsed(file: string): Facts {
    const { kind, findings } = parser.parseFile(readFileSync(file, 'utf8'));
    const errors = findings.map(({ code, severity, range }) => ({
        file: basename(file),
        line: range.line,
        code,
        severity,
    }));
    return { fileType: kind, errors };
}
