/** How urgent the next step of an instance is that could begin at this moment. */
import { expectedMs, type Work } from './expectation.ts';
import { at, statusOf, type State } from './state.ts';
import { nodeAt } from './topology.ts';
import { urgenciesOf, type Urgencies } from './urgency.ts';

/** Milliseconds that are expected to pass from its beginning to the end of all that waits for it; news of a loss come before everything. */
export function rankOf(state: State, instance: number): number {
    const urgencies = knownUrgencies(state);
    const status = statusOf(state, instance);
    switch (status) {
        case 'NOT_DEPLOYED':
        case 'DEPLOYING':
            return rankOfDeployment(state, instance, urgencies);
        case 'DEPLOYED_STOPPED':
        case 'UNRESOLVED':
        case 'WAITING_FOR_ANCESTOR':
            return rankOfIdle(state, instance, urgencies);
        case 'DEPLOYED_STARTED':
            return rankOfUpdate(state, instance);
        case 'STARTING':
        case 'STOPPING':
        case 'PROBLEM':
            return urgencies.stop[instance] ?? 0;
        case 'UNDEPLOYING':
            return urgencies.undeploy[instance] ?? 0;
        default:
            return status satisfies never;
    }
}

function knownUrgencies({ agenda, topology, settings }: State): Urgencies {
    agenda.urgencies ??= urgenciesOf(topology, settings);
    return agenda.urgencies;
}

function rankOfDeployment(state: State, instance: number, { up }: Urgencies): number {
    const whole = up[2 * instance] ?? 0;
    return at(state.initialized, instance) ? whole - expectedOf(state, instance, 'initialize') : whole;
}

function expectedOf(state: State, instance: number, work: Work): number {
    const { component } = nodeAt(state.topology, instance);
    return expectedMs(state.settings.expected, component.name, work);
}

function rankOfIdle(state: State, instance: number, urgencies: Urgencies): number {
    if (at(state.desired, instance) === 'NOT_DEPLOYED') return urgencies.undeploy[instance] ?? 0;
    const isToBeDeployed = state.outdated.has(instance);
    return urgencies.up[2 * instance + (isToBeDeployed ? 0 : 1)] ?? 0;
}

/** Nothing waits for an update, but an importer that is told late of an exporter that left goes on using it. */
function rankOfUpdate(state: State, instance: number): number {
    const [exporter = -1] = state.updates.get(instance)?.keys() ?? [];
    if (!state.published.has(exporter)) return Number.POSITIVE_INFINITY;
    return expectedOf(state, instance, 'update');
}
