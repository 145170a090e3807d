import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GraphView } from '../../language/index.ts';
import {
    EMPTY_OVERLAY,
    ENGLISH,
    pictureOf as pictureIn,
    toSvgText,
    type PictureOverlay,
    type SvgElement,
} from '../../media/picture.ts';
import type { RunState } from '../../media/protocol.ts';
import { STATUS_LOOKS } from '../../media/picture/status.ts';
import type { LaidOutGraph } from '../../server/layout.ts';
import { DETAIL_FONT, LABEL_FONT, TEXT_LEFT, TITLE_HEIGHT } from '../../server/layout/measures.ts';
import { packGraph } from '../../server/layout/packing.ts';
import { edge, instance, SHOP, SHOP_TYPES } from '../server/layout/sample-views.ts';
import { PLACED, PLACED_TYPES } from './placed.ts';
import { runState } from './run-state.ts';
import { malformation } from './well-formed.ts';

const pictureOf = (graph: LaidOutGraph, overlay: PictureOverlay) => pictureIn(graph, overlay, ENGLISH);

/** Without the style sheet, which has a test of its own. */
function drawingOf(picture: SvgElement): string {
    return toSvgText({ ...picture, children: picture.children.filter((child) => child.tag !== 'style') });
}

test.each([
    ['nodes', PLACED],
    ['types', PLACED_TYPES],
])('the picture of %s with nothing over them', async (name, graph) => {
    const picture = drawingOf(pictureOf(graph, EMPTY_OVERLAY));
    expect(malformation(picture)).toBe(null);
    await expect(picture).toMatchFileSnapshot(`pictures/placed-${name}.svg`);
});

const at = (path: string): string => `instance:/${path}`;

/** What is drawn over a picture, each on the same nodes. */
const OVERLAYS: Readonly<Record<string, PictureOverlay>> = {
    states: {
        ...EMPTY_OVERLAY,
        findings: { [at('vm/app')]: { errors: 2, warnings: 1 }, [at('db')]: { errors: 0, warnings: 120 } },
        states: {
            [at('vm')]: runState('DEPLOYED_STARTED'),
            [at('vm/web')]: runState('STARTING', { isMoving: true, since: 12_000 }),
            [at('vm/app')]: runState('PROBLEM', { text: 'start failed', wanted: 'started', cause: 'No such port.' }),
            [at('db')]: runState('DEPLOYED_STARTED', { text: 'started as of 12:03', isStale: true }),
            [at('pool')]: runState('DEPLOYED_STARTED', { wanted: 'stopped' }),
            [at('pool/1')]: runState('DEPLOYED_STARTED'),
            [at('pool/2')]: runState('DEPLOYED_STARTED'),
            [at('pool/3')]: runState('PROBLEM'),
        },
    },
    plan: {
        ...EMPTY_OVERLAY,
        plan: {
            title: 'Deploy',
            waveCount: 4,
            marks: {
                [at('vm')]: { action: 'create', firstWave: 1, lastWave: 1, isCritical: true, notes: [] },
                [at('vm/app')]: {
                    action: 'restart',
                    firstWave: 2,
                    lastWave: 4,
                    isCritical: true,
                    notes: ['wave 2: stop'],
                },
                [at('pool/1')]: { action: 'delete', firstWave: 1, lastWave: 1, isCritical: false, notes: [] },
                [at('pool/2')]: { action: 'delete', firstWave: 1, lastWave: 1, isCritical: false, notes: [] },
            },
        },
    },
    changes: {
        ...EMPTY_OVERLAY,
        changes: {
            title: 'HEAD against the working tree',
            nodes: {
                [at('vm/web')]: { change: 'added', notes: [] },
                [at('vm/app')]: { change: 'rewired', notes: [] },
                [at('db')]: { change: 'removed', notes: [] },
                [at('pool')]: { change: 'changed', notes: ['port was 80 and is 81'] },
                [at('pool/1')]: { change: 'added', notes: [] },
            },
            edges: { [PLACED.edges[0]?.id ?? '']: 'removed' },
        },
    },
    search: { ...EMPTY_OVERLAY, found: [at('db'), at('pool/3')], selected: [at('pool')] },
};

test.each(Object.keys(OVERLAYS))('the picture of %s over a graph', async (name) => {
    const picture = drawingOf(pictureOf(PLACED, OVERLAYS[name] ?? EMPTY_OVERLAY));
    expect(malformation(picture)).toBe(null);
    await expect(picture).toMatchFileSnapshot(`pictures/placed-${name}.svg`);
});

test('an import of what nobody provides is told from one that is met, and a selected one from both', () => {
    const graph = packGraph(SHOP, 'landscape');
    const classOf = (isProviding: boolean, selected: readonly string[]): string => {
        const state = runState('PROBLEM', { isProviding });
        const overlay = { ...EMPTY_OVERLAY, states: { 'instance:/store/database': state }, selected };
        const text = toSvgText(pictureOf(graph, overlay));
        return (
            /class="edge mandatory( \w+)?" data-edge="[^"]*instance:\/store\/database[^"]*"/.exec(text)?.[1] ?? 'plain'
        );
    };
    expect(classOf(true, [])).toBe('plain');
    expect(classOf(false, [])).toBe(' unmet');
    expect(classOf(false, ['instance:/store/database'])).toBe(' related');
});

