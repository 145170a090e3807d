/** Notices that somebody began or ended to drive a deployment: another window, a terminal. */
import { existsSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { defaultStateDirectory, deploymentPathsIn, namesIn } from './state-directory.ts';

export interface WatchOptions {
    /** Absent = `defaultStateDirectory()`. It need not exist yet. */
    readonly stateDirectory?: string;
    /** Milliseconds after which it is looked whether there is something else to watch; also the longest a missed notice goes unseen. */
    readonly sweepMs: number;
    /** Ends the watching. */
    readonly signal: AbortSignal;
}

/**
 * Calls `onChange` when a deployment appears in the state directory or leaves it, and when the claims to drive one change. It may be called
 * several times for one change, and without any. What happens within a deployment that is driven is told by its runner, not here.
 */
export function watchDeployments(onChange: () => void, { stateDirectory, sweepMs, signal }: WatchOptions): void {
    if (signal.aborted) return;
    const root = stateDirectory ?? defaultStateDirectory();
    const watchers = new Map<string, FSWatcher>();
    const forget = (directory: string): void => {
        watchers.get(directory)?.close();
        watchers.delete(directory);
    };
    const follow = (directory: string): void => {
        try {
            const watcher = watch(directory, { persistent: false }, notice);
            watcher.on('error', () => forget(directory));
            watchers.set(directory, watcher);
        } catch {
            // It does not exist yet, or the system has no watches left: the next sweep tries again.
        }
    };
    let seen = '';
    /** Watches what is there; answers whether that is something else than before. */
    const sweep = (): boolean => {
        const { directories, contents } = findPlaces(root);
        directories.filter((directory) => !watchers.has(directory)).forEach(follow);
        for (const directory of watchers.keys()) if (!directories.includes(directory)) forget(directory);
        const before = seen;
        seen = [...directories, ...contents].join('\n');
        return seen !== before;
    };
    const notice = (): void => {
        sweep();
        onChange();
    };
    sweep();
    const timer = setInterval(() => {
        if (sweep()) onChange();
    }, sweepMs);
    timer.unref();
    const end = (): void => {
        clearInterval(timer);
        for (const directory of watchers.keys()) forget(directory);
    };
    signal.addEventListener('abort', end, { once: true });
}

interface Places {
    /** The state directory, and within it the folders in which runners make their claims; none while it does not exist. */
    readonly directories: readonly string[];
    /**
     * Claims and their ends, which the system may fail to tell of: in a folder that was made again, or where watches are used up. And journals
     * of deployments that are not over: the first record comes some time after the claim.
     */
    readonly contents: readonly string[];
}

function findPlaces(root: string): Places {
    const deployments = namesIn(root).map((name) => deploymentPathsIn(join(root, name)));
    const isThere = (path: string): boolean => existsSync(path);
    return {
        directories: [root, ...deployments.map(({ lockDirectory }) => lockDirectory)].filter(isThere),
        contents: deployments.flatMap(({ lockDirectory, journal }) => [
            ...namesIn(lockDirectory).map((name) => join(lockDirectory, name)),
            ...[journal].filter(isThere),
        ]),
    };
}
