/** What the end of a step, of a port search or of a removal means. */
import { stamp, statusAfterFailure, type Sight } from './move.ts';
import type { Change, CoreEvent, Failure } from './event.ts';
import { addressOf, randomPortsOf } from './exports.ts';
import type { StepResult } from './input.ts';
import { retryPolicyOf } from './policy.ts';
import { delayBefore } from './retry.ts';
import { at, parentStatusOf, statusOf, type State, type UnknownStep } from './state.ts';
import type { InstanceStatus, Phase } from './status.ts';
import { changeTo } from './wave.ts';

/** Ends the step under way, or settles one in doubt. Any other attempt is old news. */
export function decideStepEnded(sight: Sight, attempt: string, result: StepResult): readonly CoreEvent[] {
    const step = stepOf(sight, attempt, result);
    if (step === undefined) return [];
    const retryAt = retryTimeOf(sight, step.phase, result);
    const failure = failureOf(step.phase, attempt, result);
    return [
        {
            ...stamp(
                sight,
                sight.state.tasks.has(sight.node.index) ? becauseOf(result) : 'it was said how its recipe ended',
            ),
            kind: 'stepEnded',
            path: sight.node.path,
            phase: step.phase,
            attempt,
            result,
            failure: failure === null ? null : withRetry(failure, sight, step.phase, retryAt),
            retryAt,
            changes: retryAt !== null && staysForRetry(step.phase) ? [] : changesAfter(sight, step, result),
        },
    ];
}

/** Ports were found, or fewer than needed. */
export function decidePorts(sight: Sight, attempt: string, found: readonly number[]): readonly CoreEvent[] {
    const { state, node } = sight;
    const task = state.tasks.get(node.index);
    if (task?.kind !== 'ports' || task.attempt !== attempt) return [];
    const names = randomPortsOf(node);
    const ports = Object.fromEntries(names.flatMap((name, i) => (found[i] === undefined ? [] : [[name, found[i]]])));
    const about = { ...stamp(sight, `${found.length} free ports were found`), path: node.path, attempt };
    if (Object.keys(ports).length === names.length) return [{ ...about, kind: 'portsAssigned', ports, changes: [] }];
    const message = `Its machine has ${found.length} free ports where ${names.length} are needed.`;
    const failure: Failure = { kind: 'failed', phase: 'deploy', attempt, message, exitCode: null, lastLines: [] };
    const changes = [changeTo(state, node.index, statusAfterFailure(sight, 'deploy', statusOf(state, node.index)))];
    return [{ ...about, kind: 'portsNotFound', failure, changes }];
}

/** The directory is gone and with it the instance. */
export function decideRemoved(sight: Sight): readonly CoreEvent[] {
    const { state, node } = sight;
    if (state.tasks.get(node.index)?.kind !== 'removal') return [];
    const changes = [changeTo(state, node.index, 'NOT_DEPLOYED')];
    return [{ ...stamp(sight, 'its directory is gone'), kind: 'instanceRemoved', path: node.path, changes }];
}

function stepOf({ state, node }: Sight, attempt: string, result: StepResult): UnknownStep | undefined {
    const task = state.tasks.get(node.index);
    if (task !== undefined) return task.kind === 'step' && task.attempt === attempt ? task : undefined;
    const unknown = state.unknowns.get(node.index);
    const isAnswer = unknown?.attempt === attempt && result.kind !== 'unknown' && !state.beforeLoss.has(node.index);
    return isAnswer ? unknown : undefined;
}

function changesAfter(sight: Sight, step: UnknownStep, result: StepResult): readonly Change[] {
    const { laws, state, node } = sight;
    const status = statusAfter(sight, step, result);
    if (status === statusOf(state, node.index)) return [];
    const exports = status === 'DEPLOYED_STARTED' ? laws.R2(state, node.index, addressOf(state, node.index)) : null;
    return [{ ...changeTo(state, node.index, status), exports }];
}

function statusAfter(sight: Sight, step: UnknownStep, result: StepResult): InstanceStatus {
    // An instance may be told to stop while its update runs: the end of that must not bring it back.
    const previous = step.phase === 'update' ? statusOf(sight.state, sight.node.index) : step.previous;
    switch (result.kind) {
        case 'succeeded':
            return statusAfterSuccess(sight, step.phase);
        case 'failed':
        case 'timedOut':
            return step.phase === 'stop' ? statusAfterStop(sight) : statusAfterFailure(sight, step.phase, previous);
        case 'cancelled':
            return step.phase === 'stop' ? 'PROBLEM' : statusAfterFailure(sight, step.phase, previous);
        case 'unknown':
            return step.phase === 'update' ? previous : 'PROBLEM';
        default:
            return result satisfies never;
    }
}

