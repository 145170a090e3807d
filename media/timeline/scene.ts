/** From a run as the host tells it to what is drawn, kept up to date while the run goes on. */
import { chartRowsOf } from './rows.ts';
import type { Scene } from './chart.ts';
import type { RunProgress, RunView, TimelineStep, TimelineWait } from './view.ts';

/** How a person looks at a run. */
export interface SceneLook {
    readonly isCriticalShown: boolean;
    readonly selected: string;
    readonly nowMs: number;
}

/** What is drawn of a run. What does not change with the look is made once for each view. */
export function sceneOf(view: RunView, look: SceneLook): Scene {
    const { head } = view;
    return { ...indexOf(view), ...look, isRunning: head.state === 'running' || head.state === 'cancelling' };
}

type Index = Pick<Scene, 'rows' | 'stepsOf' | 'waitsOf' | 'stepById' | 'placeOf' | 'critical'>;

const indexes = new WeakMap<RunView, Index>();

function indexOf(view: RunView): Index {
    const known = indexes.get(view) ?? {
        rows: chartRowsOf(view.lanes),
        stepsOf: Map.groupBy<string, TimelineStep>(view.steps, ({ path }) => path),
        waitsOf: Map.groupBy<string, TimelineWait>(view.waits, ({ path }) => path),
        stepById: new Map(view.steps.map((step) => [step.id, step])),
        placeOf: new Map(view.steps.map(({ id }, index) => [id, index + 1])),
        critical: new Set(view.critical),
    };
    indexes.set(view, known);
    return known;
}

/** The run with what changed of it: steps that are told again take their places, others are added. */
export function withProgress(view: RunView, progress: RunProgress): RunView {
    const places = new Map(view.steps.map(({ id }, index) => [id, index]));
    const steps = [...view.steps];
    for (const step of progress.steps) {
        const place = places.get(step.id);
        if (place === undefined) steps.push(step);
        else steps[place] = step;
    }
    return { ...progress, steps };
}

/** How long the run is on its own clock, what is under way included. At least a tenth of a second: no time at all cannot be drawn. */
export function lengthOf(view: RunView, nowMs: number): number {
    const { head, steps } = view;
    if (head.tookMs === null) return Math.max(100, nowMs);
    return steps.reduce((length, { endMs }) => Math.max(length, endMs ?? 0), Math.max(100, head.tookMs));
}
