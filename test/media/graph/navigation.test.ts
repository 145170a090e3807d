import { expect, test } from 'vitest';
import { neighbourOf, type Direction } from '../../../media/graph/navigation.ts';
import type { PlacedNode, Rectangle } from '../../../server/layout.ts';
import { instance } from '../../server/layout/sample-views.ts';

/*
 *  /a [ /a/1  /a/2 ]    /b
 *                       /c
 *                             /d
 */
const nodes: readonly PlacedNode[] = [
    place('/a', { x: 0, y: 0, width: 500, height: 120 }),
    place('/a/1', { x: 20, y: 50, width: 200, height: 56 }),
    place('/a/2', { x: 260, y: 50, width: 200, height: 56 }),
    place('/b', { x: 560, y: 30, width: 180, height: 56 }),
    place('/c', { x: 560, y: 160, width: 180, height: 56 }),
    place('/d', { x: 800, y: 300, width: 180, height: 56 }),
];

function place(path: string, box: Rectangle): PlacedNode {
    const caption = { text: path, width: 1 };
    const shape = path === '/a' ? 'container' : 'leaf';
    const depth = path.split('/').length - 2;
    return { ...instance(path), ...box, shape, depth, isPinned: false, caption, detailCaption: caption };
}

function walk(from: string, ...directions: readonly Direction[]): string {
    let at = nodes.find((node) => node.id === `instance:${from}`)!;
    for (const direction of directions) at = neighbourOf(nodes, at, direction) ?? at;
    return at.id.slice('instance:'.length);
}

test.each<readonly [string, readonly Direction[], string]>([
    ['/a', ['down'], '/a/1'],
    ['/a/1', ['up'], '/a'],
    ['/a/1', ['right'], '/a/2'],
    ['/a/2', ['right'], '/b'],
    ['/b', ['left'], '/a'],
    ['/b', ['down'], '/c'],
    ['/b', ['right'], '/d'],
    ['/d', ['up'], '/c'],
    ['/d', ['right'], '/d'],
])('from %s, %j leads to %s', (from, directions, to) => {
    expect(walk(from, ...directions)).toBe(to);
});

test('every node can be reached from the first with arrow keys', () => {
    const reached = new Set([nodes[0]!.id]);
    for (const id of reached) {
        const from = nodes.find((node) => node.id === id)!;
        for (const direction of ['left', 'right', 'up', 'down'] as const) {
            const to = neighbourOf(nodes, from, direction);
            if (to !== null) reached.add(to.id);
        }
    }
    expect(reached.size).toBe(nodes.length);
});
