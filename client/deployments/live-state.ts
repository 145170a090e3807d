/** The state of a deployment as its events tell it: one change costs one entry, and a snapshot is made only when somebody looks. */
import type { DeploymentSnapshot, InstanceSnapshot, RunnerEvent, RunSummary } from '../../runner/protocol.ts';

export interface LiveState {
    /** Takes an event in. Those the state already contains are left out. */
    readonly apply: (event: RunnerEvent) => void;
    /** Starts over from a whole state. */
    readonly reset: (snapshot: DeploymentSnapshot) => void;
    /** The state as readonly data; the same object until something changes. */
    readonly snapshot: () => DeploymentSnapshot;
}

/** A state that follows events from `initial` on. */
export function createLiveState(initial: DeploymentSnapshot): LiveState {
    let base = initial;
    let instances = byPath(initial);
    let run = initial.run;
    let sequence = initial.sequence;
    let known: DeploymentSnapshot | undefined = initial;
    const change = (path: string, changed: InstanceSnapshot | undefined): void => {
        if (changed !== undefined) instances.set(path, changed);
    };
    const take = (event: Exclude<RunnerEvent, { kind: 'output' }>): void => {
        switch (event.kind) {
            case 'runBegun':
            case 'runCancelling':
            case 'runEnded':
                run = event.run;
                return;
            case 'instancesListed':
                instances = new Map(event.instances.map((instance) => [instance.path, instance]));
                return;
            case 'instancesForgotten':
                event.paths.forEach((path) => instances.delete(path));
                return;
            case 'instanceChanged':
                change(event.instance.path, event.instance);
                return;
            case 'stepBegun':
            case 'stepEnded':
                change(event.path, withStep(instances.get(event.path), event));
                return;
            default:
                return event satisfies never;
        }
    };
    return {
        apply: (event) => {
            if (event.kind === 'output' || event.sequence < sequence) return;
            sequence = event.sequence;
            known = undefined;
            take(event);
        },
        reset: (snapshot) => {
            base = snapshot;
            instances = byPath(snapshot);
            run = snapshot.run;
            sequence = snapshot.sequence;
            known = snapshot;
        },
        snapshot: () => {
            known ??= { ...base, run, sequence, instances: [...instances.values()] };
            return known;
        },
    };
}

function byPath(snapshot: DeploymentSnapshot): Map<string, InstanceSnapshot> {
    return new Map(snapshot.instances.map((instance) => [instance.path, instance]));
}

type StepEvent = Extract<RunnerEvent, { kind: 'stepBegun' | 'stepEnded' }>;

function withStep(instance: InstanceSnapshot | undefined, event: StepEvent): InstanceSnapshot | undefined {
    if (instance === undefined) return undefined;
    if (event.kind === 'stepBegun') {
        return { ...instance, step: { phase: event.phase, attempt: event.attempt, begunAt: event.time } };
    }
    return instance.step?.attempt === event.attempt ? { ...instance, step: null } : instance;
}

/** Whether a run is under way. */
export function isRunning(run: RunSummary | null): boolean {
    return run !== null && run.endedAt === null;
}

/** Whether nothing is deployed, nothing is wanted, and nothing went wrong on the way. */
export function isAbsent({ instances }: DeploymentSnapshot): boolean {
    return instances.every(
        ({ status, desired, failure }) => status === 'NOT_DEPLOYED' && desired === 'NOT_DEPLOYED' && failure === null,
    );
}
