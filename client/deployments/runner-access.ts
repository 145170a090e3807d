/** The runner room behind the client's port: the only file that names its functions. */
import type { RunnerAccess } from './engine.ts';

export interface RunnerAccessConfig {
    /** Path of the bundled runner process. */
    readonly runnerModule: string;
    /** Undefined = the runner's own choice; asked at every use, because it is a setting. */
    readonly stateDirectory: () => string | undefined;
}

/** Loaded when it is first used: most windows with a model file in them deploy nothing. */
const runnerRoom = () => import('../../runner/index.ts');

/** Opens runners as detached processes of this process's own Node. */
export function createRunnerAccess({ runnerModule, stateDirectory }: RunnerAccessConfig): RunnerAccess {
    const place = (): { stateDirectory?: string } => {
        const chosen = stateDirectory();
        return chosen === undefined ? {} : { stateDirectory: chosen };
    };
    return {
        open: async ({ directory, deployment }, spawn, signal) =>
            (await runnerRoom()).openRunner(
                {
                    directory,
                    deployment,
                    ...place(),
                    mode: spawn ? 'attachOrSpawn' : 'attach',
                    spawnCommand: [process.execPath, runnerModule],
                },
                signal,
            ),
        list: async () => (await runnerRoom()).listDeployments(stateDirectory()),
        logs: async ({ directory, deployment }) =>
            (await runnerRoom()).readLogs(directory, deployment, [], stateDirectory()),
        status: async ({ directory, deployment }) =>
            (await runnerRoom()).readStatus(directory, deployment, stateDirectory()),
    };
}
