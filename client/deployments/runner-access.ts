/** The runner room behind the client's port: the only file that names its functions. */
import { listDeployments, openRunner, readLogs, readStatus } from '../../runner/index.ts';
import type { RunnerAccess } from './engine.ts';

export interface RunnerAccessConfig {
    /** Path of the bundled runner process. */
    readonly runnerModule: string;
    /** Undefined = the runner's own choice; asked at every use, because it is a setting. */
    readonly stateDirectory: () => string | undefined;
}

/** Opens runners as detached processes of this process's own Node. */
export function createRunnerAccess({ runnerModule, stateDirectory }: RunnerAccessConfig): RunnerAccess {
    const place = (): { stateDirectory?: string } => {
        const chosen = stateDirectory();
        return chosen === undefined ? {} : { stateDirectory: chosen };
    };
    return {
        open: ({ directory, deployment }, spawn, signal) =>
            openRunner(
                {
                    directory,
                    deployment,
                    ...place(),
                    mode: spawn ? 'attachOrSpawn' : 'attach',
                    spawnCommand: [process.execPath, runnerModule],
                },
                signal,
            ),
        list: () => listDeployments(stateDirectory()),
        logs: ({ directory, deployment }) => readLogs(directory, deployment, [], stateDirectory()),
        status: ({ directory, deployment }) => readStatus(directory, deployment, stateDirectory()),
    };
}
