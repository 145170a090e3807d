import { expect, test } from 'vitest';
import { createNarrator, describeFailures, describeProgress } from '../../../media/graph/narrator.ts';
import { applicationOf, parsePageState } from '../../../media/graph/page-state.ts';
import { createStateClock } from '../../../media/graph/state-clock.ts';
import { createViewportMemory } from '../../../media/graph/viewport-memory.ts';
import { FRESH_LOOK } from '../../../media/protocol.ts';
import { ENGLISH } from '../../../media/texts.ts';
import { PLACED } from '../placed.ts';
import { runState } from '../run-state.ts';

const viewport = { x: 1, y: 2, scale: 0.5 };

test('a page state is read back, and what is not understood takes its default', () => {
    const state = {
        application: 'file:///a',
        look: { ...FRESH_LOOK, perspective: 'hosts', closed: ['instance:/a'] },
        viewports: { 'hosts:landscape': viewport, 'hosts:portrait': null },
        isMinimapShown: false,
        isTableShown: true,
        shown: 'plan',
    };
    expect(parsePageState(JSON.parse(JSON.stringify(state)), 'file:///b')).toMatchObject({
        ...state,
        application: 'file:///b',
    });
    const fresh = parsePageState(null, 'file:///b');
    expect(fresh).toMatchObject({ look: FRESH_LOOK, isMinimapShown: true, isTableShown: false, shown: 'nothing' });
    for (const junk of [
        7,
        'x',
        [],
        {},
        { look: 7, viewports: { 'hosts:landscape': { x: 'a' } }, isTableShown: 1, shown: 'all' },
    ])
        expect(parsePageState(junk, 'file:///b')).toEqual(fresh);
});

test.each([
    [{ application: 'file:///a' }, 'file:///a'],
    [{ application: '' }, undefined],
    [{ application: 7 }, undefined],
    [null, undefined],
    ['x', undefined],
])('the application of %j is %s', (state, application) => expect(applicationOf(state)).toBe(application));

test('each picture is seen through its own viewport, and a neighbourhood leaves that of the whole alone', () => {
    const memory = createViewportMemory({}, FRESH_LOOK, 'landscape');
    memory.keep(viewport);
    expect(memory.turnTo(FRESH_LOOK, 'landscape')).toBe(undefined);
    expect(memory.turnTo({ ...FRESH_LOOK, focus: { node: 'component:A', distance: 1 } }, 'landscape')).toBe(null);
    memory.keep({ ...viewport, scale: 2 });
    expect(memory.turnTo(FRESH_LOOK, 'landscape')).toEqual(viewport);
    expect(memory.turnTo(FRESH_LOOK, 'portrait')).toBe(null);
    expect(memory.turnTo({ ...FRESH_LOOK, perspective: 'hosts' }, 'landscape')).toBe(null);
    expect(memory.all()['components:landscape']).toEqual(viewport);
});

test('the clock of states goes on where it is said to', () => {
    let tick = 100;
    const clock = createStateClock(() => tick);
    clock.tell({ now: 5_000, isRunning: true });
    tick = 350;
    expect(clock.now()).toBe(5_250);
    clock.tell({ now: 6_000, isRunning: false });
    tick = 9_000;
    expect(clock.now()).toBe(6_000);
});

const STARTED = runState('DEPLOYED_STARTED');

test('how far a run is, and that it is over', () => {
    expect(describeProgress({ a: STARTED, b: runState('STARTING') }, ENGLISH)).toBe('1 of 2 started');
    expect(describeProgress({ a: STARTED, b: runState('UNRESOLVED') }, ENGLISH)).toBe(
        'Nothing is under way any more: 1 of 2 started',
    );
    expect(describeProgress({ a: STARTED }, ENGLISH)).toBe('');
    // Components say again what their instances say.
    expect(describeProgress({ a: STARTED, b: STARTED, 'component:Web': STARTED }, ENGLISH)).toMatch(/2 of 2 started$/);
});

test('failures are told with their cause, once, also of what is folded away', () => {
    const failed = runState('PROBLEM', { cause: 'exit code 3' });
    const states = { 'instance:/pool/3': failed, 'instance:/db': failed };
    const told = describeFailures(PLACED.nodes, { 'instance:/db': failed }, states, ENGLISH);
    expect(told).toBe('3 failed: exit code 3');
    expect(describeFailures(PLACED.nodes, states, states, ENGLISH)).toBe('');
});

test('changes that come close together are told in one sentence, a failure at once', () => {
    const [said, shouted, waiting]: [string[], string[], (() => void)[]] = [[], [], []];
    const narrator = createNarrator(ENGLISH, {
        say: (text) => said.push(text),
        interrupt: (text) => shouted.push(text),
        later: (act) => waiting.push(act),
    });
    const tell = (web: string, app: string): void =>
        narrator.tell(PLACED.nodes, {
            'instance:/vm/web': runState(web as 'PROBLEM', { cause: web === 'PROBLEM' ? 'exit code 3' : '' }),
            'instance:/vm/app': runState(app as 'PROBLEM'),
        });
    tell('DEPLOYING', 'NOT_DEPLOYED');
    expect(said).toEqual(['web: deploying; app: not deployed; 0 of 2 started']);
    tell('STARTING', 'NOT_DEPLOYED');
    tell('DEPLOYED_STARTED', 'DEPLOYING');
    tell('DEPLOYED_STARTED', 'STARTING');
    expect(said).toHaveLength(1);
    waiting.shift()?.();
    expect(said.at(-1)).toBe('web: started; app: starting; 1 of 2 started');
    tell('PROBLEM', 'STARTING');
    expect(shouted).toEqual(['web failed: exit code 3']);
    waiting.shift()?.();
    waiting.shift()?.();
    expect(waiting).toEqual([]);
    tell('PROBLEM', 'DEPLOYED_STARTED');
    expect(said.at(-1)).toBe('app: started; Nothing is under way any more: 1 of 2 started');
});

test('thousands of states that did not change are not told', () => {
    const states = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`instance:/${String(i)}`, STARTED]));
    const said: string[] = [];
    const narrator = createNarrator(ENGLISH, { say: (text) => said.push(text), interrupt: () => {}, later: () => {} });
    narrator.tell(PLACED.nodes, states);
    narrator.tell(PLACED.nodes, { ...states });
    expect(said).toEqual([]);
});
