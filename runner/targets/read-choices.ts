/** What is kept of the targets of a deployment, read without any runner. */
import type { TargetChoice } from '../../language/index.ts';
import { isOver, readDeployment } from '../deployment-store.ts';
import { defaultStateDirectory, deploymentKeyOf, deploymentPathsOf } from '../state-directory.ts';
import { readChoices } from './snapshots.ts';

/** The choices of the last deploy that said any; none when everything of it is gone again: the next one begins anew. */
export function readTargetChoices(
    directory: string,
    deployment: string,
    stateDirectory: string = defaultStateDirectory(),
): readonly TargetChoice[] {
    const paths = deploymentPathsOf(stateDirectory, deploymentKeyOf(directory, deployment));
    const choices = readChoices(paths.targets);
    if (choices.length === 0) return [];
    const read = readDeployment(paths);
    return read.kind === 'replayed' && !isOver(read.state) ? choices : [];
}
