import { expect, test } from 'vitest';
import type { Ground, Terminal } from '../../../server/layout/grid.ts';
import type { Point } from '../../../server/layout/laid-out-graph.ts';
import { createRouter } from '../../../server/layout/router.ts';

const BOX = { x: 200, y: 80, width: 100, height: 60 };
const from = (x: number, y: number): Terminal => ({ x, y, heading: 1 });
const to = (x: number, y: number): Terminal => ({ x, y, heading: -1 });
const ground = (...boxes: Ground['boxes']): Ground => ({ boxes, corner: { x: 8, y: 8 }, right: 500, bottom: 300 });

/** Corners only, as text. */
function corners(points: readonly Point[] | null): string {
    const bends = (points ?? []).filter((point, index, all) => {
        const [before, after] = [all[index - 1], all[index + 1]];
        if (before === undefined || after === undefined) return true;
        return !(before.x === point.x && point.x === after.x) && !(before.y === point.y && point.y === after.y);
    });
    return bends.map(({ x, y }) => `${String(x)},${String(y)}`).join(' ');
}

const routed = (one: Ground, start: Terminal, end: Terminal): string =>
    corners(createRouter(one, [start, end]).route(start, end, 'k'));

test.each<readonly [string, Ground, readonly [Terminal, Terminal], string]>([
    ['straight where nothing is in the way', ground(), [from(50, 100), to(450, 100)], '50,100 450,100'],
    [
        'around a box, on the shorter side',
        ground(BOX),
        [from(50, 100), to(450, 100)],
        '50,100 190,100 190,70 440,70 440,100 450,100',
    ],
    ['with two bends to another level', ground(), [from(50, 100), to(450, 200)], '50,100 440,100 440,200 450,200'],
    [
        'to an end close behind a box',
        ground(BOX),
        [from(50, 100), to(320, 100)],
        '50,100 190,100 190,70 310,70 310,100 320,100',
    ],
])('a line runs %s', (_, one, ends, expected) => {
    expect(routed(one, ...ends)).toBe(expected);
});

test('a line keeps off lines that mean something else, and joins those that mean the same', () => {
    const start = from(50, 100);
    const end = to(450, 100);
    const router = createRouter(ground(BOX), [start, end]);
    const first = router.route(start, end, 'k') ?? [];
    router.occupy({ points: first, key: 'k' });
    expect(router.route(start, end, 'k')).toEqual(first);
    expect(corners(router.route(start, end, 'other'))).not.toBe(corners(first));
});

test('there is no way out of a box around an end', () => {
    const wall = { x: 40, y: 40, width: 400, height: 200 };
    const [start, end] = [from(100, 100), to(480, 100)];
    expect(createRouter(ground(wall), [start, end]).route(start, end, 'k')).toBeNull();
});
