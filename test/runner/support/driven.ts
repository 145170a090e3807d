/** A driven runner over a recording executor, for tests of what is recorded and asked for. */
import { join } from 'node:path';
import { systemClock } from '../../../runner/clock.ts';
import { DEFAULT_SETTINGS } from '../../../runner/core/state.ts';
import { prepareFolder } from '../../../runner/deployment-store.ts';
import type { DrivenConfig } from '../../../runner/driven-config.ts';
import { driveDeployment } from '../../../runner/driven-runner.ts';
import type { Executor, StepRequest } from '../../../runner/executor.ts';
import { openJournalFile } from '../../../runner/journal/file-port.ts';
import { ROTATION } from '../../../runner/journal/rotate.ts';
import type { Runner } from '../../../runner/runner.ts';
import { deploymentPathsOf } from '../../../runner/state-directory.ts';

/** Steps succeed at once and are written down. */
export function recordingExecutor(steps: StepRequest[]): Executor {
    const run = (request: StepRequest) => {
        steps.push(request);
        return Promise.resolve({ kind: 'succeeded', durationMs: 0, leftRunning: [] } as const);
    };
    return {
        runStep: run,
        askStep: run,
        createMachine: () => Promise.resolve({ kind: 'up', machineId: 'm', address: '127.0.0.1' }),
        destroyMachine: () => Promise.resolve({ kind: 'down' }),
        findPorts: () => Promise.resolve([]),
        removeInstance: () => Promise.resolve([]),
        attend: () => undefined,
        dispose: () => Promise.resolve(),
    };
}

/** Opens the deployment `shop` of the application in `root`. */
export async function drive(root: string, steps: StepRequest[], changes: Partial<DrivenConfig>): Promise<Runner> {
    const key = { directory: root, deployment: 'shop' };
    const paths = deploymentPathsOf(join(root, 'state'), key);
    prepareFolder(paths, key);
    const runner = await driveDeployment({
        key,
        paths,
        settings: DEFAULT_SETTINGS,
        stepTimeoutMs: 1_000,
        fence: 1,
        clock: systemClock,
        openFile: openJournalFile,
        rotation: ROTATION,
        executorFor: () => recordingExecutor(steps),
        giveSecrets: () => Promise.resolve(),
        unsupported: null,
        isSuperseded: () => false,
        release: () => Promise.resolve(),
        pid: 1,
        ...changes,
    });
    if ('kind' in runner) throw new Error(runner.message);
    return runner;
}
