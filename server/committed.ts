/**
 * DOOR: the model files of an application as they were committed. Git is asked itself. Nothing that a repository names is run: callers in an
 * editor ask only where the workspace is trusted all the same, because Git has more such places than this file knows.
 */
import { execFile, type ExecFileOptions } from 'node:child_process';

export { textFiles } from './workspace/text-files.ts';

/** Where to look. */
export interface CommittedPlace {
    /** Path of the program, or its name. */
    readonly git: string;
    /** The application's. */
    readonly directory: string;
    /** A commit, in any way Git understands: `HEAD`, `v1.2`, `main~3`. */
    readonly revision: string;
    /** What was read there last: the answer while the commit is the same. */
    readonly known?: Committed | undefined;
}

export interface Committed {
    /** Its short name. */
    readonly commit: string;
    /** By path within the application, with `/`. */
    readonly texts: Readonly<Record<string, string>>;
}

export type CommittedResult =
    | { readonly kind: 'read'; readonly committed: Committed }
    | { readonly kind: 'noGit' }
    | { readonly kind: 'noRepository' }
    /** The repository has no such commit. */
    | { readonly kind: 'noCommit' }
    /** In words of Git. */
    | { readonly kind: 'gitFailed'; readonly message: string };

/** The texts of a commit. Rejects with the signal's reason. */
export async function readCommitted(place: CommittedPlace, signal: AbortSignal): Promise<CommittedResult> {
    // A revision is a word of its own behind this option, whatever it begins with.
    const { revision } = place;
    const found = await ask(
        place,
        ['rev-parse', '--short', '--verify', '--end-of-options', `${revision}^{commit}`],
        signal,
    );
    if (found.kind === 'failed') return reasonOf(found);
    const commit = found.output.toString('utf8').trim();
    if (commit === place.known?.commit) return { kind: 'read', committed: place.known };
    const listed = await ask(place, ['ls-tree', '-r', '-z', commit, '--', '.'], signal);
    if (listed.kind === 'failed') return reasonOf(listed);
    const files = filesIn(listed.output.toString('utf8'));
    const content = await ask(place, ['cat-file', '--batch'], signal, files.map(({ id }) => `${id}\n`).join(''));
    if (content.kind === 'failed') return reasonOf(content);
    const bodies = bodiesIn(content.output);
    const texts = files.map(({ path }, i) => [path, bodies[i]?.toString('utf8') ?? ''] as const);
    return { kind: 'read', committed: { commit, texts: Object.fromEntries(texts) } };
}

/** Files larger than this are no model files. */
const MAX_BYTES = 8 * 1024 * 1024;
const MODEL_FILE = /\.(?:graph|instances|commands|drl|measures|properties)$/;

interface TreeFile {
    readonly id: string;
    /** Relative to the directory that was asked about. */
    readonly path: string;
}

/** Regular files of the model, from `ls-tree -z`: `mode type id<TAB>path`. Links and modules are left out. */
export function filesIn(listing: string): readonly TreeFile[] {
    return listing.split('\0').flatMap((entry): readonly TreeFile[] => {
        const { id, path } = /^100\d{3} blob (?<id>[0-9a-f]+)\t(?<path>.+)$/s.exec(entry)?.groups ?? {};
        return id === undefined || path === undefined || !MODEL_FILE.test(path) ? [] : [{ id, path }];
    });
}

/** What `cat-file --batch` says, in order: `id type size`, a line end, so many bytes, a line end. Stops where it is not understood. */
export function bodiesIn(output: Buffer): readonly Buffer[] {
    const bodies: Buffer[] = [];
    for (let place = 0; place < output.length;) {
        const end = output.indexOf('\n', place);
        const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(output.toString('latin1', place, Math.max(place, end)))?.[1]);
        if (end === -1 || !Number.isSafeInteger(size)) return bodies;
        bodies.push(output.subarray(end + 1, end + 1 + Math.min(size, MAX_BYTES)));
        place = end + 1 + size + 1;
    }
    return bodies;
}

type GitAnswer =
    | { readonly kind: 'done'; readonly output: Buffer }
    | { readonly kind: 'failed'; readonly isMissing: boolean; readonly message: string };

function reasonOf({ isMissing, message }: Extract<GitAnswer, { kind: 'failed' }>): CommittedResult {
    if (isMissing) return { kind: 'noGit' };
    if (/not a git repository/i.test(message)) return { kind: 'noRepository' };
    // What Git says of a repository without a commit.
    if (/ambiguous argument|Needed a single revision|unknown revision/i.test(message)) return { kind: 'noCommit' };
    return { kind: 'gitFailed', message: message.trim().split('\n')[0] ?? '' };
}

/** Without the programs a repository can name, and in words that do not depend on the computer's language. */
function ask(
    { git, directory }: CommittedPlace,
    args: readonly string[],
    signal: AbortSignal,
    input = '',
): Promise<GitAnswer> {
    const options: ExecFileOptions = {
        cwd: directory,
        signal,
        maxBuffer: 256 * 1024 * 1024,
        encoding: 'buffer',
        env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
    };
    return new Promise((resolve, reject) => {
        const child = execFile(git, ['-c', 'core.fsmonitor=false', ...args], options, (fault, stdout, stderr) => {
            if (signal.aborted) reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
            else if (fault === null) resolve({ kind: 'done', output: Buffer.from(stdout) });
            else
                resolve({
                    kind: 'failed',
                    isMissing: fault.code === 'ENOENT',
                    message: String(stderr) || fault.message,
                });
        });
        // A program that ends before it has read everything is told of by its exit.
        child.stdin?.on('error', () => undefined);
        child.stdin?.end(input);
    });
}
