import { expect, test } from 'vitest';
import { pinOf } from '../../../media/graph/pins.ts';
import { createArranger } from '../../../server/layout/arrange.ts';
import type { LayoutWish } from '../../../server/layout.ts';
import { inProcessElk } from '../../server/layout/elk.ts';
import { SHOP } from '../../server/layout/sample-views.ts';

test.each(['instance:/store/database', 'instance:/edge'])('%s is drawn where it was dropped', async (id) => {
    const arranger = createArranger(inProcessElk());
    const wish: LayoutWish = { orientation: 'landscape', direction: 'auto', pins: {}, memory: 'panel' };
    const { graph: before } = await arranger.arrange(SHOP, wish);
    const dropped = pinOf(
        before.nodes.find((node) => node.id === id)!,
        before.nodes,
        { x: 100, y: 40 },
    );
    const { graph: after } = await arranger.arrange(SHOP, { ...wish, pins: { [id]: dropped } });
    const there = after.nodes.find((node) => node.id === id)!;
    expect(there.isPinned).toBe(true);
    expect(pinOf(there, after.nodes, { x: 0, y: 0 })).toEqual(dropped);
});
