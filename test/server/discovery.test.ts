import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DISCOVERY_LIMITS, findApplications } from '../../server/workspace/discovery.ts';

const root = mkdtempSync(join(tmpdir(), 'roboconf-discovery-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function make(...directories: readonly string[]): void {
    for (const directory of directories) mkdirSync(join(root, directory), { recursive: true });
}

const find = async (limits = DISCOVERY_LIMITS): Promise<readonly string[]> =>
    (await findApplications([root], limits, new AbortController().signal)).map((path) => path.slice(root.length + 1));

test('an application has a descriptor beside its graph or instances', async () => {
    make(
        'b/descriptor',
        'b/graph',
        'a/src/main/model/descriptor',
        'a/src/main/model/instances',
        'c/descriptor',
        'd/graph',
    );
    expect(await find()).toEqual(['a/src/main/model', 'b']);
});

test.each(['node_modules', 'target', '.git'])('%s is passed over', async (name) => {
    make(`${name}/app/descriptor`, `${name}/app/graph`);
    expect(await find()).toEqual([]);
});

test('the search ends at its limits', async () => {
    make('a/descriptor', 'a/graph', 'b/descriptor', 'b/graph', 'c/c/descriptor', 'c/c/graph');
    expect(await find({ ...DISCOVERY_LIMITS, applications: 1 })).toEqual(['a']);
    expect(await find({ ...DISCOVERY_LIMITS, depth: 1 })).toEqual(['a', 'b']);
    expect(await find({ ...DISCOVERY_LIMITS, directories: 1 })).toEqual([]);
});

test('a search that is called off answers at once', async () => {
    make('a/descriptor', 'a/graph');
    expect(await findApplications([root], DISCOVERY_LIMITS, AbortSignal.abort())).toEqual([]);
});
