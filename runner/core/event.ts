/**
 * The facts of a deployment: journal records without their sequence number and hash. Plain data, in the past tense,
 * instances by path. Replaying them over `createState` gives the state back.
 *
 * Every fact carries all the status changes it means (`changes`), so that the laws hold after each single record.
 */
import type { ApplicationModel } from '../../language/index.ts';
import type { CoreOrder, StepResult } from './input.ts';
import type { InstanceStatus, Phase } from './status.ts';
import type { Targets } from './state.ts';
import type { Recipes } from './topology.ts';

/** Full variable names to values; a variable without a value is not in it. */
export type PublishedValues = Readonly<Record<string, string>>;

export interface Change {
    readonly path: string;
    readonly status: InstanceStatus;
    /** What is published with the change; null unless the status is DEPLOYED_STARTED. */
    readonly exports: PublishedValues | null;
}

/** What is done about a machine itself. */
export type MachineWork = 'createMachine' | 'reachMachine' | 'destroyMachine';

/** Why an instance is not where it was asked to be. `unknown`: nobody can tell how its step ended. */
export interface Failure {
    readonly kind: 'failed' | 'timedOut' | 'cancelled' | 'unknown';
    /** `reachMachine`: a machine that is there does not answer. */
    readonly phase: Phase | MachineWork;
    readonly attempt: string | null;
    /** One sentence for people. */
    readonly message: string;
    readonly exitCode: number | null;
    readonly lastLines: readonly string[];
}

/** What an `update` tells a recipe about one exporter. */
export interface ImportChange {
    readonly kind: 'added' | 'changed' | 'removed';
    readonly exporterPath: string;
    readonly prefix: string;
    /** Imported variables by full name: the values to use, or the last ones known of an exporter that left. */
    readonly values: PublishedValues;
}

export type RefusalReason =
    | 'notDeployed'
    | 'alreadyRunning'
    | 'unknownInstance'
    | 'parentStopped'
    | 'nothingUnderWay'
    | 'nothingUnknown'
    | 'stepUnknown';

/** What applying another model does to one instance. */
export type InstanceChangeKind =
    | 'added'
    /** Stopped, undeployed and forgotten. */
    | 'removed'
    /** Undeployed and deployed anew: its component or machine is another one. */
    | 'replaced'
    /** Stopped, given the recipe's files, deployed over what is there and started: its recipe is another one. */
    | 'reinstalled'
    /** Stopped and started: its own values or imports are others. */
    | 'restarted'
    /** Nothing is run for it. */
    | 'noted';

export interface Unreached {
    readonly path: string;
    readonly reason: string;
}

