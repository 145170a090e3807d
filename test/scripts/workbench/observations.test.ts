import { expect, test } from 'vitest';
import { whatDiffers } from '../../e2e/support/observations.ts';

const journal = { '/vm': 'DEPLOYED_STARTED', '/vm/app': 'STARTING' };

test('only what differs from the journal is told, a line each', () => {
    const tree = { '/vm': 'DEPLOYED_STARTED', '/vm/app': 'DEPLOYED_STARTED', '/old': 'STOPPING' };
    const told = { journal, terminal: journal, tree, graph: { '/vm': 'DEPLOYED_STARTED' } };
    expect(whatDiffers(told).split('\n')).toEqual([
        'tree: /old is STOPPING, recorded as nothing',
        'tree: /vm/app is DEPLOYED_STARTED, recorded as STARTING',
        'graph: /vm/app is not shown, recorded as STARTING',
    ]);
});

test('a place that shows nothing is one line, and so is a journal that was never quiet', () => {
    expect(whatDiffers({ journal, terminal: journal, tree: journal, graph: {} })).toBe('graph: no instance is shown');
    expect(whatDiffers({ journal, tree: journal })).toMatch(/^all agree, but/);
});
