/** Builders of deployments for the client's tests. */
import type { DeploymentView } from '../../../client/deployments/deployment-view.ts';
import type { DeploymentSnapshot, FailureNote, InstanceSnapshot, RunSummary } from '../../../runner/protocol.ts';

export const KEY = { directory: '/apps/shop', deployment: 'shop' } as const;

/** An instance by its path; its parent is the path above. Absent and wanted nowhere unless told otherwise. */
export function instanceAt(path: string, fields: Partial<InstanceSnapshot> = {}): InstanceSnapshot {
    const cut = path.lastIndexOf('/');
    return {
        path,
        name: path.slice(cut + 1),
        component: 'Web',
        parent: cut === 0 ? null : path.slice(0, cut),
        installer: 'script',
        status: 'NOT_DEPLOYED',
        desired: 'NOT_DEPLOYED',
        step: null,
        failure: null,
        retryAt: null,
        retries: { used: 0, allowed: 0 },
        missing: [],
        exports: {},
        since: 0,
        leaving: false,
        ...fields,
    };
}

export function startedAt(path: string, component = 'Web'): InstanceSnapshot {
    return instanceAt(path, { component, status: 'DEPLOYED_STARTED', desired: 'DEPLOYED_STARTED' });
}

export function snapshotOf(instances: readonly InstanceSnapshot[], run: RunSummary | null = null): DeploymentSnapshot {
    return { key: KEY, simulated: false, run, instances, sequence: 1 };
}

export function runOf(fields: Partial<RunSummary> = {}): RunSummary {
    return {
        id: 'r1',
        order: 'deploy',
        paths: [],
        begunAt: 0,
        endedAt: null,
        outcome: null,
        cancelling: false,
        ...fields,
    };
}

export function viewOf(snapshot: DeploymentSnapshot, fields: Partial<DeploymentView> = {}): DeploymentView {
    return {
        id: 'deployment:shop@/apps/shop',
        key: snapshot.key,
        simulated: false,
        link: { kind: 'live' },
        snapshot,
        unknownSteps: [],
        changedAt: 1,
        ...fields,
    };
}

export const EXIT_3: FailureNote = {
    kind: 'failed',
    phase: 'start',
    attempt: 'a1',
    message: 'start.sh ended with exit code 3.',
    exitCode: 3,
    lastLines: ['bind: address in use'],
};
