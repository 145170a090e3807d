/** Commands that bring a person to an application that works. They write files and run nothing, so they need no trust. */
import type { CommandContext, CommandTable } from '../commands/command.ts';
import { createRecipeFolders } from './create-recipes.ts';
import { newApplication } from './new-application.ts';
import { openSample } from './open-sample.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function onboardingCommands(ctx: CommandContext): CommandTable {
    return {
        newApplication: (argument, signal) => newApplication(ctx, argument, signal),
        createRecipeFolders: (argument, signal) => createRecipeFolders(ctx, argument, signal),
        openSample: () => openSample(ctx),
    };
}
