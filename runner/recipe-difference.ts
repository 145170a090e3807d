/** Which recipes differ from those a deployment was begun with. Its instances keep running the copies taken then. */
import { join } from 'node:path';
import { recipeFingerprint } from './local/recipe-files.ts';
import type { DeploymentOpened } from './journal/record.ts';

/** One line per component whose recipe directory has other content than its copy; empty when all are as they were. */
export function recipeDifferences({ key, model, recipes }: DeploymentOpened): readonly string[] {
    const changed = model.components.filter(({ name, recipeDirectory }) => {
        const found = recipeDirectory === null ? null : recipeFingerprint(join(key.directory, recipeDirectory));
        return found !== (recipes[name] ?? null);
    });
    return changed.map(
        ({ name, recipeDirectory }) => `the recipe of ${name} was changed (${recipeDirectory ?? 'none'})`,
    );
}
