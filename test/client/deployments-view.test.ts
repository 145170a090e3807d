import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TreeDataProvider, TreeItem } from 'vscode';
import type { DeploymentView } from '../../client/deployments/deployment-view.ts';
import { createDeploymentsView } from '../../client/deployments/deployments-view.ts';
import type { Deployments } from '../../client/deployments/deployments.ts';
import type { TreeElement } from '../../client/deployments/tree-element.ts';
import { createEmitter } from '../../client/ui/emitter.ts';
import { EXIT_3, instanceAt, snapshotOf, startedAt, viewOf } from './support/snapshots.ts';
import { editor } from './support/vscode.ts';

beforeEach(() => {
    editor.reset();
    vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

function scene(first: DeploymentView) {
    const changes = createEmitter<void>();
    let views = [first];
    const nothing = { list: () => [], all: () => new Map(), onChange: () => ({ dispose: () => undefined }) };
    // Only what the view reads is here.
    const deployments = { list: () => views, onChange: changes.listen } as unknown as Deployments;
    const view = createDeploymentsView({
        deployments,
        applications: nothing,
        histories: nothing,
        recordedTargets: nothing,
        now: () => 0,
    });
    // The stub keeps what the view registered.
    const provider = editor.trees[0] as TreeDataProvider<TreeElement>;
    const fired: unknown[] = [];
    provider.onDidChangeTreeData?.((changed) => void fired.push(changed));
    const become = (next: DeploymentView): void => {
        views = [next];
        changes.emit();
    };
    const childrenOf = (element?: TreeElement) => provider.getChildren(element) as readonly TreeElement[];
    const itemOf = (element: TreeElement) => provider.getTreeItem(element) as TreeItem;
    return { view, provider, fired, become, childrenOf, itemOf };
}

const of = (...instances: Parameters<typeof snapshotOf>[0]) => viewOf(snapshotOf(instances));

test('rows nest, keep their identity, and only what changed is drawn again', async () => {
    const { fired, become, childrenOf, itemOf, view } = scene(of(startedAt('/vm'), instanceAt('/vm/web')));
    const [application] = childrenOf();
    const [deployment] = childrenOf(application);
    const [machine] = childrenOf(deployment);
    const [web] = childrenOf(machine);
    if (web === undefined) throw new Error('the instance is listed');
    expect(itemOf(web)).toMatchObject({
        label: 'web',
        description: 'not deployed',
        contextValue: 'instance;startable;',
    });
    become(of(startedAt('/vm'), instanceAt('/vm/web', { status: 'UNRESOLVED', missing: ['Store'] })));
    await vi.advanceTimersByTimeAsync(250);
    expect(fired).toEqual([[web]]);
    expect((fired[0] as readonly unknown[])[0]).toBe(web);
    expect(itemOf(web).description).toBe('waiting for Store');
    view.dispose();
});

test('a tooltip is made when somebody looks, and its links call commands with the row', async () => {
    const failed = instanceAt('/a (1)', { failure: EXIT_3, desired: 'DEPLOYED_STARTED', status: 'DEPLOYED_STOPPED' });
    const { childrenOf, itemOf, provider, view } = scene(of(failed));
    const [instance] = childrenOf(childrenOf(childrenOf()[0])[0]);
    if (instance === undefined) throw new Error('the instance is listed');
    const item = itemOf(instance);
    expect(item.tooltip).toBeUndefined();
    await provider.resolveTreeItem?.(item, instance, {} as never);
    const { value } = item.tooltip as { readonly value: string };
    expect(value).toContain('bind: address in use');
    const [, given = ''] = /command:roboconf\.retry\?([^)]*)\)/.exec(value) ?? [];
    expect(JSON.parse(decodeURIComponent(given))).toEqual([instance]);
    view.dispose();
});

test('the details of a failure lead to the recipe and to the output', () => {
    const failed = instanceAt('/a', { failure: EXIT_3, desired: 'DEPLOYED_STARTED', status: 'DEPLOYED_STOPPED' });
    const { childrenOf, itemOf, view } = scene(of(failed));
    const details = childrenOf(childrenOf(childrenOf(childrenOf()[0])[0])[0]);
    expect(details.map((detail) => itemOf(detail).command?.command)).toEqual([
        'roboconf.showOutput',
        'roboconf.openRecipe',
        'roboconf.showOutput',
    ]);
    view.dispose();
});
