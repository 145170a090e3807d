/** Folders of instances that were filled on a host before they were asked for, along with that of another instance. */
import type { Agent } from './agent.ts';
import type { OtherInstance } from './install-remote.ts';
import type { RecipeToSend } from './remote-recipe.ts';

export interface FilledFolders {
    readonly add: (agent: Agent, others: readonly OtherInstance[]) => void;
    readonly has: (instance: string) => boolean;
    /** Whether the folder has this recipe and nothing else; whoever asks has it to himself from then on. */
    readonly take: (instance: string, recipe: RecipeToSend) => boolean;
    readonly drop: (instance: string) => void;
}

/** As long as the channel that filled a folder is open, its host is the one it was: a host that was made again has no such channel. */
export function createFilledFolders(): FilledFolders {
    const filled = new Map<string, { readonly agent: Agent; readonly recipe: RecipeToSend }>();
    return {
        add: (agent, others) => {
            for (const { instance, recipe } of others) filled.set(instance, { agent, recipe });
        },
        has: (instance) => filled.get(instance)?.agent.isOpen() === true,
        take: (instance, recipe) => {
            const known = filled.get(instance);
            filled.delete(instance);
            return known?.recipe === recipe && known.agent.isOpen();
        },
        drop: (instance) => void filled.delete(instance),
    };
}

/** Most files that are made by one request: their names are words of one command. */
const MOST_FILES = 500;

/** As many of them, from the first, as one request can be about. */
export function withinSize(others: readonly OtherInstance[]): readonly OtherInstance[] {
    let left = MOST_FILES;
    return others.filter(({ recipe }) => (left -= recipe.files.length + 1) >= 0);
}
