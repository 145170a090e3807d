import { expect, test } from 'vitest';
import { isNamedBy, isWithin } from '../../../runner/core/instance-path.ts';

test.each([
    ['/vm', '/vm', true],
    ['/vm/web', '/vm', true],
    ['/vm/web/app', '/vm', true],
    ['/vm-2', '/vm', false],
    ['/vm', '/vm/web', false],
])('%s is within %s: %s', (path, root, expected) => {
    expect(isWithin(path, root)).toBe(expected);
});

test('an order names the sub-trees of its paths, and everything without any', () => {
    const named = (paths: readonly string[]) => ['/a', '/a/b', '/c', '/c-2'].filter((path) => isNamedBy(path, paths));
    expect(named([])).toEqual(['/a', '/a/b', '/c', '/c-2']);
    expect(named(['/a', '/c'])).toEqual(['/a', '/a/b', '/c']);
    expect(named(['/b'])).toEqual([]);
});
