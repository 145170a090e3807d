/** The drawing of a run: what is seen of it, and how much is drawn for it. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { element } from '../../../media/picture/element.ts';
import { toSvgText, type SvgElement } from '../../../media/picture/svg.ts';
import { boundedScale, fittingScale, ticksOf } from '../../../media/timeline/axis.ts';
import { chartOf, type ChartWindow, type Scene } from '../../../media/timeline/chart.ts';
import { lengthOf, sceneOf } from '../../../media/timeline/scene.ts';
import { ENGLISH_TIMELINE } from '../../../media/timeline/texts.ts';
import { stepBeside, type Way } from '../../../media/timeline/walk.ts';
import type { RunView } from '../../../media/timeline/protocol.ts';
import { createLanguage } from '../../../language/index.ts';
import { createDisk } from '../../../server/workspace/disk.ts';
import { simulatedRecord, viewOfRecord } from '../../support/run-samples.ts';
import { malformation } from '../well-formed.ts';

const pictures = resolve(import.meta.dirname, 'pictures');
const lamp = createLanguage().loadApplication(
    createDisk(),
    resolve(import.meta.dirname, '../../../examples/lamp'),
).model;

const deployed = viewOfRecord(simulatedRecord(lamp));
const failing = viewOfRecord(
    simulatedRecord(lamp, {
        seed: 5,
        faults: [
            { kind: 'fail', path: '/app-1/tomcat', phase: 'start', exitCode: 7 },
            { kind: 'loseAnswer', path: '/front/apache', phase: 'start' },
        ],
    }),
);
const underWay = viewOfRecord(simulatedRecord(lamp, {}, 0.55));

function sceneFor(view: RunView, look: Partial<Pick<Scene, 'selected' | 'isCriticalShown'>> = {}): Scene {
    return sceneOf(view, { selected: '', isCriticalShown: true, nowMs: view.head.clock.nowMs, ...look });
}

function windowFor(view: RunView, more: Partial<ChartWindow> = {}): ChartWindow {
    const plot = 640;
    const pxPerMs = fittingScale(lengthOf(view, view.head.clock.nowMs), plot);
    return { width: plot + 200, height: 420, top: 0, nameWidth: 200, pxPerMs, fromMs: 0, ...more };
}

function textOf(view: RunView, more?: Partial<ChartWindow>): string {
    const window = windowFor(view, more);
    const children = chartOf(sceneFor(view), window, ENGLISH_TIMELINE);
    const size = { width: window.width, height: window.height };
    return toSvgText(element('svg', { xmlns: 'http://www.w3.org/2000/svg', ...size }, children));
}

test.each([
    ['deployed', deployed],
    ['failing', failing],
    ['under-way', underWay],
])('a run is drawn as it was: %s', async (name, view) => {
    const text = textOf(view);
    expect(malformation(text)).toBe(null);
    await expect(text).toMatchFileSnapshot(resolve(pictures, `${name}.svg`));
});

function all(children: readonly SvgElement[]): readonly SvgElement[] {
    return children.flatMap((child) => [child, ...all(child.children)]);
}

function barsIn(view: RunView, more?: Partial<ChartWindow>, look?: Parameters<typeof sceneFor>[1]) {
    const elements = all(chartOf(sceneFor(view, look), windowFor(view, more), ENGLISH_TIMELINE));
    return elements.filter(({ attributes }) => attributes['role'] === 'option');
}

test('every step has a bar with its name, its end and its place among all', () => {
    const bars = barsIn(failing);
    expect(bars.map(({ attributes }) => attributes['data-step'] ?? '').sort()).toEqual(
        failing.steps.map(({ id }) => id).sort(),
    );
    const bad = failing.steps.find(({ outcome }) => outcome === 'failed');
    const bar = bars.find(({ attributes }) => attributes['data-step'] === bad?.id);
    expect(bar?.attributes['class']).toContain('failed');
    expect(bar?.attributes['aria-label']).toMatch(/^\/app-1\/tomcat start: failed, began after .* s, took .* s$/);
    expect(bar?.attributes['aria-setsize']).toBe(String(failing.steps.length));
});

test('the critical path stands out, or nothing does', () => {
    const classes = (isCriticalShown: boolean) =>
        barsIn(deployed, {}, { isCriticalShown }).map(({ attributes }) => attributes['class']);
    expect(classes(true).filter((name) => name?.includes('critical'))).toHaveLength(deployed.critical.length);
    expect(classes(false).filter((name) => name?.includes('critical') || name?.includes('aside'))).toEqual([]);
});

test('what is out of sight is not drawn, whatever the size of the run', () => {
    const many = Array.from({ length: 5000 }, (_, index) => {
        const path = `/vm-${String(Math.floor(index / 10))}/part-${String(index % 10)}`;
        const [first] = deployed.steps;
        if (first === undefined) throw new Error('the sample has steps');
        return { ...first, id: `s${String(index)}`, path, beginMs: index * 10, endMs: index * 10 + 900, before: '' };
    });
    const lanes = Array.from({ length: 500 }, (_, host) => {
        const rows = Array.from({ length: 10 }, (__, part) => {
            const name = `part-${String(part)}`;
            return { path: `/vm-${String(host)}/${name}`, name, component: 'Part', depth: 1 };
        });
        return { path: `/vm-${String(host)}`, name: `vm-${String(host)}`, detail: '10.0.0.1', rows };
    });
    const head = { ...deployed.head, tookMs: 51_000 };
    const large: RunView = {
        ...deployed,
        head,
        steps: many,
        lanes,
        waits: [],
        critical: many.slice(0, 50).map(({ id }) => id),
    };
    const scene = sceneFor(large);
    const started = performance.now();
    for (let turn = 0; turn < 20; turn++) {
        const elements = all(chartOf(scene, windowFor(large, { top: turn * 5000 }), ENGLISH_TIMELINE));
        expect(elements.length).toBeLessThan(400);
    }
    expect((performance.now() - started) / 20).toBeLessThan(33);
});

test('names with markup, of any length and direction, stay within their column', () => {
    const name = `<script>alert("x")</script> ${'שלום '.repeat(4000)}👩‍👩‍👧‍👦`;
    const [first] = deployed.steps;
    if (first === undefined) throw new Error('the sample has steps');
    const view: RunView = {
        ...deployed,
        lanes: [{ path: '/vm', name, detail: name, rows: [{ path: '/vm/x', name, component: name, depth: 1 }] }],
        steps: [{ ...first, id: 'a"b<c', path: '/vm/x', phase: name, before: '' }],
        waits: [{ path: '/vm/x', kind: 'imports', beginMs: 0, endMs: 9, missing: [name] }],
        critical: [],
    };
    const text = textOf(view);
    expect(malformation(text)).toBe(null);
    expect(text).not.toContain('<script>');
});

test.each([
    [0.01, [0, 10_000, 20_000, 30_000, 40_000, 50_000]],
    [0.5, [0, 200, 400, 600, 800, 1000]],
    [50, [0, 2, 4, 6, 8, 10]],
])('ticks at %d pixels a millisecond are round', (pxPerMs, expected) => {
    expect(ticksOf({ pxPerMs, widthPx: 500, fromMs: 0 }).slice(0, expected.length)).toEqual(expected);
});

test('ticks never crowd, whatever the scale', () => {
    for (let pxPerMs = 1e-9; pxPerMs < 100; pxPerMs *= 1.7) {
        const ticks = ticksOf({ pxPerMs, widthPx: 1000, fromMs: 12_345 });
        expect(ticks.length).toBeLessThan(14);
        expect(ticks.every((ms) => ms >= 12_345 && (ms - 12_345) * pxPerMs <= 1000.001)).toBe(true);
    }
});

test('one zooms between all of the run and a tenth of a millisecond', () => {
    expect(boundedScale(0, 60_000, 700)).toBe(fittingScale(60_000, 700));
    expect(boundedScale(1e9, 60_000, 700)).toBe(10);
    expect(boundedScale(1e9, 1e9, 700)).toBeLessThan(0.01);
});

test('every step can be reached with the keys, from any other', () => {
    const scene = sceneFor(failing);
    const ways: readonly Way[] = ['before', 'after', 'above', 'below', 'first', 'last'];
    const reached = new Set<string>([failing.steps.at(-1)?.id ?? '']);
    for (const id of reached)
        for (const way of ways) {
            const next = stepBeside(scene, id, way);
            if (next !== undefined) reached.add(next);
        }
    expect(reached.size).toBe(failing.steps.length);
    expect(stepBeside(scene, '', 'below')).toBe(failing.steps[0]?.id);
});
