/** A journal over several files, with a snapshot: it reads as one, and a snapshot never says more than the journal does. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../runner/core/state.ts';
import { replayJournal } from '../../../runner/deployment-store.ts';
import { openJournalFollower } from '../../../runner/journal/follow.ts';
import { readJournal, readLastFence, readRecentJournal, type ReadJournal } from '../../../runner/journal/read.ts';
import { CHAIN_START } from '../../../runner/journal/record.ts';
import { readWithLast, segmentsDirectoryOf, segmentsOf } from '../../../runner/journal/segments.ts';
import { decodeSnapshot, encodeSnapshot, snapshotFileOf } from '../../../runner/journal/snapshot.ts';
import { createJournalWriter } from '../../../runner/journal/write.ts';
import { deploymentPathsIn } from '../../../runner/state-directory.ts';
import { temporaryDirectory } from '../support/application.ts';
import { append, moved, opened, snapshotAt, writtenIn } from '../support/segments.ts';
import { writerAt } from '../support/writer.ts';

function read(journal: string, how: (file: string) => ReturnType<typeof readJournal> = readJournal): ReadJournal {
    const answer = how(journal);
    if (answer.kind !== 'read') throw new Error(JSON.stringify(answer));
    return answer;
}

const timesOf = ({ events }: ReadJournal): readonly number[] => events.map(({ time }) => time);
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a journal in several files', () => {
    test('reads as one, compressed or not', async () => {
        using place = temporaryDirectory();
        const journal = await writtenIn(place.path);
        expect(segmentsOf(journal)).toMatchObject([1, 2, 3].map((number) => ({ number, isCompressed: true })));
        const whole = read(journal);
        expect(timesOf(whole)).toEqual(upTo(30));
        expect(whole).toMatchObject({ opened, openedAt: 1, snapshot: null, end: { seq: 30 }, cutBytes: 0 });
        expect(whole.validBytes).toBe(readFileSync(journal).length);
    });

    test('is read from its snapshot on, and that is what the whole of it says', async () => {
        using place = temporaryDirectory();
        const journal = await writtenIn(place.path);
        const recent = read(journal, readRecentJournal);
        expect(timesOf(recent)).toEqual([30]);
        expect(recent).toMatchObject({ opened, openedAt: 1, snapshot: { end: { seq: 29 } }, end: { seq: 30 } });
        expect({ ...recent, snapshot: null, events: [] }).toEqual({ ...read(journal), events: [] });
    });

    test('goes on behind its last record, whichever way it was read', async () => {
        for (const how of [readJournal, readRecentJournal]) {
            using place = temporaryDirectory();
            const journal = await writtenIn(place.path);
            const writer = await writerAt(journal, read(journal, how), 4);
            await append(writer, 31, 33);
            await writer.close();
            expect(timesOf(read(journal))).toEqual(upTo(32));
            expect(readLastFence(journal)).toBe(4);
        }
    });

    test('has its end in a segment while the next file has no whole record', async () => {
        for (const rest of [null, '', '{"v":1', '\0\0\0']) {
            using place = temporaryDirectory();
            const journal = await writtenIn(place.path);
            const last = await writerAt(journal, read(journal), 3);
            await last.rotate(snapshotAt(last));
            await last.close();
            if (rest === null) rmSync(journal);
            else writeFileSync(journal, rest);
            expect(timesOf(read(journal))).toEqual(upTo(30));
            const recent = read(journal, readRecentJournal);
            expect(recent).toMatchObject({
                snapshot: { end: { seq: 30 } },
                events: [],
                end: { seq: 30 },
                validBytes: 0,
            });
            expect(recent.cutBytes).toBe(rest?.length ?? 0);
            expect(readLastFence(journal)).toBe(3);
        }
    });

    test('has segments of older journals, which were in one file however large', async () => {
        using place = temporaryDirectory();
        const journal = join(place.path, 'current', 'journal.jsonl');
        const writer = await writerAt(journal, { end: CHAIN_START, validBytes: 0 }, 3, 100);
        await writer.append([{ event: opened, time: 1 }]);
        await append(writer, 1, 200);
        expect(existsSync(segmentsDirectoryOf(journal))).toBe(false);
        expect(writer.isFull()).toBe(true);
        await writer.rotate(snapshotAt(writer));
        expect(writer.isFull()).toBe(false);
        await writer.close();
        expect(read(journal, readRecentJournal)).toMatchObject({ snapshot: { end: { seq: 199 } }, events: [] });
        expect(timesOf(read(journal))).toEqual(upTo(199));
    });

    test('is damaged where a segment is missing, changed or cut', async () => {
        const spoil: readonly (readonly [string, (file: string) => void, number])[] = [
            ['segments/2.jsonl.gz', (file) => rmSync(file), 1],
            ['segments/1.jsonl.gz', (file) => rmSync(file), 1],
            ['segments/2.jsonl', (file) => writeFileSync(file, 'nonsense\n'), 1],
            ['segments/2.jsonl', (file) => writeFileSync(file, '{"half'), 1],
        ];
        for (const [name, damage, line] of spoil) {
            using place = temporaryDirectory();
            const journal = await writtenIn(place.path);
            damage(join(place.path, 'current', name));
            expect(readJournal(journal)).toMatchObject({ kind: 'damaged', line });
        }
    });
});

describe('a snapshot', () => {
    test('of another version, damaged or of another journal is not used', async () => {
        using place = temporaryDirectory();
        const journal = await writtenIn(place.path);
        const file = snapshotFileOf(journal);
        const text = readFileSync(file, 'utf8');
        const snapshot = decodeSnapshot(Buffer.from(text));
        if (snapshot === null) throw new Error('it was just written');
        const others = [
            text.replace('"DEPLOYED_STOPPED"', '"DEPLOYED_STARTED"').replace('NOT_DEPLOYED', 'UNRESOLVED'),
            text.slice(0, -1),
            '',
            encodeSnapshot({ ...snapshot, end: { ...snapshot.end, hash: '0123456789abcdef' } }),
            encodeSnapshot({ ...snapshot, end: { ...snapshot.end, seq: 3 } }),
        ];
        for (const other of others) {
            writeFileSync(file, other);
            expect(timesOf(read(journal, readRecentJournal)), other.slice(-90)).toEqual(upTo(30));
        }
        rmSync(file);
        expect(timesOf(read(journal, readRecentJournal))).toEqual(upTo(30));
    });

    test('of a state this version does not know gives way to the whole journal', async () => {
        using place = temporaryDirectory();
        const journal = await writtenIn(place.path);
        const snapshot = decodeSnapshot(readFileSync(snapshotFileOf(journal)));
        if (snapshot === null) throw new Error('it was just written');
        const { since: _, ...fields } = snapshot.state.fields;
        writeFileSync(snapshotFileOf(journal), encodeSnapshot({ ...snapshot, state: { ...snapshot.state, fields } }));
        const recent = read(journal, readRecentJournal);
        expect(recent.snapshot).not.toBeNull();
        const replayed = replayJournal(recent, deploymentPathsIn(place.path), DEFAULT_SETTINGS);
        expect(replayed).toMatchObject({ kind: 'replayed', state: { sequence: 30, status: ['DEPLOYED_STOPPED'] } });
    });

    test('tells that the end of the journal was lost', async () => {
        using place = temporaryDirectory();
        const journal = await writtenIn(place.path);
        rmSync(journal);
        rmSync(join(segmentsDirectoryOf(journal), '3.jsonl.gz'));
        expect(timesOf(read(journal))).toEqual(upTo(19));
        const recent = readRecentJournal(journal);
        expect(recent).toMatchObject({ kind: 'damaged', line: 21 });
        expect(recent.kind === 'damaged' && recent.message).toContain('the journal once had 30 records');
    });

    test('that was made right before its file became a segment stands for a record in the last file', async () => {
        using place = temporaryDirectory();
        const journal = join(place.path, 'current', 'journal.jsonl');
        const writer = await writerAt(journal, { end: CHAIN_START, validBytes: 0 }, 3);
        await writer.append([{ event: opened, time: 1 }]);
        await append(writer, 1, 5);
        writeFileSync(snapshotFileOf(journal), snapshotAt(writer));
        await append(writer, 5, 8);
        await writer.close();
        expect(read(journal, readRecentJournal)).toMatchObject({ snapshot: { end: { seq: 4 } }, end: { seq: 7 } });
        expect(timesOf(read(journal, readRecentJournal))).toEqual([5, 6, 7]);
    });

    test('that cannot be written leaves the journal in its file, and is tried again later', async () => {
        using place = temporaryDirectory();
        const journal = join(place.path, 'current', 'journal.jsonl');
        const writer = await writerAt(journal, { end: CHAIN_START, validBytes: 0 }, 3, 400);
        await writer.append([{ event: opened, time: 1 }]);
        await append(writer, 1, 20);
        mkdirSync(`${snapshotFileOf(journal)}.part`);
        await writer.rotate(snapshotAt(writer));
        expect(segmentsOf(journal)).toEqual([]);
        expect(writer.isFull()).toBe(false);
        await append(writer, 20, 40);
        rmSync(`${snapshotFileOf(journal)}.part`, { recursive: true });
        expect(writer.isFull()).toBe(true);
        await writer.rotate(snapshotAt(writer));
        await writer.close();
        expect(segmentsOf(journal)).toHaveLength(1);
        expect(timesOf(read(journal))).toEqual(upTo(39));
    });
});

test('after a file that could not be begun nothing is written', async () => {
    const lines: string[] = [];
    const writer = createJournalWriter({
        file: { append: (text) => Promise.resolve(void lines.push(text)), close: () => Promise.resolve() },
        ...{ start: CHAIN_START, fence: 1, bytes: 0, fullBytes: 1 },
        rotation: {
            saveSnapshot: () => Promise.resolve(true),
            begin: () => Promise.reject(new Error('no room for a file')),
            settled: () => Promise.resolve(),
        },
    });
    await writer.append([{ event: opened, time: 1 }]);
    await writer.rotate('snapshot');
    expect(await writer.append([{ event: moved(1), time: 1 }])).toEqual({
        kind: 'failed',
        message: 'no room for a file',
    });
    expect(lines).toHaveLength(1);
});

test('a reader that is overtaken by the next file reads again', async () => {
    using place = temporaryDirectory();
    const journal = await writtenIn(place.path);
    let looks = 0;
    const { last, more } = readWithLast(journal, () => {
        looks++;
        const before = segmentsOf(journal).length;
        if (looks === 1) {
            renameSync(journal, join(segmentsDirectoryOf(journal), '4.jsonl'));
            writeFileSync(journal, '');
        }
        return before;
    });
    expect({ looks, more, bytes: last.bytes.length }).toEqual({ looks: 2, more: 4, bytes: 0 });
});

test('segments that a runner left uncompressed are compressed later; their lines are there all the time', async () => {
    using place = temporaryDirectory();
    const journal = await writtenIn(place.path);
    const folder = segmentsDirectoryOf(journal);
    writeFileSync(join(folder, '1.jsonl'), gunzipSync(readFileSync(join(folder, '1.jsonl.gz'))));
    expect(timesOf(read(journal))).toEqual(upTo(30));
    rmSync(join(folder, '1.jsonl.gz'));
    writeFileSync(join(folder, '1.jsonl.gz.part'), 'half');
    expect(timesOf(read(journal))).toEqual(upTo(30));
    const writer = await writerAt(journal, read(journal), 3);
    await writer.rotate(snapshotAt(writer));
    await writer.close();
    expect(segmentsOf(journal).map(({ isCompressed }) => isCompressed)).toEqual([true, true, true, true]);
    expect(timesOf(read(journal))).toEqual(upTo(30));
});

describe('who follows a journal', () => {
    test('hears every record once, over files that were there before and files that come', async () => {
        using place = temporaryDirectory();
        const journal = await writtenIn(place.path);
        const follower = openJournalFollower(journal);
        if (follower === null) throw new Error('it is there');
        const heard = (): readonly number[] => follower.read(journal).map(({ seq }) => seq);
        expect(heard()).toEqual([0, ...upTo(30)]);
        const writer = await writerAt(journal, read(journal), 3);
        await append(writer, 31, 33);
        expect(heard()).toEqual([31, 32]);
        await append(writer, 33, 34);
        await writer.rotate(snapshotAt(writer));
        expect(heard()).toEqual([33]);
        await append(writer, 34, 35);
        await writer.rotate(snapshotAt(writer));
        await append(writer, 35, 36);
        await writer.rotate(snapshotAt(writer));
        await append(writer, 36, 37);
        expect(heard()).toEqual([34, 35, 36]);
        await writer.close();
        expect(follower.isAt(journal)).toBe(true);
        follower.close();
    });

    test('hears the rest of one that was put elsewhere, and nothing of the one in its place', async () => {
        using place = temporaryDirectory();
        const journal = await writtenIn(place.path);
        const follower = openJournalFollower(journal);
        if (follower === null) throw new Error('it is there');
        follower.read(journal);
        const writer = await writerAt(journal, read(journal), 3);
        await append(writer, 31, 32);
        await writer.rotate(snapshotAt(writer));
        await append(writer, 32, 33);
        await writer.close();
        const moved = join(place.path, 'history', 'journal.jsonl');
        renameSync(join(place.path, 'current'), join(place.path, 'history'));
        mkdirSync(join(place.path, 'current'));
        copyFileSync(moved, journal);
        expect(follower.isAt(journal)).toBe(false);
        expect(follower.read(journal).map(({ seq }) => seq)).toEqual([31]);
        expect(follower.isAt(moved)).toBe(true);
        expect(follower.read(moved).map(({ seq }) => seq)).toEqual([32]);
        follower.close();
    });
});
