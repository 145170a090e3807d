/** Door of the runner room: the deployment engine. */
export type {
    DeploymentDifference,
    DeploymentKey,
    DeploymentSnapshot,
    DeploymentTargets,
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
    TargetDefinition,
} from './protocol.ts';
export type { SecretLookup, TargetFailure } from './targets/target.ts';
export { isMachineWork, isNamedBy, usesOf } from './protocol.ts';
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
export { createSecrets, expandedProperties, secretNamesIn, type Secrets } from './targets/secrets.ts';
export {
    approveAddress,
    isPoolAddress,
    isStranger,
    poolAddresses,
    probeAddress,
    strangersFor,
    type PoolAddress,
    type PoolHolder,
} from './targets/inspect.ts';
export type { HostReport, ProbeOutcome } from './ssh/probe.ts';
export type { ApprovalOutcome } from './ssh/known-hosts-file.ts';
export type { ConnectRefusalCode } from './ssh/connection-port.ts';
export { readTargetChoices } from './targets/read-choices.ts';
export { readRecordedTargets } from './targets/read-recorded.ts';
export { readTargetFile, targetsAround, withTargetFiles } from './targets/choosable.ts';
export { readDifference } from './read-difference.ts';
export {
    planOf,
    type DeploymentPlan,
    type PlanAnswer,
    type PlannedAction,
    type PlannedInstance,
    type PlannedOrder,
    type PlannedPhase,
    type PlannedStep,
} from './plan.ts';
export { readDeployedModel, readPlan, type PlannableOrder } from './read-plan.ts';
export { readHistory, readPastLogs } from './read-history.ts';
export { readRun, type RunName } from './read-run.ts';
export { readRecords, verifyJournals, type JournalVerdict } from './read-journals.ts';
export type { JournalRecord } from './journal/record.ts';
export type { VerifiedFile } from './journal/verify.ts';
export { listDeploymentKeys, listDeployments, readLogs, readStatus } from './read-status.ts';
export { watchDeployments } from './watch-deployments.ts';
export { defaultStateDirectory } from './state-directory.ts';
export { nextEvents, simulate, snapshotOfSimulation, startSimulation, type Simulation } from './simulation/simulate.ts';
export { parseFaults, parseScenario, type ParsedList } from './simulation/parse-scenario.ts';
export { createPacer, type Pacer, type PacerConfig, type PacerState } from './simulation/paced.ts';
export type { SimulationOptions, SimulationResult } from './simulation/simulate.ts';
