/**
 * The records of runs: those this window saw from their beginning as their events tell them, all others as their journals do. A run that goes
 * on is followed either way.
 */
import type { PageRun } from '../../media/timeline/page.ts';
import type { RunnerEvent } from '../../runner/protocol.ts';
import { beginRecord, continueRecord, type RunRecord, type RunRecorder } from '../../runner/runs.ts';
import { keyOfDeployment } from '../deployments/deployment-view.ts';
import type { DeploymentEvent, Deployments } from '../deployments/deployments.ts';
import type { RunnerAccess } from '../deployments/engine.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { createEmitter, type Subscription } from '../ui/emitter.ts';

export interface RunRecords extends Subscription {
    /** The record of a run as it is; null when nothing is kept of it. From then on its changes are told to those who listen. */
    readonly open: (run: PageRun) => Promise<RunRecord | null>;
    /** Calls back with the run of each event that changed one. */
    readonly onChange: (listener: (run: Pick<PageRun, 'deployment' | 'run'>) => void) => Subscription;
    /** Names of the runs of a deployment that this window saw, oldest first. */
    readonly seen: (deployment: string) => readonly string[];
}

export interface RunRecordsConfig {
    readonly deployments: Pick<Deployments, 'find' | 'onEvent' | 'onChange'>;
    readonly access: Pick<RunnerAccess, 'run'>;
}

/** So many runs of a deployment are kept: simulations have no journal to read them from again. */
const KEPT_RUNS = 20;

/** Nothing is recorded yet. Runs of deployments that left the list are forgotten. */
export function createRunRecords(config: RunRecordsConfig): RunRecords {
    const store = createRecordStore(config);
    return {
        open: (run) => store.open(run),
        onChange: store.changes.listen,
        seen: (deployment) => [...(store.recorders.get(deployment)?.keys() ?? [])],
        dispose: () => store.dispose(),
    };
}

function createRecordStore({ deployments, access }: RunRecordsConfig) {
    const store = createDisposableStore();
    const changes = createEmitter<Pick<PageRun, 'deployment' | 'run'>>();
    const recorders = new Map<string, Map<string, RunRecorder>>();
    const identities = createIdentities(access);
    const keep = (deployment: string, run: string, recorder: RunRecorder): void => {
        const known = recorders.get(deployment) ?? new Map<string, RunRecorder>();
        recorders.set(deployment, known.set(run, recorder));
        for (const oldest of known.keys()) if (known.size > KEPT_RUNS) known.delete(oldest);
    };
    const take = ({ deployment, event }: DeploymentEvent): void => {
        if (event.kind === 'runBegun' && !isOf(recorders.get(deployment.id)?.get(event.run.id), event.run))
            keep(deployment.id, event.run.id, beginRecord(event.run, deployment.snapshot.instances));
        for (const [run, recorder] of recorders.get(deployment.id) ?? []) {
            recorder.take(event);
            changes.emit({ deployment: deployment.id, run });
        }
    };
    store.add(deployments.onEvent((event) => void (event.event.kind === 'output' || take(event))));
    store.add(
        deployments.onChange(() => {
            for (const [id, known] of recorders) {
                const view = deployments.find(id);
                if (view === undefined) recorders.delete(id);
                else if (!view.simulated && view.link.kind !== 'live') forgetOpen(known);
            }
        }),
    );
    const read = async (run: PageRun): Promise<RunRecord | null> => {
        const key = keyOfDeployment(run.deployment);
        if (key === undefined) return null;
        // Nobody tells what happens as long as nobody is connected: such a run is read again each time.
        const isTold = deployments.find(run.deployment)?.link.kind === 'live';
        // What happens while the journal is read may be in it already, or not.
        const meanwhile: RunnerEvent[] = [];
        const listening = deployments.onEvent(
            ({ deployment, event }) => void (deployment.id === run.deployment && meanwhile.push(event)),
        );
        try {
            const record = await access.run(key, { run: run.run, deploymentBegunAt: run.begunAt });
            if (record === null || record.run.endedAt !== null || !isTold) return record;
            const recorder = continueRecord(record);
            for (const event of meanwhile) recorder.take(event);
            identities.learn(recorder, run);
            keep(run.deployment, run.run, recorder);
            return recorder.record();
        } finally {
            listening.dispose();
        }
    };
    return {
        recorders,
        changes,
        open: (run: PageRun): Promise<RunRecord | null> => {
            const recorder = recorders.get(run.deployment)?.get(run.run);
            return recorder === undefined ? read(run) : identities.read(recorder, run);
        },
        dispose: () => store.dispose(),
    };
}

/** Tells runs of deployments of one name from each other: a later one begins with the same ids. */
function createIdentities(access: RunRecordsConfig['access']) {
    /** When the deployment of a record began, as far as that is known. */
    const begunAtOf = new WeakMap<RunRecorder, number>();
    const learn = (recorder: RunRecorder, { begunAt }: PageRun): void => {
        if (begunAt !== null) begunAtOf.set(recorder, begunAt);
    };
    /** What a recorder has, when it is of the run that is meant; else what the journal has. */
    const read = async (recorder: RunRecorder, run: PageRun): Promise<RunRecord | null> => {
        const key = keyOfDeployment(run.deployment);
        if (run.begunAt === null || run.begunAt === begunAtOf.get(recorder) || key === undefined)
            return recorder.record();
        const written = await access.run(key, { run: run.run, deploymentBegunAt: run.begunAt });
        if (written === null || !isOf(recorder, written.run)) return written;
        learn(recorder, run);
        return recorder.record();
    };
    return { learn, read };
}

/** Whether a record is that of a run. */
function isOf(recorder: RunRecorder | undefined, { begunAt }: { readonly begunAt: number }): boolean {
    return recorder?.record().run.begunAt === begunAt;
}

/** What goes on unseen cannot be gone on with: the journal has it. */
function forgetOpen(known: Map<string, RunRecorder>): void {
    for (const [run, recorder] of known) if (recorder.record().run.endedAt === null) known.delete(run);
}
