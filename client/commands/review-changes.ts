/** What deploying a changed model would do, shown before it is done: first in numbers, then instance by instance. */
import * as vscode from 'vscode';
import type { ApplicationModel } from '../../language/index.ts';
import type { DeploymentDifference, DeploymentKey, InstanceChange, InstanceChangeKind } from '../../runner/protocol.ts';
import { openRange } from './open.ts';

/** What a review is about. */
export interface ReviewedChange {
    readonly key: DeploymentKey;
    readonly model: ApplicationModel;
    readonly difference: DeploymentDifference;
    /** Draws what would be done over the graph. */
    readonly showPlan: () => void;
}

/** Answers whether the difference is to be applied. */
export async function reviewChanges({ key, model, difference, showPlan }: ReviewedChange): Promise<boolean> {
    const [apply, review] = [vscode.l10n.t('Apply'), vscode.l10n.t('Review Changes…')];
    const plan = vscode.l10n.t('Show Plan');
    const question = vscode.l10n.t('{0} was changed since it was deployed.', key.deployment);
    const detail = [summaryOf(difference), ...difference.others].join('\n');
    const chosen = await vscode.window.showInformationMessage(question, { modal: true, detail }, apply, review, plan);
    // The list stays open beside the picture until it is answered.
    if (chosen === plan) showPlan();
    if (chosen === review || chosen === plan) return reviewOneByOne(key, model, difference);
    return chosen === apply;
}

/** `1 added, 2 restarted. Nothing else is touched.` */
function summaryOf({ changes }: DeploymentDifference): string {
    const counts = KINDS.map((kind) => [kind, changes.filter((change) => change.kind === kind).length] as const);
    const parts = counts.filter(([, count]) => count > 0).map(([kind, count]) => countWords(kind, count));
    return parts.length === 0
        ? vscode.l10n.t('No instance is touched.')
        : vscode.l10n.t('{0}. Everything else goes on as it is.', parts.join(', '));
}

const KINDS: readonly InstanceChangeKind[] = ['added', 'removed', 'replaced', 'reinstalled', 'restarted', 'noted'];

function countWords(kind: InstanceChangeKind, count: number): string {
    switch (kind) {
        case 'added':
            return vscode.l10n.t('{0} added', count);
        case 'removed':
            return vscode.l10n.t('{0} removed', count);
        case 'replaced':
            return vscode.l10n.t('{0} replaced', count);
        case 'reinstalled':
            return vscode.l10n.t('{0} reinstalled', count);
        case 'restarted':
            return vscode.l10n.t('{0} restarted', count);
        case 'noted':
            return vscode.l10n.t('{0} noted', count);
        default:
            return kind satisfies never;
    }
}

const ICONS: Readonly<Record<InstanceChangeKind, string>> = {
    added: 'diff-added',
    removed: 'diff-removed',
    replaced: 'arrow-swap',
    reinstalled: 'package',
    restarted: 'debug-restart',
    noted: 'note',
};

function kindWord(kind: InstanceChangeKind): string {
    switch (kind) {
        case 'added':
            return vscode.l10n.t('added');
        case 'removed':
            return vscode.l10n.t('removed');
        case 'replaced':
            return vscode.l10n.t('replaced');
        case 'reinstalled':
            return vscode.l10n.t('reinstalled');
        case 'restarted':
            return vscode.l10n.t('restarted');
        case 'noted':
            return vscode.l10n.t('noted');
        default:
            return kind satisfies never;
    }
}

interface ReviewItem extends vscode.QuickPickItem {
    readonly does:
        { readonly kind: 'apply' } | { readonly kind: 'show'; readonly path: string } | { readonly kind: 'nothing' };
}

/** The rows of the review: the deed first, then each change with its reasons. */
function reviewItems({ changes, others }: DeploymentDifference): readonly ReviewItem[] {
    const deed: ReviewItem = { label: `$(check) ${vscode.l10n.t('Apply these changes')}`, does: { kind: 'apply' } };
    return [deed, ...changes.map(changeItem), ...others.map(otherItem)];
}

function changeItem({ path, kind, reasons }: InstanceChange): ReviewItem {
    const does = { kind: 'show', path } as const;
    const item = { label: `$(${ICONS[kind]}) ${path}`, description: kindWord(kind), does };
    return reasons.length === 0 ? item : { ...item, detail: reasons.join('; ') };
}

function otherItem(text: string): ReviewItem {
    return { label: `$(info) ${text}`, does: { kind: 'nothing' } };
}

/** A change that is chosen shows its declaration; the list stays until it is answered. */
function reviewOneByOne(
    { directory, deployment }: DeploymentKey,
    model: ApplicationModel,
    difference: DeploymentDifference,
): Promise<boolean> {
    const pick = vscode.window.createQuickPick<ReviewItem>();
    const end = Promise.withResolvers<boolean>();
    pick.title = vscode.l10n.t('Changes of {0}: {1}', deployment, summaryOf(difference));
    pick.placeholder = vscode.l10n.t('Choose a change to see its declaration');
    pick.items = reviewItems(difference);
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.ignoreFocusOut = true;
    pick.onDidAccept(() => {
        const does = pick.selectedItems[0]?.does ?? { kind: 'nothing' };
        if (does.kind === 'apply') end.resolve(true);
        if (does.kind !== 'show') return;
        const range = model.instances.find(({ path }) => path === does.path)?.range;
        if (range !== undefined) openRange(vscode.Uri.file(directory), range, 'kept').catch(end.reject);
    });
    pick.onDidHide(() => end.resolve(false));
    pick.show();
    return end.promise.finally(() => pick.dispose());
}
