/** Commands that play a simulation: pause, step, speed, end, restart. They run no recipe and work in every workspace. */
import * as vscode from 'vscode';
import type { SimulationControl } from '../../media/protocol.ts';
import { realDirectory } from '../language/directories.ts';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { parseTarget, targetDeployment } from './target.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function simulationCommands(ctx: CommandContext): CommandTable {
    const play = (control: Exclude<SimulationControl, 'restart'>) => (argument: unknown) =>
        Promise.resolve(obey(ctx, argument, control));
    return {
        'simulation.pause': play('pause'),
        'simulation.continue': play('continue'),
        'simulation.step': play('step'),
        'simulation.slower': play('slower'),
        'simulation.faster': play('faster'),
        'simulation.end': play('end'),
        'simulation.restart': (argument) => restart(ctx, argument),
    };
}

function obey(
    ctx: CommandContext,
    argument: unknown,
    control: Exclude<SimulationControl, 'restart'>,
): Outcome<unknown> {
    const id = simulationOf(ctx, argument);
    if (id === undefined) return failed({ kind: 'nothingToDo', deed: 'simulate' });
    ctx.simulations.control(id, control);
    return DONE;
}

/** Another simulation takes the place of the one that is shown. */
async function restart(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const id = simulationOf(ctx, argument);
    const view = id === undefined ? undefined : ctx.deployments.find(id);
    if (id === undefined || view === undefined) return failed({ kind: 'nothingToDo', deed: 'simulate' });
    await ctx.deployments.remove(id);
    await vscode.commands.executeCommand('roboconf.simulate', vscode.Uri.file(view.key.directory));
    return DONE;
}

/** The one that is named, else that of the application in front, else the last one. */
function simulationOf(ctx: CommandContext, argument: unknown): string | undefined {
    const named = targetDeployment(argument);
    if (named !== undefined) return named;
    const target = parseTarget(argument);
    const directory = target.kind === 'file' ? target.uri : ctx.graphs.activeDirectory();
    return ctx.simulations.latest(directory === undefined ? null : realDirectory(directory.fsPath));
}
