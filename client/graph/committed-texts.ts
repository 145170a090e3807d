/**
 * The files of an application as they were committed last. The program is the one that the editor's own Git support found: that has no list of the
 * files of a commit. Nothing of a workspace that is not trusted is given to Git, because a repository can name programs to run.
 */
import * as vscode from 'vscode';
import { readCommitted, type Committed, type CommittedPlace } from '../../server/committed.ts';
import { CANCELLED, done, failed, type Outcome } from '../ui/outcome.ts';

export interface CommittedTexts extends vscode.Disposable {
    readonly read: (directory: vscode.Uri, signal: AbortSignal) => Promise<Outcome<Committed>>;
}

export interface CommittedTextsConfig {
    /** Another commit is the last one: of which repository is not said. */
    readonly changed: () => void;
}

/** Watches the repositories that the editor has open. */
export function createCommittedTexts({ changed }: CommittedTextsConfig): CommittedTexts {
    const controller = new AbortController();
    /** By directory: a picture is drawn many times over one commit. */
    const known = new Map<string, Committed>();
    const watch = watchCommits(changed, controller.signal);
    return {
        read: async (directory, signal) => {
            if (!vscode.workspace.isTrusted) return failed({ kind: 'notTrustedToCompare' });
            const git = (await watch)?.path ?? 'git';
            const place = { git, directory: directory.fsPath, known: known.get(directory.fsPath) };
            const read = await lastCommit(place, signal);
            if (read.kind === 'done') known.set(place.directory, read.value);
            return read;
        },
        dispose: () => controller.abort(),
    };
}

async function lastCommit(place: Omit<CommittedPlace, 'revision'>, signal: AbortSignal): Promise<Outcome<Committed>> {
    try {
        const read = await readCommitted({ ...place, revision: 'HEAD' }, signal);
        return read.kind === 'read' ? done(read.committed) : failed(read);
    } catch (fault) {
        if (signal.aborted) return CANCELLED;
        throw fault;
    }
}

interface GitSupport {
    /** Path of the program. */
    readonly path: string;
}

/** The editor's Git support; undefined when it is off. From then on every new commit is told. */
async function watchCommits(changed: () => void, signal: AbortSignal): Promise<GitSupport | undefined> {
    const extension = vscode.extensions.getExtension('vscode.git');
    if (extension === undefined || signal.aborted) return undefined;
    const api = gitApiOf(await extension.activate());
    if (api === undefined) return undefined;
    const watchRepository = (repository: Repository): void => {
        let known = repository.state.HEAD?.commit;
        const subscription = repository.state.onDidChange(() => {
            const { HEAD } = repository.state;
            if (HEAD?.commit === known) return;
            known = HEAD?.commit;
            changed();
        });
        signal.addEventListener('abort', () => void subscription.dispose(), { once: true });
    };
    api.repositories.forEach(watchRepository);
    const opened = api.onDidOpenRepository(watchRepository);
    signal.addEventListener('abort', () => void opened.dispose(), { once: true });
    return { path: api.git.path };
}

/** What is used of the first version of the interface of the editor's Git support. */
interface GitApi {
    readonly git: { readonly path: string };
    readonly repositories: readonly Repository[];
    readonly onDidOpenRepository: vscode.Event<Repository>;
}

interface Repository {
    readonly state: {
        readonly HEAD: { readonly commit?: string } | undefined;
        readonly onDidChange: vscode.Event<void>;
    };
}

function gitApiOf(exported: unknown): GitApi | undefined {
    if (typeof exported !== 'object' || exported === null) return undefined;
    const getApi: unknown = Reflect.get(exported, 'getAPI');
    if (Reflect.get(exported, 'enabled') !== true || typeof getApi !== 'function') return undefined;
    // Version 1 is the one whose shape is written above; another one is not asked for.
    return Reflect.apply(getApi, exported, [1]) as GitApi;
}
