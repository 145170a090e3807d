/**
 * The handle of a runner and how one is opened. A runner drives one deployment; it is either in this process (and listens, so that
 * others can attach) or in another one, reached over its socket. Both kinds have this one interface.
 */
import type {
    DeploymentKey,
    DeploymentSnapshot,
    Order,
    OrderAnswer,
    Phase,
    RefusalCode,
    RunnerEvent,
    RunSummary,
} from './protocol.ts';

/**
 * Who may be the runner. All three first attach to whoever drives the deployment; when nobody does:
 * `attach` refuses (`notRunning`), `attachOrStart` makes this process the runner, `attachOrSpawn` starts a detached process
 * that outlives this one and attaches to it.
 */
export type RunnerMode = 'attach' | 'attachOrStart' | 'attachOrSpawn';

export interface RunnerConfig {
    /** The application's directory, relative or not, links allowed: its real path identifies the application. */
    readonly directory: string;
    /** The deployment's name; by default callers pass the application's (`ApplicationModel.name`). */
    readonly deployment: string;
    /** Where deployments are kept; absent = `defaultStateDirectory()`. */
    readonly stateDirectory?: string;
    readonly mode: RunnerMode;
    /**
     * Program and first arguments that run the bundled `runner/main.ts`, for `attachOrSpawn`:
     * usually `[process.execPath, '<extension>/dist/runner.cjs']`. `ELECTRON_RUN_AS_NODE` is set when this process is Electron.
     */
    readonly spawnCommand?: readonly [string, ...string[]];
    /** Idle time after which a spawned runner leaves, in milliseconds; absent = 10 minutes. */
    readonly idleMs?: number;
    /**
     * What to do with a runner of another version that drives the deployment: ask it to leave once no run is under way, wait for that,
     * and go on as `mode` says. Absent or false: refused with `protocolVersion`.
     */
    readonly takeOver?: boolean;
}

export type OpenRefusalCode = RefusalCode | 'runnerFailed';

export interface Opened {
    readonly kind: 'opened';
    readonly runner: Runner;
}

/** Nothing was started or changed. `message` says why and what to do. */
export interface Refused {
    readonly kind: 'refused';
    readonly code: OpenRefusalCode;
    readonly message: string;
}

/** Why a runner is no longer there. `disposed`: by this handle. `lost`: the other process ended or the connection broke. */
export type RunnerEnd =
    | { readonly kind: 'disposed' }
    | { readonly kind: 'idle' }
    | { readonly kind: 'lost'; readonly message: string }
    | { readonly kind: 'failed'; readonly code: RunnerFailureCode; readonly message: string };

/** `superseded`: a runner with a higher fencing number drives the deployment. */
export type RunnerFailureCode = 'journalNotWritable' | 'superseded' | 'internal';

/** Output of one step, whole as far as it was kept (head cut when it was too long). */
export interface StepLog {
    readonly path: string;
    readonly phase: Phase;
    readonly attempt: string;
    readonly begunAt: number;
    /** How the step ended, null while it runs. */
    readonly outcome: string | null;
    readonly stdout: string;
    readonly stderr: string;
}

/** A piece of the output of steps as `followLogs` finds it. */
export type LogPiece =
    | {
          readonly kind: 'output';
          readonly path: string;
          readonly phase: Phase;
          readonly attempt: string;
          readonly stream: 'stdout' | 'stderr';
          /** Whole characters, as the recipe wrote them; lines may be cut anywhere. */
          readonly text: string;
      }
    /** The step has ended; more may follow of a program that it left running. */
    | {
          readonly kind: 'ended';
          readonly path: string;
          readonly phase: Phase;
          readonly attempt: string;
          readonly outcome: string;
      };

export interface FollowOptions {
    /** Absent = `defaultStateDirectory()`. */
    readonly stateDirectory?: string;
    /** Ends the following, without an error. */
    readonly signal: AbortSignal;
}

