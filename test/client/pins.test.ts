import { beforeEach, expect, test } from 'vitest';
import { Uri } from 'vscode';
import { createPins } from '../../client/graph/pins.ts';
import { failureText } from '../../client/ui/failures.ts';
import type { Outcome } from '../../client/ui/outcome.ts';
import { parsePositions } from '../../language/index.ts';
import { editor } from './support/vscode.ts';

const directory = Uri.file('/apps/shop');
const FILE = '/apps/shop/roboconf.positions.json';

beforeEach(() => editor.reset());

const positions = () => parsePositions(editor.written.get(FILE) ?? '');

const messageOf = (outcome: Outcome<unknown>): string =>
    outcome.kind === 'failed' ? failureText(outcome.failure).message : outcome.kind;

test('a node that is put somewhere is kept there, beside those of other perspectives', async () => {
    const pins = createPins();
    await pins.put(directory, 'instances', 'instance:/vm', { x: 10.4, y: 20, in: null });
    await pins.put(directory, 'components', 'component:A', { x: 1, y: 2, in: 'component:B' });
    expect(positions()).toEqual({
        components: { 'component:A': { x: 1, y: 2, in: 'component:B' } },
        instances: { 'instance:/vm': { x: 10, y: 20, in: null } },
        hosts: {},
    });
});

test('nodes put one after the other at once are all kept', async () => {
    const pins = createPins();
    const ids = Array.from({ length: 20 }, (_, i) => `instance:/vm-${String(i)}`);
    await Promise.all(ids.map((id) => pins.put(directory, 'instances', id, { x: 0, y: 0, in: null })));
    expect(Object.keys(positions()?.instances ?? {})).toHaveLength(20);
});

test('the last position that is taken back leaves no file, and undoing brings each step back', async () => {
    const pins = createPins();
    await pins.put(directory, 'instances', 'a', { x: 1, y: 1, in: null });
    await pins.put(directory, 'instances', 'a', { x: 2, y: 2, in: null });
    await pins.remove(directory, 'instances', []);
    expect(editor.written.has(FILE)).toBe(false);
    await pins.undo(directory);
    expect(positions()?.instances['a']).toEqual({ x: 2, y: 2, in: null });
    await pins.undo(directory);
    expect(positions()?.instances['a']).toEqual({ x: 1, y: 1, in: null });
    await pins.undo(directory);
    expect(editor.written.has(FILE)).toBe(false);
    expect(messageOf(await pins.undo(directory))).toContain('No node was moved');
});

test('what somebody else wrote since is not undone', async () => {
    const pins = createPins();
    await pins.put(directory, 'instances', 'a', { x: 1, y: 1, in: null });
    const theirs = (editor.written.get(FILE) ?? '').replace('"x": 1', '"x": 7');
    editor.written.set(FILE, theirs);
    expect(messageOf(await pins.undo(directory))).toContain('was changed');
    expect(editor.written.get(FILE)).toBe(theirs);
});

test('a file that is not understood is not overwritten', async () => {
    editor.written.set(FILE, '{ "mine": true }');
    const outcome = await createPins().put(directory, 'instances', 'a', { x: 1, y: 1, in: null });
    expect(messageOf(outcome)).toContain('is not a file of positions');
    expect(editor.written.get(FILE)).toBe('{ "mine": true }');
});

test('where nothing can be written that is said, and nothing is to be undone', async () => {
    editor.isReadOnly = true;
    const pins = createPins();
    const outcome = await pins.put(directory, 'instances', 'a', { x: 1, y: 1, in: null });
    expect(messageOf(outcome)).toContain('read-only');
    expect(messageOf(await pins.undo(directory))).toContain('No node was moved');
});

test('whoever shows the application is told of every writing', async () => {
    const pins = createPins();
    const told: string[] = [];
    pins.onChange(({ path }) => void told.push(path));
    await pins.put(directory, 'instances', 'a', { x: 1, y: 1, in: null });
    await pins.undo(directory);
    expect(told).toEqual(['/apps/shop', '/apps/shop']);
});
