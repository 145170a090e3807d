/** What a line says beside its kind: how many relations it is, what became of it, whom it concerns. */
import { expect, test } from 'vitest';
import { edgeMarksOf, isSameMarks, PLAIN_EDGE, type EdgeMarks } from '../../../media/picture/edge-marks.ts';
import { edgeElement, edgePath } from '../../../media/picture/edges.ts';
import { EMPTY_OVERLAY, type PictureOverlay } from '../../../media/picture/overlay.ts';
import type { SvgElement } from '../../../media/picture/svg.ts';
import { ENGLISH } from '../../../media/picture.ts';
import { PLACED } from '../placed.ts';
import { runState } from '../run-state.ts';

const [toDatabase, toPool, toMail] = PLACED.edges;
if (toDatabase === undefined || toPool === undefined || toMail === undefined) throw new Error('the sample has three');
const context = { nodes: new Map(PLACED.nodes.map((node) => [node.id, node])), texts: ENGLISH };
const marksOf = (overlay: Partial<PictureOverlay>) => edgeMarksOf(PLACED, { ...EMPTY_OVERLAY, ...overlay });
const classesOf = ({ attributes }: SvgElement): readonly string[] => (attributes['class'] ?? '').split(' ');
const everything = (element: SvgElement): readonly SvgElement[] => [element, ...element.children.flatMap(everything)];
const mark = (action: 'create', isCritical: boolean) => ({
    action,
    firstWave: 1,
    lastWave: 2,
    isCritical,
    notes: [],
});

test('a line that stands for several relations says how many', () => {
    const drawn = edgeElement(toPool, context, PLAIN_EDGE);
    expect(classesOf(drawn)).toContain('several');
    expect(everything(drawn).find(({ attributes }) => attributes['class'] === 'count')?.text).toBe('4');
    const single = edgeElement(toDatabase, context, PLAIN_EDGE);
    expect(everything(single).some(({ attributes }) => attributes['class'] === 'count')).toBe(false);
});

test.each(['added', 'removed'] as const)('a line that was %s has a sign of its own', (change) => {
    const drawn = edgeElement(toDatabase, context, { ...PLAIN_EDGE, change });
    expect(classesOf(drawn)).toContain(change);
    expect(everything(drawn).filter(({ attributes }) => attributes['class'] === 'sign')).toHaveLength(1);
});

test('what is added and what is removed are told by their shape, not by their colour alone', () => {
    const signs = (['added', 'removed'] as const).map((change) =>
        everything(edgeElement(toDatabase, context, { ...PLAIN_EDGE, change }))
            .filter(({ attributes }) => attributes['class'] === 'sign')
            .map(({ attributes }) => attributes['d']),
    );
    expect(signs[0]).not.toEqual(signs[1]);
});

const ROWS: readonly (readonly [string, Partial<PictureOverlay>, Partial<EdgeMarks>])[] = [
    ['nothing', {}, {}],
    ['its importer is selected', { selected: ['instance:/vm/web'] }, { isRelated: true }],
    ['the container of its importer is selected', { selected: ['instance:/vm'] }, { isRelated: true }],
    ['another is selected', { selected: ['instance:/pool'] }, {}],
    ['its exporter provides nothing', { states: { 'instance:/db': runState('STARTING') } }, { isUnmet: true }],
    ['its exporter provides', { states: { 'instance:/db': runState('DEPLOYED_STARTED') } }, {}],
    ['the plan does nothing', { plan: { title: '', waveCount: 0, marks: {} } }, {}],
    [
        'the plan is about others',
        { plan: { title: '', waveCount: 1, marks: { 'instance:/pool': mark('create', false) } } },
        { plan: 'aside' },
    ],
    [
        'both of its ends are on the critical path',
        {
            plan: {
                title: '',
                waveCount: 2,
                marks: { 'instance:/vm/web': mark('create', true), 'instance:/db': mark('create', true) },
            },
        },
        { plan: 'critical' },
    ],
    [
        'one of its ends is on the critical path',
        {
            plan: {
                title: '',
                waveCount: 2,
                marks: { 'instance:/vm/web': mark('create', true), 'instance:/db': mark('create', false) },
            },
        },
        { plan: 'part' },
    ],
    ['it was added', { changes: { title: '', nodes: {}, edges: { [toDatabase.id]: 'added' } } }, { change: 'added' }],
];

test.each(ROWS)('of a line, when %s', (_when, overlay, marks) => {
    const found = marksOf(overlay)(toDatabase);
    expect(found).toEqual({ ...PLAIN_EDGE, ...marks });
    expect(isSameMarks(found, PLAIN_EDGE)).toBe(Object.keys(marks).length === 0);
});

test('what comes from elsewhere is not judged', () => {
    expect(marksOf({ states: { 'outside:Mail': runState('STARTING') } })(toMail).isUnmet).toBe(false);
});

test('the path of a line is that of its drawing', () => {
    const lines = everything(edgeElement(toDatabase, context, PLAIN_EDGE)).filter(
        ({ attributes }) => attributes['class'] === 'line',
    );
    expect(lines.map(({ attributes }) => attributes['d'])).toEqual([edgePath(toDatabase)]);
});
