import { afterEach, describe, expect, test } from 'vitest';
import type { TestServer } from '../support/language-server.ts';
import { applied, askAt, changedLines, EDITING, placeText } from './navigation-sample.ts';
import { SIDES as FILES } from './navigation-sides-sample.ts';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

const GRAPH = 'graph/main.graph';
const INSTANCES = 'instances/main.instances';
const GROW = 'commands/grow.commands';
const NIGHT = 'commands/night.commands';
const RULE = 'rules.autonomic/busy.drl';
const PROBES = 'probes/Web.measures';
const VALUES = 'probes/Web.measures.properties';
const TARGET = 'graph/Machine/target.properties';

interface Location {
    readonly uri: string;
    readonly range: Parameters<typeof placeText>[1]['range'];
}

async function places(method: string, file: string, piece: string): Promise<readonly string[]> {
    const asked = await askAt(file, piece, FILES);
    server = asked.server;
    const answer = await asked.ask(`textDocument/${method}`, { context: { includeDeclaration: false } });
    return ((answer ?? []) as readonly Location[]).map((location) => placeText(asked.server, location, FILES));
}

async function rename(file: string, piece: string, newName: string): Promise<object> {
    const asked = await askAt(file, piece, FILES, { capabilities: EDITING });
    server = asked.server;
    const edit = await asked.ask('textDocument/rename', { newName });
    const after = Object.entries(applied(asked.server, edit, FILES));
    const changed = after.map(([name, text]) => [
        name,
        text.startsWith('moved to') ? text : changedLines(FILES[name] ?? '', text),
    ]);
    return Object.fromEntries(changed) as object;
}

describe('definition', () => {
    test.each([
        ['a component that is created', GROW, 'create We|b', [`${GRAPH}:12 Web`]],
        ['a part of a path', GROW, 'under /fr|ont', [`${INSTANCES}:2 front`]],
        ['a copy that count makes', GROW, 'associate /ba|ck2', [`${INSTANCES}:9 back`]],
        ['the last part of a path', NIGHT, 'front/we|b', [`${INSTANCES}:4 web`]],
        ['a target', GROW, 'with he|re', [`${TARGET}:1 here`]],
        ['a command file', GROW, 'execute ni|ght', [`${NIGHT}:1`]],
        ['a variable', GROW, 'start all /front/web_$(si|ze)', [`${GROW}:1 size`]],
        ['a command in a rule', RULE, 'gr|ow;', [`${GROW}:1`]],
        ['the event of a rule', RULE, '    bu|sy', [`${PROBES}:1 busy`]],
        ['a value of a probe', PROBES, '{{ li|mit', [`${VALUES}:1 limit`]],
    ])('of %s', async (_, file, piece, expected) => {
        expect(await places('definition', file, piece)).toEqual(expected);
    });
});

describe('references', () => {
    test.each([
        ['a component', GRAPH, 'We|b {', [`${GROW}:2 Web`, `${NIGHT}:1 Web`]],
        ['an instance', INSTANCES, 'name: fr|ont', [`${GROW}:2 front`, `${GROW}:3 front`, `${NIGHT}:2 front`]],
        ['a target', TARGET, 'id = he|re', [`${GROW}:4 here`]],
        ['an event', PROBES, 'nagios bu|sy', [`${RULE}:3 busy`]],
        ['a value', VALUES, 'li|mit', [`${PROBES}:3 limit`]],
    ])('of %s', async (_, file, piece, expected) => {
        const found = await places('references', file, piece);
        expect(found.filter((place) => /^(commands|rules|probes)/.test(place))).toEqual(expected);
    });
});

