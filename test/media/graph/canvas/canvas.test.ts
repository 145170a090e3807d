/** What the drawing surface is made of: what is in sight, how it moves, what is drawn merged, and that nothing it is told is lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { farTitles } from '../../../../media/graph/canvas/far-titles.ts';
import { createFrameWork, type FrameClock } from '../../../../media/graph/canvas/frames.ts';
import { createLayers, type Subject } from '../../../../media/graph/canvas/layers.ts';
import { chunkElement, chunksOf, mergedEdges } from '../../../../media/graph/canvas/merged.ts';
import { canMove, displaced, graphBetween, STILL } from '../../../../media/graph/canvas/motion.ts';
import { nodeAtPoint, sceneOf } from '../../../../media/graph/canvas/scene.ts';
import { MAX_EACH, MAX_EDGES_EACH, sightOf, type SightWish } from '../../../../media/graph/canvas/sight.ts';
import { EMPTY_OVERLAY } from '../../../../media/picture/overlay.ts';
import type { SvgElement } from '../../../../media/picture/svg.ts';
import { ENGLISH } from '../../../../media/picture.ts';
import type { LaidOutGraph, Rectangle } from '../../../../server/layout.ts';
import { packGraph } from '../../../../server/layout/packing.ts';
import { fleetView, statesMessage } from '../../../bench/graph-page/fleet.ts';

const large = packGraph(fleetView(2_000), 'landscape');
const small = packGraph(fleetView(40), 'landscape');
const layered: LaidOutGraph = { ...small, arrangement: 'layered' };
const everything = (graph: LaidOutGraph): Rectangle => ({ x: 0, y: 0, width: graph.width, height: graph.height });
const wish = (area: Rectangle, more: Partial<SightWish> = {}): SightWish => ({
    window: area,
    area,
    forced: new Set(),
    emphasised: new Set(),
    drawn: new Set(),
    budget: Infinity,
    most: MAX_EACH,
    ...more,
});
const ids = (members: readonly { readonly id: string }[]): readonly string[] => members.map(({ id }) => id);

describe('frames', () => {
    /** Frames that come when the test says so. */
    function fakeFrames() {
        const asked = new Map<number, (now: number) => void>();
        let next = 0;
        const clock: FrameClock = {
            request: (act) => {
                asked.set(++next, act);
                return next;
            },
            cancel: (handle) => asked.delete(handle),
        };
        const come = (): void => {
            const acts = [...asked.values()];
            asked.clear();
            for (const act of acts) act(0);
        };
        return { clock, come };
    }

    test('10,000 changes in 60 frames are 60 drawings, and each draws the last one told before it', () => {
        const { clock, come } = fakeFrames();
        let told = 0;
        const drawn: number[] = [];
        const work = createFrameWork(clock, () => drawn.push(told));
        const ends: number[] = [];
        for (let frame = 0; frame < 60; frame++) {
            for (let change = 0; change < 167; change++) {
                told++;
                work.ask();
            }
            ends.push(told);
            come();
        }
        expect(told).toBeGreaterThan(10_000);
        expect(drawn).toEqual(ends);
    });

    test('what is wanted at once is drawn at once, and not once more at the next frame', () => {
        const { clock, come } = fakeFrames();
        let count = 0;
        const work = createFrameWork(clock, () => count++);
        work.ask();
        work.flush();
        expect(count).toBe(1);
        come();
        expect(count).toBe(1);
        work.ask();
        work.dispose();
        come();
        expect(count).toBe(1);
    });
});

