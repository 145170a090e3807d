/** Door of the runner room: the deployment engine. */
export type {
    DeploymentKey,
    DeploymentSnapshot,
    DesiredStatus,
    FailureNote,
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
