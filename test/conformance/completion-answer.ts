/** What the language server proposes at the end of recorded texts, which stand in files that are on no disk. */
import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
    createMessageConnection,
    type MessageConnection,
    StreamMessageReader,
    StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import {
    type CompletionItem,
    type CompletionList,
    createConnection,
    ProposedFeatures,
} from 'vscode-languageserver/node';
import { createLanguage } from '../../language/index.ts';
import { processClock } from '../../server/clock.ts';
import type { Layout } from '../../server/layout.ts';
import { startServer } from '../../server/start.ts';

export interface CompletionCase {
    /** The application's directory, relative to the corpus. */
    readonly app: string;
    /** Relative to the application. */
    readonly file: string;
    /** What stands before the caret. */
    readonly text: string;
}

export interface AnsweredProposal {
    readonly label: string;
    readonly insert: string;
    /** So many characters before the caret are replaced. */
    readonly replaceBefore: number;
}

export interface CompletionAnswer extends CompletionCase {
    readonly proposals: readonly AnsweredProposal[];
    /** What the server said instead of an answer. */
    readonly failure?: string;
}

/** One JSON object a line, of which the members of `CompletionCase` are read. */
export function parseCompletionCases(text: string): CompletionCase[] {
    return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as CompletionCase);
}

/** The answers to all cases, in order, from one server a case would not notice: each text is closed again. */
export async function completionAnswers(cases: readonly CompletionCase[], corpus: string): Promise<CompletionAnswer[]> {
    const { client, stop } = await startedServer(corpus);
    const answers: CompletionAnswer[] = [];
    for (const { app, file, text } of cases) {
        const uri = pathToFileURL(resolve(corpus, app, file)).href;
        answers.push({ app, file, text, ...(await answerAt(client, uri, text)) });
    }
    await stop();
    return answers;
}

/** A refused request is an answer too. */
async function answerAt(
    client: MessageConnection,
    uri: string,
    text: string,
): Promise<Pick<CompletionAnswer, 'proposals' | 'failure'>> {
    try {
        return { proposals: await proposalsAt(client, uri, text) };
    } catch (error) {
        return { proposals: [], failure: String(error) };
    }
}

async function proposalsAt(client: MessageConnection, uri: string, text: string): Promise<AnsweredProposal[]> {
    const languageId = uri.endsWith('.instances') ? 'roboconf-instances' : 'roboconf-graph';
    await client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    const lines = text.split(/\r\n|\r|\n/);
    const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    const answer = await client.sendRequest<CompletionList | CompletionItem[] | null>('textDocument/completion', {
        textDocument: { uri },
        position,
    });
    await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
    return items.map((item) => proposalOf(item, position.character));
}

function proposalOf(item: CompletionItem, caret: number): AnsweredProposal {
    const edit = item.textEdit;
    if (edit === undefined) return { label: item.label, insert: item.insertText ?? item.label, replaceBefore: 0 };
    const { start } = 'range' in edit ? edit.range : edit.insert;
    return { label: item.label, insert: edit.newText, replaceBefore: caret - start.character };
}

/** A server for an editor that knows no snippets, so that it answers the text that would be inserted. */
async function startedServer(corpus: string): Promise<{ client: MessageConnection; stop: () => Promise<void> }> {
    const up = new PassThrough();
    const down = new PassThrough();
    const client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const connection = createConnection(ProposedFeatures.all, up, down);
    startServer(connection, { layout: NO_LAYOUT, language: createLanguage(), clock: processClock });
    client.onRequest('client/registerCapability', () => null);
    client.listen();
    const folder = { uri: pathToFileURL(resolve(corpus, 'no-folder')).href, name: 'corpus' };
    const capabilities = { textDocument: { completion: { completionItem: { snippetSupport: false } } } };
    await client.sendRequest('initialize', {
        processId: null,
        rootUri: null,
        capabilities,
        workspaceFolders: [folder],
    });
    await client.sendNotification('initialized', {});
    return {
        client,
        stop: async () => {
            await client.sendRequest('shutdown');
            client.dispose();
            connection.dispose();
        },
    };
}

/** Nothing is drawn here. */
const NO_LAYOUT: Layout = {
    layout: () => Promise.reject(new Error('No picture is asked for.')),
    warmUp: () => undefined,
    dispose: () => Promise.resolve(),
};
