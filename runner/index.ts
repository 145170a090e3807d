/** Door of the runner room: the deployment engine. */
export type {
    DeploymentDifference,
    DeploymentKey,
    DeploymentSnapshot,
    DesiredStatus,
    FailureNote,
    InstanceChange,
    InstanceChangeKind,
    InstanceSnapshot,
    InstanceStatus,
    Order,
    OrderAnswer,
    Phase,
    RefusalCode,
    RunnerEvent,
    RunningStep,
    RunOutcome,
    RunSummary,
} from './protocol.ts';
export { isNamedBy } from './protocol.ts';
export type {
    DeploymentListing,
    FollowOptions,
    LogPiece,
    Opened,
    OpenRefusalCode,
    PastRun,
    PastStep,
    Refused,
    Runner,
    RunnerConfig,
    RunnerEnd,
    RunnerFailureCode,
    RunnerMode,
    StatusAnswer,
    StepLog,
} from './runner.ts';
export { openRunner } from './open-runner.ts';
export { isEmptyDifference } from './deployment-difference.ts';
export { followLogs } from './follow-logs.ts';
export { readDifference } from './read-difference.ts';
export { readHistory, readPastLogs } from './read-history.ts';
export { listDeploymentKeys, listDeployments, readLogs, readStatus } from './read-status.ts';
export { watchDeployments } from './watch-deployments.ts';
export { defaultStateDirectory } from './state-directory.ts';
export { nextEvents, simulate, snapshotOfSimulation, startSimulation, type Simulation } from './simulation/simulate.ts';
export { parseFaults, parseScenario, type ParsedList } from './simulation/parse-scenario.ts';
export { createPacer, type Pacer, type PacerConfig, type PacerState } from './simulation/paced.ts';
export type { SimulationOptions, SimulationResult } from './simulation/simulate.ts';
