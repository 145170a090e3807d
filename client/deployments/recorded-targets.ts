/** Which targets the machines of each deployment are of, as they were recorded when these were made. */
import type { DeploymentKey } from '../../runner/protocol.ts';
import { createEmitter, type Subscription } from '../ui/emitter.ts';
import type { DeploymentView } from './deployment-view.ts';
import type { Deployments } from './deployments.ts';

export interface RecordedTargets extends Subscription {
    /** Names of targets by the id of the deployment's view; those that are on this computer alone are absent. */
    readonly all: () => ReadonlyMap<string, readonly string[]>;
    readonly onChange: (listener: () => void) => Subscription;
}

export interface RecordedTargetsConfig {
    readonly deployments: Pick<Deployments, 'list' | 'onChange'>;
    readonly recorded: (key: DeploymentKey) => Promise<readonly { readonly id: string; readonly name: string }[]>;
    /** Told what went wrong where nobody asked. */
    readonly report: (message: string) => void;
}

/** Looks when other machines are there than before. */
export function createRecordedTargets({ deployments, recorded, report }: RecordedTargetsConfig): RecordedTargets {
    const changes = createEmitter<void>();
    const names = new Map<string, readonly string[]>();
    const machines = new Map<string, string>();
    const look = async ({ id, key }: DeploymentView): Promise<void> => {
        const targets = await recorded(key);
        names.set(id, [...new Set(targets.map((target) => target.name))]);
        changes.emit();
    };
    const listening = deployments.onChange(() => {
        const views = deployments.list().filter(({ simulated }) => !simulated);
        for (const view of views) {
            const made = machinesOf(view);
            if (made === (machines.get(view.id) ?? '')) continue;
            machines.set(view.id, made);
            if (made === '') names.delete(view.id);
            else look(view).catch((fault: unknown) => report(`Targets: ${String(fault)}`));
        }
        const listed = new Set(views.map(({ id }) => id));
        for (const id of machines.keys()) {
            if (listed.has(id)) continue;
            machines.delete(id);
            names.delete(id);
        }
    });
    return { all: () => names, onChange: changes.listen, dispose: () => listening.dispose() };
}

function machinesOf({ snapshot }: DeploymentView): string {
    return snapshot.instances.flatMap(({ machine }) => machine?.id ?? []).join('\n');
}