describe('sight', () => {
    test('only what the window touches has an element, in the order of the graph', () => {
        const scene = sceneOf(large);
        const window = { x: 500, y: 500, width: 1200, height: 800 };
        const sight = sightOf(scene, wish(window));
        expect(sight.isMerged).toBe(false);
        const inside = large.nodes.filter(
            ({ x, y, width, height }) => x <= 1700 && y <= 1300 && x + width >= 500 && y + height >= 500,
        );
        expect(ids(sight.nodes)).toEqual(expect.arrayContaining([...ids(inside)]));
        expect(sight.nodes.length).toBeLessThan(inside.length * 1.6);
        const order = new Map(large.nodes.map(({ id }, index) => [id, index]));
        const places = sight.nodes.map(({ id }) => order.get(id) ?? -1);
        expect(places).toEqual([...places].sort((a, b) => a - b));
    });

    test('thousands are drawn merged; what is kept has its element wherever it is', () => {
        const last = large.nodes.at(-1)?.id ?? '';
        const sight = sightOf(sceneOf(large), wish(everything(large), { forced: new Set([last]) }));
        expect(large.nodes.length).toBeGreaterThan(MAX_EACH);
        expect(sight.isMerged).toBe(true);
        expect(ids(sight.nodes)).toEqual([last]);
        const nowhere = { x: -5000, y: -5000, width: 10, height: 10 };
        expect(ids(sightOf(sceneOf(large), wish(nowhere, { forced: new Set([last]) })).nodes)).toEqual([last]);
    });

    test('a packed picture shows the edges of what one looks at, a routed one those in sight', () => {
        const edge = small.edges[0];
        const packed = sightOf(sceneOf(small), wish(everything(small)));
        expect(packed.edges).toEqual([]);
        const hovered = sightOf(sceneOf(small), wish(everything(small), { emphasised: new Set([edge?.target ?? '']) }));
        expect(ids(hovered.edges)).toContain(edge?.id);
        expect(sightOf(sceneOf(layered), wish(everything(layered))).edges).toHaveLength(layered.edges.length);
        const nowhere = { x: -5000, y: -5000, width: 10, height: 10 };
        expect(sightOf(sceneOf(layered), wish(nowhere)).edges).toEqual([]);
    });

    test('more edges than can have an element each are drawn merged', () => {
        const first = small.edges[0];
        if (first === undefined) throw new Error('the sample has edges');
        const edges = Array.from({ length: MAX_EDGES_EACH + 1 }, (_, i) => ({ ...first, id: String(i) }));
        const sight = sightOf(sceneOf({ ...layered, edges }), wish(everything(layered)));
        expect([sight.edges.length, sight.mergedEdges.length]).toEqual([0, edges.length]);
        const drawn = mergedEdges(sight.mergedEdges, false);
        const lines = drawn.map(({ children }) => children[0]?.attributes['d'] ?? '').join('');
        expect(lines.split('M')).toHaveLength(edges.length + 1);
        expect(drawn.length).toBeLessThan(10);
    });

    test('a frame makes no more elements than it has time for, the nearest to the middle first, and the next go on', () => {
        const scene = sceneOf(small);
        const drawn = new Set<string>();
        let frames = 0;
        for (let isWhole = false; !isWhole; frames++) {
            const sight = sightOf(scene, wish(everything(small), { drawn, budget: 7 }));
            const fresh = sight.nodes.filter(({ id }) => !drawn.has(id));
            expect(fresh.length).toBeLessThanOrEqual(7);
            for (const { id } of fresh) drawn.add(id);
            isWhole = sight.isWhole;
        }
        expect(drawn.size).toBe(small.nodes.length);
        expect(frames).toBe(Math.ceil(small.nodes.length / 7));
    });
});

