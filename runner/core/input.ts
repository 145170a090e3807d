/** What can reach the core: orders of users and news from the world. Every input brings the time; the core has no clock. */

import type { ApplicationModel } from '../../language/index.ts';
import type { Targets } from './state.ts';
import type { Recipes } from './topology.ts';

/** Orders as the core takes them. Paths name sub-trees; empty = the whole application. */
export type CoreOrder =
    /** Deploys and starts. */
    | { readonly kind: 'deploy'; readonly paths: readonly string[] }
    | { readonly kind: 'start'; readonly paths: readonly string[] }
    | { readonly kind: 'stop'; readonly paths: readonly string[] }
    /**
     * `force`: nothing of them is run or waited for any more. What runs is killed, machines and directories go as they are; a machine that
     * cannot be destroyed is given up.
     */
    | { readonly kind: 'undeploy'; readonly paths: readonly string[]; readonly force?: boolean }
    /** Goes on with what is wanted after a cancel or a restart; failures stay, see `retry`. Steps whose end is unknown are retried only when `retryUnknown`. */
    | { readonly kind: 'resume'; readonly retryUnknown: boolean }
    /** Forgets failures and unknown steps in the sub-trees and tries again. */
    | { readonly kind: 'retry'; readonly paths: readonly string[] }
    /**
     * Says how steps ended of which nobody could tell, in the sub-trees: all of them well, or all of them not. What is wanted goes on
     * from there; a step said to have failed waits for `retry`.
     */
    | { readonly kind: 'settle'; readonly paths: readonly string[]; readonly succeeded: boolean }
    /** No step is begun after it; running ones are killed; runs end when all is quiet. */
    | { readonly kind: 'cancel' };

/** How a step ended. The outcomes of executors are assignable to it as they are. */
export type StepResult =
    | { readonly kind: 'succeeded'; readonly durationMs: number }
    | {
          readonly kind: 'failed';
          readonly durationMs: number;
          readonly exitCode: number | null;
          readonly signal: string | null;
          readonly reason: string;
          readonly lastLines: readonly string[];
      }
    | { readonly kind: 'timedOut'; readonly timeoutMs: number; readonly lastLines: readonly string[] }
    | { readonly kind: 'cancelled'; readonly lastLines: readonly string[] }
    | { readonly kind: 'unknown'; readonly reason: string };

/** `time` is in milliseconds since 1970, virtual in a simulation, and never goes back. */
export type Input = { readonly time: number } & (
    | {
          readonly kind: 'order';
          /** Name of the run the order begins, never used before in the deployment and fit for a file name. A `cancel` begins none. */
          readonly run: string;
          readonly order: CoreOrder;
      }
    /** Deploys another model over what is there: `paths` name what of it is to be deployed and started; empty = all it adds. */
    | {
          readonly kind: 'change';
          /** Name of the run it begins, as for an order. */
          readonly run: string;
          readonly paths: readonly string[];
          readonly model: ApplicationModel;
          readonly recipes: Recipes;
      }
    /**
     * A step ended, or somebody answered about one whose end was unknown.
     * An attempt that is neither running nor asked about (a duplicate, a late answer) changes nothing.
     */
    | { readonly kind: 'stepEnded'; readonly attempt: string; readonly path: string; readonly result: StepResult }
    /** Answer to `findPorts`: free ports, or fewer than asked for when there are none. */
    | {
          readonly kind: 'portsFound';
          readonly path: string;
          readonly attempt: string;
          readonly ports: readonly number[];
      }
    /** What is to make machines from then on; said before the order that needs it. */
    | { readonly kind: 'targets'; readonly targets: Targets }
    /** The machine of a scoped instance answers: it was just made, or it was lost and is back. */
    | {
          readonly kind: 'machineUp';
          readonly path: string;
          readonly machineId: string;
          readonly address: string;
          /** Name of the snapshot of the target that made it; absent = this computer. */
          readonly target?: string;
          /** A lost one was switched off meanwhile: nothing that ran there does any more. */
          readonly isRebooted?: boolean;
      }
    /** It could not be made, or could not be destroyed. */
    | { readonly kind: 'machineFailed'; readonly path: string; readonly reason: string }
    /** It does not answer; it may still be there. */
    | { readonly kind: 'machineLost'; readonly path: string; readonly reason: string }
    /** It does not exist any more, whether asked for or not. */
    | { readonly kind: 'machineDown'; readonly path: string }
    /** Answer to `removeInstance`: processes killed, directory gone. */
    | { readonly kind: 'instanceRemoved'; readonly path: string }
    /** Answer to `setTimer`. */
    | { readonly kind: 'timerFired'; readonly path: string }
    /** First input after a replay: whatever was under way is asked about; nothing else is begun until an order comes. */
    | { readonly kind: 'restarted' }
    /** Internal: look at one instance and do what the laws say. */
    | { readonly kind: 'considered'; readonly instance: number }
    /** Internal: nothing is left to consider and nothing is under way. */
    | { readonly kind: 'quiet' }
);
