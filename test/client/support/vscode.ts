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

type Named = Readonly<Record<string, unknown>>;

interface Message {
    readonly message: string;
    readonly args?: readonly unknown[] | Named;
    readonly comment?: string | readonly string[];
}

/** Texts in the language of `editor.bundle`, English where it has none; placeholders are filled as the editor does. */
export const l10n = {
    t: (message: string | Message, ...values: readonly unknown[]): string => {
        const { message: text, args = [], comment = [] } = typeof message === 'string' ? { message } : message;
        const note = [comment].flat().join('');
        const key = note === '' ? text : `${text}/${note}`;
        const given = typeof message === 'string' ? values : args;
        const first: unknown = Array.isArray(given) ? given[0] : given;
        const named = typeof first === 'object' && first !== null ? first : given;
        return (editor.bundle[key] ?? text).replaceAll(/\{([^}]+)\}/g, (hole, name: string) => {
            const value: unknown = Reflect.get(named, name);
            return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
                ? String(value)
                : hole;
        });
    },
};

/** What was shown and what is answered, for the test to set and read; `reset` before each test. */
export const editor = {
    isTrusted: true,
    /** Whether files can be written by the editor's file system. */
    isReadOnly: false,
    shown: [] as { readonly message: string; readonly items: readonly unknown[] }[],
    answer: undefined as unknown,
    /** Whether every question is answered with its first button or row, whatever `answer` is. */
    saysYes: false,
    executed: [] as string[],
    settings: new Map<string, unknown>(),
    /** Names of the files in a folder, by its path. */
    files: new Map<string, readonly string[]>(),
    opened: [] as string[],
    /** What is selected in the documents that were opened, where that was said. */
    selections: [] as unknown[],
    /** Texts that edits have written, by path. */
    written: new Map<string, string>(),
    /** Translations by English text. */
    bundle: {} as Readonly<Record<string, string>>,
    /** Answers to the inputs that stay open, one each: a label to take, labels to check, a text to type, `back` or `hide`. */
    inputs: [] as (string | readonly string[])[],
    /** Texts typed into the boxes that open by themselves; without one such a box is dismissed. */
    typed: [] as string[],
    /** Titles and rows of the inputs that were shown. */
    inputsShown: [] as ShownInput[],
    /** Terminals that were made. */
    terminals: [] as {
        readonly name: string;
        readonly text: string;
        readonly type: (text: string) => void;
        readonly dispose: () => void;
    }[],
    /** Providers of the trees that were made. */
    trees: [] as unknown[],
    reset: (): void => {
        editor.typed = [];
        editor.terminals = [];
        editor.trees = [];
        editor.inputs = [];
        editor.inputsShown = [];
        editor.isTrusted = true;
        editor.isReadOnly = false;
        editor.shown = [];
        editor.answer = undefined;
        editor.saysYes = false;
        editor.executed = [];
        editor.settings = new Map();
        editor.files = new Map();
        editor.opened = [];
        editor.selections = [];
        editor.written = new Map();
        editor.bundle = {};
    },
};

interface TerminalOptions {
    readonly name: string;
    readonly pty: {
        readonly onDidWrite: (listener: (text: string) => void) => unknown;
        readonly open: (dimensions: undefined) => void;
        readonly close: () => void;
        readonly handleInput?: (text: string) => void;
    };
}

