import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { Uri } from 'vscode';
import { createCommittedTexts } from '../../client/graph/committed-texts.ts';
import { bodiesIn, filesIn, type Committed } from '../../server/committed.ts';
import type { Outcome } from '../../client/ui/outcome.ts';
import { editor } from './support/vscode.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'committed-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => editor.reset());

const signal = new AbortController().signal;

function git(folder: string, ...args: readonly string[]): void {
    const person = ['-c', 'user.name=P', '-c', 'user.email=p@example.org', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...person, ...args], { cwd: folder, stdio: 'pipe' });
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
    }
}

async function readIn(folder: string): Promise<Outcome<Committed>> {
    const committed = createCommittedTexts({ changed: () => undefined });
    try {
        return await committed.read(Uri.file(folder), signal);
    } finally {
        committed.dispose();
    }
}

test('the model files of an application are read as they were committed, by their paths within it', async () => {
    const repository = join(root, 'repository');
    const application = join(repository, 'apps', 'shop');
    write(application, {
        'graph/main.graph': 'A { }\n',
        'graph/A/scripts/start.sh': 'true\n',
        'instances/é model.instances': 'instance of A { name: a; }\n',
        'descriptor/application.properties': 'name = shop\n',
    });
    write(repository, { 'other/graph/main.graph': 'B { }\n' });
    symlinkSync('main.graph', join(application, 'graph', 'link.graph'));
    git(repository, 'init', '-q');
    git(repository, 'add', '-A');
    git(repository, 'commit', '-qm', 'one');
    write(application, { 'graph/main.graph': 'changed\n', 'graph/new.graph': 'N { }\n' });
    const outcome = await readIn(application);
    expect(outcome.kind === 'done' ? outcome.value.texts : outcome).toEqual({
        'graph/main.graph': 'A { }\n',
        'instances/é model.instances': 'instance of A { name: a; }\n',
        'descriptor/application.properties': 'name = shop\n',
    });
    expect(outcome.kind === 'done' && outcome.value.commit).toMatch(/^[0-9a-f]{7,}$/);
});

test('another commit is read anew, the same one is not', async () => {
    const repository = join(root, 'twice');
    write(repository, { 'graph/main.graph': 'A { }\n' });
    git(repository, 'init', '-q');
    git(repository, 'add', '-A');
    git(repository, 'commit', '-qm', 'one');
    const committed = createCommittedTexts({ changed: () => undefined });
    const texts = async (): Promise<unknown> => {
        const read = await committed.read(Uri.file(repository), signal);
        return read.kind === 'done' ? read.value.texts : read;
    };
    const first = await texts();
    expect(await texts()).toBe(first);
    write(repository, { 'graph/main.graph': 'B { }\n' });
    git(repository, 'commit', '-qam', 'two');
    expect(await texts()).toEqual({ 'graph/main.graph': 'B { }\n' });
    committed.dispose();
});

test('a repository without a commit, and a folder without a repository, are told apart', async () => {
    const [fresh, none] = [join(root, 'fresh'), join(root, 'none')];
    write(fresh, { 'graph/main.graph': 'A { }\n' });
    write(none, { 'graph/main.graph': 'A { }\n' });
    git(fresh, 'init', '-q');
    expect(await readIn(fresh)).toEqual({ kind: 'failed', failure: { kind: 'noCommit' } });
    expect(await readIn(none)).toEqual({ kind: 'failed', failure: { kind: 'noRepository' } });
});

test('nothing of a workspace that is not trusted is given to Git', async () => {
    editor.isTrusted = false;
    expect(await readIn(root)).toEqual({ kind: 'failed', failure: { kind: 'notTrustedToCompare' } });
});

test('who gives up waiting is told nothing', async () => {
    const committed = createCommittedTexts({ changed: () => undefined });
    expect(await committed.read(Uri.file(root), AbortSignal.abort())).toEqual({ kind: 'cancelled' });
});

test('only regular model files of a listing count', () => {
    const entries = [
        '100644 blob aa11\tgraph/main.graph',
        '100755 blob bb22\tgraph/with\ttab.graph',
        '120000 blob cc33\tgraph/link.graph',
        '160000 commit dd44\tmodule',
        '100644 blob ee55\tREADME.md',
        '',
    ];
    expect(filesIn(entries.join('\0'))).toEqual([
        { id: 'aa11', path: 'graph/main.graph' },
        { id: 'bb22', path: 'graph/with\ttab.graph' },
    ]);
});

test('bodies are cut out by their sizes, whatever is in them, and what is not understood ends them', () => {
    const output = Buffer.from('aa blob 6\nab\ncd\n\nbb blob 0\n\nmissing one\ncc blob 3\nxyz\n');
    expect(bodiesIn(output).map(String)).toEqual(['ab\ncd\n', '']);
    expect(bodiesIn(Buffer.from('aa blob 99\nshort')).map(String)).toEqual(['short']);
});
