/** What a runner that drives a deployment is given. */
import type { Settings } from './core/state.ts';
import type { Clock } from './clock.ts';
import type { StoreConfig } from './deployment-store.ts';
import type { Executor } from './executor.ts';
import type { OpenJournalFile } from './journal/file-port.ts';
import type { RotationPolicy } from './journal/rotate.ts';
import type { DeploymentKey } from './protocol.ts';
import type { Runner, RunnerEnd } from './runner.ts';
import type { DeploymentPaths } from './state-directory.ts';
import type { AwaitedInstance, MachineNews } from './targets/target.ts';

export interface DrivenConfig {
    readonly key: DeploymentKey;
    readonly paths: DeploymentPaths;
    readonly settings: Settings;
    readonly stepTimeoutMs: number;
    readonly fence: number;
    readonly clock: Clock;
    readonly openFile: OpenJournalFile;
    readonly rotation: RotationPolicy;
    /** Made once. */
    readonly executorFor: (world: ExecutorWorld) => Executor;
    /** Takes values of secrets, into the memory of this process alone. */
    readonly giveSecrets: Runner['giveSecrets'];
    /** Why nothing can be deployed on this computer; null when it can. */
    readonly unsupported: string | null;
    readonly isSuperseded: () => boolean;
    /** Lets go of what makes others find this runner. */
    readonly release: (end: RunnerEnd) => Promise<void>;
    readonly pid: number;
}

/** What an executor is given by the runner it works for. */
export interface ExecutorWorld {
    /** Aborts when this runner stops driving. */
    readonly detached: AbortSignal;
    /** Ports that instances of the deployment have. */
    readonly portsInUse: () => readonly number[];
    /** Takes what machines say without having been asked, with the name of the copy of their target. */
    readonly onMachineNews: (news: MachineNews, target: string) => void;
    /** What is going to be initialized on a machine, by the path of that. */
    readonly awaitedOn: (machine: string) => readonly AwaitedInstance[];
}

/** The part of it that the disk is about. */
export function storeConfigOf(config: DrivenConfig): StoreConfig {
    const { key, paths, settings, fence, openFile, rotation } = config;
    return { key, paths, settings, fence, openFile, rotation };
}
