/**
 * What a runner says and accepts, in process or over its socket. Plain, readonly, serialisable data only.
 * Every message has a row in docs/protocol.md. The version changes when an older peer would misunderstand.
 */
import type { ApplicationModel } from '../language/index.ts';
import type { DesiredStatus, InstanceStatus, Phase } from './core/status.ts';

export type { DesiredStatus, InstanceStatus, Phase } from './core/status.ts';

export const PROTOCOL_VERSION = 1;

/** Which deployment is meant. */
export interface DeploymentKey {
    /** Real path of the application's directory. */
    readonly directory: string;
    /** Default: the application's name. */
    readonly deployment: string;
}

/** What a user can order. Paths name sub-trees; empty = the whole application. */
export type Order =
    /** Deploys and starts. The model is recorded with the first deploy of a deployment; later ones must bring an equal model. */
    | { readonly kind: 'deploy'; readonly model: ApplicationModel; readonly paths: readonly string[] }
    | { readonly kind: 'start'; readonly paths: readonly string[] }
    | { readonly kind: 'stop'; readonly paths: readonly string[] }
    | { readonly kind: 'undeploy'; readonly paths: readonly string[] }
    /** Goes on with what the journal says was wanted; steps whose end is unknown are retried only when `retryUnknown`. */
    | { readonly kind: 'resume'; readonly retryUnknown: boolean }
    /** Forgets failures and unknown ends in the sub-trees and tries again. */
    | { readonly kind: 'retry'; readonly paths: readonly string[] }
    /** No new step; running ones are killed; the run ends when all is quiet. */
    | { readonly kind: 'cancel' };

export type OrderAnswer =
    | { readonly kind: 'accepted'; readonly run: string }
    /** Nothing was changed. `message` says why and what to do. */
    | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

export type RefusalCode =
    | 'notDeployed'
    | 'alreadyRunning'
    | 'unknownInstance'
    /** A parent of what should start is stopped. */
    | 'parentStopped'
    /** There is nothing to cancel. */
    | 'nothingUnderWay'
    | 'modelChanged'
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
}

/** Why an instance is not where it was asked to be. */
export interface FailureNote {
    readonly phase: Phase | 'createMachine' | 'destroyMachine';
    readonly attempt: string | null;
    /** One sentence for people. */
    readonly message: string;
    readonly exitCode: number | null;
    readonly lastLines: readonly string[];
}

export interface InstanceSnapshot {
    readonly path: string;
    readonly name: string;
    readonly component: string;
    readonly parent: string | null;
    readonly installer: string;
    readonly status: InstanceStatus;
    readonly desired: DesiredStatus;
    readonly step: { readonly phase: Phase; readonly attempt: string; readonly begunAt: number } | null;
    readonly failure: FailureNote | null;
    /** Import prefixes that keep it from starting. */
    readonly missing: readonly string[];
    /** Exports as published (full names), empty when not started. */
    readonly exports: Readonly<Record<string, string>>;
    /** When the status was entered. */
    readonly since: number;
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
    | ({ readonly kind: 'runBegun'; readonly run: RunSummary } & Stamp)
    | ({ readonly kind: 'runEnded'; readonly run: RunSummary } & Stamp)
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

export interface Stamp {
    readonly sequence: number;
    readonly time: number;
}
