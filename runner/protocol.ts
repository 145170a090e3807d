/**
 * What a runner says and accepts, in process or over its socket. Plain, readonly, serialisable data only.
 * Every message has a row in docs/protocol.md. The version changes when an older peer would misunderstand.
 */
import type { ApplicationModel } from '../language/index.ts';
import type { InstanceChangeKind } from './core/event.ts';
import type { CoreOrder } from './core/input.ts';
import type { InstanceSnapshot } from './core/snapshot.ts';
import type { InstanceStatus, Phase } from './core/status.ts';
import type { DeploymentTargets } from './targets/target.ts';

export type { Failure as FailureNote, InstanceChangeKind } from './core/event.ts';
export type { InstanceSnapshot } from './core/snapshot.ts';
export type { DeploymentTargets, TargetDefinition } from './targets/target.ts';
export type { DesiredStatus, InstanceStatus, Phase } from './core/status.ts';

export { isMachineWork } from './core/event.ts';
export { isNamedBy } from './core/instance-path.ts';
export { usesOf } from './targets/uses.ts';

export const PROTOCOL_VERSION = 4;

/** Which deployment is meant. */
export interface DeploymentKey {
    /** Real path of the application's directory. */
    readonly directory: string;
    /** Default: the application's name. */
    readonly deployment: string;
}

/** What a user can order: as the core takes it, but a deploy brings the model. */
export type Order =
    | Exclude<CoreOrder, { readonly kind: 'deploy' }>
    /**
     * The model is recorded with the first deploy of a deployment. A later one whose model or recipes differ is answered `changed`;
     * ordered again with `accept` = the fingerprint of that difference, it applies exactly this difference and goes on. Then instances
     * that stay keep what was wanted of them, unless `paths` names them.
     */
    | {
          readonly kind: 'deploy';
          readonly model: ApplicationModel;
          readonly paths: readonly string[];
          readonly accept?: string;
          /** Who makes the machines that are to be made from then on; absent = as before, at first this computer. */
          readonly targets?: DeploymentTargets;
      };

export interface InstanceChange {
    readonly path: string;
    readonly kind: InstanceChangeKind;
    /** What differs, one clause each: `port was 80 and is 81`. */
    readonly reasons: readonly string[];
}

/** What differs between a deployment and the model and recipes it was asked to have, in the order of the models' instances. */
export interface DeploymentDifference {
    /** Identifies exactly this difference between exactly these two. */
    readonly fingerprint: string;
    readonly changes: readonly InstanceChange[];
    /** Differences that touch no instance, one clause each. */
    readonly others: readonly string[];
}

export type OrderAnswer =
    | { readonly kind: 'accepted'; readonly run: string }
    /** Nothing was changed. `message` says why and what to do. */
    | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string }
    /** Only to a deploy. Nothing was changed. */
    | { readonly kind: 'changed'; readonly difference: DeploymentDifference };

export type RefusalCode =
    | 'notDeployed'
    | 'alreadyRunning'
    | 'unknownInstance'
    /** A parent of what should start is stopped. */
    | 'parentStopped'
    /** There is nothing to cancel. */
    | 'nothingUnderWay'
    /** Another model changes instances of which a step is in doubt. */
    | 'stepUnknown'
    /** The end of every step that was named is known. */
    | 'nothingUnknown'
    | 'modelHasErrors'
    | 'journalDamaged'
    | 'journalNotWritable'
    | 'unsupportedPlatform'
    /** The process that drove the deployment has gone. */
    | 'notRunning'
    /** The runner met a fault of its own. */
    | 'internal'
    | 'protocolVersion'
    | 'untrusted';

export type RunOutcome = 'succeeded' | 'failed' | 'cancelled';

export interface RunSummary {
    readonly id: string;
    readonly order: Order['kind'];
    readonly paths: readonly string[];
    /** Milliseconds since 1970 (virtual time in a simulation). */
    readonly begunAt: number;
    readonly endedAt: number | null;
    readonly outcome: RunOutcome | null;
    /** A cancel was asked for: nothing more is begun, and the run ends when what is under way has been ended. */
    readonly cancelling: boolean;
}

export interface DeploymentSnapshot {
    readonly key: DeploymentKey;
    readonly simulated: boolean;
    readonly run: RunSummary | null;
    readonly instances: readonly InstanceSnapshot[];
    /** Number of the last journal record this state contains. */
    readonly sequence: number;
}

/** What happened, in order. `sequence` numbers are those of the journal; output pieces carry the one they follow. */
export type RunnerEvent =
    /** `because`: one clause for people; a `resume` says with what it goes on. */
    | ({ readonly kind: 'runBegun'; readonly run: RunSummary; readonly because: string } & Stamp)
    /** A cancel was asked for. `steps` are being ended; the run ends after the last of them. */
    | ({ readonly kind: 'runCancelling'; readonly run: RunSummary; readonly steps: readonly RunningStep[] } & Stamp)
    | ({ readonly kind: 'runEnded'; readonly run: RunSummary } & Stamp)
    /** Another model was accepted: from then on there are these instances, those that are being removed among them. */
    | ({ readonly kind: 'instancesListed'; readonly instances: readonly InstanceSnapshot[] } & Stamp)
    /** These are gone for good: the model does not have them any more. */
    | ({ readonly kind: 'instancesForgotten'; readonly paths: readonly string[] } & Stamp)
    | ({
          readonly kind: 'instanceChanged';
          readonly instance: InstanceSnapshot;
          readonly from: InstanceStatus;
          readonly because: string;
      } & Stamp)
    | ({
          readonly kind: 'stepBegun';
          readonly path: string;
          readonly phase: Phase;
          readonly attempt: string;
          readonly because: string;
          /** Only with an `update`: the instance whose exports came, changed or went. */
          readonly exporter?: string;
      } & Stamp)
    | ({
          readonly kind: 'stepEnded';
          readonly path: string;
          readonly phase: Phase;
          readonly attempt: string;
          readonly outcome: string;
          readonly message: string;
      } & Stamp)
    | ({
          readonly kind: 'output';
          readonly path: string;
          readonly attempt: string;
          readonly stream: 'stdout' | 'stderr';
          readonly text: string;
      } & Stamp);

/** A step under way. */
export interface RunningStep {
    readonly path: string;
    readonly phase: Phase;
    readonly attempt: string;
}

export interface Stamp {
    readonly sequence: number;
    readonly time: number;
}
