/** Commands about what the window shows: outputs, the list of deployments, the language server. */
import * as vscode from 'vscode';
import { chooseDeployment } from './choose.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { targetDeployment, targetPaths } from './target.ts';
import { DEPLOYMENTS_VIEW } from '../deployments/deployments-view.ts';
import { isRemovable } from '../deployments/tree-entries.ts';
import { parseElement } from '../deployments/tree-element.ts';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function windowCommands(ctx: CommandContext): CommandTable {
    return {
        showOutput: (argument) => showOutput(ctx, argument),
        showDeployments: async (argument) => {
            await vscode.commands.executeCommand(`${DEPLOYMENTS_VIEW}.focus`);
            const element = parseElement(argument);
            if (element !== undefined) await ctx.view.reveal(element);
            return DONE;
        },
        remove: async (argument) => {
            const chosen = await chooseDeployment(ctx, argument, isRemovable, 'remove');
            if (chosen.kind !== 'done') return chosen;
            if (!isRemovable(chosen.value))
                return failed({ kind: 'stillDeployed', deployment: chosen.value.key.deployment });
            await ctx.deployments.remove(chosen.value.id);
            return DONE;
        },
        refresh: async (_argument, signal) => {
            await ctx.rescan(signal);
            await ctx.targets.refresh();
            return DONE;
        },
        restartServer: async () => {
            await ctx.language.restart();
            const state = ctx.language.state();
            return state.kind === 'failed' ? failed({ kind: 'serverFailed', message: state.message }) : DONE;
        },
    };
}

/** Without an argument: the deployment something happened to last, else the extension's own log. Of a past step: its own output alone. */
async function showOutput({ deployments, output, log }: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const step = parseElement(argument);
    if (step?.kind === 'step' && (await output.showStep(step))) return DONE;
    const id = targetDeployment(argument);
    const given = id === undefined ? undefined : deployments.find(id);
    // What left the list took its output along; that of another deployment would be taken for it.
    if (id !== undefined && given === undefined) return failed({ kind: 'nothingToDo', deed: 'open' });
    const latest = deployments.list().toSorted((left, right) => right.changedAt - left.changedAt)[0];
    const shown = given ?? latest;
    if (shown === undefined) log.show();
    else output.show(shown, given === undefined ? [] : targetPaths(argument));
    return DONE;
}
