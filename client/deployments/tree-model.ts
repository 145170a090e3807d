/** The whole Deployments view as data: applications, their deployments and past runs, and what is below those. Two of them tell what changed. */
import type { PastRun } from '../../runner/index.ts';
import type { InstanceSnapshot } from '../../runner/protocol.ts';
import { applicationEntry, type ApplicationView } from './application-entries.ts';
import { deploymentId, type DeploymentView } from './deployment-view.ts';
import { detailsOf } from './failure-details.ts';
import { historyEntry, runEntry, stepEntry, unreachedEntry } from './history-entries.ts';
import { deploymentEntry, instanceEntry, instanceTreeOf, type InstanceTree } from './tree-entries.ts';
import { elementId, type RunIdentity, type TreeElement } from './tree-element.ts';
import type { TreeEntry } from './tree-entry.ts';

export interface TreeSource {
    readonly applications: readonly ApplicationView[];
    readonly deployments: readonly DeploymentView[];
    /** Past runs by the real path of the application, newest first. */
    readonly histories: ReadonlyMap<string, readonly RunOfDeployment[]>;
    /** Names of the targets of deployments, by the ids of their views. */
    readonly targets: ReadonlyMap<string, readonly string[]>;
    /** Milliseconds since 1970. */
    readonly now: number;
}

/** A past run and the name of the deployment it belongs to. */
export interface RunOfDeployment {
    readonly deployment: string;
    readonly run: PastRun;
}

export interface TreeNode {
    readonly element: TreeElement;
    readonly entry: TreeEntry;
    /** Id of the node above, null at the top. */
    readonly parent: string | null;
    /** Ids. */
    readonly children: readonly string[];
}

export interface Tree {
    /** Ids of the nodes at the top. */
    readonly roots: readonly string[];
    readonly nodes: ReadonlyMap<string, TreeNode>;
}

export const EMPTY_TREE: Tree = { roots: [], nodes: new Map() };

/** Makes trees, one after the other: what past runs say does not change and is kept from one to the next. */
export type TreeMaker = (source: TreeSource) => Tree;

/** A maker that has kept nothing yet. */
export function createTreeMaker(): TreeMaker {
    const stepsByRun: StepCache = new WeakMap();
    return (source) => treeOf(source, stepsByRun);
}

type StepCache = WeakMap<PastRun, readonly TreeNode[]>;

/** A single application of which nothing is deployed and nothing was ever run makes no tree: a welcome says more than a lonely row. */
function treeOf(source: TreeSource, stepsByRun: StepCache): Tree {
    const applications = applicationsOf(source);
    const builder = new TreeBuilder(source, stepsByRun);
    const isBare = applications.length <= 1 && source.deployments.length === 0 && source.histories.size === 0;
    const roots = isBare ? [] : applications.map((application) => builder.application(application));
    return { roots, nodes: builder.nodes };
}

/** Ids of the nodes to draw again so that `before` becomes `after`; `all` when the top itself differs. Nodes below a changed one are included in it. */
export function changesBetween(before: Tree, after: Tree): 'all' | readonly string[] {
    if (!isSameList(before.roots, after.roots)) return 'all';
    const changed: string[] = [];
    const look = (id: string): void => {
        const [old, current] = [before.nodes.get(id), after.nodes.get(id)];
        if (old === undefined || current === undefined) return;
        if (!isSameEntry(old.entry, current.entry) || !isSameList(old.children, current.children)) changed.push(id);
        else current.children.forEach(look);
    };
    after.roots.forEach(look);
    return changed;
}

/** Applications of the workspace, then those known by their deployments only. */
function applicationsOf({ applications, deployments }: TreeSource): readonly ApplicationView[] {
    const known = new Set(applications.map(({ directory }) => directory));
    const strange = deployments.map(({ key }) => key.directory).filter((directory) => !known.has(directory));
    return [...applications, ...[...new Set(strange)].map(strangeApplication)];
}

function strangeApplication(directory: string): ApplicationView {
    const name = directory.slice(Math.max(directory.lastIndexOf('/'), directory.lastIndexOf('\\')) + 1);
    return { directory, name, findings: null, inWorkspace: false };
}

class TreeBuilder {
    readonly nodes = new Map<string, TreeNode>();
    readonly #source: TreeSource;
    readonly #stepsByRun: StepCache;

