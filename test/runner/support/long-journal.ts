/** The journal of a long deployment, made of a short one. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CoreEvent } from '../../../runner/core/event.ts';
import { evolve } from '../../../runner/core/evolve.ts';
import { savedStateOf } from '../../../runner/core/saved-state.ts';
import { DEFAULT_SETTINGS, type State } from '../../../runner/core/state.ts';
import { replayJournal } from '../../../runner/deployment-store.ts';
import { openJournalFile } from '../../../runner/journal/file-port.ts';
import { readJournal, type ReadJournal } from '../../../runner/journal/read.ts';
import { createRotation, ROTATION } from '../../../runner/journal/rotate.ts';
import { encodeSnapshot } from '../../../runner/journal/snapshot.ts';
import { createJournalWriter } from '../../../runner/journal/write.ts';
import { deploymentPathsIn, type DeploymentPaths } from '../../../runner/state-directory.ts';

/** Goes on with a journal as its runner would, with news that mean nothing, until it has so many records. Nobody may drive it. */
export async function lengthen(state: string, records: number): Promise<void> {
    const paths = pathsIn(state);
    const read = whole(readJournal(paths.journal));
    const { opened, openedAt, end, validBytes } = read;
    const current = stateOf(read, paths);
    const rotation = createRotation(paths.journal, openJournalFile);
    const file = await openJournalFile(paths.journal, validBytes);
    const place = { start: end, fence: end.fence, bytes: validBytes, fullBytes: ROTATION.fullBytes };
    const writer = createJournalWriter({ file, ...place, rotation });
    for (let seq = end.seq + 1; seq < records; seq += 1_000) {
        const facts = Array.from({ length: Math.min(1_000, records - seq) }, () => factAt(end.time));
        for (const fact of facts) evolve(current, fact);
        await writer.append(facts.map((event) => ({ event, time: event.time })));
        if (!writer.isFull()) continue;
        await writer.rotate(encodeSnapshot({ end: writer.end(), opened, openedAt, state: savedStateOf(current) }));
    }
    await writer.close();
    await rotation.settled();
}

/** As long as a record is on the average. */
function factAt(time: number): CoreEvent {
    const because =
        'the values of what it imports are the same as those that it was told of the last time it was updated';
    const change = { kind: 'orderRefused', order: 'retry', code: 'nothingUnderWay', message: because } as const;
    return { time, run: 'run-1', because, changes: [], ...change };
}

/** The only deployment of a state directory. */
export function pathsIn(state: string): DeploymentPaths {
    const [folder] = readdirSync(state);
    if (folder === undefined) throw new Error('something is deployed');
    return deploymentPathsIn(join(state, folder));
}

/** A journal that was read. */
export function whole(read: ReturnType<typeof readJournal>): ReadJournal {
    if (read.kind !== 'read') throw new Error(`the journal is ${read.kind}`);
    return read;
}

/** What its records lead to. */
export function stateOf(journal: ReadJournal, paths: DeploymentPaths): State {
    const replayed = replayJournal(journal, paths, DEFAULT_SETTINGS);
    if (replayed.kind !== 'replayed') throw new Error(replayed.message);
    return replayed.state;
}
