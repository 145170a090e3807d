/**
 * Whatever the texts are, every request is answered, with places inside of the texts and edits that can be made.
 * `ROBOCONF_HUNT_SECONDS=300 vitest run test/server/any-text.test.ts --testTimeout=900000` looks for other texts, each time elsewhere.
 */
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { assertAsyncLaw } from '../properties/hunt.ts';
import { startTestServer, type TestServer } from '../support/language-server.ts';
import { DAMAGED, damagedFile, EVERY_KIND } from './damaged-texts.ts';
import { ASKED, Inquiry } from './protocol-faults.ts';

/** An editor that takes everything there is. */
const ABLE = {
    workspace: {
        workspaceEdit: {
            documentChanges: true,
            resourceOperations: ['create', 'rename', 'delete'],
            changeAnnotationSupport: {},
        },
    },
    textDocument: {
        diagnostic: { relatedDocumentSupport: true },
        definition: { linkSupport: true },
        declaration: { linkSupport: true },
        typeDefinition: { linkSupport: true },
        implementation: { linkSupport: true },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        codeAction: {
            codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
            dataSupport: true,
            resolveSupport: { properties: ['edit'] },
        },
        completion: {
            completionItem: {
                snippetSupport: true,
                insertReplaceSupport: true,
                labelDetailsSupport: true,
                resolveSupport: { properties: ['documentation'] },
            },
        },
    },
};
/** One that shows plain answers. Without literals there are no code actions at all. */
const PLAIN = { textDocument: { diagnostic: {}, codeAction: { codeActionLiteralSupport: {} } } };
const SETTINGS = { settings: { inlayHints: { imports: true, variables: true, counts: true } } };

/** Places of the sound texts, each right behind the first character of a piece, where there is something to say. */
const SPEAKING = [
    ['graph/main.graph', 'Web {'],
    ['graph/main.graph', 'reachable {'],
    ['graph/main.graph', ' 8080'],
    ['graph/main.graph', '.port;'],
    ['graph/main.graph', '}'],
    ['instances/main.instances', 'Machine {'],
    ['instances/main.instances', 'web;'],
    ['commands/scale-up.commands', 'Web as'],
    ['commands/scale-up.commands', 'size ='],
    ['rules.autonomic/scale.drl', 'high-load'],
    ['probes/Web.measures', 'rest'],
    ['graph/Machine/target.properties', 'in-memory'],
] as const;

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

interface Desk {
    readonly put: (file: string, text: string) => Promise<void>;
    /** Asks everything at a part of a text, 0 to 1, and expects no fault. Answers the requests that were answered with something. */
    readonly inquire: (file: string, at: number) => Promise<ReadonlySet<string>>;
}

/** A server with a file of each kind open. */
async function openDesk(capabilities: object): Promise<Desk> {
    const one = await startTestServer(EVERY_KIND, { capabilities, initializationOptions: SETTINGS });
    server = one;
    const open = new Map(DAMAGED.map((file) => [file, EVERY_KIND[file] ?? '']));
    for (const [file, text] of open) await one.open(file, text);
    return {
        put: async (file, text) => {
            open.set(file, text);
            await one.change(file, { text });
        },
        inquire: async (file, at) => {
            const [before, text] = [one.errors.length, open.get(file) ?? ''];
            const position = TextDocument.create('', '', 1, text).positionAt(Math.floor(at * text.length));
            const inquiry = new Inquiry({ server: one, file, text, position, open });
            await inquiry.all();
            expect([...inquiry.faults, ...one.errors.slice(before)]).toEqual([]);
            return inquiry.answered;
        },
    };
}

test.each([
    ['takes everything', ABLE, 50],
    ['takes plain answers', PLAIN, 20],
] as const)('an editor that %s, with damaged texts', async (_, capabilities, runs) => {
    const { put, inquire } = await openDesk(capabilities);
    const law = fc.asyncProperty(fc.array(damagedFile, { minLength: 1, maxLength: 2 }), async (damaged) => {
        for (const { file, text } of damaged) await put(file, text);
        for (const { file, at } of damaged) await inquire(file, at);
        for (const { file } of damaged) await put(file, EVERY_KIND[file] ?? '');
    });
    await assertAsyncLaw(law, runs);
});

test('every request has something to say somewhere', async () => {
    const { put, inquire } = await openDesk(ABLE);
    const answered = new Set<string>();
    for (const [file, piece] of SPEAKING) {
        const text = EVERY_KIND[file] ?? '';
        for (const method of await inquire(file, (text.indexOf(piece) + 1) / text.length)) answered.add(method);
    }
    await put('graph/main.graph', 'Machine {\n\tinstaller: target\n');
    for (const method of await inquire('graph/main.graph', 1)) answered.add(method);
    expect(ASKED.filter((method) => !answered.has(method))).toEqual([]);
});
