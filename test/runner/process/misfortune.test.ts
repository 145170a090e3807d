/** What is said when the journal, the application's folder or the disk is not what it was. */
import {
    appendFileSync,
    mkdirSync,
    readdirSync,
    renameSync,
    rmSync,
    truncateSync,
    writeFileSync,
    readFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
    listDeployments,
    openRunner,
    readStatus,
    type Opened,
    type Refused,
    type Runner,
} from '../../../runner/index.ts';
import { readJournal } from '../../../runner/journal/read.ts';
import { encodeRecord, type JournalEvent } from '../../../runner/journal/record.ts';
import { diskFailureText } from '../../../runner/journal/disk-failure.ts';
import { sketchModel, temporaryDirectory, writeRecipes } from '../support/application.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const signal = AbortSignal.timeout(25_000);
const COMPONENTS = {
    Part: {
        installer: 'script',
        recipe: { 'scripts/start.sh': '#!/bin/sh\nprintf "\\033[31mred\\033[0m\\n"\nexit 1\n' },
    },
};
const MODEL = sketchModel(COMPONENTS, { '/part': 'Part' });

interface Place {
    readonly root: string;
    readonly directory: string;
    readonly state: string;
}

function placeOf(): Place {
    const place = temporaryDirectory();
    cleanups.push(() => place[Symbol.dispose]());
    const directory = join(place.path, 'shop');
    mkdirSync(directory);
    writeRecipes(directory, COMPONENTS);
    return { root: place.path, directory, state: join(place.path, 'state') };
}

async function open({ state }: Place, directory: string, deployment = 'shop'): Promise<Opened | Refused> {
    const opened = await openRunner({ directory, deployment, stateDirectory: state, mode: 'attachOrStart' }, signal);
    if (opened.kind === 'opened') cleanups.push(() => opened.runner.dispose());
    return opened;
}

async function opened(place: Place, directory: string, deployment?: string): Promise<Runner> {
    const answer = await open(place, directory, deployment);
    if (answer.kind === 'refused') throw new Error(answer.message);
    return answer.runner;
}

/** Deploys, and leaves; answers the folder with what was deployed. */
async function deployed(place: Place): Promise<string> {
    const runner = await opened(place, place.directory);
    expect(await runner.order({ kind: 'deploy', model: MODEL, paths: [] }, signal)).toMatchObject({ kind: 'accepted' });
    await runner.whenQuiet(signal);
    await runner.dispose();
    const [name = ''] = readdirSync(place.state);
    return join(place.state, name, 'current');
}

describe('a journal that lacks records of what lies beside it', () => {
    const lastLines = (file: string): number =>
        readFileSync(file, 'utf8').trimEnd().split('\n').slice(0, -3).join('\n').length;
    test.each<[string, (file: string) => void]>([
        ['was deleted', (file) => rmSync(file)],
        ['was emptied', (file) => truncateSync(file, 0)],
        ['was cut at the end of a line', (file) => truncateSync(file, lastLines(file) + 1)],
    ])('that %s is told with the folder and what to do', async (_, spoil) => {
        const place = placeOf();
        const current = await deployed(place);
        spoil(join(current, 'journal.jsonl'));
        const status = await readStatus(place.directory, 'shop', place.state);
        expect(status).toMatchObject({ kind: 'damaged' });
        const [listing] = await listDeployments(place.state);
        expect(listing?.damage).toContain(`move ${current} away`);
        const refused = await open(place, place.directory);
        expect(refused).toMatchObject({ kind: 'refused', code: 'journalDamaged' });
        expect(refused.kind === 'refused' && refused.message).toContain(join(current, 'instances'));
    });

    test('is no fault when nothing of it is left', async () => {
        const place = placeOf();
        const current = await deployed(place);
        const runner = await opened(place, place.directory);
        await runner.order({ kind: 'undeploy', paths: [] }, signal);
        await runner.whenQuiet(signal);
        await runner.dispose();
        rmSync(join(current, 'journal.jsonl'));
        expect(await readStatus(place.directory, 'shop', place.state)).toMatchObject({ kind: 'none', related: [] });
        await deployed(place);
    });
});