describe('places', () => {
    test('the innermost node is found at any point of it', () => {
        const scene = sceneOf(small);
        for (const node of small.nodes) {
            const found = nodeAtPoint(scene, node.x + 2, node.y + 2);
            expect(found?.id).toBe(node.id);
        }
        expect(nodeAtPoint(scene, -1, -1)).toBeNull();
    });

    test('every leaf is in exactly one chunk, and outer boxes come before inner ones', () => {
        const leaves = chunksOf(large, 'leaf').flatMap(({ nodes }) => ids(nodes));
        expect(leaves).toHaveLength(new Set(leaves).size);
        expect(new Set(leaves)).toEqual(new Set(ids(large.nodes.filter(({ shape }) => shape === 'leaf'))));
        const depths = chunksOf(large, 'container').flatMap(({ nodes }) => nodes.map(({ depth }) => depth));
        expect(depths).toEqual([...depths].sort((a, b) => a - b));
    });

    test('a chunk is a path for each class, with a box for each node', () => {
        const [chunk] = chunksOf(small, 'leaf');
        if (chunk === undefined) throw new Error('the sample has leaves');
        const drawn = chunkElement(chunk, ({ id }) => (id.includes('tomcat') ? 'bad' : 'good'));
        const classes = drawn.children.map(({ attributes }) => attributes['class']);
        expect(new Set(classes)).toEqual(new Set(['merged bad', 'merged good']));
        const boxes = drawn.children.map(({ attributes }) => (attributes['d'] ?? '').split('z').length - 1);
        expect(boxes.reduce((sum, count) => sum + count)).toBe(chunk.nodes.length);
    });
});

describe('movement', () => {
    const moved: LaidOutGraph = {
        ...small,
        nodes: small.nodes.slice(1).map((node) => ({ ...node, x: node.x + 100 })),
        edges: small.edges.map((edge) => ({ ...edge, points: edge.points.map(({ x, y }) => ({ x: x + 100, y })) })),
    };

    test('halfway, what is in both is halfway, and what goes is still there', () => {
        const { graph, leaving } = graphBetween(small, moved, 0.5);
        const gone = small.nodes[0]?.id ?? '';
        expect([...leaving]).toEqual([gone]);
        expect(ids(graph.nodes)).toContain(gone);
        const halves = graph.nodes
            .filter(({ id }) => id !== gone)
            .map(({ x }, index) => x - (small.nodes[index + 1]?.x ?? 0));
        expect(new Set(halves)).toEqual(new Set([50]));
        expect(graph.edges[0]?.points[0]?.x).toBe((small.edges[0]?.points[0]?.x ?? 0) + 50);
    });

    test('at its end it is the next picture itself', () => {
        const { graph } = graphBetween(small, { ...moved, nodes: small.nodes }, 1);
        expect(graph.nodes).toEqual(small.nodes);
        expect(graph.edges.map(({ points }) => points)).toEqual(moved.edges.map(({ points }) => points));
    });

    test('there is none between pictures of different things, of too much, or that are the same', () => {
        expect(canMove(small, moved)).toBe(true);
        expect(canMove(small, small)).toBe(false);
        expect(canMove(small, { ...moved, perspective: 'components' })).toBe(false);
        expect(canMove(large, { ...large, nodes: large.nodes.map((node) => ({ ...node, x: node.x + 1 })) })).toBe(
            false,
        );
    });

    test('a dragged node takes its lines along, by the end that is its own', () => {
        const edge = small.edges[0];
        if (edge === undefined) throw new Error('the sample has edges');
        const shown = displaced(small, new Set([edge.source]), { x: 30, y: -20 });
        const source = small.nodes.find(({ id }) => id === edge.source);
        const [start] = edge.points;
        if (source === undefined || start === undefined) throw new Error('an edge begins at a node');
        expect(shown.nodes).toContainEqual({ ...source, x: source.x + 30, y: source.y - 20 });
        const line = shown.edges.find(({ id }) => id === edge.id)?.points ?? [];
        expect(line[0]).toEqual({ x: start.x + 30, y: start.y - 20 });
        expect(line.at(-1)).toEqual(edge.points.at(-1));
    });
});

