/** Another state of an application, which its model is held against. */
import { existsSync, statSync } from 'node:fs';
import { createLanguage, type Application, type ApplicationModel } from '../language/index.ts';
import { readCommitted, textFiles, type CommittedResult } from '../server/committed.ts';
import { locateDirectory } from './application.ts';

export interface EarlierModel {
    readonly kind: 'model';
    /** For people. */
    readonly label: string;
    readonly model: ApplicationModel;
}

export interface EarlierModelFault {
    readonly kind: 'fault';
    readonly message: string;
}

/** The model of a directory or of a commit; null when nothing is asked for. Rejects with the signal's reason. */
export async function beforeOf(
    word: string | undefined,
    application: Application,
    signal: AbortSignal,
): Promise<EarlierModel | EarlierModelFault | null> {
    if (word === undefined) return null;
    return existsSync(word) && statSync(word).isDirectory()
        ? modelOfDirectory(word)
        : modelOfCommit(word, application.directory, signal);
}

function modelOfDirectory(word: string): EarlierModel | EarlierModelFault {
    const located = locateDirectory(word);
    return located.kind === 'absent'
        ? { kind: 'fault', message: located.message }
        : { kind: 'model', label: word, model: located.application.model };
}

async function modelOfCommit(
    revision: string,
    directory: string,
    signal: AbortSignal,
): Promise<EarlierModel | EarlierModelFault> {
    const read = await readCommitted({ git: 'git', directory, revision }, signal);
    if (read.kind !== 'read') return { kind: 'fault', message: faultOf(read, revision) };
    const { commit, texts } = read.committed;
    const { model } = createLanguage().loadApplication(textFiles(directory, texts), directory);
    const label = revision === commit ? commit : `${revision} (${commit})`;
    return { kind: 'model', label, model };
}

function faultOf(result: Exclude<CommittedResult, { readonly kind: 'read' }>, revision: string): string {
    switch (result.kind) {
        case 'noGit':
            return `'${revision}' is no directory, and Git, which would know commits, is not installed`;
        case 'noRepository':
            return `'${revision}' is no directory, and the application is in no Git repository that would know commits`;
        case 'noCommit':
            return `'${revision}' is neither a directory nor a commit of the repository`;
        case 'gitFailed':
            return `Git could not be asked about '${revision}': ${result.message}`;
        default:
            return result satisfies never;
    }
}
