/**
 * Golden logs: one line per fact, beside the tests. `vitest run test/scenarios -u` writes them anew; read the difference
 * before keeping it.
 */
import type { CoreEvent } from '../../runner/core/event.ts';

/** Facts as lines: virtual seconds, what happened to whom, the statuses it led to, why. */
export function logOf(facts: readonly CoreEvent[]): string {
    return `${facts.map(lineOf).join('\n')}\n`;
}

function lineOf(fact: CoreEvent): string {
    const changes = fact.changes.map((change) =>
        'path' in fact && change.path === fact.path ? change.status : `${change.path}=${change.status}`,
    );
    const statuses = changes.length === 0 ? '' : ` → ${changes.join(' ')}`;
    return `${(fact.time / 1000).toFixed(3).padStart(9)}  ${textOf(fact)}${statuses}  (${fact.because})`;
}

function textOf(fact: CoreEvent): string {
    if (fact.kind === 'runBegun') {
        const paths = 'paths' in fact.order ? fact.order.paths.join(' ') : '';
        return `${fact.run} begun: ${fact.order.kind} ${paths}`.trimEnd();
    }
    if (fact.kind === 'runEnded') {
        const reasons = fact.unreached.map(({ path, reason }) => `\n             ${path}: ${reason}`);
        return `${fact.run} ended: ${fact.outcome}${reasons.join('')}`;
    }
    if (fact.kind === 'orderRefused') return `${fact.order} refused: ${fact.code}: ${fact.message}`;
    if (fact.kind === 'modelChanged')
        return ['modelChanged', ...fact.transitions.map(({ path, kind }) => `${path} ${kind}`)].join('\n             ');
    if ('paths' in fact) return `${fact.kind} ${fact.paths.join(' ')}`;
    if (!('path' in fact)) return fact.kind;
    return `${fact.path} ${detailOf(fact)}`;
}

function detailOf(fact: Extract<CoreEvent, { path: string }>): string {
    if (fact.kind === 'stepBegun') {
        const change = fact.change === null ? '' : `: ${fact.change.kind} ${fact.change.exporterPath}`;
        return `${fact.phase} begun${change}`;
    }
    if (fact.kind === 'stepEnded')
        return `${fact.phase} ${fact.result.kind}${fact.retryAt === null ? '' : ', to be retried'}`;
    if (fact.kind === 'portsAssigned') return `portsAssigned ${JSON.stringify(fact.ports)}`;
    return fact.kind === 'machineCreated' ? `machineCreated ${fact.address}` : fact.kind;
}
