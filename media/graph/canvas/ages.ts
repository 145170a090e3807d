/** For how long steps have been under way: texts of the picture that go on without a drawing, by one timer for all of them. */
import { ageText } from '../../picture/age.ts';
import type { RunClock } from '../../protocol.ts';
import type { Texts } from '../../texts.ts';

export interface Ages {
    /** The states that are shown were told at this moment. */
    readonly tell: (clock: RunClock) => void;
    /** Fills in what was drawn since. */
    readonly write: () => void;
    readonly dispose: () => void;
}

/** Texts change with the seconds, a little after them. */
const TICK_MS = 1_000;

/** Keeps the texts inside `root` that have a `data-since` up to date. */
export function createAges(root: Element, texts: Texts): Ages {
    let clock: RunClock = { now: 0, isRunning: false };
    let toldAt = performance.now();
    const now = (): number => clock.now + (clock.isRunning ? performance.now() - toldAt : 0);
    const write = (): void => {
        for (const element of root.querySelectorAll('[data-since]')) {
            const text = ageText(Number(element.getAttribute('data-since')), now(), texts);
            if (element.textContent !== text) element.textContent = text;
        }
    };
    const timer = window.setInterval(() => {
        if (clock.isRunning) write();
    }, TICK_MS);
    return {
        tell: (told) => {
            clock = told;
            toldAt = performance.now();
        },
        write,
        dispose: () => window.clearInterval(timer),
    };
}
