/** The journal of a long deployment: what it costs to read, to look through and to resume, and the room it takes. */
import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../../scripts/bench.ts';
import { readJournal, readRecentJournal } from '../../runner/journal/read.ts';
import { segmentsDirectoryOf } from '../../runner/journal/segments.ts';
import { verifyJournal } from '../../runner/journal/verify.ts';
import { deploymentPathsIn } from '../../runner/state-directory.ts';
import { temporaryDirectory } from '../runner/support/application.ts';
import { lengthen, pathsIn, stateOf, whole } from '../runner/support/long-journal.ts';
import { resumeMs } from './resume.ts';
import { medianMs } from './rounds.ts';

const RECORDS = 100_000;

export async function measure(): Promise<readonly Figure[]> {
    const short = await rounds(() => Promise.resolve());
    const long = await rounds((state) => lengthen(state, RECORDS));
    return [
        { name: 'from resume to the next step, 50 records', value: short, unit: 'ms' },
        { name: 'from resume to the next step, 100,000 records', value: long, unit: 'ms', goal: { atMost: 500 } },
        ...(await readingFigures()),
    ];
}

/** The median of five. */
async function rounds(between: (state: string) => Promise<void>): Promise<number> {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) times.push(await resumeMs(between));
    return times.toSorted((left, right) => left - right)[2] ?? Number.NaN;
}

async function readingFigures(): Promise<readonly Figure[]> {
    using place = temporaryDirectory();
    const paths = deploymentPathsIn(place.path);
    const { journal } = paths;
    await resumeMs(async (state) => {
        await lengthen(state, RECORDS);
        cpSync(pathsIn(state).current, paths.current, { recursive: true });
    });
    const replay = (read: ReturnType<typeof readJournal>): void => void stateOf(whole(read), paths);
    const segments = readdirSync(segmentsDirectoryOf(journal)).map((name) => join(segmentsDirectoryOf(journal), name));
    const bytes = [journal, ...segments].reduce((sum, file) => sum + statSync(file).size, 0);
    return [
        {
            name: 'state of 100,000 records from the snapshot',
            value: await medianMs(5, () => replay(readRecentJournal(journal))),
            unit: 'ms',
        },
        {
            name: 'state of 100,000 records from all of them',
            value: await medianMs(5, () => replay(readJournal(journal))),
            unit: 'ms',
        },
        {
            name: 'looking through 100,000 records',
            value: await medianMs(3, () => void verifyJournal(journal)),
            unit: 'ms',
        },
        { name: 'room of 100,000 records', value: bytes / 1024 / 1024, unit: 'MiB' },
    ];
}