/** A run of a deployment, present or over. `id` is unique in its deployment, which `deploymentBegunAt` tells from others of its name. */
export interface PastRun extends RunSummary {
    readonly deploymentBegunAt: number;
    /** At most 20 instances that the run left elsewhere than it was to; `unreachedCount` counts all. Empty while it is under way. */
    readonly unreached: readonly { readonly path: string; readonly reason: string }[];
    readonly unreachedCount: number;
    readonly stepCount: number;
    /** All its steps, as they were begun. */
    readonly steps: readonly PastStep[];
}

export interface PastStep {
    readonly path: string;
    readonly phase: Phase;
    readonly attempt: string;
    readonly begunAt: number;
    /** Null while it is under way, or when its runner died and none has asked about it since. */
    readonly endedAt: number | null;
    readonly outcome: string | null;
}

/** Open until `dispose`. Nothing here throws for a failure of the world; a wait given up by its signal rejects with the signal's reason. */
export interface Runner {
    readonly key: DeploymentKey;
    /** Process that drives the deployment. */
    readonly pid: number;
    /** Whether that process is this one. */
    readonly inProcess: boolean;
    /** What the user should know of how the deployment was found, as a sentence; null when there is nothing to say. */
    readonly notice: string | null;
    /** Hands over values of secrets that targets refer to. They stay in the memory of the process that drives, and are never recorded. */
    readonly giveSecrets: (values: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<void>;
    /** Answers once the order is recorded (or refused); the work itself is followed by events and `whenQuiet`. */
    readonly order: (order: Order, signal: AbortSignal) => Promise<OrderAnswer>;
    /** State as of the last record. A lost runner answers the last state it told. */
    readonly snapshot: (signal: AbortSignal) => Promise<DeploymentSnapshot>;
    /** Calls the listener for every event from now on, in order. Answers how to stop that. */
    readonly onEvent: (listener: (event: RunnerEvent) => void) => () => void;
    /**
     * Resolves as soon as no run is under way: with the last run, or null when there never was one.
     * When the runner ends first, the run is answered as it stood (`outcome` null); `stopped` says why.
     */
    readonly whenQuiet: (signal: AbortSignal) => Promise<RunSummary | null>;
    /** Output of the steps of the sub-trees of `paths` (empty = all), oldest first. */
    readonly logs: (paths: readonly string[], signal: AbortSignal) => Promise<readonly StepLog[]>;
    /** Settles when the runner can no longer be used through this handle. Never rejects. */
    readonly stopped: Promise<RunnerEnd>;
    /**
     * Detaches. An in-process runner stops driving: steps under way go on under their supervisors and are found again by the
     * next runner, so callers that want the work done wait for `whenQuiet` first.
     */
    readonly dispose: () => Promise<void>;
}

/** A deployment found in the state directory. */
export interface DeploymentListing {
    readonly key: DeploymentKey;
    /** A runner process drives it at this moment. */
    readonly alive: boolean;
    /** Nobody drives it although its last run did not end: `resume` goes on with it. */
    readonly resumable: boolean;
    readonly run: RunSummary | null;
    /** Number of instances by status. */
    readonly statuses: Readonly<Record<string, number>>;
    /** Why its journal cannot be read, null when it can. */
    readonly damage: string | null;
}

/** What is known of a deployment without talking to a runner. */
export type StatusAnswer =
    | {
          readonly kind: 'known';
          readonly snapshot: DeploymentSnapshot;
          readonly alive: boolean;
          readonly resumable: boolean;
      }
    /** Nothing is deployed under this key. */
    | {
          readonly kind: 'none';
          readonly key: DeploymentKey;
          /** What may be meant instead, when the application was moved or renamed since it was deployed. */
          readonly related: readonly DeploymentKey[];
      }
    | { readonly kind: 'damaged'; readonly key: DeploymentKey; readonly message: string };
