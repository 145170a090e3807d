/** Walking over the bars of a timeline with the keys. */
import type { Scene } from './chart.ts';
import { pathOf } from './rows.ts';
import type { TimelineStep } from './view.ts';

export type Way = 'before' | 'after' | 'above' | 'below' | 'first' | 'last';

/** Id of the step one comes to; undefined when there is none that way. From nowhere one comes to the first. */
export function stepBeside(scene: Scene, from: string, way: Way): string | undefined {
    const step = scene.stepById.get(from);
    const found =
        step === undefined || way === 'first' || way === 'last' ? atEnd(scene, way) : beside(scene, step, way);
    return found?.id;
}

function atEnd({ stepById }: Scene, way: Way): TimelineStep | undefined {
    const steps = [...stepById.values()];
    return way === 'last' ? steps.at(-1) : steps[0];
}

function beside(scene: Scene, step: TimelineStep, way: Exclude<Way, 'first' | 'last'>): TimelineStep | undefined {
    if (way === 'above' || way === 'below') return nearestOn(scene, step, way === 'above' ? -1 : 1);
    const line = scene.stepsOf.get(step.path) ?? [];
    return line[line.indexOf(step) + (way === 'before' ? -1 : 1)];
}

/** On the next line with a step, the one that is nearest in time. */
function nearestOn({ rows, stepsOf }: Scene, step: TimelineStep, by: 1 | -1): TimelineStep | undefined {
    let index = (rows.lineOf.get(step.path) ?? -1) + by;
    for (let row = rows.rows[index]; row !== undefined; row = rows.rows[(index += by)]) {
        const line = stepsOf.get(pathOf(row)) ?? [];
        const [first, ...others] = line;
        if (first === undefined) continue;
        return others.reduce((best, other) => (away(other, step) < away(best, step) ? other : best), first);
    }
    return undefined;
}

function away(one: TimelineStep, other: TimelineStep): number {
    return Math.abs(one.beginMs - other.beginMs);
}
