/** The runner room behind the client's port: the only file that opens runners and reads what they leave. */
import type { RunnerConfig } from '../../runner/index.ts';
import type { OpenMode, RunnerAccess } from './engine.ts';

export interface RunnerAccessConfig {
    /** Path of the bundled runner process. */
    readonly runnerModule: string;
    /** Undefined = the runner's own choice; asked at every use, because it is a setting. */
    readonly stateDirectory: () => string | undefined;
}

/** Loaded when it is first used: most windows with a model file in them deploy nothing. */
const runnerRoom = () => import('../../runner/index.ts');

const SWEEP_MS = 1000;

const MODES: Readonly<Record<OpenMode, Pick<RunnerConfig, 'mode' | 'takeOver'>>> = {
    attach: { mode: 'attach' },
    start: { mode: 'attachOrSpawn' },
    takeOver: { mode: 'attachOrSpawn', takeOver: true },
};

/** Opens runners as detached processes of this process's own Node. */
export function createRunnerAccess({ runnerModule, stateDirectory }: RunnerAccessConfig): RunnerAccess {
    const place = (): { stateDirectory?: string } => {
        const chosen = stateDirectory();
        return chosen === undefined ? {} : { stateDirectory: chosen };
    };
    return {
        open: async ({ directory, deployment }, mode, signal) => {
            const spawnCommand = [process.execPath, runnerModule] as const;
            const config = { directory, deployment, ...place(), ...MODES[mode], spawnCommand };
            return (await runnerRoom()).openRunner(config, signal);
        },
        list: async () => (await runnerRoom()).listDeployments(stateDirectory()),
        keys: async () => (await runnerRoom()).listDeploymentKeys(stateDirectory()),
        follow: async ({ directory, deployment }, paths, signal) =>
            (await runnerRoom()).followLogs(directory, deployment, paths, { ...place(), signal }),
        status: async ({ directory, deployment }) =>
            (await runnerRoom()).readStatus(directory, deployment, stateDirectory()),
        history: async ({ directory, deployment }) =>
            (await runnerRoom()).readHistory(directory, deployment, stateDirectory()),
        run: async (key, name) => (await runnerRoom()).readRun(key, name, stateDirectory()),
        pastLogs: async (key, begunAt) => (await runnerRoom()).readPastLogs(key, begunAt, stateDirectory()),
        watch: async (onChange, signal) =>
            (await runnerRoom()).watchDeployments(onChange, { ...place(), sweepMs: SWEEP_MS, signal }),
    };
}
