import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import { provideGraphView } from '../../client/graph/graph-view.ts';
import type { GraphFrame } from '../../client/graph/graph-frame.ts';
import type { GraphPanel } from '../../client/graph/graph-panel.ts';
import { done } from '../../client/ui/outcome.ts';
import { EventEmitter } from './support/vscode.ts';

interface Provider {
    readonly resolveWebviewView: (view: vscode.WebviewView) => void;
}

const edited = new EventEmitter<undefined>();
let provider: Provider;
const before = { ...vscode.window };

beforeEach(() => {
    Object.assign(vscode.window, {
        onDidChangeActiveTextEditor: edited.event,
        registerWebviewViewProvider: (_id: string, given: Provider) => {
            provider = given;
            return { dispose: () => undefined };
        },
    });
});
afterEach(() => void Object.assign(vscode.window, before));

const edit = (path: string | null): void => {
    const document = path === null ? undefined : { document: { uri: vscode.Uri.file(path) } };
    Object.assign(vscode.window, { activeTextEditor: document });
    edited.fire(undefined);
};

/** Applications `/apps/NAME`; what the view showed, and what it let go of. */
function scene(applications: readonly string[]) {
    const shown: string[] = [];
    const disposal = new EventEmitter<undefined>();
    const view = { webview: {}, visible: true, onDidDispose: disposal.event, description: '' };
    const store = provideGraphView({
        language: {
            model: (uri) => {
                const name = applications.find((each) => uri.path.startsWith(`/apps/${each}/`));
                if (name === undefined) return Promise.resolve(done({ kind: 'none' }));
                const model = { name, displayName: '' };
                return Promise.resolve(done({ kind: 'model', directoryUri: `file:///apps/${name}`, model } as never));
            },
            applications: () =>
                Promise.resolve(
                    done(
                        applications.map((name) => ({
                            ...{ name, directory: `/apps/${name}`, uri: `file:///apps/${name}`, findings: null },
                        })),
                    ),
                ),
            onState: () => ({ dispose: () => undefined }),
        },
        boundary: {
            run: async (_title, action) => void (await action()),
            background: (_title, action) => void action(),
        },
        adopt: (frame: GraphFrame, directory: vscode.Uri, name: string) => {
            expect(frame.kind).toBe('view');
            shown.push(`${name} ${directory.path}`);
            return { dispose: () => void shown.push(`end of ${name}`) } as GraphPanel;
        },
    });
    // The view is one as far as it is used here.
    provider.resolveWebviewView(view as unknown as vscode.WebviewView);
    return { shown, store, close: () => disposal.fire(undefined) };
}

const untilShown = (shown: readonly string[], expected: readonly string[]): Promise<void> =>
    vi.waitFor(() => expect(shown).toEqual(expected));

test('the view shows the application that is edited, and goes along to another one', async () => {
    edit('/apps/blog/graph/main.graph');
    const { shown } = scene(['shop', 'blog']);
    await untilShown(shown, ['blog /apps/blog']);
    edit('/apps/shop/instances/model.instances');
    await untilShown(shown, ['blog /apps/blog', 'end of blog', 'shop /apps/shop']);
});

test('what is shown stays while something else is edited', async () => {
    edit('/apps/shop/graph/main.graph');
    const { shown } = scene(['shop']);
    await untilShown(shown, ['shop /apps/shop']);
    edit('/apps/shop/graph/other.graph');
    edit('/notes.md');
    edit(null);
    await new Promise((resolve) => void setTimeout(resolve, 5));
    expect(shown).toEqual(['shop /apps/shop']);
});

test('before anything is edited, the first application is shown', async () => {
    edit(null);
    const { shown } = scene(['shop', 'blog']);
    await untilShown(shown, ['shop /apps/shop']);
});

test('a view that is closed ends its graph and follows no longer', async () => {
    edit('/apps/shop/graph/main.graph');
    const { shown, close } = scene(['shop', 'blog']);
    await untilShown(shown, ['shop /apps/shop']);
    close();
    edit('/apps/blog/graph/main.graph');
    await new Promise((resolve) => void setTimeout(resolve, 5));
    expect(shown).toEqual(['shop /apps/shop', 'end of shop']);
});
