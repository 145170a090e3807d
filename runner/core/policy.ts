/** What holds for a step: the policy its component has for it, else that of the settings. */
import type { RecipePhase, StepPolicy } from '../../language/index.ts';
import { NO_RETRY, type RetryPolicy } from './retry.ts';
import type { State } from './state.ts';
import type { Phase } from './status.ts';
import { nodeAt } from './topology.ts';

/**
 * How often a step is tried again. A component without one of its own has that of the settings; `update` and `stop`, whose failures hold
 * nothing up, are tried again only when their component says so.
 */
export function retryPolicyOf(state: State, instance: number, phase: Phase): RetryPolicy {
    const own = policyOf(state, instance, phase);
    if (own !== null) return { retries: own.retries, delayMs: own.retryDelayMs, factor: own.retryFactor };
    return phase === 'update' || phase === 'stop' ? NO_RETRY : state.settings.retry;
}

/** Milliseconds a step may take by the policy of its component; null when that says nothing. */
export function timeoutOf(state: State, instance: number, phase: Phase): number | null {
    return policyOf(state, instance, phase)?.timeoutMs ?? null;
}

/** Whether an instance runs its own recipe when its parent goes the same way. */
export function isCascaded(state: State, instance: number, phase: 'stop' | 'undeploy'): boolean {
    return policyOf(state, instance, phase)?.cascade ?? true;
}

function policyOf(state: State, instance: number, phase: Phase): StepPolicy | null {
    const policies = nodeAt(state.topology, instance).component.policies;
    if (policies === undefined || phase === 'initialize') return null;
    const recipePhase: RecipePhase = phase;
    return policies[recipePhase];
}
