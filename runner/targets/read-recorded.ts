/** The targets of a deployment that is under way, read without any runner. */
import { isOver, readDeployment } from '../deployment-store.ts';
import { defaultStateDirectory, deploymentKeyOf, deploymentPathsOf } from '../state-directory.ts';
import { readTarget } from './snapshots.ts';
import type { TargetDefinition } from './target.ts';

/** Targets as they were recorded: those that made machines that are there, and those that are to make others. None when all is gone. */
export function readRecordedTargets(
    directory: string,
    deployment: string,
    stateDirectory: string = defaultStateDirectory(),
): readonly TargetDefinition[] {
    const paths = deploymentPathsOf(stateDirectory, deploymentKeyOf(directory, deployment));
    const read = readDeployment(paths);
    if (read.kind !== 'replayed' || isOver(read.state)) return [];
    const made = [...read.state.machines.values()].flatMap(({ target }) => target ?? []);
    const names = new Set([...made, ...Object.values(read.state.targets)]);
    return [...names].flatMap((name) => readTarget(paths.targets, name) ?? []);
}
