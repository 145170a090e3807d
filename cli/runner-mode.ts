/** Where the runner of an order is: in this process, or in one that stays to watch the machines of targets. */
import { join } from 'node:path';
import { readStatus, type Order, type RunnerConfig } from '../runner/index.ts';
import type { DeploymentWords } from './deployment-words.ts';

/**
 * A deployment with machines that targets made gets a process of its own: it goes on watching them when this command has ended. Without
 * any, or to undeploy, this process is the runner.
 */
export async function runnerModeOf(
    { directory, deployment }: DeploymentWords,
    order: Order,
): Promise<Pick<RunnerConfig, 'mode' | 'spawnCommand'>> {
    if (order.kind === 'undeploy') return { mode: 'attachOrStart' };
    if (order.kind === 'deploy' && Object.keys(order.targets?.associations ?? {}).length > 0) return SPAWNED;
    const status = await readStatus(directory, deployment);
    const isWatched = status.kind === 'known' && status.snapshot.instances.some(({ machine }) => machine !== undefined);
    return isWatched ? SPAWNED : { mode: 'attachOrStart' };
}

/** The bundled runner lies beside the bundled command line. */
const SPAWNED = {
    mode: 'attachOrSpawn',
    spawnCommand: [process.execPath, join(import.meta.dirname, 'runner.cjs')],
} as const;