/** A terminal that opens when it is shown, as the editor's do, and keeps what is written. */
class PlayedTerminal {
    readonly name: string;
    readonly #pty: TerminalOptions['pty'];
    text = '';
    #isOpen = false;
    constructor({ name, pty }: TerminalOptions) {
        this.name = name;
        this.#pty = pty;
        pty.onDidWrite((text) => (this.text += text));
        editor.terminals.push(this);
    }
    type(text: string): void {
        this.#pty.handleInput?.(text);
    }
    show(): void {
        if (!this.#isOpen) this.#pty.open(undefined);
        this.#isOpen = true;
    }
    dispose(): void {
        this.#pty.close();
    }
}

interface ShownInput {
    readonly title: string;
    readonly rows: readonly string[];
}

interface QuickRow {
    readonly label: string;
}

/** A quick pick or input box that answers itself from `editor.inputs` when it is shown; with no answer left it is hidden. */
class QuickInput {
    title = '';
    placeholder = '';
    prompt = '';
    value = '';
    validationMessage: string | undefined;
    canSelectMany = false;
    items: readonly QuickRow[] = [];
    selectedItems: readonly QuickRow[] = [];
    readonly #accepted = new EventEmitter<undefined>();
    readonly #pressed = new EventEmitter<unknown>();
    readonly #hidden = new EventEmitter<undefined>();
    readonly onDidChangeValue = new EventEmitter<string>().event;
    readonly onDidAccept = this.#accepted.event;
    readonly onDidTriggerButton = this.#pressed.event;
    readonly onDidHide = this.#hidden.event;
    show(): void {
        editor.inputsShown.push({ title: this.title, rows: this.items.map(({ label }) => label) });
        this.#answer();
    }
    dispose(): void {
        // Nothing is held.
    }
    #answer(): void {
        const answer = editor.inputs.shift() ?? 'hide';
        if (answer === 'hide') return this.#hidden.fire(undefined);
        if (answer === 'back') return this.#pressed.fire(QuickInputButtons.Back);
        const wanted = typeof answer === 'string' ? [answer] : answer;
        this.selectedItems = this.items.filter(({ label }) => wanted.some((text) => label.includes(text)));
        if (this.items.length === 0 && typeof answer === 'string') this.value = answer;
        this.#accepted.fire(undefined);
    }
}

export const QuickInputButtons = { Back: { iconPath: 'back' } };

const show = (message: string, ...items: readonly unknown[]): Promise<unknown> => {
    editor.shown.push({ message, items });
    if (!editor.saysYes) return Promise.resolve(editor.answer);
    // The first button or row; what comes before it may be options, such as that a question is modal.
    return Promise.resolve(items.find((item) => typeof item === 'string' || message === 'pick'));
};

export const window = {
    state: { focused: true },
    showErrorMessage: show,
    showWarningMessage: show,
    showInformationMessage: show,
    createTerminal: (options: TerminalOptions) => new PlayedTerminal(options),
    createTreeView: (_id: string, { treeDataProvider }: { readonly treeDataProvider: unknown }) => {
        editor.trees.push(treeDataProvider);
        const onDidChangeVisibility = new EventEmitter<unknown>().event;
        return { visible: true, reveal: () => Promise.resolve(), onDidChangeVisibility, dispose: () => undefined };
    },
    createQuickPick: () => new QuickInput(),
    createInputBox: () => new QuickInput(),
    showInputBox: (options: { readonly prompt?: string; readonly password?: boolean }) => {
        editor.shown.push({ message: options.prompt ?? '', items: [options] });
        return Promise.resolve(editor.typed.shift());
    },
    showQuickPick: (items: readonly unknown[]) => show('pick', ...items),
    setStatusBarMessage: () => ({ dispose: () => undefined }),
    withProgress: (_options: unknown, task: (progress: unknown, token: unknown) => Promise<unknown>) =>
        task({}, { isCancellationRequested: false, onCancellationRequested: new EventEmitter<undefined>().event }),
    showTextDocument: (uri: Uri, options?: { readonly selection?: unknown }) => {
        editor.opened.push(uri.path);
        if (options?.selection !== undefined) editor.selections.push(options.selection);
        return Promise.resolve();
    },
    activeTextEditor: undefined,
    visibleTextEditors: [],
};

export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };

export class FileSystemError extends Error {}

interface NewFile {
    readonly uri: Uri;
    readonly contents: Uint8Array;
}

export class WorkspaceEdit {
    readonly files: NewFile[] = [];
    createFile(uri: Uri, { contents }: { readonly contents: Uint8Array }): void {
        this.files.push({ uri, contents });
    }
}

