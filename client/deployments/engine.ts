/** Who takes orders for a deployment: a runner process, or a simulation in this one. And the way to find and open runners. */
import type { DeploymentListing, Opened, Refused, Runner, StatusAnswer, StepLog } from '../../runner/index.ts';
import type { DeploymentKey } from '../../runner/protocol.ts';

/** What the client needs of a runner; a simulation has it as well. */
export type Engine = Pick<Runner, 'key' | 'order' | 'snapshot' | 'onEvent' | 'whenQuiet' | 'stopped' | 'dispose'>;

/** The runner room, as far as the client uses it. */
export interface RunnerAccess {
    /** Attaches to the runner of a deployment; with `spawn`, starts a detached one when there is none. */
    readonly open: (key: DeploymentKey, spawn: boolean, signal: AbortSignal) => Promise<Opened | Refused>;
    /** Every deployment in the state directory. */
    readonly list: () => Promise<readonly DeploymentListing[]>;
    /** Output of the steps of a deployment so far, oldest first. */
    readonly logs: (key: DeploymentKey) => Promise<readonly StepLog[]>;
    /** What the journal of a deployment says, without a runner. */
    readonly status: (key: DeploymentKey) => Promise<StatusAnswer>;
}
