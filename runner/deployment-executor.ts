/** The executor of one deployment: this computer, and whatever its targets reach. */
import { hash } from 'node:crypto';
import { dirname } from 'node:path';
import { systemClock } from './clock.ts';
import type { DrivenConfig, ExecutorWorld } from './driven-config.ts';
import { isElectron } from './electron.ts';
import { createLocalExecutor } from './local/local-executor.ts';
import { KILL_GRACE_MS, type ProcessTable } from './local/processes.ts';
import { identityOf } from './deployment-identity.ts';
import { readKey } from './related-deployments.ts';
import { instanceDirectoryOf, stepDirectoryOf, type DeploymentPaths } from './state-directory.ts';
import { openTarget } from './targets/adapters.ts';
import { newsWithoutSecrets, withoutSecrets } from './targets/redaction.ts';
import { createRoute } from './targets/route.ts';
import type { Secrets } from './targets/secrets.ts';
import { readTarget } from './targets/snapshots.ts';

interface Place {
    readonly paths: DeploymentPaths;
    readonly processes: ProcessTable;
    readonly secrets: Secrets;
}

/** Nothing of a target is opened before it is needed. */
export function executorIn(
    { paths, processes, secrets }: Place,
    { detached, portsInUse, onMachineNews, awaitedOn }: ExecutorWorld,
): ReturnType<DrivenConfig['executorFor']> {
    const stepDirectory = (attempt: string): string => stepDirectoryOf(paths, attempt);
    const local = createLocalExecutor({
        clock: systemClock,
        processes,
        host: { variables: process.env, executable: process.execPath, isElectron: isElectron() },
        killGraceMs: KILL_GRACE_MS,
        detached,
        deploymentMark: hash('sha256', paths.current, 'hex').slice(0, 24),
        stepDirectoryOf: stepDirectory,
        leftFileOf: (path) => `${instanceDirectoryOf(paths, path)}.left`,
        machineFolder: paths.machines,
        portsInUse,
    });
    return createRoute({
        local,
        deploymentOf: () => identityOf(paths),
        definitionOf: (name) => readTarget(paths.targets, name),
        onMachineNews,
        open: async (definition, onNews) => {
            const opened = await openTarget({
                definition,
                deployment: identityOf(paths),
                application: readKey(paths.keyFile)?.deployment ?? '',
                machineFolder: paths.machines,
                secretOf: secrets.secretOf,
                stateDirectory: dirname(paths.root),
                stepDirectoryOf: stepDirectory,
                onMachineNews: (news) => onNews(newsWithoutSecrets(news, secrets.redact)),
                awaitedOn,
                detached,
            });
            return 'kind' in opened ? opened : withoutSecrets(opened, secrets.redact);
        },
    });
}