export const workspace = {
    get isTrusted(): boolean {
        return editor.isTrusted;
    },
    textDocuments: [],
    fs: {
        readFile: ({ path }: Uri) => {
            const text = editor.written.get(path);
            return text === undefined
                ? Promise.reject(new FileSystemError('There is no such file.'))
                : Promise.resolve(new TextEncoder().encode(text));
        },
        writeFile: ({ path }: Uri, content: Uint8Array) => {
            if (editor.isReadOnly) return Promise.reject(new FileSystemError('The file system is read-only.'));
            editor.written.set(path, new TextDecoder().decode(content));
            return Promise.resolve();
        },
        delete: ({ path }: Uri) => {
            editor.written.delete(path);
            return Promise.resolve();
        },
        readDirectory: (folder: Uri) => {
            const names = editor.files.get(folder.path);
            if (names === undefined) return Promise.reject(new Error('There is no such folder.'));
            return Promise.resolve(names.map((name) => [name, FileType.File] as const));
        },
        stat: ({ path }: Uri) => {
            const isThere =
                editor.written.has(path) ||
                [...editor.files].some(([folder, names]) => names.some((name) => `${folder}/${name}` === path));
            return isThere ? Promise.resolve({}) : Promise.reject(new Error('There is no such file.'));
        },
    },
    applyEdit: ({ files }: WorkspaceEdit) => {
        for (const { uri, contents } of files) editor.written.set(uri.path, new TextDecoder().decode(contents));
        return Promise.resolve(true);
    },
    getWorkspaceFolder: (uri: Uri) => (uri.path.startsWith('/apps') ? { uri: Uri.file('/apps') } : undefined),
    createFileSystemWatcher: () => ({
        onDidCreate: new EventEmitter<Uri>().event,
        onDidChange: new EventEmitter<Uri>().event,
        onDidDelete: new EventEmitter<Uri>().event,
        dispose: () => undefined,
    }),
    onDidGrantWorkspaceTrust: new EventEmitter<undefined>().event,
    onDidChangeConfiguration: new EventEmitter<unknown>().event,
    asRelativePath: (path: unknown) => String(path),
    getConfiguration: () => ({
        get: (key: string, fallback: unknown) => (editor.settings.has(key) ? editor.settings.get(key) : fallback),
        inspect: (key: string) => ({ workspaceFolderValue: editor.settings.get(key) }),
        update: (key: string, value: unknown) => Promise.resolve(void editor.settings.set(key, value)),
    }),
};

export const commands = {
    executeCommand: (id: string) => {
        editor.executed.push(id);
        return Promise.resolve(undefined);
    },
    registerCommand: () => ({ dispose: () => undefined }),
};

export const env = { language: 'en' };

/** No other extension is there. */
export const extensions = { getExtension: () => undefined };

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

export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 };

export const QuickPickItemKind = { Separator: -1, Default: 0 };

export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };

export class Position {
    readonly line: number;
    readonly character: number;
    constructor(line: number, character: number) {
        this.line = line;
        this.character = character;
    }
}

export class Range {
    readonly start: Position;
    readonly end: Position;
    constructor(start: Position | number, end: Position | number, endLine = 0, endCharacter = 0) {
        this.start = typeof start === 'number' ? new Position(start, Number(end)) : start;
        this.end = typeof end === 'number' ? new Position(endLine, endCharacter) : end;
    }
}

export const ColorThemeKind = { Light: 1, Dark: 2, HighContrast: 3, HighContrastLight: 4 };

export class TerminalLink {
    readonly startIndex: number;
    readonly length: number;
    constructor(startIndex: number, length: number) {
        this.startIndex = startIndex;
        this.length = length;
    }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export class TreeItem {
    id: string | undefined;
    description: string | undefined;
    contextValue: string | undefined;
    tooltip: unknown;
    command: unknown;
    readonly label: string;
    readonly collapsibleState: number;
    constructor(label: string, collapsibleState = 0) {
        this.label = label;
        this.collapsibleState = collapsibleState;
    }
}

export class MarkdownString {
    value = '';
    isTrusted: unknown;
    appendMarkdown(text: string): this {
        this.value += text;
        return this;
    }
    appendText(text: string): this {
        this.value += text.replaceAll(/[\\`*_{}[\]()#+\-.!~]/g, '\\$&');
        return this;
    }
    appendCodeblock(text: string): this {
        this.value += `\n\`\`\`\n${text}\n\`\`\`\n`;
        return this;
    }
}

export class ThemeColor {
    readonly id: string;
    constructor(id: string) {
        this.id = id;
    }
}