export type CoreEvent = {
    /** Milliseconds since 1970, virtual in a simulation. */
    readonly time: number;
    /** The latest run; empty before the first one. */
    readonly run: string;
    /** One clause for people: what led to it. */
    readonly because: string;
    readonly changes: readonly Change[];
} & (
    | { readonly kind: 'runBegun'; readonly order: CoreOrder }
    /**
     * Another model takes the place of the one before, with the copies of its recipes. `transitions` lists every instance that does
     * not run as this model has it. The run that goes with it begins right after; nothing is begun before that.
     */
    | {
          readonly kind: 'modelChanged';
          readonly model: ApplicationModel;
          readonly recipes: Recipes;
          readonly transitions: readonly {
              readonly path: string;
              readonly kind: InstanceChangeKind;
              /** Of one that was added: the path of the removed one it takes the place of; it is deployed once that is gone. */
              readonly from?: string;
          }[];
      }
    /** What makes machines from then on. */
    | { readonly kind: 'targetsAssigned'; readonly targets: Targets }
    /** An instance at rest is from then on as the model has it. */
    | { readonly kind: 'instanceRedefined'; readonly path: string }
    /** Instances the model does not have any more, and of which nothing is left. */
    | { readonly kind: 'instancesForgotten'; readonly paths: readonly string[] }
    /** `run` names the run that ended. */
    | {
          readonly kind: 'runEnded';
          readonly order: CoreOrder;
          readonly begunAt: number;
          readonly outcome: 'succeeded' | 'failed' | 'cancelled';
          /** At most 20 instances that are not where this run wanted them; `unreachedCount` counts all. */
          readonly unreached: readonly Unreached[];
          readonly unreachedCount: number;
      }
    /** Nothing was changed. */
    | {
          readonly kind: 'orderRefused';
          readonly order: CoreOrder['kind'];
          readonly code: RefusalReason;
          readonly message: string;
      }
    | { readonly kind: 'cancelRequested' }
    | { readonly kind: 'runnerRestarted' }
    /** `target`: name of the snapshot of the target that makes it; absent = this computer. */
    | { readonly kind: 'machineRequested'; readonly path: string; readonly target?: string }
    | { readonly kind: 'machineCreated'; readonly path: string; readonly machineId: string; readonly address: string }
    | { readonly kind: 'machineCreationFailed'; readonly path: string; readonly failure: Failure }
    | { readonly kind: 'machineLost'; readonly path: string; readonly failure: Failure }
    | { readonly kind: 'machineRecovered'; readonly path: string; readonly address: string }
    /** It is up at another address than before: what is published from there is published anew. */
    | { readonly kind: 'machineReaddressed'; readonly path: string; readonly address: string }
    | { readonly kind: 'machineDestructionBegun'; readonly path: string }
    /** `orphans`: machines made for instances below it; what is left of them is destroyed too. */
    | {
          readonly kind: 'machineDestroyed';
          readonly path: string;
          readonly orphans: readonly {
              readonly path: string;
              readonly machineId: string;
              readonly target?: string;
          }[];
      }
    /** A machine came up that nothing waits for any more: it is destroyed. */
    | {
          readonly kind: 'machineUnclaimed';
          readonly path: string;
          readonly machineId: string;
          readonly target?: string;
      }
    /** What was left of a machine whose instance is gone already does not exist any more. */
    | { readonly kind: 'orphanDestroyed'; readonly path: string }
    | { readonly kind: 'machineDestructionFailed'; readonly path: string; readonly failure: Failure }
    | { readonly kind: 'portsRequested'; readonly path: string; readonly attempt: string }
    /** Local variable names to ports. */
    | {
          readonly kind: 'portsAssigned';
          readonly path: string;
          readonly attempt: string;
          readonly ports: Readonly<Record<string, number>>;
      }
    | { readonly kind: 'portsNotFound'; readonly path: string; readonly attempt: string; readonly failure: Failure }
    | {
          readonly kind: 'stepBegun';
          readonly path: string;
          readonly phase: Phase;
          readonly attempt: string;
          /** Only an `update` has one. */
          readonly change: ImportChange | null;
      }
    | {
          readonly kind: 'stepEnded';
          readonly path: string;
          readonly phase: Phase;
          readonly attempt: string;
          readonly result: StepResult;
          /** Null after success. */
          readonly failure: Failure | null;
          /** When the step will be tried again; null when it will not. */
          readonly retryAt: number | null;
      }
    /** Nothing was left to tell: what changed for this importer has been undone meanwhile. */
    | { readonly kind: 'updateDropped'; readonly path: string; readonly exporterPath: string }
    /** Exports are withdrawn, dependants included; recipes follow in the order of the laws. */
    | { readonly kind: 'stopDecided'; readonly path: string }
    /** A change of status that needs no recipe. */
    | { readonly kind: 'instanceMoved'; readonly path: string }
    | { readonly kind: 'removalBegun'; readonly path: string }
    | { readonly kind: 'instanceRemoved'; readonly path: string }
    | { readonly kind: 'retryDue'; readonly path: string }
    /** Quiet after a cancel: what was half-way and has nothing running for it goes to a status that can last.
     * Ends a cancel that was asked for outside any run. */
    | { readonly kind: 'workAbandoned' }
);

/** Whether what failed was about the machine itself, and no step of a recipe. */
export function isMachineWork(phase: Failure['phase']): phase is MachineWork {
    return phase === 'createMachine' || phase === 'reachMachine' || phase === 'destroyMachine';
}
