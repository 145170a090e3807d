/** Times as people say them. All take milliseconds. */
import * as vscode from 'vscode';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something took: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function durationWords(durationMs: number): string {
    if (durationMs < 10 * SECOND) {
        // Cut, as all durations are: every place tells the same of one run.
        const tenths = Math.floor(Math.max(0, durationMs) / (SECOND / 10));
        return vscode.l10n.t('{0} s', (tenths / 10).toFixed(1));
    }
    if (durationMs < MINUTE) return vscode.l10n.t('{0} s', Math.floor(durationMs / SECOND));
    if (durationMs < HOUR) {
        const seconds = Math.floor((durationMs % MINUTE) / SECOND);
        return vscode.l10n.t('{0} min {1} s', Math.floor(durationMs / MINUTE), seconds);
    }
    return vscode.l10n.t('{0} h {1} min', Math.floor(durationMs / HOUR), Math.floor((durationMs % HOUR) / MINUTE));
}

/** How long something has been going on, to the second: what counts up is not told more finely. */
export function elapsedWords(elapsedMs: number): string {
    const whole = Math.max(0, Math.floor(elapsedMs / SECOND));
    return elapsedMs < MINUTE ? vscode.l10n.t('{0} s', whole) : durationWords(whole * SECOND);
}

/** How long ago something happened, in its greatest unit: `just now`, `5 min ago`, `2 d ago`. */
export function agoWords(agoMs: number): string {
    if (agoMs < MINUTE) return vscode.l10n.t('just now');
    if (agoMs < HOUR) return vscode.l10n.t('{0} min ago', Math.floor(agoMs / MINUTE));
    if (agoMs < DAY) return vscode.l10n.t('{0} h ago', Math.floor(agoMs / HOUR));
    return vscode.l10n.t('{0} d ago', Math.floor(agoMs / DAY));
}

/** How soon something is due, in whole seconds, never less than one. */
export function secondsUntil(timeMs: number, nowMs: number): number {
    return Math.max(1, Math.ceil((timeMs - nowMs) / SECOND));
}

/** When something happened, by the clock on the wall; with the day when that was long before `nowMs`. */
export function clockWords(timeMs: number, nowMs: number): string {
    const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
    const isLongAgo = nowMs - timeMs > SAME_DAY;
    const day = isLongAgo ? ({ month: 'short', day: 'numeric' } as const) : {};
    return new Date(timeMs).toLocaleString(undefined, { ...day, ...clock });
}

/** Up to then nobody takes the time for one of another day. */
const SAME_DAY = 20 * HOUR;
