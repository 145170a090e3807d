/** Door of the runner room: the deployment engine. */
export type {
    DeploymentDifference,
    DeploymentKey,
    DeploymentSnapshot,
    DesiredStatus,
    FailureNote,
    InstanceChange,
    InstanceChangeEffect,
    InstanceSnapshot,
    InstanceStatus,
    Order,
    OrderAnswer,
    Phase,
    RefusalCode,
    RunnerEvent,
    RunOutcome,
    RunSummary,
} from './protocol.ts';
export { PROTOCOL_VERSION } from './protocol.ts';
export type {
    DeploymentListing,
    Opened,
    OpenRefusalCode,
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
export { listDeployments, readLogs, readStatus } from './read-status.ts';
export { defaultStateDirectory } from './state-directory.ts';
export { nextEvents, simulate, snapshotOfSimulation, startSimulation, type Simulation } from './simulation/simulate.ts';
export { parseFaults, parseScenario, type ParsedList } from './simulation/parse-scenario.ts';
export { pacedEvents, type Pace } from './simulation/paced.ts';
export type { SimulationOptions, SimulationResult } from './simulation/simulate.ts';
