/** Where a graph is shown: an editor panel, or the view in the side bar. What is shown there is its owner's business. */
import * as vscode from 'vscode';
import type { Perspective } from '../../language/index.ts';

export interface GraphFrame extends vscode.Disposable {
    readonly webview: vscode.Webview;
    /** `panel` comes with an editor column; the view is where the side bar is. */
    readonly kind: 'panel' | 'view';
    readonly column: () => vscode.ViewColumn | undefined;
    /** In front, with the focus. */
    readonly isActive: () => boolean;
    readonly isVisible: () => boolean;
    /** Brings it to the front; the focus goes along when that is asked for. */
    readonly reveal: (preserveFocus: boolean) => void;
    /** Waits until it is in front with the focus; gives up after a while. */
    readonly whenActive: (signal: AbortSignal) => Promise<void>;
    /** Says what it shows of which application. */
    readonly entitle: (perspective: Perspective, application: string) => void;
    readonly onDidDispose: vscode.Event<unknown>;
}

/** `icons`: the folder of the extension's icons. Disposing closes the panel. */
export function frameOfPanel(panel: vscode.WebviewPanel, icons: vscode.Uri): GraphFrame {
    const icon = (kind: string, theme: string) => vscode.Uri.joinPath(icons, `${kind}-${theme}.svg`);
    return {
        webview: panel.webview,
        kind: 'panel',
        column: () => panel.viewColumn,
        isActive: () => panel.active,
        isVisible: () => panel.visible,
        reveal: (preserveFocus) => panel.reveal(undefined, preserveFocus),
        whenActive: (signal) => whenActive(panel, signal),
        entitle: (perspective, application) => {
            const kind = perspective === 'components' ? 'graph' : 'instances';
            panel.iconPath = { light: icon(kind, 'light'), dark: icon(kind, 'dark') };
            panel.title = titleOf(perspective, application);
        },
        onDidDispose: panel.onDidDispose,
        dispose: () => void panel.dispose(),
    };
}

/** The editor alone ends a view: disposing leaves it there, empty for the next graph. */
export function frameOfView(view: vscode.WebviewView): GraphFrame {
    return {
        webview: view.webview,
        kind: 'view',
        column: () => undefined,
        isActive: () => false,
        isVisible: () => view.visible,
        reveal: (preserveFocus) => view.show(preserveFocus),
        whenActive: () => Promise.resolve(),
        entitle: (_, application) => (view.description = application),
        onDidDispose: view.onDidDispose,
        dispose: () => undefined,
    };
}

/** Longer than any editor takes. */
const PATIENCE_MS = 3000;

function whenActive(panel: vscode.WebviewPanel, signal: AbortSignal): Promise<void> {
    if (panel.active || signal.aborted) return Promise.resolve();
    const active = Promise.withResolvers<void>();
    const subscription = panel.onDidChangeViewState(() => {
        if (panel.active) active.resolve();
    });
    const timer = setTimeout(active.resolve, PATIENCE_MS);
    signal.addEventListener('abort', () => active.resolve(), { once: true });
    return active.promise.finally(() => {
        clearTimeout(timer);
        subscription.dispose();
    });
}

function titleOf(perspective: Perspective, name: string): string {
    switch (perspective) {
        case 'components':
            return vscode.l10n.t('Components: {0}', name);
        case 'instances':
            return vscode.l10n.t('Instances: {0}', name);
        case 'hosts':
            return vscode.l10n.t('Hosts: {0}', name);
        default:
            return perspective satisfies never;
    }
}
