/** The badge of a node's run state: told by colour, by the shape of its icon and in words. */
import type { Texts } from '../texts.ts';
import type { RunState } from './overlay.ts';
import { fittedPill, pillWidth, TEXT_SIZE, type Pill, type PillLook, type Tone } from './pill.ts';
import { cutToWidth, graphemesOf } from './text-width.ts';

type Status = RunState['status'];

/** Run states use some of the colours that labels have. */
type StatusLook = PillLook & { readonly tone: Exclude<Tone, 'again' | 'remade'> };

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

const MAX_LETTERS = 20;

/** The words of a node's state, shortened to what a label can hold at most. */
export function stateText(state: Pick<RunState, 'status' | 'text'>, texts: Texts): string {
    const text = state.text === '' ? texts[`status.${state.status}`] : state.text.replace(/\s+/g, ' ').trim();
    if (text.length <= MAX_LETTERS) return text;
    const letters = graphemesOf(text);
    return letters.length <= MAX_LETTERS ? text : `${letters.slice(0, MAX_LETTERS - 1).join('')}…`;
}

/** What is not told any more: drawn instead of the shape of a status, which may have passed. */
export const UNSURE_ICON = 'M2.75 3.25a2.3 2.3 0 1 1 3.4 2.1c-.8.45-1.15.8-1.15 1.6M5 9.1h.01';

/** The label of a run state: what is observed, and after an arrow what is asked for where that is another. At most `room` pixels wide. */
export function statePill(state: RunState, texts: Texts, room: number): Pill {
    const known = STATUS_LOOKS[state.status];
    const look: PillLook = state.isStale ? { tone: known.tone, icon: UNSURE_ICON, isOutline: true } : known;
    const pill: Pill = { kind: 'state', look, words: stateText(state, texts), number: '', since: null };
    const wanted = state.wanted.replace(/\s+/g, ' ').trim();
    return wanted === '' ? fittedPill(pill, room) : wantedPill(pill, cutToWidth(wanted, TEXT_SIZE, MAX_WANTED), room);
}

const MAX_WANTED = 80;

/** Where there is no room for what is wanted, the arrow alone says that something is; never is it told at the cost of what is observed. */
function wantedPill(pill: Pill, wanted: string, room: number): Pill {
    const wishes = [` → ${wanted}`, ' →'].map((tail) => ({ ...pill, words: `${pill.words}${tail}` }));
    return wishes.find((wish) => pillWidth(wish) <= room) ?? fittedPill(pill, room);
}
