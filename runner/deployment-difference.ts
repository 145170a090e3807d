/**
 * What differs between a deployment and the model and recipe files it is asked to have, for people and under a name by which it can be
 * accepted. Places and comments never count.
 */
import { hash } from 'node:crypto';
import { join } from 'node:path';
import type { ApplicationModel } from '../language/index.ts';
import { transitionsTo, type Transition } from './core/difference.ts';
import type { State } from './core/state.ts';
import type { Recipes } from './core/topology.ts';
import { differingFiles, recipeFingerprint } from './local/recipe-files.ts';
import { meaningOf, otherDifferences, type Asked } from './model-difference.ts';
import type { DeploymentDifference, DeploymentKey, InstanceChange } from './protocol.ts';
import type { DeploymentPaths } from './state-directory.ts';

/** Where the recipes of an application and their copies are. */
export interface RecipePlaces {
    readonly key: DeploymentKey;
    readonly paths: Pick<DeploymentPaths, 'recipes'>;
}

/** A difference with the recipes it was made from, by content. */
export interface MadeDifference {
    readonly difference: DeploymentDifference;
    readonly recipes: Recipes;
}

const FILES_NAMED = 3;

/** Reads the recipe directories as they are at this moment. */
export function differenceTo(state: State, model: ApplicationModel, places: RecipePlaces): MadeDifference {
    const recipes = recipesOf(model, places);
    return { difference: differenceOf(state, { model, recipes }, createFilesOf(places)), recipes };
}

/** The difference to a model with recipes; `filesOf` says which files of a recipe differ, as clauses. */
function differenceOf(
    state: State,
    { model, recipes }: Asked,
    filesOf: (transition: Transition) => readonly string[],
): DeploymentDifference {
    const changes = transitionsTo(state, model, recipes).flatMap((transition): readonly InstanceChange[] => {
        const { path, kind, reasons } = transition;
        return reasons === null ? [] : [{ path, kind, reasons: [...reasons, ...filesOf(transition)] }];
    });
    const others = otherDifferences(state.topology, { model, recipes }, new Set(changes.map(({ path }) => path)));
    const { model: before, recipes: recipesBefore } = state.topology;
    const meaning = [meaningOf(before), recipesBefore, meaningOf(model), recipes, changes, others];
    const fingerprint = hash('sha256', JSON.stringify(meaning), 'hex').slice(0, 24);
    return { fingerprint, changes, others };
}

/** Whether there is nothing to accept. */
export function isEmptyDifference({ changes, others }: DeploymentDifference): boolean {
    return changes.length === 0 && others.length === 0;
}

function recipesOf(model: ApplicationModel, { key }: RecipePlaces): Recipes {
    const found = model.components.flatMap(({ name, recipeDirectory }) => {
        const fingerprint = recipeDirectory === null ? null : recipeFingerprint(join(key.directory, recipeDirectory));
        return fingerprint === null ? [] : [[name, fingerprint] as const];
    });
    return Object.fromEntries(found);
}

/** Which files differ, as a clause; instances of one component have one answer. */
function createFilesOf({ key, paths }: RecipePlaces): (transition: Transition) => readonly string[] {
    const known = new Map<string, readonly string[]>();
    return ({ otherRecipe }) => {
        if (otherRecipe === null) return [];
        const { before, component } = otherRecipe;
        const cached = `${component.name} ${before ?? ''}`;
        const directory = component.recipeDirectory;
        const clause = known.get(cached) ?? [
            recipeClause(
                component.name,
                differingFiles(
                    before === null ? null : join(paths.recipes, before),
                    directory === null ? null : join(key.directory, directory),
                ),
            ),
        ];
        known.set(cached, clause);
        return clause;
    };
}

function recipeClause(component: string, files: readonly string[]): string {
    const more = files.length > FILES_NAMED ? ` and ${files.length - FILES_NAMED} more` : '';
    const named = files.length === 0 ? '' : ` (${files.slice(0, FILES_NAMED).join(', ')}${more})`;
    return `the recipe of ${component} was changed${named}`;
}
