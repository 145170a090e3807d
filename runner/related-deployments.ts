/** Deployments a user may mean who asks for one that is not there: the application was moved or renamed since. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SETTINGS } from './core/state.ts';
import { isOver, replayJournal } from './deployment-store.ts';
import { readRecentJournal } from './journal/read.ts';
import type { DeploymentKey } from './protocol.ts';
import { deploymentPathsIn, namesIn, type DeploymentPaths } from './state-directory.ts';

/**
 * Deployments below a state directory that are not over and are either of the same name and a directory that does not exist any more,
 * or of the same directory and another name. Sorted by directory and name.
 */
export function relatedDeployments(stateDirectory: string, key: DeploymentKey): readonly DeploymentKey[] {
    const related = namesIn(stateDirectory).flatMap((name): readonly DeploymentKey[] => {
        const paths = deploymentPathsIn(join(stateDirectory, name));
        const other = readKey(paths.keyFile);
        return other !== null && isRelated(other, key) && isThere(paths) ? [other] : [];
    });
    return related.toSorted((left, right) => (sortKeyOf(left) < sortKeyOf(right) ? -1 : 1));
}

/** Says where the deployments are that may be meant; empty when there are none. Begins with a blank. */
export function relatedText(related: readonly DeploymentKey[], { deployment }: DeploymentKey): string {
    const texts = related.map((other) =>
        other.deployment === deployment
            ? ` A deployment of this name was made from ${other.directory}, which is not there any more: if the application was moved, give that folder instead.`
            : ` From this folder, '${other.deployment}' is deployed: if the application was renamed, ask for that name (--name).`,
    );
    return texts.join('');
}

/** The key in a deployment's folder; null when it is no such folder. */
export function readKey(file: string): DeploymentKey | null {
    try {
        const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
        const { directory, deployment } = value as Partial<DeploymentKey>; // both are checked below
        return typeof directory === 'string' && typeof deployment === 'string' ? { directory, deployment } : null;
    } catch {
        // Not a deployment's folder.
        return null;
    }
}

function isRelated(other: DeploymentKey, { directory, deployment }: DeploymentKey): boolean {
    if (other.directory === directory) return other.deployment !== deployment;
    return other.deployment === deployment && !existsSync(other.directory);
}

function isThere(paths: DeploymentPaths): boolean {
    const journal = readRecentJournal(paths.journal);
    if (journal.kind !== 'read') return false;
    const replayed = replayJournal(journal, paths, DEFAULT_SETTINGS);
    return replayed.kind === 'damaged' || !isOver(replayed.state);
}

function sortKeyOf({ directory, deployment }: DeploymentKey): string {
    return `${directory}\0${deployment}`;
}
