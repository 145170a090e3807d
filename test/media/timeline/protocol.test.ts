/** What the page of a run is told and says: read, never trusted. */
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLanguage } from '../../../language/index.ts';
import { parseTimelineState, runsOf } from '../../../media/timeline/page-state.ts';
import { timelinePageHtml } from '../../../media/timeline/page.ts';
import {
    parseFromTimeline,
    parseToTimeline,
    type FromTimeline,
    type ToTimeline,
} from '../../../media/timeline/protocol.ts';
import { withProgress } from '../../../media/timeline/scene.ts';
import { ENGLISH_TIMELINE, parseTimelineTexts } from '../../../media/timeline/texts.ts';
import { durationText, tickText } from '../../../media/timeline/words.ts';
import { createDisk } from '../../../server/workspace/disk.ts';
import { comparisonOfRecords, headOf, simulatedRecord, viewOfRecord } from '../../support/run-samples.ts';

const lamp = createLanguage().loadApplication(
    createDisk(),
    resolve(import.meta.dirname, '../../../examples/lamp'),
).model;
const record = simulatedRecord(lamp, { faults: [{ kind: 'fail', path: '/app-1/tomcat', phase: 'start' }] });
const other = simulatedRecord(lamp, { seed: 9 });

const TO_PAGE: readonly ToTimeline[] = [
    { kind: 'run', view: viewOfRecord(record) },
    { kind: 'progress', progress: viewOfRecord(simulatedRecord(lamp, {}, 0.4)) },
    { kind: 'comparison', view: comparisonOfRecords(record, other) },
    { kind: 'head', head: headOf(record) },
    { kind: 'empty' },
];

const FROM_PAGE: readonly FromTimeline[] = [
    { kind: 'ready' },
    { kind: 'select', path: '/vm/web' },
    { kind: 'graph', path: '/vm/web' },
    { kind: 'output', step: 'r1-1' },
    { kind: 'recipe', step: 'r1-1' },
    { kind: 'compare' },
    { kind: 'swap' },
    { kind: 'openRun', side: 'left' },
];

test.each(TO_PAGE.map((message) => [message.kind, message] as const))('the page understands %s', (_kind, message) => {
    expect(parseToTimeline(JSON.parse(JSON.stringify(message)))).toEqual(message);
});

test.each(FROM_PAGE.map((message) => [message.kind, message] as const))('the host understands %s', (_kind, message) => {
    expect(parseFromTimeline(message)).toEqual(message);
});

test('a message of which any part is another thing is dropped whole', () => {
    const paths = (value: unknown, at: readonly string[] = []): readonly (readonly string[])[] =>
        typeof value === 'object' && value !== null
            ? [at, ...Object.entries(value).flatMap(([key, part]) => paths(part, [...at, key]))]
            : [at];
    const broken = (value: unknown, [key, ...rest]: readonly string[]): unknown => {
        if (key === undefined || typeof value !== 'object' || value === null) return { junk: true };
        const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
        Reflect.set(copy as object, key, broken(Reflect.get(value, key), rest));
        return copy;
    };
    for (const message of TO_PAGE.slice(0, 4)) {
        const places = paths(message).filter((at) => at.length > 1);
        fc.assert(
            fc.property(fc.constantFrom(...places), (at) => {
                expect(parseToTimeline(broken(message, at)), at.join('.')).toBeUndefined();
            }),
            { numRuns: 60 },
        );
    }
});

test('what is no message is dropped', () => {
    fc.assert(
        fc.property(fc.anything(), (junk) => {
            expect(parseToTimeline(junk)).toBeUndefined();
            expect(parseFromTimeline(junk)).toBeUndefined();
            expect(runsOf(junk)).toBeUndefined();
        }),
    );
    expect(parseFromTimeline({ kind: 'openRun', side: 'middle' })).toBeUndefined();
    expect(parseFromTimeline({ kind: 'output' })).toBeUndefined();
});

test('told what changed piece by piece, a page shows what one shows that is told all at once', () => {
    fc.assert(
        fc.property(fc.array(fc.double({ min: 0.02, max: 1, noNaN: true }), { maxLength: 6 }), (cuts) => {
            const parts = [...cuts.toSorted((left, right) => left - right), 1];
            const views = parts.map((part) => viewOfRecord(simulatedRecord(lamp, {}, part)));
            const [first, ...rest] = views;
            if (first === undefined) throw new Error('there is a part');
            let [shown, before] = [first, first];
            for (const view of rest) {
                const known = new Map(before.steps.map((step) => [step.id, JSON.stringify(step)]));
                const steps = view.steps.filter((step) => known.get(step.id) !== JSON.stringify(step));
                shown = withProgress(shown, { ...view, steps });
                before = view;
            }
            expect(shown).toEqual(views.at(-1));
        }),
        { numRuns: 10 },
    );
});

test('the page runs nothing but its own script, and names with markup stay texts', () => {
    const html = timelinePageHtml({
        scriptUri: 'https://x/timeline.js',
        styleUri: 'https://x/timeline.css',
        cspSource: 'https://x',
        nonce: 'n0',
        run: { deployment: '"><script>alert(1)</script>', begunAt: null, run: 'r1' },
        other: null,
        language: 'fr',
        texts: { ...ENGLISH_TIMELINE, 'page.loading': '</div><script>' },
    });
    expect(html).toContain(`default-src &#39;none&#39;`.replaceAll('&#39;', "'"));
    expect(html.match(/<script/g)).toHaveLength(1);
});

test('what a page remembers is read with defaults', () => {
    const run = { deployment: 'deployment:shop@/apps/shop', begunAt: 5, run: 'r1' };
    expect(runsOf({ run, other: null })).toEqual({ run, other: null });
    expect(runsOf({ run, other: { ...run, run: 'r2' } })).toEqual({ run, other: { ...run, run: 'r2' } });
    expect(runsOf({ run: { ...run, begunAt: 'x' } })).toEqual({ run: { ...run, begunAt: null }, other: null });
    expect(parseTimelineState({ shown: 'table', isCriticalShown: false }, { run, other: null })).toEqual({
        run,
        other: null,
        shown: 'table',
        isCriticalShown: false,
    });
    expect(parseTimelineState(7, { run, other: null })).toMatchObject({ shown: 'chart', isCriticalShown: true });
});

test('texts that are missing or no texts are English', () => {
    expect(parseTimelineTexts('{"page.chart":"Chronologie","page.table":7}')).toMatchObject({
        'page.chart': 'Chronologie',
        'page.table': 'Table',
    });
    for (const junk of [null, '', '{', '[]', '3']) expect(parseTimelineTexts(junk)).toEqual(ENGLISH_TIMELINE);
});

test.each([
    [0, '0.0 s'],
    [449, '0.4 s'],
    [59_999, '59.9 s'],
    [60_000, '1 min 0 s'],
    [3_599_999, '59 min 59 s'],
    [7_260_000, '2 h 1 min'],
    [-5, '0.0 s'],
])('%d ms is said as %s', (ms, words) => {
    expect(durationText(ms, ENGLISH_TIMELINE)).toBe(words);
});

test.each([
    [0, '0'],
    [500, '500 ms'],
    [10_000, '10 s'],
    [120_000, '2 min'],
    [90_000, '1 min 30 s'],
    [7_200_000, '2 h'],
])('a tick at %d ms says %s', (ms, words) => {
    expect(tickText(ms, ENGLISH_TIMELINE)).toBe(words);
});