describe('layers', () => {
    const scene = sceneOf(layered);
    const subject = (more: Partial<Subject> = {}): Subject => ({
        scene,
        overlay: EMPTY_OVERLAY,
        scale: 1,
        hovered: null,
        ...STILL,
        ...more,
    });
    const area = everything(layered);
    const sight = sightOf(scene, wish(area));
    const drawnNodes = (layers: SvgElement): ReadonlyMap<string, SvgElement> =>
        new Map(
            layers.children
                .filter(({ attributes }) => /layer-(leaves|containers)/.test(attributes['class'] ?? ''))
                .flatMap(({ children }) => children.map((child) => [child.attributes['data-node'] ?? '', child])),
        );

    test('a change of one node makes one drawing; all others are the very same', () => {
        const asked: string[] = [];
        const decorate = ({ id }: { readonly id: string }, drawing: SvgElement): SvgElement => {
            asked.push(id);
            return { ...drawing };
        };
        const layers = createLayers({ texts: ENGLISH, decorate });
        const { states } = statesMessage(layered, 0);
        const before = drawnNodes(layers.draw(subject({ overlay: { ...EMPTY_OVERLAY, states } }), sight, area));
        asked.length = 0;
        const one = layered.nodes[3]?.id ?? '';
        const state = states[one];
        if (state === undefined) throw new Error('the sample has a state for each node');
        const changed = {
            ...structuredClone(states),
            [one]: { ...state, status: 'PROBLEM' as const, cause: 'exit 1' },
        };
        const after = drawnNodes(layers.draw(subject({ overlay: { ...EMPTY_OVERLAY, states: changed } }), sight, area));
        expect(asked).toEqual([one]);
        expect([...after].filter(([id, drawing]) => before.get(id) !== drawing).map(([id]) => id)).toEqual([one]);
        expect(after.get(one)?.attributes['class']).toContain('bad');
    });

    test('its owner is asked again for all when it says so', () => {
        let count = 0;
        const layers = createLayers({ texts: ENGLISH, decorate: (_node, drawing) => (count++, drawing) });
        layers.draw(subject(), sight, area);
        layers.draw(subject(), sight, area);
        expect(count).toBe(layered.nodes.length);
        layers.redecorate();
        layers.draw(subject(), sight, area);
        expect(count).toBe(2 * layered.nodes.length);
    });

    test('what is leaving can be neither found nor pressed', () => {
        const gone = layered.nodes[0]?.id ?? '';
        const layers = createLayers({ texts: ENGLISH, decorate: (_node, drawing) => drawing });
        const drawn = drawnNodes(layers.draw(subject({ leaving: new Set([gone]) }), sight, area));
        expect(drawn.has(gone)).toBe(false);
        expect(drawn.get('')?.attributes).toMatchObject({ 'aria-hidden': 'true' });
        expect(drawn.get('')?.attributes['class']).toContain('leaving');
    });
});

describe('names from afar', () => {
    test('names lie inside of the window and of their containers, and none on another', () => {
        fc.assert(
            fc.property(
                fc.record({
                    x: fc.integer({ min: -6000, max: 600 }),
                    y: fc.integer({ min: -4000, max: 400 }),
                    scale: fc.double({ min: 0.05, max: 0.35, noNaN: true }),
                }),
                (viewport) => {
                    const corners = farTitles(sceneOf(large), viewport, { width: 1280, height: 800 }).map((title) => {
                        const [, x, y] = /translate\((\S+) (\S+)\)/.exec(title.attributes['transform'] ?? '') ?? [];
                        return { x: Number(x), y: Number(y) };
                    });
                    for (const { x, y } of corners) {
                        expect(x).toBeGreaterThanOrEqual(0);
                        expect(y).toBeGreaterThanOrEqual(0);
                        expect(x).toBeLessThan(1280);
                        expect(y).toBeLessThan(800);
                    }
                    expect(new Set(corners.map(({ x, y }) => `${String(x)} ${String(y)}`)).size).toBe(corners.length);
                },
            ),
            { numRuns: 30 },
        );
    });

    test('a name that is too long is cut inside, where names of many machines are the same', () => {
        const [title] = farTitles(sceneOf(large), { x: 0, y: 0, scale: 0.17 }, { width: 1280, height: 800 });
        const text = title?.children.find(({ tag }) => tag === 'text')?.text ?? '';
        expect(text).toMatch(/^m.*….*\d$/);
    });
});
