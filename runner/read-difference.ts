/** What a deploy of a model would change of what is deployed, told from the disk without any runner. */
import type { ApplicationModel } from '../language/index.ts';
import { DEFAULT_SETTINGS } from './core/state.ts';
import { differenceTo } from './deployment-difference.ts';
import { isOver, replayJournal } from './deployment-store.ts';
import { readTrustedJournal } from './journal/trusted.ts';
import type { DeploymentDifference } from './protocol.ts';
import { defaultStateDirectory, deploymentKeyOf, deploymentPathsOf } from './state-directory.ts';

/** Null when nothing is deployed under this name, or its journal cannot be trusted: a deploy begins from nothing, or says why not. */
export function readDifference(
    directory: string,
    deployment: string,
    model: ApplicationModel,
    stateDirectory?: string,
): DeploymentDifference | null {
    const key = deploymentKeyOf(directory, deployment);
    const paths = deploymentPathsOf(stateDirectory ?? defaultStateDirectory(), key);
    const journal = readTrustedJournal(paths);
    if (journal.kind !== 'read') return null;
    const replayed = replayJournal(journal, paths, DEFAULT_SETTINGS);
    if (replayed.kind === 'damaged' || isOver(replayed.state)) return null;
    return differenceTo(replayed.state, model, { key, paths }).difference;
}
