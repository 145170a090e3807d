/** The Targets view: nodes of target-tree.ts as tree items of the editor. What it shows is read only while somebody sees it. */
import * as vscode from 'vscode';
import type { Applications } from '../deployments/applications.ts';
import type { Deployments } from '../deployments/deployments.ts';
import { tooltipMarkdown, treeItemOf } from '../deployments/tree-item.ts';
import { realDirectory } from '../language/directories.ts';
import type { Language } from '../language/language-client.ts';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import type { SecretStore } from './secret-store.ts';
import { targetElementId, type TargetElement } from './target-element.ts';
import { targetTreeOf, type TargetNode } from './target-tree.ts';
import type { Targets } from './targets.ts';

/** Id of the view in the manifest. */
export const TARGETS_VIEW = 'roboconf.targets';

/** Claims of addresses, edits and settings change in bursts. */
const LOOK_MS = 300;
/** What runs changes all the time; who has a host does not. */
const HOSTS_MS = 1000;
/** Results of tests come one by one. */
const DRAW_MS = 60;

export interface TargetsViewConfig {
    readonly targets: Targets;
    readonly applications: Pick<Applications, 'onChange'>;
    readonly language: Pick<Language, 'onModelChanged'>;
    readonly deployments: Pick<Deployments, 'onChange'>;
    readonly secrets: Pick<SecretStore, 'onChange'>;
    /** Told what went wrong where nobody asked. */
    readonly report: (message: string) => void;
}

export interface TargetsView extends vscode.Disposable {
    /** Opens the view and selects an entry, without taking the focus. */
    readonly reveal: (element: TargetElement) => Promise<void>;
}

/** Registers the view. */
export function createTargetsView(config: TargetsViewConfig): TargetsView {
    const { targets, report } = config;
    const store = createDisposableStore();
    const provider = createProvider(targets);
    const view = store.add(
        vscode.window.createTreeView(TARGETS_VIEW, { treeDataProvider: provider, showCollapseAll: true }),
    );
    let isStale = true;
    const look = (): void => {
        isStale = true;
        if (!view.visible) return;
        isStale = false;
        targets.refreshHosts().catch((fault: unknown) => report(`Targets: ${String(fault)}`));
    };
    const soon = store.add(coalesce(LOOK_MS, look));
    const later = store.add(coalesce(HOSTS_MS, look));
    const draw = store.add(coalesce(DRAW_MS, provider.redraw));
    store.add(targets.onChange(draw.request));
    store.add(
        view.onDidChangeVisibility(({ visible }) => {
            if (visible && isStale) look();
        }),
    );
    store.add(watchSources(config, soon.request));
    store.add(config.deployments.onChange(later.request));
    soon.request();
    return {
        reveal: async (element) => {
            const known = provider.find(element);
            if (known !== undefined) await view.reveal(known, { select: true, focus: false, expand: true });
        },
        dispose: () => store.dispose(),
    };
}

/** Files, settings and secrets that what is shown is made of. Files around applications are watched besides: the language server looks at those within. */
function watchSources(
    { targets, applications, language, secrets }: TargetsViewConfig,
    request: () => void,
): vscode.Disposable {
    const store = createDisposableStore();
    const watcher = store.add(vscode.workspace.createFileSystemWatcher('**/targets/*.properties'));
    const all = (): void => {
        targets.forget();
        request();
    };
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) store.add(event(all));
    for (const listen of [applications.onChange, secrets.onChange]) store.add(listen(request));
    store.add(
        language.onModelChanged(({ directory }) => {
            targets.forget(realDirectory(directory));
            request();
        }),
    );
    store.add(vscode.workspace.onDidGrantWorkspaceTrust(request));
    store.add(
        vscode.workspace.onDidChangeConfiguration((change) => {
            if (change.affectsConfiguration('roboconf')) all();
        }),
    );
    return store;
}

interface Provider extends vscode.TreeDataProvider<TargetElement> {
    readonly redraw: () => void;
    readonly find: (element: TargetElement) => TargetElement | undefined;
}

interface Placed extends TargetNode {
    readonly parent: TargetElement | undefined;
}

function createProvider(targets: Targets): Provider {
    const changed = new vscode.EventEmitter<undefined>();
    const placed = new Map<string, Placed>();
    let roots: readonly TargetNode[] = [];
    // The editor tells elements apart by identity: a row keeps its object as long as it is shown.
    const elements = new Map<string, TargetElement>();
    const keep = (element: TargetElement): TargetElement => {
        const id = targetElementId(element);
        const known = elements.get(id) ?? element;
        elements.set(id, known);
        return known;
    };
    const place = (node: TargetNode, parent: TargetElement | undefined): void => {
        placed.set(targetElementId(node.element), { ...node, parent });
        for (const child of node.children) place(child, keep(node.element));
    };
    const read = (): void => {
        roots = targetTreeOf(targets.list());
        placed.clear();
        for (const root of roots) place(root, undefined);
        for (const id of elements.keys()) if (!placed.has(id)) elements.delete(id);
    };
    const nodeOf = (element: TargetElement): Placed | undefined => placed.get(targetElementId(element));
    return {
        onDidChangeTreeData: changed.event,
        redraw: () => {
            read();
            changed.fire(undefined);
        },
        find: (element) => {
            const node = nodeOf(element);
            return node === undefined ? undefined : keep(node.element);
        },
        getChildren: (element) => {
            const nodes = element === undefined ? roots : (nodeOf(element)?.children ?? []);
            return nodes.map((node) => keep(node.element));
        },
        getParent: (element) => nodeOf(element)?.parent,
        getTreeItem: (element) => {
            const node = nodeOf(element);
            return node === undefined
                ? new vscode.TreeItem('')
                : treeItemOf(targetElementId(element), element, node.entry);
        },
        resolveTreeItem: (item, element) => {
            const node = nodeOf(element);
            if (node !== undefined) item.tooltip = tooltipMarkdown(node.entry.tooltip(), element);
            return item;
        },
    };
}
