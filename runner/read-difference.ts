/** What a deploy of a model would change of what is deployed, told from the disk without any runner. */
import { differenceTo, type WantedDeployment } from './deployment-difference.ts';
import { isOver, readDeployment } from './deployment-store.ts';
import type { DeploymentDifference } from './protocol.ts';
import { defaultStateDirectory, deploymentKeyOf, deploymentPathsOf } from './state-directory.ts';

/** Null when nothing is deployed under this name, or its journal cannot be trusted: a deploy begins from nothing, or says why not. */
export function readDifference(
    directory: string,
    deployment: string,
    wanted: WantedDeployment,
    stateDirectory?: string,
): DeploymentDifference | null {
    const key = deploymentKeyOf(directory, deployment);
    const paths = deploymentPathsOf(stateDirectory ?? defaultStateDirectory(), key);
    const read = readDeployment(paths);
    if (read.kind !== 'replayed' || isOver(read.state)) return null;
    return differenceTo(read.state, wanted, { key, paths }).difference;
}
