/** Readers of what the page of a run is told: unknown in, typed or undefined out. */
import { allOf, count, isOneOf, listOf, moment, nullOr, recordOf, text, truth } from '../protocol/fields.ts';
import {
    RUN_STATES,
    STEP_OUTCOMES,
    WAIT_KINDS,
    type ComparedRow,
    type ComparisonView,
    type FailureView,
    type RunHead,
    type RunProgress,
    type RunView,
    type StepOutcome,
    type TimelineLane,
    type TimelineRow,
    type TimelineStep,
    type TimelineWait,
} from './view.ts';

/** More steps than this cannot be looked at in one page. */
const MAX_STEPS = 100_000;
const MAX_TEXTS = 200;

/** Reads a run. */
export function parseRunView(value: unknown): RunView | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    return allOf({
        head: parseHead(fields['head']),
        lanes: listOf(fields['lanes'], MAX_STEPS, parseLane),
        steps: listOf(fields['steps'], MAX_STEPS, parseStep),
        waits: listOf(fields['waits'], MAX_STEPS, parseWait),
        critical: listOf(fields['critical'], MAX_STEPS, text),
        failures: listOf(fields['failures'], MAX_TEXTS, parseFailure),
        moreFailureCount: count(fields['moreFailureCount']),
    });
}

/** Reads what changed of a run. */
export function parseProgress(value: unknown): RunProgress | undefined {
    return parseRunView(value);
}

/** Reads a comparison. */
export function parseComparison(value: unknown): ComparisonView | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    return allOf({
        left: parseHead(fields['left']),
        right: parseHead(fields['right']),
        rows: listOf(fields['rows'], MAX_STEPS, parseRow),
    });
}

/** Reads the head of a run. */
export function parseHead(value: unknown): RunHead | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    const state = fields['state'];
    return allOf({
        title: text(fields['title']),
        state: isOneOf(RUN_STATES, state) ? state : undefined,
        stateWord: text(fields['stateWord']),
        facts: texts(fields['facts']),
        counts: texts(fields['counts']),
        begunAt: nullOr(fields['begunAt'], moment),
        tookMs: nullOr(fields['tookMs'], moment),
        clock: parseClock(fields['clock']),
    });
}

function parseClock(value: unknown): RunHead['clock'] | undefined {
    const fields = recordOf(value);
    return allOf({ nowMs: moment(fields?.['nowMs']), isRunning: truth(fields?.['isRunning']) });
}

function parseLane(value: unknown): TimelineLane | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    return allOf({
        path: text(fields['path']),
        name: text(fields['name']),
        detail: text(fields['detail']),
        rows: listOf(fields['rows'], MAX_STEPS, parseTimelineRow),
    });
}

function parseTimelineRow(value: unknown): TimelineRow | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    return allOf({
        path: text(fields['path']),
        name: text(fields['name']),
        component: text(fields['component']),
        depth: count(fields['depth']),
    });
}

function parseStep(value: unknown): TimelineStep | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    return allOf({
        id: text(fields['id']),
        path: text(fields['path']),
        phase: text(fields['phase']),
        beginMs: moment(fields['beginMs']),
        endMs: nullOr(fields['endMs'], moment),
        outcome: nullOr(fields['outcome'], outcome),
        tryNumber: count(fields['tryNumber']),
        before: text(fields['before']),
        wave: count(fields['wave']),
        because: text(fields['because']),
        exporter: text(fields['exporter']),
        message: text(fields['message']),
        exitCode: nullOr(fields['exitCode'], moment),
        lastLines: texts(fields['lastLines']),
        hasOutput: truth(fields['hasOutput']),
        hasRecipe: truth(fields['hasRecipe']),
    });
}

function parseWait(value: unknown): TimelineWait | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    const kind = fields['kind'];
    return allOf({
        path: text(fields['path']),
        kind: isOneOf(WAIT_KINDS, kind) ? kind : undefined,
        beginMs: moment(fields['beginMs']),
        endMs: nullOr(fields['endMs'], moment),
        missing: texts(fields['missing']),
    });
}

function parseFailure(value: unknown): FailureView | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    return allOf({
        path: text(fields['path']),
        step: text(fields['step']),
        word: text(fields['word']),
        cause: text(fields['cause']),
        lines: texts(fields['lines']),
        place: nullOr(fields['place'], parsePlace),
    });
}

function parsePlace(value: unknown): { readonly file: string; readonly line: number } | undefined {
    const fields = recordOf(value);
    return allOf({ file: text(fields?.['file']), line: count(fields?.['line']) });
}

function parseRow(value: unknown): ComparedRow | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    return allOf({
        path: text(fields['path']),
        phase: text(fields['phase']),
        left: nullOr(fields['left'], parseSide),
        right: nullOr(fields['right'], parseSide),
        differenceMs: nullOr(fields['differenceMs'], moment),
        isOutcomeChanged: truth(fields['isOutcomeChanged']),
    });
}

function parseSide(value: unknown): NonNullable<ComparedRow['left']> | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    return allOf({
        tookMs: nullOr(fields['tookMs'], moment),
        outcome: nullOr(fields['outcome'], outcome),
        attemptCount: count(fields['attemptCount']),
    });
}

function outcome(value: unknown): StepOutcome | undefined {
    return isOneOf(STEP_OUTCOMES, value) ? value : undefined;
}

function texts(value: unknown): readonly string[] | undefined {
    return listOf(value, MAX_TEXTS, text);
}
