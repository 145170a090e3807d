/** `roboconf/graph`: looks, positions people gave, and what a model is held against. */
import { afterEach, describe, expect, test } from 'vitest';
import { formatPositions, NO_POSITIONS, WHOLE_LOOK, withPin, type GraphView } from '../../language/index.ts';
import type { Layout, LayoutWish } from '../../server/layout.ts';
import { METHODS, parseGraphAnswer, parseGraphParams, type GraphAnswer } from '../../server/protocol.ts';
import { startTestServer, type TestServer } from '../support/language-server.ts';
import { SAMPLE } from './sample.ts';

const MAIN = 'graph/main.graph';
const INSTANCES = 'instances/main.instances';
const POSITIONS = 'roboconf.positions.json';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

/** A server with a layout that puts every node at the corner, and keeps what it was asked. */
async function start(files: Readonly<Record<string, string>> = {}): Promise<{ one: TestServer; asked: LayoutWish[] }> {
    const asked: LayoutWish[] = [];
    const layout: Layout = {
        layout: (view: GraphView, wish) => {
            asked.push(wish);
            const { perspective, nodes } = view;
            const corner = { x: 0, y: 0, width: 1, height: 1, shape: 'leaf', depth: 0, isPinned: false } as const;
            const caption = { text: '', width: 0 };
            const placed = nodes.map((node) => ({ ...node, ...corner, caption, detailCaption: caption }));
            return Promise.resolve({
                perspective,
                width: 1,
                height: 1,
                arrangement: 'packed',
                nodes: placed,
                edges: [],
            });
        },
        warmUp: () => undefined,
        dispose: () => Promise.resolve(),
    };
    server = await startTestServer({ ...SAMPLE, ...files }, { layout });
    await server.settle();
    return { one: server, asked };
}

type Drawn = Extract<GraphAnswer, { readonly kind: 'graph' }>;

async function ask(one: TestServer, params: object): Promise<Drawn> {
    const answering = one.client.sendRequest(METHODS.graph, {
        uri: one.uri(MAIN),
        perspective: 'instances',
        ...params,
    });
    await one.settle();
    const answer = parseGraphAnswer(await answering);
    if (answer?.kind !== 'graph') throw new Error('no graph was answered');
    return answer;
}

const ids = ({ graph }: Drawn): readonly string[] => graph.nodes.map(({ id }) => id);

describe('parameters', () => {
    const least = { uri: 'file:///a' };
    const full = {
        uri: 'file:///a',
        perspective: 'hosts',
        orientation: 'portrait',
        direction: 'down',
        look: {
            layers: ['facets'],
            closed: ['a'],
            opened: ['b'],
            focus: { node: 'c', distance: 2 },
            filter: { components: ['C'], facets: ['F'], hosts: ['h'], only: [] },
        },
        memory: 'one',
        before: { kind: 'texts', label: 'HEAD', texts: { 'graph/a.graph': '' } },
    };
    test('what is absent is as a fresh picture has it', () => {
        expect(parseGraphParams(least)).toEqual({
            ...least,
            ...{ perspective: 'components', orientation: 'landscape', direction: 'auto' },
            ...{ look: WHOLE_LOOK, memory: '', before: null },
        });
        expect(parseGraphParams({ ...least, look: {} })?.look).toEqual(WHOLE_LOOK);
    });
    test('what is given is kept', () => {
        expect(parseGraphParams(full)).toEqual(full);
    });
    test.each<object>([
        { perspective: 'else' },
        { orientation: 1 },
        { direction: 'up' },
        { memory: 1 },
        { look: 'all' },
        { look: { layers: ['colours'] } },
        { look: { layers: 'imports' } },
        { look: { closed: [1] } },
        { look: { opened: {} } },
        { look: { focus: { node: 'a', distance: 0 } } },
        { look: { focus: { distance: 1 } } },
        { look: { filter: 1 } },
        { look: { filter: { only: 'a' } } },
        { look: { filter: { facets: [null] } } },
        { before: 'HEAD' },
        { before: { kind: 'texts', texts: {} } },
        { before: { kind: 'texts', label: 'x', texts: ['a'] } },
        { before: { kind: 'texts', label: 'x', texts: { a: 1 } } },
        {
            before: {
                kind: 'model',
                label: 'x',
                model: { formatVersion: 2, components: [], facets: [], instances: [] },
            },
        },
        { before: { kind: 'model', label: 'x', model: { formatVersion: 1, components: [], facets: [] } } },
        { before: { kind: 'else', label: 'x' } },
    ])('%j is not understood', (wrong) => {
        expect(parseGraphParams({ ...full, ...wrong })).toBeUndefined();
    });
});

describe('looks', () => {
    test('a closed container stands for what is inside of it; findings inside are still told', async () => {
        const { one } = await start();
        await one.open(INSTANCES, SAMPLE[INSTANCES].replace('name: web;', 'name: web;\n        colour: red;'));
        const answer = await ask(one, { look: { closed: ['instance:/front'] } });
        expect(ids(answer)).toEqual(['instance:/front']);
        expect(answer.graph.nodes[0]?.folded).toEqual(['instance:/front/web', 'instance:/front/orders']);
        expect(answer.findings).toEqual({ 'instance:/front/web': { errors: 0, warnings: 1 } });
        expect(Object.keys(answer.details)).toEqual(['instance:/front']);
        expect(answer.choices).toMatchObject({ components: ['Database', 'Machine', 'Web'], nodeCount: 3 });
    });
    test('hosts have all that runs on them', async () => {
        const { one, asked } = await start();
        const answer = await ask(one, { perspective: 'hosts', direction: 'right', memory: 'panel' });
        expect(answer.graph.nodes.map(({ parent }) => parent)).toEqual([null, 'instance:/front', 'instance:/front']);
        expect(answer.places.some(({ nodes }) => nodes.includes('instance:/front/web'))).toBe(true);
        expect(asked.at(-1)).toEqual({ orientation: 'landscape', direction: 'right', memory: 'panel', pins: {} });
    });
});