describe('rename of', () => {
    test('a component reaches commands and moves probes', async () => {
        expect(await rename(GRAPH, 'We|b {', 'Front')).toMatchObject({
            [GROW]: ['create Front as web_$(size) under /front'],
            [NIGHT]: ['stop all instances of Front'],
            [PROBES]: 'moved to probes/Front.measures',
            [VALUES]: 'moved to probes/Front.measures.properties',
        });
    });

    test('an instance changes paths', async () => {
        expect(await rename(INSTANCES, 'name: fr|ont', 'edge')).toEqual({
            [INSTANCES]: ['name: edge;'],
            [GROW]: ['create Web as web_$(size) under /edge', 'deploy and start all /edge/web_$(size)'],
            [NIGHT]: ['change status of /edge/web to deployed and stopped'],
        });
    });

    test('a counted instance keeps the numbers of its copies', async () => {
        expect(await rename(GROW, 'associate /ba|ck2', 'rear')).toEqual({
            [INSTANCES]: ['name: rear;'],
            [GROW]: ['associate /rear2 with here'],
        });
    });

    test('a command file changes those that execute it, and its own name', async () => {
        expect(await rename(RULE, 'ni|ght', 'evening')).toEqual({
            [GROW]: ['execute evening'],
            [RULE]: ['evening'],
            [NIGHT]: 'moved to commands/evening.commands',
        });
    });

    test('a variable of a command file stays in the file', async () => {
        expect(await rename(GROW, 'define si|ze', 'number')).toEqual({
            [GROW]: [
                'define number = 3',
                'create Web as web_$(number) under /front',
                'deploy and start all /front/web_$(number)',
            ],
        });
    });

    test('a target changes who is associated with it', async () => {
        expect(await rename(GROW, 'with he|re', 'there')).toEqual({
            [TARGET]: ['id = there'],
            [GROW]: ['associate /back2 with there'],
        });
    });

    test('an event changes probes and rules', async () => {
        expect(await rename(PROBES, 'nagios bu|sy', 'crowded')).toEqual({
            [PROBES]: ['[EVENT nagios crowded]'],
            [RULE]: ['crowded'],
        });
    });

    test('a value changes its file and the probe', async () => {
        expect(await rename(PROBES, '{{ li|mit', 'most')).toEqual({
            [PROBES]: ['Filter: load > {{ most }}'],
            [VALUES]: ['most = 5'],
        });
    });

    test('a rule moves its file, which has its name', async () => {
        const answer = await rename(RULE, 'rule "bu|sy', 'very busy');
        expect(answer).toEqual({ [RULE]: 'moved to rules.autonomic/very busy.drl' });
    });
});

test('a command file that is renamed is followed by those that execute it', async () => {
    const asked = await askAt(GRAPH, '|', FILES, { capabilities: EDITING });
    server = asked.server;
    const files = [{ oldUri: server.uri(NIGHT), newUri: server.uri('commands/deep/evening.commands') }];
    const edit = await server.client.sendRequest('workspace/willRenameFiles', { files });
    const after = applied(server, edit, FILES);
    expect(changedLines(FILES[GROW] ?? '', after[GROW] ?? '')).toEqual(['execute evening']);
    expect(changedLines(FILES[RULE] ?? '', after[RULE] ?? '')).toEqual(['evening']);
});

test('a rule gets the name its file is given', async () => {
    const asked = await askAt(GRAPH, '|', FILES, { capabilities: EDITING });
    server = asked.server;
    const files = [{ oldUri: server.uri(RULE), newUri: server.uri('rules.autonomic/rush.drl') }];
    const edit = await server.client.sendRequest('workspace/willRenameFiles', { files });
    expect(changedLines(FILES[RULE] ?? '', applied(server, edit, FILES)[RULE] ?? '')).toEqual(['rule "rush"']);
});

test('links lead to command files', async () => {
    const asked = await askAt(RULE, '|', FILES);
    server = asked.server;
    const links = (await asked.ask('textDocument/documentLink')) as readonly { target: string }[];
    expect(links.map(({ target }) => target)).toEqual([server.uri(GROW), server.uri(NIGHT)]);
});

test('a variable of a command file is linked to its uses while it is typed', async () => {
    const asked = await askAt(GROW, 'define si|ze', FILES);
    server = asked.server;
    const { ranges } = (await asked.ask('textDocument/linkedEditingRange')) as { ranges: readonly Location['range'][] };
    expect(ranges.map(({ start }) => start.line)).toEqual([0, 1, 2]);
});
