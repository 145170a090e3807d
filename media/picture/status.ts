/** The badge of a node's run state: told by colour, by the shape of its icon and in words. */
import type { Texts } from '../texts.ts';
import type { RunState } from './overlay.ts';
import { element, figure, textElement, translate } from './element.ts';
import type { SvgElement } from './svg.ts';

type Status = RunState['status'];

interface StatusLook {
    /** Names the colour in the style sheet. */
    readonly tone: 'idle' | 'busy' | 'waiting' | 'good' | 'stopped' | 'bad';
    /** Path in a square of 10 pixels. */
    readonly icon: string;
    /** Drawn with a stroke only, not filled. */
    readonly isOutline: boolean;
}

/** How each status looks. */
export const STATUS_LOOKS: Readonly<Record<Status, StatusLook>> = {
    NOT_DEPLOYED: {
        tone: 'idle',
        icon: 'M5 1.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z',
        isOutline: true,
    },
    DEPLOYING: {
        tone: 'busy',
        icon: 'M5 1v6M2.25 4.5L5 7.25L7.75 4.5M1.5 9.25h7',
        isOutline: true,
    },
    DEPLOYED_STOPPED: { tone: 'stopped', icon: 'M1.75 1.75h6.5v6.5h-6.5z', isOutline: false },
    UNRESOLVED: {
        tone: 'waiting',
        icon: 'M2 1h6M2 9h6M2.75 1v1.5L5 5L2.75 7.5V9M7.25 1v1.5L5 5l2.25 2.5V9',
        isOutline: true,
    },
    WAITING_FOR_ANCESTOR: {
        tone: 'waiting',
        icon: 'M1.5 1h7M5 9V3.5M2.5 5.75L5 3.25l2.5 2.5',
        isOutline: true,
    },
    STARTING: { tone: 'busy', icon: 'M2.5 1.25L8.5 5l-6 3.75z', isOutline: true },
    DEPLOYED_STARTED: { tone: 'good', icon: 'M1.25 5.25L4 8l4.75-6', isOutline: true },
    STOPPING: { tone: 'busy', icon: 'M1.75 1.75h6.5v6.5h-6.5z', isOutline: true },
    UNDEPLOYING: {
        tone: 'busy',
        icon: 'M5 7.25V1.25M2.25 4L5 1.25L7.75 4M1.5 9.25h7',
        isOutline: true,
    },
    PROBLEM: { tone: 'bad', icon: 'M5 .75l4.5 8H.5zM5 3.75v2.25M5 7.4h.01', isOutline: true },
};

/** Whether a value names a status. */
export function isStatus(value: unknown): value is Status {
    return typeof value === 'string' && Object.hasOwn(STATUS_LOOKS, value);
}

const HEIGHT = 18;
const ICON_LEFT = 7;
const TEXT_LEFT = 22;
const TEXT_RIGHT = 9;
const TEXT_SIZE = 10.5;
const MAX_LETTERS = 20;

/** The words on a node's badge, shortened. */
export function stateText(state: Pick<RunState, 'status' | 'text'>, texts: Texts): string {
    const text = state.text === '' ? texts[`status.${state.status}`] : state.text.replace(/\s+/g, ' ').trim();
    const letters = [...new Intl.Segmenter('en').segment(text.slice(0, 400))].map(({ segment }) => segment);
    return letters.length <= MAX_LETTERS ? text : `${letters.slice(0, MAX_LETTERS - 1).join('')}…`;
}

/** The badge, ending at `right` and centred on the line `y`. */
export function stateBadge(state: RunState, texts: Texts, right: number, y: number): SvgElement {
    const look = STATUS_LOOKS[state.status];
    const words = stateText(state, texts);
    const width = Math.ceil(TEXT_LEFT + roughWidth(words, TEXT_SIZE) + TEXT_RIGHT);
    const outline = look.isOutline ? 'outline' : 'solid';
    return element('g', { class: `state ${look.tone}`, transform: translate(right - width, y - HEIGHT / 2) }, [
        element('rect', { class: 'plate', width, height: HEIGHT, rx: HEIGHT / 2 }),
        element('rect', { class: 'tint', width, height: HEIGHT, rx: HEIGHT / 2 }),
        element('path', { class: `state-icon ${outline}`, transform: translate(ICON_LEFT, 4), d: look.icon }),
        textElement('text', { class: 'state-text', x: figure(TEXT_LEFT), y: 12.75 }, words),
    ]);
}

/** Pixels; generous: a badge may be a little wider than its text, never narrower. */
export function roughWidth(text: string, size: number): number {
    const letters = Array.from(text, (letter) => {
        if (/[ijl.,:;'|!]/.test(letter)) return 0.33;
        if (/[ ftr()[\]]/.test(letter)) return 0.46;
        if (/[mwMW@%]/.test(letter)) return 1;
        if (/[a-z0-9]/.test(letter)) return 0.66;
        return letter < '\u0080' ? 0.8 : 1.25;
    });
    return size * letters.reduce((sum, width) => sum + width, 0);
}
