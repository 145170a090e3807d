/** What is found by looking through a journal: which file, which line, and up to where it can be trusted. */
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeSnapshot, decodeSnapshot, snapshotFileOf } from '../../../runner/journal/snapshot.ts';
import { recordsOf, verifyJournal } from '../../../runner/journal/verify.ts';
import { readRecords, verifyJournals } from '../../../runner/index.ts';
import { deploymentPathsOf, type DeploymentPaths } from '../../../runner/state-directory.ts';
import { temporaryDirectory } from '../support/application.ts';
import { writtenIn } from '../support/segments.ts';

/** `FILE KIND LINE MESSAGE` of each file that is not whole, then what can be trusted. */
function findings(journal: string): readonly string[] {
    const { files, trusted, isWhole } = verifyJournal(journal);
    const texts = files
        .filter(({ kind }) => kind !== 'whole')
        .map(
            ({ file, kind, line, message }) => `${file.slice(file.indexOf('current') + 8)} ${kind} ${line}: ${message}`,
        );
    return [...texts, `${isWhole ? 'whole' : 'damaged'}, trusted: ${trusted?.records ?? 0}`];
}

type Spoil = (paths: {
    readonly journal: string;
    readonly segment: (number: number) => string;
    readonly snapshot: string;
}) => void;

/** Another byte in the event of a line, counted from 1. */
function changeLine(text: string, line: number): string {
    return text
        .split('\n')
        .map((each, index) => (index === line - 1 ? each.replace('run-1', 'run-9') : each))
        .join('\n');
}

const ORPHANED = 'damaged 1: Its records are whole, but they follow what is damaged.';
const CASES: readonly (readonly [string, Spoil, readonly string[]])[] = [
    ['nothing', () => undefined, ['whole, trusted: 31']],
    [
        'a torn tail',
        ({ journal }) => appendFileSync(journal, '{"v"'),
        [
            'journal.jsonl torn 2: The last 4 bytes were being written when the runner or the computer died. Nothing was done because of them; the next runner cuts them.',
            'whole, trusted: 31',
        ],
    ],
    [
        'a changed byte in a segment',
        ({ segment }) => {
            const text = gunzipSync(readFileSync(segment(2))).toString('utf8');
            writeFileSync(segment(2), gzipSync(changeLine(text, 4)));
        },
        [
            'segments/2.jsonl.gz damaged 4: Line 4 was changed after it was written.',
            `segments/3.jsonl.gz ${ORPHANED}`,
            `journal.jsonl ${ORPHANED}`,
            'snapshot.json unused null: It stands for a record 29 that this journal does not have.',
            'damaged, trusted: 13',
        ],
    ],
    [
        'a segment that cannot be decompressed',
        ({ segment }) => writeFileSync(segment(1), 'nonsense'),
        [
            'segments/1.jsonl.gz damaged null: It cannot be read or decompressed.',
            `segments/2.jsonl.gz ${ORPHANED}`,
            `segments/3.jsonl.gz ${ORPHANED}`,
            `journal.jsonl ${ORPHANED}`,
            'snapshot.json unused null: It stands for a record 29 that this journal does not have.',
            'damaged, trusted: 0',
        ],
    ],
    [
        'a missing segment',
        ({ segment }) => rmSync(segment(3)),
        [
            'journal.jsonl damaged 1: Line 1 is record 30, but record 20 is due.',
            'snapshot.json unused null: It stands for a record 29 that this journal does not have.',
            'damaged, trusted: 20',
        ],
    ],
    [
        'a missing end',
        ({ journal, segment }) => [journal, segment(3)].forEach((file) => rmSync(file)),
        [
            'snapshot.json damaged null: It stands for record 29, but the journal ends with record 19: records were lost.',
            'damaged, trusted: 20',
        ],
    ],
    [
        'a folder in the place of a file',
        ({ journal }) => {
            rmSync(journal);
            mkdirSync(journal);
        },
        [
            'journal.jsonl damaged null: It cannot be read: EISDIR: illegal operation on a directory, read.',
            'damaged, trusted: 0',
        ],
    ],
    [
        'a changed snapshot',
        ({ snapshot }) => writeFileSync(snapshot, readFileSync(snapshot, 'utf8').replace('"A"', '"B"')),
        [
            'snapshot.json unused null: It is damaged or of another version: all records are read instead.',
            'whole, trusted: 31',
        ],
    ],
    [
        'a snapshot that says something else',
        ({ snapshot }) => {
            const read = decodeSnapshot(readFileSync(snapshot));
            if (read === null) throw new Error('it was just written');
            const fields = { ...read.state.fields, status: { value: ['DEPLOYED_STARTED'] } };
            writeFileSync(snapshot, encodeSnapshot({ ...read, state: { ...read.state, fields } }));
        },
        [
            'snapshot.json damaged null: It does not say what the records up to 29 lead to. Delete it.',
            'damaged, trusted: 31',
        ],
    ],
];

test.each(CASES)('%s is told', async (_, spoil, told) => {
    using place = temporaryDirectory();
    const journal = await writtenIn(place.path);
    const segment = (number: number): string => join(place.path, 'current', 'segments', `${number}.jsonl.gz`);
    spoil({ journal, segment, snapshot: snapshotFileOf(journal) });
    expect(findings(journal)).toEqual(told);
});

test('records are shown up to the first damage', async () => {
    using place = temporaryDirectory();
    const journal = await writtenIn(place.path);
    expect(recordsOf(journal).map(({ seq }) => seq)).toEqual(Array.from({ length: 31 }, (_, seq) => seq));
    writeFileSync(journal, 'nonsense\n');
    expect(recordsOf(journal)).toHaveLength(30);
    writeFileSync(join(place.path, 'current', 'segments', '2.jsonl'), '{"half');
    expect(recordsOf(journal)).toHaveLength(10);
});

function pathsIn(root: string): DeploymentPaths {
    return deploymentPathsOf(join(root, 'state'), { directory: root, deployment: 'shop' });
}

test('all that is kept under a name is looked through: the journal in use, and those of deployments that are over', async () => {
    using place = temporaryDirectory();
    const { root, current, steps, historyDirectory } = pathsIn(place.path);
    const look = () =>
        verifyJournals(place.path, 'shop', join(place.path, 'state')).map(
            ({ deployment, files, isWhole, lost }) => [deployment, files.length, isWhole, lost === null] as const,
        );
    expect(look()).toEqual([]);
    expect(readRecords(place.path, 'shop', join(place.path, 'state'))).toEqual([]);
    await writtenIn(root);
    await writtenIn(join(historyDirectory, '2026-01-01T00-00-00-000Z-1'));
    const retired = join(historyDirectory, '2026-01-01T00-00-00-000Z-1');
    cpSync(join(retired, 'current'), retired, { recursive: true });
    rmSync(join(retired, 'current'), { recursive: true });
    rmSync(join(retired, 'snapshot.json'));
    expect(look()).toEqual([
        ['current', 5, true, true],
        ['2026-01-01T00-00-00-000Z-1', 4, true, true],
    ]);
    mkdirSync(join(steps, 'run-99-99'), { recursive: true });
    expect(look()[0]).toEqual(['current', 5, false, false]);
    rmSync(current, { recursive: true });
    expect(readRecords(place.path, 'shop', join(place.path, 'state'))).toHaveLength(31);
});
