import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { createBoundary, type Remedies } from '../../client/ui/boundary.ts';
import { orderByMemory, parseChoiceMemory, rememberChoice } from '../../client/ui/choice.ts';
import { coalesce } from '../../client/ui/coalesce.ts';
import { createDisposableStore } from '../../client/ui/disposables.ts';
import { createEmitter } from '../../client/ui/emitter.ts';
import { failureText, type Failure } from '../../client/ui/failures.ts';
import type { Log } from '../../client/ui/log.ts';
import { CANCELLED, DONE, failed } from '../../client/ui/outcome.ts';
import { redact } from '../../client/ui/redact.ts';
import { createSingleFlight } from '../../client/ui/single-flight.ts';
import { editor } from './support/vscode.ts';

beforeEach(() => editor.reset());

function boundaryScene() {
    const logged: string[] = [];
    const deeds: string[] = [];
    const write = (message: string, fault?: unknown): void => {
        logged.push(fault instanceof Error ? `${message} ${fault.message}` : message);
    };
    const log = {
        info: write,
        debug: write,
        warn: write,
        error: write,
        show: () => undefined,
        dispose: () => undefined,
    };
    const remedies = new Proxy({} as Remedies, {
        get: (_all, name) => () => Promise.resolve(void deeds.push(String(name))),
    });
    // The channel is only used by the language client.
    return { boundary: createBoundary(log as unknown as Log, remedies), logged, deeds };
}

test('a command that is done or given up says nothing', async () => {
    const { boundary, logged } = boundaryScene();
    await boundary.run('deploy', () => Promise.resolve(DONE));
    await boundary.run('deploy', () => Promise.resolve(CANCELLED));
    await boundary.run('deploy', () => Promise.reject(new DOMException('given up', 'AbortError')));
    expect(editor.shown).toEqual([]);
    expect(logged).toEqual([]);
});

test('a failure is told with its remedies, and the chosen one is carried out', async () => {
    const { boundary, deeds } = boundaryScene();
    editor.answer = 'Manage Workspace Trust';
    await boundary.run('deploy', () => Promise.resolve(failed({ kind: 'notTrusted', deed: 'deploy' })));
    await sleep(0);
    expect(editor.shown[0]?.items).toEqual(['Manage Workspace Trust']);
    expect(deeds).toEqual(['manageTrust']);
});

test('a fault of the extension is logged and named as one', async () => {
    const { boundary, logged } = boundaryScene();
    await boundary.run('deploy', () => Promise.reject(new Error('impossible')));
    expect(logged[0]).toBe('deploy: a fault of the extension impossible');
    expect(editor.shown[0]?.message).toContain('a fault in the extension: impossible');
});

test('work in the background is logged, never shown', async () => {
    const { boundary, logged } = boundaryScene();
    boundary.background('look', () => Promise.resolve(failed({ kind: 'noApplication' })));
    await sleep(0);
    expect(logged).toHaveLength(1);
    expect(editor.shown).toEqual([]);
});

test.each<[Failure, string]>([
    [
        { kind: 'modelHasErrors', name: 'shop', deed: 'deployed', errorCount: 1 },
        'shop was not deployed: its model has an error.',
    ],
    [
        { kind: 'modelHasErrors', name: 'shop', deed: 'simulated', errorCount: 4 },
        'shop was not simulated: its model has 4 errors.',
    ],
    [
        { kind: 'runFailed', id: 'd', deployment: 'shop', deed: 'start', path: '/a', causes: ['a.', 'b.', 'c.'] },
        'shop: start failed. a. b. And 1 more',
    ],
])('a failure names its cause: %o', (failure, beginning) => {
    expect(failureText(failure).message.startsWith(beginning)).toBe(true);
});

test('what was chosen last is offered first', () => {
    const things = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
    const memory = rememberChoice(rememberChoice(['gone'], 'b'), 'd');
    expect(memory).toEqual(['d', 'b', 'gone']);
    expect(orderByMemory(things, memory).map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c']);
});

test('a stored memory that is none is empty, and a memory does not grow for ever', () => {
    expect(parseChoiceMemory({ a: 1 })).toEqual([]);
    expect(parseChoiceMemory(['a', 3, 'b'])).toEqual(['a', 'b']);
    const long = Array.from({ length: 40 }, (_, index) => String(index));
    expect(long.reduce(rememberChoice, [] as readonly string[]).length).toBe(20);
});

test.each([
    ['db.password = hunter2 rest', 'db.password = [redacted] rest'],
    ['API_KEY: "a b c"', 'API_KEY: [redacted]'],
    ['git https://me:hunter2@host/x', 'git https://me:[redacted]@host/x'],
    ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----!', '[private key]!'],
    ['port = 8080', 'port = 8080'],
])('secrets are blotted out: %s', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
});

test('a store ends everything once, last come first gone, also what comes too late', () => {
    const ended: string[] = [];
    const thing = (name: string) => ({ dispose: () => void ended.push(name) });
    const store = createDisposableStore();
    store.add(thing('first'));
    store.add(thing('second'));
    store.dispose();
    store.add(thing('late'));
    store.dispose();
    expect(ended).toEqual(['second', 'first', 'late']);
});

test('one fault does not keep others from being disposed or told', () => {
    const ended: string[] = [];
    const store = createDisposableStore();
    const emitter = createEmitter<string>();
    store.add({ dispose: () => void ended.push('disposed') });
    store.add({ dispose: () => expect.unreachable() });
    emitter.listen(() => expect.unreachable());
    emitter.listen((fact) => void ended.push(fact));
    expect(() => emitter.emit('told')).toThrow(AggregateError);
    expect(() => store.dispose()).toThrow(AggregateError);
    expect(ended).toEqual(['told', 'disposed']);
});

test('wishes of one interval are met by one call', async () => {
    let count = 0;
    const refresh = coalesce(1, () => void (count += 1));
    refresh.request();
    refresh.request();
    await sleep(10);
    refresh.request();
    refresh.dispose();
    await sleep(10);
    expect(count).toBe(1);
});

test('requests never overlap, and those made meanwhile are met by one more', async () => {
    const running = { count: 0, most: 0, total: 0 };
    const flight = createSingleFlight(async () => {
        running.count += 1;
        running.total += 1;
        running.most = Math.max(running.most, running.count);
        await sleep(2);
        running.count -= 1;
    });
    await Promise.all([flight.request(), flight.request(), flight.request()]);
    expect(running).toEqual({ count: 0, most: 1, total: 2 });
});
