/** Every command of the extension under its id, inside the error boundary. */
import * as vscode from 'vscode';
import type { Boundary } from '../ui/boundary.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { onboardingCommands } from '../onboarding/onboarding-commands.ts';
import { graphCommands } from './graph-commands.ts';
import { hostCommands } from './host-commands.ts';
import { targetCommands } from './target-commands.ts';
import { deployCommands } from './deploy-commands.ts';
import { modelCommands } from './model-commands.ts';
import { recipeCommands } from './recipe-commands.ts';
import { runCommands } from './run-commands.ts';
import { simulationCommands } from './simulation-commands.ts';
import { serveRunPage, timelineCommands } from './timeline-commands.ts';
import { windowCommands } from './window-commands.ts';

/** Handlers by id without the prefix `roboconf.`: exactly the commands package.json declares. */
export function allCommands(ctx: CommandContext): CommandTable {
    return {
        ...graphCommands(ctx),
        ...hostCommands(ctx),
        ...targetCommands(ctx),
        ...deployCommands(ctx),
        ...modelCommands(ctx),
        ...onboardingCommands(ctx),
        ...recipeCommands(ctx),
        ...runCommands(ctx),
        ...simulationCommands(ctx),
        ...timelineCommands(ctx),
        ...windowCommands(ctx),
    };
}

/** Registers them. Disposing takes them back and gives up what they wait for; deployments go on. */
export function registerCommands(ctx: CommandContext, boundary: Boundary): vscode.Disposable {
    const store = createDisposableStore();
    const controller = new AbortController();
    for (const [name, command] of Object.entries(allCommands(ctx))) {
        const run = (argument: unknown) => boundary.run(name, () => command(argument, controller.signal));
        store.add(vscode.commands.registerCommand(`roboconf.${name}`, run));
    }
    ctx.runs.serve((run, deed) => serveRunPage(ctx, run, deed));
    store.add({ dispose: () => controller.abort() });
    return store;
}
