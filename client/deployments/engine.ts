/** Who takes orders for a deployment: a runner process, or a simulation in this one. And the way to find and open runners. */
import type {
    DeploymentListing,
    LogPiece,
    Opened,
    PastRun,
    Refused,
    RunName,
    Runner,
    StatusAnswer,
    StepLog,
} from '../../runner/index.ts';
import type { DeploymentKey } from '../../runner/protocol.ts';
import type { RunRecord } from '../../runner/runs.ts';

/** What the client needs of a runner; a simulation has it as well. */
export type Engine = Pick<
    Runner,
    'key' | 'giveSecrets' | 'order' | 'snapshot' | 'onEvent' | 'whenQuiet' | 'stopped' | 'dispose'
>;

/** `attach` never starts a runner; `start` does when there is none; `takeOver` also asks a runner of another version to leave. */
export type OpenMode = 'attach' | 'start' | 'takeOver';

/** The runner room, as far as the client uses it. */
export interface RunnerAccess {
    readonly open: (key: DeploymentKey, mode: OpenMode, signal: AbortSignal) => Promise<Opened | Refused>;
    /** Every deployment in the state directory that is not over. */
    readonly list: () => Promise<readonly DeploymentListing[]>;
    /** Every deployment of which anything is kept, those that are over included. */
    readonly keys: () => Promise<readonly DeploymentKey[]>;
    /** Output of the steps of the sub-trees of `paths` (empty = all): what there is, then what comes, until the signal aborts. */
    readonly follow: (
        key: DeploymentKey,
        paths: readonly string[],
        signal: AbortSignal,
    ) => Promise<AsyncIterable<LogPiece>>;
    /** What the journal of a deployment says, without a runner. */
    readonly status: (key: DeploymentKey) => Promise<StatusAnswer>;
    /** Past runs, newest first. */
    readonly history: (key: DeploymentKey) => Promise<readonly PastRun[]>;
    /** All that is known of a run; null when no journal tells of it. */
    readonly run: (key: DeploymentKey, name: RunName) => Promise<RunRecord | null>;
    /** Output of all steps of the deployment of that name that was begun then (milliseconds since 1970), over or not. */
    readonly pastLogs: (key: DeploymentKey, begunAt: number) => Promise<readonly StepLog[]>;
    /** Calls back when somebody else begins or ends to drive a deployment, until the signal aborts. */
    readonly watch: (onChange: () => void, signal: AbortSignal) => Promise<void>;
}
