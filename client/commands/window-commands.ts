/** Commands about what the window shows: outputs, the list of deployments, the language server. */
import { chooseDeployment } from './choose.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { parseTarget } from './target.ts';
import { deploymentEntry } from '../deployments/tree-entries.ts';
import { DONE, failed } from '../ui/outcome.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function windowCommands(ctx: CommandContext): CommandTable {
    return {
        showOutput: async (argument) => {
            await showOutput(ctx, argument);
            return DONE;
        },
        remove: async (argument) => {
            const isRemovable = (view: Parameters<typeof deploymentEntry>[0]) =>
                deploymentEntry(view).flags.includes(';removable;');
            const chosen = await chooseDeployment(ctx, argument, isRemovable, 'remove');
            if (chosen.kind !== 'done') return chosen;
            if (!isRemovable(chosen.value))
                return failed({ kind: 'stillDeployed', deployment: chosen.value.key.deployment });
            await ctx.deployments.remove(chosen.value.id);
            return DONE;
        },
        refresh: async (_argument, signal) => {
            await ctx.rescan(signal);
            return DONE;
        },
        restartServer: async () => {
            await ctx.language.restart();
            const state = ctx.language.state();
            return state.kind === 'failed' ? failed({ kind: 'serverFailed', message: state.message }) : DONE;
        },
    };
}

/** Without an argument: the deployment something happened to last, else the extension's own log. */
async function showOutput({ deployments, output, log }: CommandContext, argument: unknown): Promise<void> {
    const target = parseTarget(argument);
    const given = target.kind === 'element' ? deployments.find(target.element.deployment) : undefined;
    const latest = deployments.list().toSorted((left, right) => right.changedAt - left.changedAt)[0];
    const shown = given ?? latest;
    if (shown === undefined) log.show();
    else await output.show(shown);
}
