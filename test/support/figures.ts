/** What tests of reliability count on their way, for the page that tells it (docs/reliability.md). */
import type { TaskMeta } from 'vitest';

declare module 'vitest' {
    interface TaskMeta {
        /** Figures as people read them, for instance `25 kills`. */
        figures?: readonly string[];
    }
}

/** Leaves figures in the report of a test. */
export function leaveFigures({ meta }: { readonly meta: TaskMeta }, figures: readonly string[]): void {
    meta.figures = figures;
}