function statusAfterSuccess(sight: Sight, phase: Phase): InstanceStatus {
    switch (phase) {
        case 'initialize':
            return 'DEPLOYING';
        case 'deploy':
            return 'DEPLOYED_STOPPED';
        case 'start':
            return statusAfterStart(sight);
        case 'update':
            return statusOf(sight.state, sight.node.index);
        case 'stop':
            return statusAfterStop(sight);
        case 'undeploy':
            return 'UNDEPLOYING';
        default:
            return phase satisfies never;
    }
}

/** What started while its imports left, or while it became unwanted, is stopped before anybody sees it. */
function statusAfterStart({ laws, state, node }: Sight): InstanceStatus {
    const isWanted = at(state.desired, node.index) === 'DEPLOYED_STARTED';
    return isWanted && laws.R1(state, node.index) ? 'DEPLOYED_STARTED' : 'STOPPING';
}

/** Where an instance is once it has stopped. */
export function statusAfterStop(sight: Sight): InstanceStatus {
    const { laws, state, node } = sight;
    if (at(state.desired, node.index) !== 'DEPLOYED_STARTED') return laws.R9('stop', 'STOPPING');
    return parentStatusOf(state, node.index) === 'DEPLOYED_STARTED' ? 'UNRESOLVED' : 'WAITING_FOR_ANCESTOR';
}

/** A deployment or a stop that is tried again goes on where it is: its files stay, its exports stay withdrawn. */
function staysForRetry(phase: Phase): boolean {
    return phase === 'deploy' || phase === 'stop';
}

/** When a failed step is tried again; null when it is not. What somebody said about a step in doubt is not second-guessed. */
function retryTimeOf({ state, node, time }: Sight, phase: Phase, result: StepResult): number | null {
    const isWorthIt = result.kind === 'failed' || result.kind === 'timedOut';
    if (!isWorthIt || state.halted || !state.tasks.has(node.index)) return null;
    if (!isStillWanted(state, node.index, phase)) return null;
    const delay = delayBefore(retryPolicyOf(state, node.index, phase), retryCountOf(state, node.index) + 1);
    return delay === null ? null : time + delay;
}

/** Nobody waits for a second try of what has been ordered away meanwhile. */
function isStillWanted(state: State, instance: number, phase: Phase): boolean {
    const desired = at(state.desired, instance);
    switch (phase) {
        case 'initialize':
        case 'deploy':
            return desired !== 'NOT_DEPLOYED';
        case 'start':
            return desired === 'DEPLOYED_STARTED';
        case 'update':
            return statusOf(state, instance) === 'DEPLOYED_STARTED';
        case 'stop':
            return true;
        case 'undeploy':
            return desired === 'NOT_DEPLOYED';
        default:
            return phase satisfies never;
    }
}

function retryCountOf(state: State, instance: number): number {
    return state.retries.get(instance)?.count ?? 0;
}

/** Says what comes next, so that nobody takes a failure that mends itself for the end. */
function withRetry(failure: Failure, { state, node, time }: Sight, phase: Phase, retryAt: number | null): Failure {
    if (retryAt === null) return failure;
    const { retries } = retryPolicyOf(state, node.index, phase);
    const next = `Try ${retryCountOf(state, node.index) + 2} of ${retries + 1} in ${(retryAt - time) / 1000} s.`;
    return { ...failure, message: `${failure.message.replace(/\.?$/, '.')} ${next}` };
}

function failureOf(phase: Phase, attempt: string, result: StepResult): Failure | null {
    const about = { phase, attempt, exitCode: null, lastLines: [] };
    switch (result.kind) {
        case 'succeeded':
            return null;
        case 'failed': {
            const { exitCode, lastLines, reason } = result;
            return { ...about, kind: 'failed', message: `${phase} failed: ${reason}`, exitCode, lastLines };
        }
        case 'timedOut': {
            const message = `${phase} took longer than ${result.timeoutMs / 1000} s and was killed.`;
            return { ...about, kind: 'timedOut', message, lastLines: result.lastLines };
        }
        case 'cancelled':
            return { ...about, kind: 'cancelled', message: `${phase} was cancelled.`, lastLines: result.lastLines };
        case 'unknown':
            return { ...about, kind: 'unknown', message: `Nobody can tell how ${phase} ended: ${result.reason}` };
        default:
            return result satisfies never;
    }
}

function becauseOf(result: StepResult): string {
    switch (result.kind) {
        case 'succeeded':
            return 'its recipe has ended';
        case 'failed':
            return 'its recipe failed';
        case 'timedOut':
            return 'its recipe took too long';
        case 'cancelled':
            return 'its recipe was cancelled';
        case 'unknown':
            return 'nobody can tell how its recipe ended';
        default:
            return result satisfies never;
    }
}
