/** What a plan does to a node and how it differs from another model, as labels: told by colour, by the shape of an icon and in words. */
import { fill, type Texts } from '../texts.ts';
import type { Pill, PillLook } from './pill.ts';
import type { NodeChange, PlanAction, PlanMark } from './plan.ts';

const PLUS = 'M5 1.25v7.5M1.25 5h7.5';

/** How each action looks. */
export const ACTION_LOOKS: Readonly<Record<PlanAction, PillLook>> = {
    create: { tone: 'good', icon: PLUS, isOutline: true },
    start: { tone: 'busy', icon: 'M2.5 1.25L8.5 5l-6 3.75z', isOutline: false },
    update: { tone: 'waiting', icon: 'M8.4 5.75A3.5 3.5 0 1 1 7.5 2.5L9 4M9 1.25V4H6.25', isOutline: true },
    restart: {
        tone: 'again',
        icon: 'M1.5 4.25A3.6 3.6 0 0 1 8 2.9M8.25 .75v2.4H5.85M8.5 5.75A3.6 3.6 0 0 1 2 7.1M1.75 9.25v-2.4h2.4',
        isOutline: true,
    },
    recreate: { tone: 'remade', icon: 'M1.25 1.25h7.5v7.5h-7.5zM5 3.25v3.5M3.25 5h3.5', isOutline: true },
    stop: { tone: 'stopped', icon: 'M1.75 1.75h6.5v6.5h-6.5z', isOutline: false },
    delete: { tone: 'bad', icon: 'M2 2l6 6M8 2l-6 6', isOutline: true },
};

/** How each difference looks. */
export const CHANGE_LOOKS: Readonly<Record<NodeChange, PillLook>> = {
    added: { tone: 'good', icon: PLUS, isOutline: true },
    removed: { tone: 'bad', icon: 'M1.25 5h7.5', isOutline: true },
    changed: { tone: 'waiting', icon: 'M1 5.9C2.2 3.4 3.8 3.4 5 5s2.8 1.6 4-.9', isOutline: true },
    rewired: {
        tone: 'busy',
        icon: 'M1.25 3.25h7M6.25 1L8.5 3.25L6.25 5.5M8.75 6.75h-7M3.75 4.5L1.5 6.75L3.75 9',
        isOutline: true,
    },
};

/** All of them, in the order in which they are listed. */
export const PLAN_ACTIONS: readonly PlanAction[] = [
    'create',
    'start',
    'update',
    'restart',
    'recreate',
    'stop',
    'delete',
];
export const NODE_CHANGES: readonly NodeChange[] = ['added', 'removed', 'changed', 'rewired'];

/** What is done to a node, with the number of its wave. */
export function planPill({ action, firstWave, lastWave }: PlanMark, texts: Texts): Pill {
    const number = firstWave === lastWave ? String(firstWave) : `${String(firstWave)}–${String(lastWave)}`;
    return { kind: 'plan-mark', look: ACTION_LOOKS[action], words: texts[`plan.${action}`], number, since: null };
}

/** How a node differs. */
export function changePill(change: NodeChange, texts: Texts): Pill {
    return {
        kind: 'change-mark',
        look: CHANGE_LOOKS[change],
        words: texts[`change.${change}`],
        number: '',
        since: null,
    };
}

/** A mark of a plan in words: `create, wave 2, on the critical path`. */
export function planWords({ action, firstWave, lastWave, isCritical }: PlanMark, texts: Texts): readonly string[] {
    const waves =
        firstWave === lastWave ? fill(texts['plan.wave'], firstWave) : fill(texts['plan.waves'], firstWave, lastWave);
    return [texts[`plan.${action}`], waves, ...(isCritical ? [texts['plan.critical']] : [])];
}
