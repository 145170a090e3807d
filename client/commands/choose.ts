/** Which application or deployment a command is about: what it was given, what is in front of the user, the only one there is, or the one picked. */
import * as vscode from 'vscode';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import { deploymentEntry } from '../deployments/tree-entries.ts';
import type { TreeElement } from '../deployments/tree-element.ts';
import type { ModelAnswer } from '../../server/protocol.ts';
import { orderByMemory, parseChoiceMemory, rememberChoice, type Choosable } from '../ui/choice.ts';
import { deedWord } from '../ui/deed-words.ts';
import { CANCELLED, done, failed, type Outcome } from '../ui/outcome.ts';
import type { CommandContext } from './command.ts';
import { parseTarget, targetDeployment } from './target.ts';

/** An application as the language server understands it, unsaved changes included. */
export type LoadedApplication = Extract<ModelAnswer, { kind: 'model' }>;

/** The application a command is about. `purpose` is the title of the question when there are several. */
export async function chooseApplication(
    ctx: CommandContext,
    argument: unknown,
    purpose: string,
    signal: AbortSignal,
): Promise<Outcome<LoadedApplication>> {
    for (const uri of candidates(ctx, argument)) {
        const answer = await ctx.language.model(uri, signal);
        if (answer.kind !== 'done') return answer;
        if (answer.value.kind === 'model') return done(answer.value);
    }
    const picked = await pickApplication(ctx, purpose, signal);
    return picked.kind === 'done' ? loadApplication(ctx, vscode.Uri.parse(picked.value), signal) : picked;
}

/** The application of a file or directory. */
export async function loadApplication(
    ctx: Pick<CommandContext, 'language'>,
    uri: vscode.Uri,
    signal: AbortSignal,
): Promise<Outcome<LoadedApplication>> {
    const answer = await ctx.language.model(uri, signal);
    if (answer.kind !== 'done') return answer;
    return answer.value.kind === 'model' ? done(answer.value) : failed({ kind: 'noApplication' });
}

/** The deployment a command is about, among those it can do something with. `nothing` names the deed for when there is none. */
export async function chooseDeployment(
    ctx: CommandContext,
    argument: unknown,
    usable: (view: DeploymentView) => boolean,
    deed: string,
): Promise<Outcome<DeploymentView>> {
    const id = targetDeployment(argument);
    const given = id === undefined ? undefined : ctx.deployments.find(id);
    if (given !== undefined) return done(given);
    const views = ctx.deployments.list().filter(usable);
    const first = views[0];
    if (first === undefined) return failed({ kind: 'nothingToDo', deed });
    if (views.length === 1) return done(first);
    const items = views.map((view) => ({ id: view.id, view, ...itemOf(view) }));
    const title = vscode.l10n.t('Choose the deployment to {0}', deedWord(deed));
    const picked = await pick(ctx.memory, 'roboconf.choice.deployment', items, title);
    return picked === undefined ? CANCELLED : done(picked.view);
}

function itemOf(view: DeploymentView): vscode.QuickPickItem {
    const { label, description } = deploymentEntry(view, Date.now());
    return { label, description, detail: view.key.directory };
}

function candidates(ctx: CommandContext, argument: unknown): readonly vscode.Uri[] {
    const target = parseTarget(argument);
    if (target.kind === 'file') return [target.uri];
    if (target.kind === 'element') {
        const directory = directoryOf(ctx, target.element);
        return directory === undefined ? [] : [vscode.Uri.file(directory)];
    }
    const edited = vscode.window.activeTextEditor?.document.uri;
    const inFront = ctx.graphs.activeDirectory() ?? (edited?.scheme === 'file' ? edited : undefined);
    return inFront === undefined ? [] : [inFront];
}

/** The application an entry of the view belongs to; undefined when its deployment has left the list. */
export function directoryOf(
    { deployments }: Pick<CommandContext, 'deployments'>,
    element: TreeElement,
): string | undefined {
    if (element.kind === 'application' || element.kind === 'history') return element.directory;
    return deployments.find(element.deployment)?.key.directory;
}

async function pickApplication(ctx: CommandContext, purpose: string, signal: AbortSignal): Promise<Outcome<string>> {
    const answer = await ctx.language.applications(signal);
    if (answer.kind !== 'done') return answer;
    const first = answer.value[0];
    if (first === undefined) return failed({ kind: 'noApplication' });
    if (answer.value.length === 1) return done(first.uri);
    const items = answer.value.map(({ uri, name, directory }) => ({
        id: uri,
        label: name,
        description: vscode.workspace.asRelativePath(directory),
    }));
    const picked = await pick(ctx.memory, 'roboconf.choice.application', items, purpose);
    return picked === undefined ? CANCELLED : done(picked.id);
}

async function pick<Item extends Choosable & vscode.QuickPickItem>(
    memory: vscode.Memento,
    key: string,
    items: readonly Item[],
    title: string,
): Promise<Item | undefined> {
    const known = parseChoiceMemory(memory.get(key));
    const picked = await vscode.window.showQuickPick(orderByMemory(items, known), { title, matchOnDescription: true });
    if (picked !== undefined) await memory.update(key, rememberChoice(known, picked.id));
    return picked;
}
