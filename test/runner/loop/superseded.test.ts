/** A runner that another one has replaced records nothing and begins nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StepRequest } from '../../../runner/executor.ts';
import { CHAIN_START } from '../../../runner/journal/record.ts';
import { createLoop } from '../../../runner/loop.ts';
import { createAdvance } from '../../../runner/core/advance.ts';
import type { Effect } from '../../../runner/core/effect.ts';
import { createState } from '../../../runner/core/state.ts';
import { topologyOf } from '../../../runner/core/topology.ts';
import { systemClock } from '../../../runner/clock.ts';
import { deploymentPathsOf } from '../../../runner/state-directory.ts';
import { modelOf } from '../../scenarios/model-text.ts';
import { temporaryDirectory } from '../support/application.ts';
import { drive } from '../support/driven.ts';

const signal = AbortSignal.timeout(20_000);
const MODEL = modelOf('Part\n/part Part');

test('a runner that was replaced ends at the next order, with its journal as it was', async () => {
    using place = temporaryDirectory();
    const steps: StepRequest[] = [];
    let isReplaced = false;
    const runner = await drive(place.path, steps, { isSuperseded: () => isReplaced });
    await runner.order({ kind: 'deploy', model: MODEL, paths: [] }, signal);
    await runner.whenQuiet(signal);
    const { journal } = deploymentPathsOf(join(place.path, 'state'), { directory: place.path, deployment: 'shop' });
    const recorded = readFileSync(journal, 'utf8');
    const begun = steps.length;
    isReplaced = true;
    void runner.order({ kind: 'stop', paths: [] }, signal);
    expect(await runner.stopped).toMatchObject({ kind: 'failed', code: 'superseded' });
    expect(readFileSync(journal, 'utf8')).toBe(recorded);
    expect(steps).toHaveLength(begun);
});

test('a loop hands out no effect of what it may not record', async () => {
    const effects: Effect[] = [];
    const appended: unknown[] = [];
    const loop = createLoop({
        state: createState(topologyOf(MODEL)),
        advance: createAdvance(),
        writer: {
            append: (records) => {
                appended.push(...records);
                return Promise.resolve({ kind: 'written', end: CHAIN_START });
            },
            end: () => CHAIN_START,
            isFull: () => false,
            rotate: () => Promise.resolve(),
            close: () => Promise.resolve(),
        },
        clock: systemClock,
        perform: (effect) => void effects.push(effect),
        onEvents: () => undefined,
        keepShort: () => Promise.resolve(),
        isSuperseded: () => true,
    });
    const answer = await loop.submit({ kind: 'order', run: 'r1', order: { kind: 'deploy', paths: [] } });
    expect(answer).toMatchObject({ kind: 'failed', code: 'superseded' });
    expect([appended, effects]).toEqual([[], []]);
});
