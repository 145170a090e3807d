/** The part of the editor's API that client code touches when it is loaded or tested: enough to run it, nothing that pretends to be an editor. */

type Listener<Fact> = (fact: Fact) => void;

export class EventEmitter<Fact> {
    readonly #listeners = new Set<Listener<Fact>>();
    readonly event = (listener: Listener<Fact>): { dispose: () => void } => {
        this.#listeners.add(listener);
        return { dispose: () => void this.#listeners.delete(listener) };
    };
    fire(fact: Fact): void {
        for (const listener of this.#listeners) listener(fact);
    }
}

export class Uri {
    readonly scheme = 'file';
    readonly path: string;
    constructor(path: string) {
        this.path = path;
    }
    static file(path: string): Uri {
        return new Uri(path);
    }
    static parse(text: string): Uri {
        return new Uri(decodeURIComponent(text.replace(/^file:\/\//, '')));
    }
    static joinPath(base: Uri, ...parts: readonly string[]): Uri {
        return new Uri([base.path, ...parts].join('/'));
    }
    get fsPath(): string {
        return this.path;
    }
    toString(): string {
        return `file://${this.path}`;
    }
}

/** What was shown and what is answered, for the test to set and read; `reset` before each test. */
export const editor = {
    isTrusted: true,
    shown: [] as { readonly message: string; readonly items: readonly unknown[] }[],
    answer: undefined as unknown,
    executed: [] as string[],
    settings: new Map<string, unknown>(),
    /** Names of the files in a folder, by its path. */
    files: new Map<string, readonly string[]>(),
    opened: [] as string[],
    reset: (): void => {
        editor.isTrusted = true;
        editor.shown = [];
        editor.answer = undefined;
        editor.executed = [];
        editor.settings = new Map();
        editor.files = new Map();
        editor.opened = [];
    },
};

const show = (message: string, ...items: readonly unknown[]): Promise<unknown> => {
    editor.shown.push({ message, items });
    return Promise.resolve(editor.answer);
};

export const window = {
    showErrorMessage: show,
    showWarningMessage: show,
    showInformationMessage: show,
    showQuickPick: (items: readonly unknown[]) => show('pick', ...items),
    setStatusBarMessage: () => ({ dispose: () => undefined }),
    withProgress: (_options: unknown, task: () => Promise<unknown>) => task(),
    showTextDocument: (uri: Uri) => Promise.resolve(void editor.opened.push(uri.path)),
    activeTextEditor: undefined,
    visibleTextEditors: [],
};

export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };

export const workspace = {
    get isTrusted(): boolean {
        return editor.isTrusted;
    },
    textDocuments: [],
    fs: {
        readDirectory: (folder: Uri) => {
            const names = editor.files.get(folder.path);
            if (names === undefined) return Promise.reject(new Error('There is no such folder.'));
            return Promise.resolve(names.map((name) => [name, FileType.File] as const));
        },
    },
    asRelativePath: (path: unknown) => String(path),
    getConfiguration: () => ({
        get: (key: string, fallback: unknown) => (editor.settings.has(key) ? editor.settings.get(key) : fallback),
    }),
};

export const commands = {
    executeCommand: (id: string) => {
        editor.executed.push(id);
        return Promise.resolve(undefined);
    },
    registerCommand: () => ({ dispose: () => undefined }),
};

export class CancellationTokenSource {
    readonly token = {};
    cancel(): void {
        // Nothing in these tests waits for a token.
    }
    dispose(): void {
        // Nothing is held.
    }
}

export class ThemeIcon {
    readonly id: string;
    readonly color: unknown;
    constructor(id: string, color?: unknown) {
        this.id = id;
        this.color = color;
    }
}

export const ViewColumn = { Active: -1, Beside: -2, One: 1 };
