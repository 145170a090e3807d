/** Past runs of the deployments of this window's folders, as their journals tell them. */
import type { DeploymentKey } from '../../runner/protocol.ts';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { createEmitter, type Subscription } from '../ui/emitter.ts';
import { createSingleFlight } from '../ui/single-flight.ts';
import type { Deployments } from './deployments.ts';
import type { RunnerAccess } from './engine.ts';
import type { RunOfDeployment } from './tree-model.ts';

/** A run that ended is in the journal before it is told; runs can end in bursts. */
const REFRESH_MS = 300;

export interface Histories {
    /** By the real path of the application; those without any run are absent. Newest first. */
    readonly all: () => ReadonlyMap<string, readonly RunOfDeployment[]>;
    readonly onChange: (listener: () => void) => Subscription;
    /** Which directories are of interest; reads them again. */
    readonly look: (concerns: (directory: string) => boolean) => void;
    readonly dispose: () => void;
}

export interface HistoriesConfig {
    readonly access: Pick<RunnerAccess, 'keys' | 'history'>;
    readonly deployments: Pick<Deployments, 'onEvent'>;
    /** Told what went wrong where nobody asked. */
    readonly report: (message: string) => void;
}

/** Empty until `look`; read again whenever a run begins or ends. */
export function createHistories({ access, deployments, report }: HistoriesConfig): Histories {
    const store = createDisposableStore();
    const changes = createEmitter<void>();
    let shown: ReadonlyMap<string, readonly RunOfDeployment[]> = new Map();
    let concerns: (directory: string) => boolean = () => false;
    const read = createSingleFlight(async () => {
        const keys = (await access.keys()).filter(({ directory }) => concerns(directory));
        shown = await readAll(access, keys);
        changes.emit();
    });
    store.add(read);
    const soon = store.add(
        coalesce(REFRESH_MS, () => {
            read.request().catch((fault: unknown) => report(`History: ${String(fault)}`));
        }),
    );
    store.add(
        deployments.onEvent(({ event, deployment }) => {
            const isRun = event.kind === 'runBegun' || event.kind === 'runEnded';
            if (isRun && !deployment.simulated) soon.request();
        }),
    );
    return {
        all: () => shown,
        onChange: changes.listen,
        look: (wanted) => {
            concerns = wanted;
            soon.request();
        },
        dispose: () => store.dispose(),
    };
}

async function readAll(
    access: Pick<RunnerAccess, 'history'>,
    keys: readonly DeploymentKey[],
): Promise<ReadonlyMap<string, readonly RunOfDeployment[]>> {
    const byDirectory = new Map<string, RunOfDeployment[]>();
    for (const key of keys) {
        const runs = (await access.history(key)).map((run) => ({ deployment: key.deployment, run }));
        if (runs.length > 0) byDirectory.set(key.directory, [...(byDirectory.get(key.directory) ?? []), ...runs]);
    }
    for (const runs of byDirectory.values()) runs.sort((left, right) => right.run.begunAt - left.run.begunAt);
    return byDirectory;
}
