import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthOf, lineBetween, middleOf, pointAt } from '../../../media/picture/polyline.ts';

const corner = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 30 },
];
const coordinate = fc.integer({ min: -1000, max: 1000 });
const lines = fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 2, maxLength: 8 });

test('the middle is halfway along the line, round its corners', () => {
    expect(lengthOf(corner)).toBe(40);
    expect(middleOf(corner)).toEqual({ x: 10, y: 10 });
    expect(pointAt(corner, 5)).toEqual({ x: 5, y: 0 });
    expect(pointAt(corner, 999)).toEqual({ x: 10, y: 30 });
    expect(middleOf([])).toEqual({ x: 0, y: 0 });
});

test('between two lines lies a line in one piece, whose ends lie between their ends', () => {
    fc.assert(
        fc.property(lines, lines, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (from, to, share) => {
            const line = lineBetween(from, to, share);
            expect(line).toHaveLength(Math.max(from.length, to.length));
            for (const { x, y } of line) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
            const mix = (one = 0, other = 0): number => one + (other - one) * share;
            expect(line[0]?.x).toBeCloseTo(mix(from[0]?.x, to[0]?.x), 6);
            expect(line.at(-1)?.y).toBeCloseTo(mix(from.at(-1)?.y, to.at(-1)?.y), 6);
        }),
    );
    expect(lineBetween(corner, [...corner].reverse(), 0)).toBe(corner);
});
