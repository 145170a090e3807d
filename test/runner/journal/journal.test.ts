import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CoreEvent } from '../../../runner/core/event.ts';
import type { JournalFile } from '../../../runner/journal/file-port.ts';
import { parseJournal, readJournal } from '../../../runner/journal/read.ts';
import { CHAIN_START, encodeRecord, type DeploymentOpened } from '../../../runner/journal/record.ts';
import { writerAt, writerInto } from '../support/writer.ts';
import { sketchModel } from '../support/application.ts';

const directory = mkdtempSync(join(tmpdir(), 'journal é '));
afterAll(() => rmSync(directory, { recursive: true }));

const opened: DeploymentOpened = {
    kind: 'deploymentOpened',
    format: 'roboconf-journal',
    key: { directory: '/shop', deployment: 'shop' },
    model: sketchModel({ Log: { installer: 'logger' } }, { '/log': 'Log' }),
    recipes: {},
};

const moved = (time: number): CoreEvent => ({
    kind: 'instanceMoved',
    path: '/log',
    time,
    run: 'run-1',
    because: 'é\u2028"',
    changes: [],
});

function journalOf(count: number): Buffer {
    let end = CHAIN_START;
    const lines = [opened, ...Array.from({ length: count }, (_, i) => moved(i))].map((event) => {
        const encoded = encodeRecord(event, { time: 1, fence: 3 }, end);
        end = encoded.end;
        return encoded.line;
    });
    return Buffer.from(lines.join(''));
}

function durationOf(work: () => void): number {
    const begun = performance.now();
    work();
    return performance.now() - begun;
}

describe('the journal', () => {
    test('is read back as it was written', async () => {
        const file = join(directory, 'written.jsonl');
        const writer = await writerAt(file, { end: CHAIN_START, validBytes: 0 }, 3);
        await writer.append([{ event: opened, time: 1 }]);
        await writer.append([moved(5), moved(6)].map((event) => ({ event, time: event.time })));
        await writer.close();
        expect(readJournal(file)).toMatchObject({
            kind: 'read',
            opened,
            events: [moved(5), moved(6)],
            end: { seq: 2, fence: 3 },
            cutBytes: 0,
        });
    });

    test.each([
        ['half a record', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('{"v":1,"seq":4')])],
        ['zeros', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(300)])],
        ['half a record and zeros', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('{"v":1'), Buffer.alloc(9)])],
    ])('cuts a tail of %s and goes on after it', async (name, damage) => {
        const file = join(directory, `${name}.jsonl`);
        const whole = journalOf(3);
        writeFileSync(file, damage(whole));
        const journal = readJournal(file);
        if (journal.kind !== 'read') throw new Error(journal.kind);
        expect(journal).toMatchObject({ validBytes: whole.length });
        expect(journal.cutBytes).toBeGreaterThan(0);
        const writer = await writerAt(file, journal, 4);
        await writer.append([{ event: moved(9), time: 9 }]);
        await writer.close();
        expect(readJournal(file)).toMatchObject({ kind: 'read', events: { length: 4 }, end: { seq: 4, fence: 4 } });
    });

    test('every cut of a journal is a shorter journal', () => {
        const whole = journalOf(3);
        for (let length = 0; length < whole.length; length++) {
            const lines = whole.subarray(0, length).toString('latin1').split('\n').length - 1;
            const journal = parseJournal(whole.subarray(0, length), 'j');
            if (lines === 0) expect(journal.kind).toBe('empty');
            else expect(journal).toMatchObject({ kind: 'read', end: { seq: lines - 1 } });
        }
    });

    test('a changed byte anywhere but in the last line end is refused with its line', () => {
        const whole = journalOf(3);
        for (let place = 0; place < whole.length - 1; place += 7) {
            const bytes = Buffer.from(whole);
            bytes[place] = (bytes[place] ?? 0) ^ 1;
            const line = whole.subarray(0, place).toString('latin1').split('\n').length;
            const journal = parseJournal(bytes, '/state/journal.jsonl');
            expect(journal, `byte ${place}`).toMatchObject({ kind: 'damaged', line });
            expect(journal.kind === 'damaged' && journal.message).toContain(`Line ${line} of /state/journal.jsonl`);
        }
    });

    test('a removed or doubled line is refused', () => {
        const lines = journalOf(3)
            .toString('utf8')
            .split(/(?<=\n)/);
        const [first = '', second = '', third = ''] = lines;
        expect(parseJournal(Buffer.from(first + third), 'j')).toMatchObject({ kind: 'damaged', line: 2 });
        expect(parseJournal(Buffer.from(first + second + second), 'j')).toMatchObject({ kind: 'damaged', line: 3 });
    });

    test('nothing is written after a failed write', async () => {
        const written: string[] = [];
        let full = false;
        const disk: JournalFile = {
            append: (text) => {
                if (full) return Promise.reject(new Error('ENOSPC: no space left on device'));
                written.push(text);
                return Promise.resolve();
            },
            close: () => Promise.resolve(),
        };
        const writer = writerInto(disk, { end: CHAIN_START, validBytes: 0 }, 1);
        expect(await writer.append([{ event: opened, time: 1 }])).toMatchObject({ kind: 'written' });
        full = true;
        expect(await writer.append([{ event: moved(2), time: 2 }])).toMatchObject({ kind: 'failed' });
        full = false;
        expect(await writer.append([{ event: moved(3), time: 3 }])).toMatchObject({ kind: 'failed' });
        expect(written).toHaveLength(1);
        expect(writer.end().seq).toBe(0);
    });

    test('reading costs little more than its JSON', () => {
        const bytes = journalOf(50_000);
        const lines = bytes.toString('utf8').trimEnd().split('\n');
        const json = durationOf(() => lines.forEach((line) => void JSON.parse(line)));
        const whole = durationOf(() =>
            expect(parseJournal(bytes, 'j')).toMatchObject({ kind: 'read', end: { seq: 50_000 } }),
        );
        // A ratio within one run holds on a busy machine too; 100,000 records take well under a second on a quiet one.
        expect(whole / json).toBeLessThan(20);
    });
});
