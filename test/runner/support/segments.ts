/** A small journal in several files. */
import { join } from 'node:path';
import type { CoreEvent } from '../../../runner/core/event.ts';
import { savedStateOf } from '../../../runner/core/saved-state.ts';
import { DEFAULT_SETTINGS } from '../../../runner/core/state.ts';
import { evolve } from '../../../runner/core/evolve.ts';
import { stateOf } from '../../../runner/deployment-store.ts';
import { CHAIN_START, type DeploymentOpened } from '../../../runner/journal/record.ts';
import { encodeSnapshot } from '../../../runner/journal/snapshot.ts';
import type { JournalWriter } from '../../../runner/journal/write.ts';
import { modelOf } from '../../scenarios/model-text.ts';
import { writerAt } from './writer.ts';

export const opened: DeploymentOpened = {
    kind: 'deploymentOpened',
    format: 'roboconf-journal',
    key: { directory: '/shop', deployment: 'shop' },
    model: modelOf('A\n/a A'),
    recipes: {},
};

export const moved = (time: number): CoreEvent => ({
    ...{ kind: 'instanceMoved', path: '/a', time, run: 'run-1', because: 'é' },
    changes: [{ path: '/a', status: time % 2 === 0 ? 'DEPLOYED_STOPPED' : 'UNRESOLVED', exports: null }],
});

export const snapshotAt = (writer: JournalWriter): string => {
    const state = stateOf(opened, DEFAULT_SETTINGS);
    for (let time = 1; time <= writer.end().seq; time++) evolve(state, moved(time));
    return encodeSnapshot({ end: writer.end(), opened, openedAt: 1, state: savedStateOf(state) });
};

export async function append(writer: JournalWriter, from: number, to: number): Promise<void> {
    for (let time = from; time < to; time++) await writer.append([{ event: moved(time), time }]);
}

/** Records 0 to 30 in four files: three segments of ten, and one record in the last. */
export async function writtenIn(folder: string): Promise<string> {
    const journal = join(folder, 'current', 'journal.jsonl');
    const writer = await writerAt(journal, { end: CHAIN_START, validBytes: 0 }, 3);
    await writer.append([{ event: opened, time: 1 }]);
    for (let part = 0; part < 3; part++) {
        await append(writer, part * 10 + (part === 0 ? 1 : 0), part * 10 + 10);
        await writer.rotate(snapshotAt(writer));
    }
    await append(writer, 30, 31);
    await writer.close();
    return journal;
}