test('the well-formedness check notices faults', () => {
    for (const fault of [
        '<a><b></a></b>',
        '<a x=1/>',
        '<a>&nbsp;</a>',
        '<a x="1" x="2"/>',
        '<a>\u0001</a>',
        '<a/><b/>',
        '<a>',
        '<a x="<"/>',
    ]) {
        expect(malformation(fault), fault).not.toBe(null);
    }
    expect(malformation('<a x="&amp;"><b/>text &lt;</a>')).toBe(null);
});

const one = (label: string, detail = 'x'): GraphView => ({
    perspective: 'instances',
    nodes: [{ ...instance('/a'), label, detail }, instance('/b')],
    edges: [edge('instance:/a', 'instance:/b', { variables: [label, detail] })],
});

test.each([
    ['markup', '</text><script>alert(1)</script>"\'&amp;'],
    ['right to left', 'خادم الويب שרת'],
    ['emoji', '🚀🏴‍☠️👩🏽‍💻'],
    ['control characters', 'a\u0000b\u001B[31m\u202Ec\uFFFF'],
    ['half a pair', 'a\uD83Db'],
])('%s in a name is escaped', (_, label) => {
    const text = toSvgText(pictureOf(packGraph(one(label), 'landscape'), EMPTY_OVERLAY));
    expect(malformation(text)).toBe(null);
    expect(text).not.toContain('<script');
});

test('a name of 10 KB is drawn shortened and takes no more place than a long one', () => {
    const graph = packGraph(one('long'.repeat(2_500)), 'landscape');
    const text = toSvgText(pictureOf(graph, EMPTY_OVERLAY));
    expect(graph.nodes[0]!.width).toBeLessThan(320);
    expect(text.match(/(?:long){100}/)).toBe(null);
    expect(text).toContain('…</text>');
});

const strings = fc.string({ unit: 'binary', maxLength: 60 });
const statuses = fc.constantFrom(...(Object.keys(STATUS_LOOKS) as RunState['status'][]));

test('any names, variables and states give well-formed XML', () => {
    fc.assert(
        fc.property(
            fc.tuple(strings, strings),
            statuses,
            strings,
            fc.boolean(),
            ([label, detail], status, text, isStale) => {
                const overlay = {
                    ...EMPTY_OVERLAY,
                    states: {
                        'instance:/a': runState(status, { text, wanted: text, cause: text, notes: [text], isStale }),
                    },
                    selected: ['instance:/a'],
                };
                expect(malformation(toSvgText(pictureOf(packGraph(one(label, detail), 'landscape'), overlay)))).toBe(
                    null,
                );
            },
        ),
    );
});

test('every status has words, an icon of its own and a colour', () => {
    const looks = Object.values(STATUS_LOOKS);
    const words = Object.keys(STATUS_LOOKS).map((status) => ENGLISH[`status.${status as RunState['status']}`]);
    expect(new Set(words).size).toBe(looks.length);
    const style = toSvgText(pictureOf(packGraph(SHOP, 'landscape'), EMPTY_OVERLAY));
    for (const { tone } of looks) expect(style).toContain(`.${tone}{--tone:`);
    expect(new Set(looks.map((look) => look.icon + String(look.isOutline))).size).toBe(looks.length);
});

test('an overlay for nodes that are gone, or named like object members, changes nothing', () => {
    const graph = packGraph({ ...SHOP, nodes: [{ ...instance('/a'), id: 'constructor' }], edges: [] }, 'landscape');
    const overlay = { ...EMPTY_OVERLAY, findings: { gone: { errors: 1, warnings: 0 } }, selected: ['gone'] };
    expect(pictureOf(graph, overlay)).toEqual(pictureOf(graph, EMPTY_OVERLAY));
});

test('selecting a container marks the edges of what is inside it', () => {
    const text = toSvgText(pictureOf(packGraph(SHOP, 'landscape'), { ...EMPTY_OVERLAY, selected: ['instance:/edge'] }));
    expect(text.match(/class="edge \w+ related"/g)).toHaveLength(2);
});

test('texts stand where the layout kept room for them', () => {
    const text = drawingOf(pictureOf(packGraph(SHOP, 'landscape'), EMPTY_OVERLAY));
    expect(text).toContain(`<text class="label" x="${String(TEXT_LEFT.leaf)}"`);
    expect(text).toContain(`<text class="label" x="${String(TEXT_LEFT.container)}"`);
    expect(text).toContain(`class="divider" d="M0 ${String(TITLE_HEIGHT)}H`);
    const style = toSvgText(pictureOf(packGraph(SHOP, 'landscape'), EMPTY_OVERLAY));
    expect(style).toContain(`.label{font-size:${String(LABEL_FONT.size)}px`);
    expect(style).toContain(`.detail{font-size:${String(DETAIL_FONT.size)}px`);
});

test('the picture needs nothing from outside and has no foreign elements', () => {
    const text = toSvgText(pictureOf(packGraph(SHOP_TYPES, 'landscape'), EMPTY_OVERLAY));
    expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|foreignObject|style="/);
    expect(text).toContain('prefers-color-scheme: dark');
});
