/** The lines of the critical path: from the end of each of its steps to the beginning of the one it let go. */
import { element, figure, keyed } from '../picture/element.ts';
import type { SvgElement } from '../picture/svg.ts';
import type { TimeScale } from './axis.ts';
import type { Scene } from './chart.ts';
import { heightOf } from './rows.ts';

/** Those that cross what is seen between `top` and `top + height`. */
export function linksOf(
    scene: Scene,
    scale: TimeScale,
    { top, height }: { readonly top: number; readonly height: number },
): readonly SvgElement[] {
    if (!scene.isCriticalShown) return [];
    return [...scene.critical].flatMap((id) => {
        const step = scene.stepById.get(id);
        const before = scene.stepById.get(step?.before ?? '');
        if (step === undefined || before === undefined || before.endMs === null) return [];
        const [from, to] = [middleOf(scene, before.path), middleOf(scene, step.path)];
        if (from === undefined || to === undefined || from === to) return [];
        if (Math.max(from, to) < top || Math.min(from, to) > top + height) return [];
        const [x, end] = [(before.endMs - scale.fromMs) * scale.pxPerMs, (step.beginMs - scale.fromMs) * scale.pxPerMs];
        return [keyed(id, element('path', { class: 'link', d: elbow(x, from, end, to) }))];
    });
}

function middleOf({ rows }: Scene, path: string): number | undefined {
    const row = rows.rows[rows.lineOf.get(path) ?? -1];
    return row === undefined ? undefined : row.top + heightOf(row) / 2;
}

/** Down or up right behind the end, then on to the beginning. */
function elbow(x: number, y: number, toX: number, toY: number): string {
    const bend = Math.max(x, Math.min(toX, x + 4));
    return `M${figure(x)} ${figure(y)}H${figure(bend)}V${figure(toY)}H${figure(toX)}`;
}