    constructor(source: TreeSource, stepsByRun: StepCache) {
        this.#source = source;
        this.#stepsByRun = stepsByRun;
    }

    application(application: ApplicationView): string {
        const { directory } = application;
        const element: TreeElement = { kind: 'application', directory };
        const id = elementId(element);
        const views = this.#source.deployments.filter(({ key }) => key.directory === directory);
        const runs = this.#source.histories.get(directory) ?? [];
        const ordered = [...views.filter(({ simulated }) => !simulated), ...views.filter(({ simulated }) => simulated)];
        const children = [
            ...ordered.map((view) => this.#deployment(view, id)),
            ...(runs.length === 0 ? [] : [this.#history(directory, runs, id)]),
        ];
        const entry = applicationEntry(application, views.length, runs.length > 0);
        return this.#keep({ element, entry, parent: null, children });
    }

    #deployment(view: DeploymentView, parent: string): string {
        const element: TreeElement = { kind: 'deployment', deployment: view.id };
        const tree = instanceTreeOf(view.snapshot.instances);
        const children = (tree.get(null) ?? []).map((instance) => this.#instance(view, tree, instance, view.id));
        const { now, targets } = this.#source;
        const entry = deploymentEntry(view, now, targets.get(view.id) ?? []);
        return this.#keep({ element, entry, parent, children });
    }

    #instance(view: DeploymentView, tree: InstanceTree, instance: InstanceSnapshot, parent: string): string {
        const { path } = instance;
        const element: TreeElement = { kind: 'instance', deployment: view.id, path };
        const id = elementId(element);
        const details = detailsOf(instance, view.simulated).map(({ name, entry }) =>
            this.#leaf({ kind: 'detail', deployment: view.id, path, detail: name }, entry, id),
        );
        const below = (tree.get(path) ?? []).map((child) => this.#instance(view, tree, child, id));
        const children = [...details, ...below];
        const entry = instanceEntry(view, instance, children.length, this.#source.now);
        return this.#keep({ element, entry, parent, children });
    }

    #history(directory: string, runs: readonly RunOfDeployment[], parent: string): string {
        const element: TreeElement = { kind: 'history', directory };
        const id = elementId(element);
        const isMixed = new Set(runs.map(({ deployment }) => deployment)).size > 1;
        const children = runs.map((run) => this.#run(directory, run, isMixed, id));
        return this.#keep({ element, entry: historyEntry(runs.length), parent, children });
    }

    #run(directory: string, { deployment, run }: RunOfDeployment, isMixed: boolean, parent: string): string {
        const identity = {
            deployment: deploymentId({ directory, deployment }),
            begunAt: run.deploymentBegunAt,
            run: run.id,
        };
        const element: TreeElement = { kind: 'run', ...identity };
        const id = elementId(element);
        const known = this.#stepsByRun.get(run) ?? stepNodesOf(identity, run, id);
        this.#stepsByRun.set(run, known);
        const children = known.map((node) => this.#keep(node));
        const entry = runEntry(run, isMixed ? deployment : null, this.#source.now);
        return this.#keep({ element, entry, parent, children });
    }

    #leaf(element: TreeElement, entry: TreeEntry, parent: string): string {
        return this.#keep({ element, entry, parent, children: [] });
    }

    #keep(node: TreeNode): string {
        const id = elementId(node.element);
        this.nodes.set(id, node);
        return id;
    }
}

function stepNodesOf(identity: RunIdentity, { unreached, steps }: PastRun, parent: string): readonly TreeNode[] {
    const leaf = (element: TreeElement, entry: TreeEntry): TreeNode => ({ element, entry, parent, children: [] });
    return [
        ...unreached.map(({ path, reason }) =>
            leaf({ kind: 'unreached', path, ...identity }, unreachedEntry(path, reason)),
        ),
        ...steps.map((step) => {
            const { path, attempt } = step;
            return leaf({ kind: 'step', path, attempt, ...identity }, stepEntry(step));
        }),
    ];
}

function isSameEntry(left: TreeEntry, right: TreeEntry): boolean {
    return (
        left.label === right.label &&
        left.description === right.description &&
        left.icon === right.icon &&
        left.colour === right.colour &&
        left.flags === right.flags &&
        left.fold === right.fold &&
        left.click === right.click
    );
}

function isSameList(left: readonly string[], right: readonly string[]): boolean {
    return left.length === right.length && left.every((id, index) => id === right[index]);
}
