/** Commands of the Targets view that connect to nothing: making, opening and choosing targets, their secrets, and who uses them. */
import * as vscode from 'vscode';
import { deploymentId } from '../deployments/deployment-view.ts';
import type { PoolHolder } from '../../runner/index.ts';
import { chooseTarget as chooseForPlace } from '../settings.ts';
import { choiceWordOf } from '../targets/application-targets.ts';
import { newTarget } from '../targets/new-target.ts';
import { parseTargetElement } from '../targets/target-element.ts';
import { TARGETS_VIEW } from '../targets/targets-view.ts';
import { CANCELLED, DONE, failed, type Outcome } from '../ui/outcome.ts';
import { chooseTarget, type ChosenTarget } from './choose-target.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { openLine } from './open.ts';
import { askSecret } from './secrets.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function targetCommands(ctx: CommandContext): CommandTable {
    return {
        showTargets: async (argument) => {
            await vscode.commands.executeCommand(`${TARGETS_VIEW}.focus`);
            const element = parseTargetElement(argument);
            if (element !== undefined) await ctx.targetsView.reveal(element);
            return DONE;
        },
        newTarget: (argument, signal) => newTarget(ctx, argument, signal),
        openTarget: (argument) => openTarget(ctx, argument),
        showTargetUsage: (argument) => showTargetUsage(ctx, argument),
        useTarget: (argument) => useTarget(ctx, argument),
        setSecret: (argument, signal) => setSecret(ctx, argument, signal),
        forgetSecret: (argument) => forgetSecret(ctx, argument),
    };
}

async function openTarget(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const chosen = await chooseTarget(ctx, argument, vscode.l10n.t('Choose the target to open'), () => true);
    if (chosen.kind !== 'done') return chosen;
    await openLine(vscode.Uri.file(chosen.value.target.source.file), undefined);
    return DONE;
}

/** Leads to the machine that has a host, or has one of a target. */
async function showTargetUsage(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const title = vscode.l10n.t('Choose the target whose machines are shown');
    const chosen = await chooseTarget(ctx, argument, title, ({ hosts }) => hosts.some(({ holder }) => holder !== null));
    if (chosen.kind !== 'done') return chosen;
    const { target, host } = chosen.value;
    const held = (host === null ? target.hosts : [host]).flatMap(({ address, holder }) =>
        holder?.deployment === null || holder === null ? [] : [{ address, holder }],
    );
    const [first] = held;
    if (first === undefined)
        return failed({ kind: 'targetUnused', target: host?.address ?? target.source.id ?? target.source.name });
    const items = held.map(({ address, holder }) => {
        return { label: holder.path, description: address, detail: holder.deployment?.deployment ?? '', holder };
    });
    const picked = held.length === 1 ? first : await vscode.window.showQuickPick(items, { title });
    if (picked === undefined) return CANCELLED;
    await revealMachine(ctx, picked.holder);
    return DONE;
}

async function revealMachine({ view }: CommandContext, { path, deployment }: PoolHolder): Promise<void> {
    if (deployment === null) return;
    await vscode.commands.executeCommand('roboconf.deployments.focus');
    await view.reveal({ kind: 'instance', deployment: deploymentId(deployment), path });
}

interface PlaceItem extends vscode.QuickPickItem {
    /** Empty = the whole application; undefined = a heading. */
    readonly place: string | undefined;
}

/** Chooses what the target makes machines for, in the settings of the folder; chosen again for a place it has already, it is taken back. */
async function useTarget(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const chosen = await chooseTarget(
        ctx,
        argument,
        vscode.l10n.t('Choose the target to use'),
        ({ source }) => source.id !== null,
    );
    if (chosen.kind !== 'done') return chosen;
    const { application, target } = chosen.value;
    const title = vscode.l10n.t('Use {0} for', target.source.id ?? target.source.name);
    const picked = await vscode.window.showQuickPick(placeItems(chosen.value), { title, matchOnDescription: true });
    if (picked?.place === undefined) return CANCELLED;
    const { place } = picked;
    const word = isChosenFor(chosen.value, place) ? null : choiceWordOf(target.source, application.sources);
    await chooseForPlace(vscode.Uri.parse(application.directoryUri), place, word);
    await ctx.targets.refresh();
    return DONE;
}

function isChosenFor({ application, target }: ChosenTarget, place: string): boolean {
    const choice = application.choices.find((each) => each.place === place);
    return choice !== undefined && (choice.target === target.source.id || choice.target === target.source.file);
}

function placeItems(chosen: ChosenTarget): readonly PlaceItem[] {
    const { uses } = chosen.application.association;
    const components = [...new Set(uses.map(({ component }) => component))];
    const item = (label: string, place: string, description: string): PlaceItem => {
        const isChosen = isChosenFor(chosen, place);
        const row = { label: isChosen ? `$(check) ${label}` : label, description, place };
        return isChosen ? { ...row, detail: vscode.l10n.t('Chosen: choose it again to take that back') } : row;
    };
    const separator = (label: string): PlaceItem => {
        return { label, kind: vscode.QuickPickItemKind.Separator, place: undefined };
    };
    return [
        item(vscode.l10n.t('The whole application'), '', chosen.application.name),
        separator(vscode.l10n.t('Components')),
        ...components.map((component) => item(component, component, vscode.l10n.t('all its machines'))),
        separator(vscode.l10n.t('Instances')),
        ...uses.map(({ path, component, source }) =>
            item(path, path, `${component} · ${source?.id ?? vscode.l10n.t('This machine')}`),
        ),
    ];
}

async function setSecret(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const title = vscode.l10n.t('Choose the target whose secret is set');
    const chosen = await chooseTarget(ctx, argument, title, ({ secrets }) => secrets.length > 0);
    if (chosen.kind !== 'done') return chosen;
    const { application, target } = chosen.value;
    const name = await pickSecret(target.secrets, title);
    if (name === undefined) return target.secrets.length === 0 ? failed({ kind: 'noSecret' }) : CANCELLED;
    const kept = await askSecret(ctx.secrets, application.directory, name, signal);
    if (kept.kind === 'done') await ctx.targets.refresh();
    return kept;
}

async function forgetSecret(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const title = vscode.l10n.t('Choose the target whose secret is forgotten');
    const chosen = await chooseTarget(ctx, argument, title, ({ secrets }) => secrets.length > 0);
    if (chosen.kind !== 'done') return chosen;
    const { application, target } = chosen.value;
    const kept: string[] = [];
    for (const name of target.secrets) if (await ctx.secrets.has(application.directory, name)) kept.push(name);
    if (kept.length === 0) return failed({ kind: 'nothingToDo', deed: 'forget' });
    const name = await pickSecret(kept, vscode.l10n.t('Choose the secret to forget'));
    if (name === undefined) return CANCELLED;
    await ctx.secrets.forget(application.directory, name);
    await ctx.targets.refresh();
    return DONE;
}

async function pickSecret(names: readonly string[], title: string): Promise<string | undefined> {
    return names.length <= 1 ? names[0] : vscode.window.showQuickPick(names, { title });
}
