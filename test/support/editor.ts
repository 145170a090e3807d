/** An editor on one marked text of an application: `$0` is where the caret stands. */
import type {
    CompletionItem,
    CompletionList,
    Hover,
    SignatureHelp,
    SignatureHelpContext,
} from 'vscode-languageserver/node';
import { startTestServer, type TestServer } from './language-server.ts';

export interface EditorOptions {
    readonly capabilities?: object;
    /** The character that opened the list by itself. */
    readonly trigger?: string;
}

export interface Editor {
    readonly complete: (file: string, marked: string, options?: EditorOptions) => Promise<readonly CompletionItem[]>;
    /** Documentation of an item, asked for as an editor does. */
    readonly resolve: (item: CompletionItem) => Promise<CompletionItem>;
    /** Markdown; empty when there is nothing to show. */
    readonly hover: (file: string, marked: string) => Promise<string>;
    readonly signature: (file: string, marked: string, context?: SignatureHelpContext) => Promise<SignatureHelp | null>;
    readonly dispose: () => Promise<void>;
}

/** An editor on a directory with the given files. A text is closed again before the next one is opened, so that none knows of another. */
export function createEditor(files: Readonly<Record<string, string>>): Editor {
    const servers = new Map<string, Promise<TestServer>>();
    let current: { readonly server: TestServer; readonly file: string } | undefined;
    const serverWith = (capabilities: object): Promise<TestServer> => {
        const key = JSON.stringify(capabilities);
        const server = servers.get(key) ?? startTestServer(files, { capabilities });
        servers.set(key, server);
        return server;
    };
    const openAt = async (file: string, marked: string, capabilities: object): Promise<object> => {
        await current?.server.close(current.file);
        const server = await serverWith(capabilities);
        current = { server, file };
        const offset = marked.indexOf('$0');
        if (offset < 0) throw new Error(`No caret in: ${marked}`);
        const before = marked.slice(0, offset).split('\n');
        await server.open(file, marked.slice(0, offset) + marked.slice(offset + 2));
        const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
        return { textDocument: { uri: server.uri(file) }, position };
    };
    const ask = <T>(method: string, params: object): Promise<T> => {
        if (current === undefined) throw new Error('No text is open.');
        return current.server.client.sendRequest<T>(method, params);
    };
    return {
        complete: async (file, marked, { capabilities = {}, trigger } = {}) => {
            const at = await openAt(file, marked, capabilities);
            const context = trigger === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: trigger };
            return (await ask<CompletionList>('textDocument/completion', { ...at, context })).items;
        },
        resolve: (item) => ask('completionItem/resolve', item),
        hover: async (file, marked) => {
            const answer = await ask<Hover | null>('textDocument/hover', await openAt(file, marked, {}));
            // The server answers Markdown and nothing else.
            return (answer?.contents as { readonly value: string } | undefined)?.value ?? '';
        },
        signature: async (file, marked, context) =>
            ask('textDocument/signatureHelp', { ...(await openAt(file, marked, {})), context }),
        dispose: async () => {
            for (const server of servers.values()) await (await server).dispose();
            servers.clear();
            current = undefined;
        },
    };
}

/** Capabilities of an editor that can do everything with proposals. */
export const RICH_COMPLETION = {
    textDocument: {
        completion: {
            completionItem: {
                snippetSupport: true,
                labelDetailsSupport: true,
                insertReplaceSupport: true,
                commitCharactersSupport: true,
                tagSupport: { valueSet: [1] },
                resolveSupport: { properties: ['documentation'] },
            },
        },
    },
} as const;

/** Labels in the order of the list; what is there already has a star. */
export function labelsOf(items: readonly CompletionItem[]): string {
    return items.map(({ label, tags }) => (tags === undefined ? label : `${label}*`)).join(' | ');
}

/** The text an item would insert. */
export function insertedBy(item: CompletionItem | undefined): string | undefined {
    return item?.textEdit?.newText;
}