describe('positions', () => {
    const pin = (id: string, within: string | null): string =>
        formatPositions(withPin(NO_POSITIONS, 'instances', id, { x: 4, y: 5, in: within }));

    test('of the file beside the model reach the layout', async () => {
        const { one, asked } = await start({ [POSITIONS]: pin('instance:/front', null) });
        await ask(one, {});
        expect(asked.at(-1)?.pins).toEqual({ 'instance:/front': { x: 4, y: 5 } });
    });
    test('are read again when the file changes, and a client that shows the model is told', async () => {
        const { one, asked } = await start();
        await ask(one, {});
        const count = one.notifications(METHODS.modelChanged).length;
        one.write(POSITIONS, pin('instance:/front', null));
        await one.watched(POSITIONS, 1);
        await one.settle();
        expect(one.notifications(METHODS.modelChanged).length).toBeGreaterThan(count);
        await ask(one, {});
        expect(asked.map(({ pins }) => Object.keys(pins))).toEqual([[], ['instance:/front']]);
    });
    test('that do not fit are not used, and told', async () => {
        const { one, asked } = await start({ [POSITIONS]: pin('instance:/front/web', 'instance:/back') });
        expect((await ask(one, {})).drift).toEqual({ gone: [], moved: ['instance:/front/web'], added: [] });
        expect(asked.at(-1)?.pins).toEqual({});
    });
    test('that cannot be understood put nothing anywhere', async () => {
        const { one, asked } = await start({ [POSITIONS]: '<<<<<<< HEAD' });
        expect((await ask(one, {})).drift).toEqual({ gone: [], moved: [], added: [] });
        expect(asked.at(-1)?.pins).toEqual({});
    });
});

describe('a model that is held against another', () => {
    const texts = SAMPLE as Readonly<Record<string, string>>;
    const against = (edits: Readonly<Record<string, string>>): object => ({
        before: { kind: 'texts', label: 'HEAD', texts: { ...texts, ...edits } },
    });

    test('has no changes against its own texts', async () => {
        const { one } = await start();
        expect((await ask(one, against({}))).changes).toEqual({ label: 'HEAD', nodes: {}, edges: {} });
        expect((await ask(one, {})).changes).toBeNull();
    });
    test('is drawn with what was removed, and told how it differs', async () => {
        const { one } = await start();
        const older = texts[INSTANCES] + 'instance of Machine {\n    name: gone;\n}\n';
        const answer = await ask(one, against({ [INSTANCES]: older, 'graph/parts/database.graph': '' }));
        expect(ids(answer)).toContain('instance:/gone');
        expect(answer.details['instance:/gone']).toBeDefined();
        expect(answer.changes?.nodes['instance:/gone']).toEqual({ change: 'removed', notes: [] });
        expect(answer.changes?.nodes['instance:/front/orders']?.change).toBe('changed');
    });
    test('is compared when either has errors, and against nothing that can be read', async () => {
        const { one } = await start();
        await one.open(MAIN, 'Machine {');
        const answer = await ask(one, { ...against({}), perspective: 'components' });
        expect(Object.keys(answer.changes?.nodes ?? {})).toContain('component:Web');
        const none = await ask(one, { before: { kind: 'texts', label: 'none', texts: { '../x': 'y', a: 'b' } } });
        expect(none.changes?.nodes['instance:/front']).toEqual({ change: 'added', notes: [] });
    });
    test('may be held against a model', async () => {
        const { one } = await start();
        const { model } = (await one.client.sendRequest(METHODS.model, { uri: one.uri(MAIN) })) as {
            readonly model: object;
        };
        await one.open(INSTANCES, SAMPLE[INSTANCES].replace('name: web', 'name: site'));
        const answer = await ask(one, { before: { kind: 'model', label: 'deployed', model } });
        expect(answer.changes).toMatchObject({
            label: 'deployed',
            nodes: {
                'instance:/front/site': { change: 'added' },
                'instance:/front/web': { change: 'removed' },
                'instance:/front/orders': { change: 'rewired' },
            },
        });
    });
    test('texts are analysed once while they stay the same, beside the workspace', async () => {
        const { one } = await start();
        await ask(one, against({}));
        const [parsed, kept] = [one.language.parsedFileCount(), one.language.keptTextCount()];
        await ask(one, against({}));
        await ask(one, { ...against({}), perspective: 'components' });
        expect([one.language.parsedFileCount(), one.language.keptTextCount()]).toEqual([parsed, kept]);
        expect(one.shown()).toEqual({});
        await ask(one, against({ [MAIN]: 'A {\n' }));
        expect(one.language.parsedFileCount()).toBeGreaterThan(parsed);
        expect(one.language.keptTextCount()).toBe(kept);
    });
    test('a request given up before its texts are analysed costs nothing', async () => {
        const { one } = await start();
        const parsed = one.language.parsedFileCount();
        const { CancellationTokenSource } = await import('vscode-jsonrpc/node');
        const source = new CancellationTokenSource();
        const params = { uri: one.uri(MAIN), ...against({ [MAIN]: 'B {\n' }) };
        const asked = one.client.sendRequest(METHODS.graph, params, source.token);
        source.cancel();
        await Promise.all([expect(asked).rejects.toMatchObject({ code: -32800 }), one.settle()]);
        expect(one.language.parsedFileCount()).toBe(parsed);
    });
});
