import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eased, viewportBetween } from '../../../media/graph/glide.ts';
import { isOfUse, minimapScale } from '../../../media/graph/minimap.ts';
import {
    bounded,
    centred,
    fitted,
    leastFit,
    parseViewport,
    revealing,
    seenPart,
    zoomed,
} from '../../../media/graph/viewport.ts';
import { packGraph } from '../../../server/layout/packing.ts';
import { SHOP } from '../../server/layout/sample-views.ts';

const windowSize = { width: 800, height: 600 };

test('a picture fills the window, but is enlarged by a quarter at most', () => {
    expect(fitted({ width: 400, height: 200 }, windowSize, 0)).toEqual({ x: 150, y: 175, scale: 1.25 });
    expect(fitted({ width: 640, height: 100 }, windowSize, 0)).toEqual({ x: 0, y: 237.5, scale: 1.25 });
    expect(fitted({ width: 1600, height: 600 }, windowSize, 0)).toEqual({ x: 0, y: 150, scale: 0.5 });
    expect(fitted({ width: 1, height: 1 }, { width: 0, height: 0 }, 0).scale).toBeGreaterThan(0);
});

test('a small graph stays readable and is shown from its corner; a large one is shown whole', () => {
    const wide = { width: 1600, height: 600 };
    expect(fitted(wide, windowSize, leastFit(8))).toEqual({ x: 0, y: 105, scale: 0.65 });
    expect(fitted(wide, windowSize, leastFit(80)).scale).toBe(0.5);
});

const lengths = fc.double({ min: -2000, max: 2000, noNaN: true });
const viewports = fc.record({ x: lengths, y: lengths, scale: fc.double({ min: 0.05, max: 4, noNaN: true }) });

test('zooming keeps what is under the pointer there', () => {
    fc.assert(
        fc.property(
            viewports,
            fc.double({ min: 0.2, max: 5, noNaN: true }),
            lengths,
            lengths,
            (before, factor, x, y) => {
                const after = zoomed(before, factor, { x, y });
                expect((x - after.x) / after.scale).toBeCloseTo((x - before.x) / before.scale, 3);
                expect((y - after.y) / after.scale).toBeCloseTo((y - before.y) / before.scale, 3);
            },
        ),
    );
});

test('the picture cannot be lost out of sight', () => {
    fc.assert(
        fc.property(viewports, (viewport) => {
            const { x, y, scale } = bounded(viewport, { width: 1000, height: 500 }, windowSize);
            expect(x + 1000 * scale).toBeGreaterThanOrEqual(47.9);
            expect(x).toBeLessThanOrEqual(752.1);
            expect(y + 500 * scale).toBeGreaterThanOrEqual(47.9);
            expect(y).toBeLessThanOrEqual(552.1);
        }),
    );
});

test('revealing moves only as far as needed', () => {
    const box = { x: 1000, y: 100, width: 100, height: 50 };
    expect(revealing({ x: 0, y: 0, scale: 1 }, box, windowSize)).toEqual({ x: -332, y: 0, scale: 1 });
    const seen = { x: -332, y: 0, scale: 1 };
    expect(revealing(seen, box, windowSize)).toEqual(seen);
    expect(revealing({ x: 0, y: -300, scale: 1 }, { ...box, x: 200 }, windowSize)).toEqual({ x: 0, y: -68, scale: 1 });
});

test.each([[null], ['x'], [{ x: 1, y: 2 }], [{ x: 1, y: 2, scale: 99 }], [{ x: NaN, y: 2, scale: 1 }]])(
    'a remembered viewport of %j is forgotten',
    (value) => expect(parseViewport(value)).toBe(undefined),
);

test('a point that is brought to the middle is in the middle of what is seen', () => {
    fc.assert(
        fc.property(viewports, lengths, lengths, (viewport, x, y) => {
            const seen = seenPart(centred(viewport, { x, y }, windowSize), windowSize);
            expect(seen.x + seen.width / 2).toBeCloseTo(x, 5);
            expect(seen.y + seen.height / 2).toBeCloseTo(y, 5);
            expect(seen.width * viewport.scale).toBeCloseTo(windowSize.width, 5);
        }),
    );
});

test('on the way to an enlarged picture, what is under the pointer stays there', () => {
    fc.assert(
        fc.property(viewports, fc.double({ min: 0.2, max: 5, noNaN: true }), lengths, lengths, (from, factor, x, y) => {
            const halfway = viewportBetween(from, zoomed(from, factor, { x, y }), 0.5);
            expect((x - halfway.x) / halfway.scale).toBeCloseTo((x - from.x) / from.scale, 4);
        }),
    );
    expect([eased(0), eased(1)]).toEqual([0, 1]);
    expect(eased(0.5)).toBeGreaterThan(0.5);
});

test('a minimap is of use while a part of the picture is out of the window', () => {
    const graph = packGraph(SHOP, 'landscape');
    const whole = { x: 0, y: 0, width: graph.width, height: graph.height };
    expect(isOfUse(graph, whole)).toBe(false);
    expect(isOfUse(graph, { ...whole, x: 40 })).toBe(true);
    expect(isOfUse(graph, { ...whole, width: graph.width - 40 })).toBe(true);
    const scale = minimapScale(graph);
    expect(graph.width * scale).toBeLessThanOrEqual(184.001);
    expect(graph.height * scale).toBeLessThanOrEqual(128.001);
});
