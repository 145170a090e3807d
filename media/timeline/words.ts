/** What is said of steps and times, in the editor's language. */
import { fill } from '../texts.ts';
import type { TimelineTexts } from './texts.ts';
import type { StepOutcome, TimelineStep, TimelineWait } from './view.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** `0.4 s`, `12.3 s`, `3 min 5 s`, `2 h 10 min`. */
export function durationText(durationMs: number, texts: TimelineTexts): string {
    const ms = Math.max(0, durationMs);
    if (ms < MINUTE) return fill(texts['time.seconds'], (Math.floor(ms / 100) / 10).toFixed(1));
    if (ms < HOUR) return fill(texts['time.minutes'], Math.floor(ms / MINUTE), Math.floor((ms % MINUTE) / SECOND));
    return fill(texts['time.hours'], Math.floor(ms / HOUR), Math.floor((ms % HOUR) / MINUTE));
}

/** A round moment, without what is zero in it: `500 ms`, `10 s`, `2 min`, `1 min 30 s`. */
export function tickText(ms: number, texts: TimelineTexts): string {
    if (ms === 0) return '0';
    if (ms < SECOND) return fill(texts['time.milliseconds'], ms);
    if (ms < MINUTE) return fill(texts['time.seconds'], ms / SECOND);
    if (ms < HOUR && ms % MINUTE === 0) return fill(texts['time.wholeMinutes'], ms / MINUTE);
    return ms % HOUR === 0 ? fill(texts['time.wholeHours'], ms / HOUR) : durationText(ms, texts);
}

/** A moment of a run: `+12.3 s`. */
export function afterText(ms: number, texts: TimelineTexts): string {
    return fill(texts['time.after'], durationText(ms, texts));
}

/** A phase as it is written: recipes keep their own names. */
export function phaseText(phase: string, texts: TimelineTexts): string {
    if (phase === 'createMachine') return texts['phase.createMachine'];
    return phase === 'destroyMachine' ? texts['phase.destroyMachine'] : phase;
}

/** How a step ended, in a word; null = it is under way. */
export function outcomeText(outcome: StepOutcome | null, texts: TimelineTexts): string {
    return outcome === null ? texts['outcome.running'] : texts[`outcome.${outcome}`];
}

/** What stands on the bar of a step. */
export function barText({ phase, tryNumber }: TimelineStep, texts: TimelineTexts): string {
    const name = phaseText(phase, texts);
    return tryNumber > 1 ? `${name} · ${fill(texts['step.try'], tryNumber)}` : name;
}

/** All of a step in a sentence, for screen readers. `nowMs`: what the clock of the run shows. */
export function spokenStep(
    step: TimelineStep,
    { nowMs, isCritical }: { readonly nowMs: number; readonly isCritical: boolean },
    texts: TimelineTexts,
): string {
    const pattern = step.endMs === null ? texts['step.spokenRunning'] : texts['step.spoken'];
    const sentence = fill(
        pattern,
        step.path,
        barText(step, texts),
        outcomeText(step.outcome, texts),
        durationText(step.beginMs, texts),
        durationText((step.endMs ?? nowMs) - step.beginMs, texts),
    );
    return isCritical ? fill(texts['step.spokenCritical'], sentence) : sentence;
}

/** `waiting for Store, 3.2 s`. */
export function waitText(wait: TimelineWait, nowMs: number, texts: TimelineTexts): string {
    const words =
        wait.kind === 'imports' && wait.missing.length > 0
            ? fill(texts['wait.importsOf'], wait.missing.join(', '))
            : texts[`wait.${wait.kind}`];
    return fill(texts['wait.took'], words, durationText((wait.endMs ?? nowMs) - wait.beginMs, texts));
}
