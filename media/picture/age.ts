/** For how long something has been as it is, as short as a node has room for. */
import { fill, type Texts } from '../texts.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Its greatest unit, rounded down: `12 s`, `3 min`, `2 h`, `5 d`. Both in milliseconds of one clock; what has not begun yet has an age of nothing. */
export function ageText(since: number, now: number, texts: Texts): string {
    const age = Math.max(0, now - since);
    if (age < MINUTE) return fill(texts['age.seconds'], Math.floor(age / SECOND));
    if (age < HOUR) return fill(texts['age.minutes'], Math.floor(age / MINUTE));
    if (age < DAY) return fill(texts['age.hours'], Math.floor(age / HOUR));
    return fill(texts['age.days'], Math.floor(age / DAY));
}
