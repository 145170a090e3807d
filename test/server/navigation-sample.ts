/** An application with names of every kind, asked about at carets: `|` in a piece of a file's text. */
import { startTestServer, type ServerOptions, type TestServer } from '../support/language-server.ts';

export const SHOP: Readonly<Record<string, string>> = {
    'descriptor/application.properties':
        'name = Shop\nversion = 1.0.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\nexports-prefix = Shop\nexports = Web.port as entrance\n',
    'graph/main.graph': `import parts/store.graph;

Machine {
    installer: target;
    children: Web, Store, SlowStore;
}

facet served {
    exports: port = 80, ip;
}

Web {
    installer: script;
    facets: served;
    exports: Web.port = 8080;
    imports: Store.port, Store.* (optional), external Bank.account;
}
`,
    'graph/parts/store.graph': `# Keeps the orders.
Store {
    installer: script;
    exports: ip, port = 5432, level = 1;
}

SlowStore {
    extends: Store;
    exports: port = 5433, Store.level = 2;
}
`,
    'graph/Machine/target.properties': 'id = here\nhandler = local\nname = here\n',
    'graph/Web/scripts/start.sh': 'true',
    'graph/Store/scripts/start.sh': 'true',
    'instances/main.instances': `instance of Machine {
    name: front;
    instance of Web {
        name: web;
        port: 8081;
    }
}
instance of Machine {
    name: back;
    count: 3;
    instance of SlowStore {
        name: orders;
        Store.port: 5555;
    }
}
`,
};

/** What edits need of a client. */
export const EDITING = {
    workspace: {
        workspaceEdit: {
            documentChanges: true,
            resourceOperations: ['create', 'rename', 'delete'],
            changeAnnotationSupport: {},
        },
    },
};

export interface Asked {
    readonly server: TestServer;
    readonly params: { readonly textDocument: { readonly uri: string }; readonly position: Position };
    readonly ask: (method: string, more?: object) => Promise<unknown>;
}

interface Position {
    readonly line: number;
    readonly character: number;
}

interface Range {
    readonly start: Position;
    readonly end: Position;
}

/** Opens a file of an application with the caret in a piece of its text. The caller disposes the server. */
export async function askAt(
    file: string,
    piece: string,
    files: Readonly<Record<string, string>> = SHOP,
    options: ServerOptions = {},
): Promise<Asked> {
    const server = await startTestServer(files, options);
    await server.settle();
    const text = files[file] ?? '';
    const at = text.indexOf(piece.replace('|', ''));
    if (at < 0) throw new Error(`'${piece}' is not in ${file}`);
    await server.open(file, text);
    const before = text.slice(0, at + piece.indexOf('|')).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const params = { textDocument: { uri: server.uri(file) }, position };
    const ask = (method: string, more: object = {}): Promise<unknown> =>
        server.client.sendRequest(method, { ...params, ...more });
    return { server, params, ask };
}

/** `file:line text` of a place, with the text that stands there. */
export function placeText(
    server: TestServer,
    { uri, range }: { readonly uri: string; readonly range: Range },
    files: Readonly<Record<string, string>> = SHOP,
): string {
    const file = uri.slice(server.uri('').length + 1);
    const line = (files[file] ?? '').split('\n')[range.start.line] ?? '';
    return `${file}:${range.start.line + 1} ${line.slice(range.start.character, range.end.character)}`.trim();
}

/** The files after text edits, those only that changed; moves as `from` → `to` at the end. */
export function applied(
    server: TestServer,
    edit: unknown,
    files: Readonly<Record<string, string>> = SHOP,
): Readonly<Record<string, string>> {
    const nameOf = (uri: string): string => decodeURIComponent(uri.slice(server.uri('').length + 1));
    const result: Record<string, string> = {};
    for (const change of changesOf(edit)) {
        if ('kind' in change) result[nameOf(change.oldUri)] = `moved to ${nameOf(change.newUri)}`;
        else result[nameOf(change.uri)] = withEdits(files[nameOf(change.uri)] ?? '', change.edits);
    }
    return result;
}

interface TextEdit {
    readonly range: Range;
    readonly newText: string;
}

type Change =
    | { readonly kind: 'rename'; readonly oldUri: string; readonly newUri: string }
    | { readonly uri: string; readonly edits: readonly TextEdit[] };

/** The changes of a WorkspaceEdit, in either form. */
export function changesOf(edit: unknown): readonly Change[] {
    // The answer of a server under test: what is not of this form fails the test that reads it.
    const { documentChanges, changes } = (edit ?? {}) as {
        documentChanges?: readonly (Change | { textDocument: { uri: string }; edits: readonly TextEdit[] })[];
        changes?: Readonly<Record<string, readonly TextEdit[]>>;
    };
    const plain = Object.entries(changes ?? {}).map(([uri, edits]) => ({ uri, edits }));
    const rich = (documentChanges ?? []).map((change) =>
        'textDocument' in change ? { uri: change.textDocument.uri, edits: change.edits } : change,
    );
    return [...plain, ...rich];
}

/** A text after edits that do not overlap. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
    const lines = text.split('\n');
    const offsetOf = ({ line, character }: Position): number =>
        lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
    const sorted = [...edits].sort((a, b) => offsetOf(b.range.start) - offsetOf(a.range.start));
    return sorted.reduce(
        (done, { range, newText }) => done.slice(0, offsetOf(range.start)) + newText + done.slice(offsetOf(range.end)),
        text,
    );
}

/** The lines of a text that differ from those of another, in order. */
export function changedLines(before: string, after: string): readonly string[] {
    const old = before.split('\n');
    return after
        .split('\n')
        .filter((line, i) => line !== old[i])
        .map((line) => line.trim());
}