test('a whole journal in words this version does not know is told, and hides no other deployment', async () => {
    const place = placeOf();
    const current = await deployed(place);
    const file = join(current, 'journal.jsonl');
    const journal = readJournal(file);
    if (journal.kind !== 'read') throw new Error(journal.kind);
    const event = { ...journal.events[0], kind: 'portsAssigned', path: '/elsewhere' };
    // What a later version may write is no event of this one.
    const { line } = encodeRecord(event as unknown as JournalEvent, { time: 1, fence: 9 }, journal.end);
    appendFileSync(file, line);
    const said = { kind: 'damaged', message: expect.stringContaining('another version of Roboconf') as unknown };
    expect(await readStatus(place.directory, 'shop', place.state)).toMatchObject(said);
    const [listing] = await listDeployments(place.state);
    expect(listing?.damage).toContain(`move ${current} away`);
    expect(await open(place, place.directory)).toMatchObject({ kind: 'refused', code: 'journalDamaged' });
});

describe('an application that was', () => {
    test('moved is found by its old folder, which is named', async () => {
        const place = placeOf();
        await deployed(place);
        const moved = join(place.root, 'moved shop');
        renameSync(place.directory, moved);
        const related = [{ directory: place.directory, deployment: 'shop' }];
        expect(await readStatus(moved, 'shop', place.state)).toMatchObject({ kind: 'none', related });
        const runner = await opened(place, moved);
        expect(runner.notice).toContain(place.directory);
        const answer = await runner.order({ kind: 'undeploy', paths: [] }, signal);
        expect(answer).toMatchObject({ kind: 'refused', code: 'notDeployed' });
        expect(answer.kind === 'refused' && answer.message).toContain(`was made from ${place.directory}`);
        const old = await opened(place, place.directory);
        expect(await old.order({ kind: 'undeploy', paths: [] }, signal)).toMatchObject({ kind: 'accepted' });
        expect(await old.whenQuiet(signal)).toMatchObject({ outcome: 'succeeded' });
        expect(await readStatus(moved, 'shop', place.state)).toMatchObject({ related: [] });
    });

    test('renamed is found by its old name', async () => {
        const place = placeOf();
        await deployed(place);
        const runner = await opened(place, place.directory, 'other');
        const answer = await runner.order({ kind: 'stop', paths: [] }, signal);
        expect(answer.kind === 'refused' && answer.message).toContain("From this folder, 'shop' is deployed");
    });
});

test('control sequences of a recipe are kept in its output and left out of what is told of its failure', async () => {
    const place = placeOf();
    await deployed(place);
    const runner = await opened(place, place.directory);
    const { instances } = await runner.snapshot(signal);
    expect(instances[0]?.failure?.lastLines).toEqual(['red']);
    const start = (await runner.logs([], signal)).find(({ phase }) => phase === 'start');
    expect(start?.stdout).toBe('\u001b[31mred\u001b[0m\n');
});

test.each([
    ['ENOSPC', 'The disk with /s is full. Make room there, then resume.'],
    ['EROFS', 'The disk with /s can only be read. Make it writable, or set ROBOCONF_STATE to a folder that is.'],
    ['EACCES', 'You may not write to /s. Correct its permissions, or set ROBOCONF_STATE to a folder of yours.'],
    ['EMFILE', '/s: too bad.'],
])('%s is told with the place and the cure', (code, expected) => {
    expect(diskFailureText(Object.assign(new Error('too bad'), { code }), '/s')).toBe(expected);
});

test('a state folder whose name is taken by a file is told as what it is', async () => {
    const place = placeOf();
    writeFileSync(place.state, '');
    const refused = await open(place, place.directory);
    expect(refused).toMatchObject({ kind: 'refused', code: 'journalNotWritable' });
    expect(refused.kind === 'refused' && refused.message).toContain(place.state);
});
