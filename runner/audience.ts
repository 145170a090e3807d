/** Whoever listens to a runner, and which runs' ends they were told or could read. */
import type { StoredDeployment } from './deployment-store.ts';
import type { RunnerEvent } from './protocol.ts';

/** An audience without anybody. */
export function createAudience() {
    const listeners = new Set<(event: RunnerEvent) => void>();
    const endedRuns = new Set<string>();
    return {
        tell: (event: RunnerEvent): void => {
            if (event.kind === 'runEnded') endedRuns.add(event.run.id);
            listeners.forEach((listener) => listener(event));
        },
        adopt: ({ state: { lastRun } }: StoredDeployment): void => {
            endedRuns.clear();
            if (lastRun !== null && lastRun.endedAt !== null) endedRuns.add(lastRun.id);
        },
        hasEnded: (run: string): boolean => endedRuns.has(run),
        onEvent: (listener: (event: RunnerEvent) => void): (() => void) => {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
    };
}
