import { expect, test } from 'vitest';
import { orientationOf } from '../../../media/graph/orientation.ts';

test.each([
    [480, 720, null, 'portrait'],
    [720, 480, null, 'landscape'],
    [600, 600, null, 'landscape'],
    [600, 640, 'landscape', 'landscape'],
    [640, 600, 'portrait', 'portrait'],
    [600, 720, 'landscape', 'portrait'],
    [720, 600, 'portrait', 'landscape'],
    // A hidden page has no size: it stays what it was.
    [0, 0, 'portrait', 'portrait'],
    [0, 0, null, 'landscape'],
] as const)('%i by %i after %s is %s', (width, height, before, orientation) => {
    expect(orientationOf(width, height, before)).toBe(orientation);
});
