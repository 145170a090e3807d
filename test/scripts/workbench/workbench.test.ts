import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../../scripts/workbench/command.ts';
import { installExtensionFolder } from '../../../scripts/workbench/extension-folder.ts';
import { readReport } from '../../../scripts/workbench/suite-bundle.ts';
import { parseTests } from '../../../scripts/workbench/test-case.ts';
import { placeOf } from '../../e2e/support/text.ts';

const { signal } = new AbortController();
let root = '';

beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'workbench-'));
});
afterEach(() => {
    rmSync(root, { recursive: true, force: true });
});

const writeManifest = (): void => {
    const manifest = { publisher: 'us', name: 'thing', version: '1.2.3', main: './dist/thing.cjs' };
    writeFileSync(path.join(root, 'package.json'), JSON.stringify(manifest));
};

test('an extension that is not built is refused with the command that builds it', () => {
    writeManifest();
    expect(installExtensionFolder(root, path.join(root, 'ext'))).toEqual({
        ok: false,
        reason: './dist/thing.cjs is not built. Run: npm run build',
    });
});

test('an extension is installed under its full name, with what ships and nothing else', () => {
    writeManifest();
    mkdirSync(path.join(root, 'dist'));
    mkdirSync(path.join(root, 'node_modules'));
    writeFileSync(path.join(root, 'dist', 'thing.cjs'), 'exports.activate = () => {};');
    const folder = path.join(root, 'ext', 'us.thing-1.2.3');
    expect(installExtensionFolder(root, path.join(root, 'ext'))).toEqual({ ok: true, value: folder });
    expect(readFileSync(path.join(folder, 'dist', 'thing.cjs'), 'utf8')).toContain('activate');
    expect(existsSync(path.join(folder, 'node_modules'))).toBe(false);
});

test.each([
    ['no file', undefined],
    ['no JSON', '{'],
    ['no test', '[]'],
    ['a foreign shape', '[{"name":"x"}]'],
    ['a verdict that nobody knows', '[{"name":"x","seconds":1,"outcome":"fine","detail":""}]'],
])('a report with %s is a broken result, never a green one', async (_name, text) => {
    const file = path.join(root, 'report.json');
    if (text !== undefined) writeFileSync(file, text);
    expect(await readReport(file, 'suite')).toMatchObject([{ name: 'suite', outcome: 'broken' }]);
});

test('a report is read as it was written', async () => {
    const file = path.join(root, 'report.json');
    const results = [{ name: 'x', seconds: 1, outcome: 'failed', detail: 'why' }];
    writeFileSync(file, JSON.stringify(results));
    expect(await readReport(file, 'suite')).toEqual(results);
});

test('a module exports tests or is noticed', () => {
    const right = { name: 'x', folder: 'examples', limitMs: 1, run: async () => undefined };
    expect(parseTests({ tests: [right] })).toEqual([right]);
    expect(parseTests({ tests: [{ ...right, run: 'x' }] })).toBeUndefined();
    expect(parseTests({})).toBeUndefined();
    expect(parseTests(undefined)).toBeUndefined();
});

test('a failed command tells its words, its code and what it printed', async () => {
    const outcome = await runCommand({ file: 'sh', arguments: ['-c', 'echo bad >&2; exit 3'], quiet: true }, signal);
    expect(outcome).toEqual({ ok: false, reason: 'sh -c echo bad >&2; exit 3 ended with code 3\nbad\n' });
});

test('a place counts from 1, whatever line it is on', () => {
    expect(placeOf('ab\n\tcd', 'cd')).toEqual({ line: 2, column: 2 });
    expect(() => placeOf('ab', 'x')).toThrow("'x' does not occur");
});
