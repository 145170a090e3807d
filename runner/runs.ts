/** DOOR: runs as records: what happened step by step, what waited for what, and what differs between two of them. Pure: no clock, no disk. */
export {
    beginRecord,
    continueRecord,
    type RecordedInstance,
    type RecordedStep,
    type RecordedWait,
    type RunRecord,
    type RunRecorder,
} from './run-record.ts';
export { chainsOf, criticalPathOf, type StepChain } from './run-chains.ts';
export { compareRuns, type ComparedStep, type StepSum } from './compare-runs.ts';
