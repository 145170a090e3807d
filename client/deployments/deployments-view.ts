/** The Deployments view: entries of tree-entries.ts as tree items of the editor. */
import * as vscode from 'vscode';
import type { InstanceSnapshot } from '../../runner/protocol.ts';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import type { DeploymentView } from './deployment-view.ts';
import type { Deployments } from './deployments.ts';
import {
    deploymentEntry,
    elementId,
    instanceEntry,
    instanceTreeOf,
    type InstanceTree,
    type LinkedCommand,
    type Tooltip,
    type TreeElement,
    type TreeEntry,
} from './tree-entries.ts';

/** Id of the view in the manifest. */
export const DEPLOYMENTS_VIEW = 'roboconf.deployments';

/** Refreshes come in bursts; five a second are as many as an eye can follow. */
const REFRESH_MS = 200;

/** Instances up to this number are shown opened at first. */
const OPEN_LIMIT = 50;

export interface DeploymentsView extends vscode.Disposable {
    /** Opens the view and selects an entry, without taking the focus. */
    readonly reveal: (element: TreeElement) => Promise<void>;
}

/** Registers the view. */
export function createDeploymentsView(deployments: Deployments): DeploymentsView {
    const store = createDisposableStore();
    const provider = createTreeProvider(deployments);
    const view = store.add(
        vscode.window.createTreeView(DEPLOYMENTS_VIEW, { treeDataProvider: provider, showCollapseAll: true }),
    );
    const refresh = store.add(coalesce(REFRESH_MS, provider.refresh));
    store.add(deployments.onChange(refresh.request));
    return {
        reveal: async (element) => {
            if (!provider.knows(element)) provider.refresh();
            try {
                await view.reveal(element, { select: true, focus: false });
            } catch {
                // The entry left while it was looked for: there is nothing to reveal.
            }
        },
        dispose: () => store.dispose(),
    };
}

interface TreeProvider extends vscode.TreeDataProvider<TreeElement> {
    readonly refresh: () => void;
    readonly knows: (element: TreeElement) => boolean;
}

/** What one refresh shows of a deployment: all entries are made from the same state. */
interface Shown {
    readonly view: DeploymentView;
    readonly tree: InstanceTree;
    readonly instances: ReadonlyMap<string, InstanceSnapshot>;
}

function createTreeProvider(deployments: Deployments): TreeProvider {
    const changed = new vscode.EventEmitter<TreeElement | undefined>();
    const elements = new Map<string, TreeElement>();
    let shown = new Map<string, Shown>();

    const look = (): void => {
        shown = new Map(deployments.list().map((view) => [view.id, shownOf(view)]));
        for (const [id, { deployment }] of elements) if (!shown.has(deployment)) elements.delete(id);
    };
    // The editor tells elements apart by identity: an entry keeps its object as long as the view lives.
    const keep = (element: TreeElement): TreeElement => {
        const id = elementId(element);
        const known = elements.get(id) ?? element;
        elements.set(id, known);
        return known;
    };
    return {
        onDidChangeTreeData: changed.event,
        knows: ({ deployment }) => shown.has(deployment),
        refresh: () => {
            look();
            changed.fire(undefined);
        },
        getChildren: (element) => {
            if (element === undefined) {
                look();
                return [...shown.keys()].map((deployment) => keep({ kind: 'deployment', deployment }));
            }
            const children = shown.get(element.deployment)?.tree.get(element.kind === 'instance' ? element.path : null);
            return (children ?? []).map(({ path }) => keep({ kind: 'instance', deployment: element.deployment, path }));
        },
        getParent: (element) => {
            const parent = parentOf(element, shown.get(element.deployment));
            return parent === undefined ? undefined : keep(parent);
        },
        getTreeItem: (element) => {
            const of = shown.get(element.deployment);
            const entry = of === undefined ? undefined : entryOf(element, of);
            return entry === undefined
                ? new vscode.TreeItem('')
                : treeItem(entry, (of?.instances.size ?? 0) <= OPEN_LIMIT);
        },
        resolveTreeItem: (item, element) => {
            const of = shown.get(element.deployment);
            const entry = of === undefined ? undefined : entryOf(element, of);
            if (entry !== undefined) item.tooltip = markdownOf(entry.tooltip, element);
            return item;
        },
    };
}

function shownOf(view: DeploymentView): Shown {
    const { instances } = view.snapshot;
    return { view, tree: instanceTreeOf(instances), instances: new Map(instances.map((each) => [each.path, each])) };
}

function entryOf(element: TreeElement, { view, tree, instances }: Shown): TreeEntry | undefined {
    if (element.kind === 'deployment') return deploymentEntry(view);
    const instance = instances.get(element.path);
    return instance === undefined ? undefined : instanceEntry(view, instance, tree.get(element.path)?.length ?? 0);
}

function parentOf(element: TreeElement, of: Shown | undefined): TreeElement | undefined {
    if (element.kind === 'deployment') return undefined;
    const parent = of?.instances.get(element.path)?.parent ?? null;
    return parent === null || of?.instances.has(parent) !== true
        ? { kind: 'deployment', deployment: element.deployment }
        : { kind: 'instance', deployment: element.deployment, path: parent };
}

function treeItem(entry: TreeEntry, isOpen: boolean): vscode.TreeItem {
    const item = new vscode.TreeItem(entry.label, collapsibleState(entry, isOpen));
    item.id = entry.id;
    item.description = entry.description;
    item.contextValue = entry.flags;
    item.iconPath = new vscode.ThemeIcon(
        entry.icon,
        entry.colour === null ? undefined : new vscode.ThemeColor(entry.colour),
    );
    item.accessibilityInformation = { label: entry.ariaLabel };
    return item;
}

function collapsibleState(entry: TreeEntry, isOpen: boolean): vscode.TreeItemCollapsibleState {
    if (!entry.hasChildren) return vscode.TreeItemCollapsibleState.None;
    return isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

const LINKED: readonly LinkedCommand[] = ['openRecipe', 'showOutput', 'retry'];

function markdownOf({ title, lines, output, links }: Tooltip, element: TreeElement): vscode.MarkdownString {
    const text = new vscode.MarkdownString('', true);
    text.isTrusted = { enabledCommands: LINKED.map((command) => `roboconf.${command}`) };
    // A parenthesis of a folder's name would end the link.
    const given = encodeURIComponent(JSON.stringify([element]))
        .replaceAll('(', '%28')
        .replaceAll(')', '%29');
    // appendText escapes: names and messages come from files and recipes.
    text.appendMarkdown('**').appendText(title).appendMarkdown('**\n\n');
    for (const line of lines) text.appendText(line).appendMarkdown('  \n');
    if (output.length > 0) text.appendCodeblock(output.join('\n'), 'text');
    const linked = links.map((link) => `[${link.title}](command:roboconf.${link.command}?${given})`);
    if (linked.length > 0) text.appendMarkdown(`\n\n${linked.join(' \u00b7 ')}`);
    return text;
}
