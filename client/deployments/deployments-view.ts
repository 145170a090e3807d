/** The Deployments view: nodes of tree-model.ts as tree items of the editor. */
import * as vscode from 'vscode';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import type { Applications } from './applications.ts';
import type { Deployments } from './deployments.ts';
import type { Histories } from './histories.ts';
import type { RecordedTargets } from './recorded-targets.ts';
import { isTimed } from './tree-entries.ts';
import { elementId, type TreeElement } from './tree-element.ts';
import { tooltipMarkdown, treeItemOf } from './tree-item.ts';
import { changesBetween, createTreeMaker, EMPTY_TREE, type Tree, type TreeMaker } from './tree-model.ts';

/** Id of the view in the manifest. */
export const DEPLOYMENTS_VIEW = 'roboconf.deployments';

/** Refreshes come in bursts; five a second are as many as an eye can follow. */
const REFRESH_MS = 200;

/** What runs tells its seconds, what is at rest its minutes. */
const TICK_MS = 1000;
const TICKS_AT_REST = 60;

export interface DeploymentsView extends vscode.Disposable {
    /** Opens the view, selects an entry and unfolds what is below it, without taking the focus. */
    readonly reveal: (element: TreeElement) => Promise<void>;
    /** Whether it can be seen. */
    readonly isVisible: () => boolean;
}

export interface DeploymentsViewConfig {
    readonly deployments: Deployments;
    readonly applications: Pick<Applications, 'list' | 'onChange'>;
    readonly histories: Pick<Histories, 'all' | 'onChange'>;
    readonly recordedTargets: Pick<RecordedTargets, 'all' | 'onChange'>;
    /** Milliseconds since 1970. */
    readonly now: () => number;
}

/** Registers the view. */
export function createDeploymentsView(config: DeploymentsViewConfig): DeploymentsView {
    const { deployments, applications, histories, recordedTargets } = config;
    const store = createDisposableStore();
    const provider = createTreeProvider(config);
    const view = store.add(
        vscode.window.createTreeView(DEPLOYMENTS_VIEW, { treeDataProvider: provider, showCollapseAll: true }),
    );
    const refresh = store.add(coalesce(REFRESH_MS, provider.refresh));
    for (const source of [deployments, applications, histories, recordedTargets])
        store.add(source.onChange(refresh.request));
    store.add(everySecond(view, deployments, refresh.request));
    return {
        reveal: async (element) => {
            if (!provider.knows(element)) provider.refresh();
            try {
                await view.reveal(element, { select: true, focus: false, expand: true });
            } catch {
                // The entry left while it was looked for: there is nothing to reveal.
            }
        },
        isVisible: () => view.visible,
        dispose: () => store.dispose(),
    };
}

/** Times that are shown go by, as long as somebody sees them. */
function everySecond(
    view: vscode.TreeView<TreeElement>,
    deployments: Deployments,
    request: () => void,
): vscode.Disposable {
    let tickCount = 0;
    const timer = setInterval(() => {
        if (!view.visible) return;
        tickCount += 1;
        if (tickCount % TICKS_AT_REST === 0 || deployments.list().some(isTimed)) request();
    }, TICK_MS);
    return { dispose: () => clearInterval(timer) };
}

interface TreeProvider extends vscode.TreeDataProvider<TreeElement> {
    readonly refresh: () => void;
    readonly knows: (element: TreeElement) => boolean;
}

function createTreeProvider(config: DeploymentsViewConfig): TreeProvider {
    const { deployments, applications, histories, recordedTargets, now } = config;
    const changed = new vscode.EventEmitter<TreeElement[] | undefined>();
    const makeTree: TreeMaker = createTreeMaker();
    const elements = new Map<string, TreeElement>();
    let tree: Tree = EMPTY_TREE;
    const look = (): Tree =>
        makeTree({
            applications: applications.list(),
            deployments: deployments.list(),
            histories: histories.all(),
            targets: recordedTargets.all(),
            now: now(),
        });
    // The editor tells elements apart by identity: an entry keeps its object as long as it is shown.
    const keep = (id: string): TreeElement | undefined => {
        const element = elements.get(id) ?? tree.nodes.get(id)?.element;
        if (element !== undefined) elements.set(id, element);
        return element;
    };
    const keepAll = (ids: readonly string[]) => ids.map(keep).filter((element) => element !== undefined);
    const forget = (): void => {
        for (const id of elements.keys()) if (!tree.nodes.has(id)) elements.delete(id);
    };
    return {
        onDidChangeTreeData: changed.event,
        knows: (element) => tree.nodes.has(elementId(element)),
        refresh: () => {
            const before = tree;
            tree = look();
            forget();
            const changes = changesBetween(before, tree);
            if (changes === 'all') changed.fire(undefined);
            else if (changes.length > 0) changed.fire(keepAll(changes));
        },
        getChildren: (element) => {
            if (element === undefined) tree = look();
            const ids = element === undefined ? tree.roots : (tree.nodes.get(elementId(element))?.children ?? []);
            return keepAll(ids);
        },
        getParent: (element) => {
            const parent = tree.nodes.get(elementId(element))?.parent ?? null;
            return parent === null ? undefined : keep(parent);
        },
        getTreeItem: (element) => {
            const entry = tree.nodes.get(elementId(element))?.entry;
            return entry === undefined ? new vscode.TreeItem('') : treeItemOf(elementId(element), element, entry);
        },
        resolveTreeItem: (item, element) => {
            const entry = tree.nodes.get(elementId(element))?.entry;
            if (entry !== undefined) item.tooltip = tooltipMarkdown(entry.tooltip(), element);
            return item;
        },
    };
}
