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
import type { DeploymentTargets } from './targets/target.ts';
import { withTargetChanges } from './targets/target-difference.ts';

/** Where the recipes of an application are, and the copies of them and of targets. */
export interface RecipePlaces {
    readonly key: DeploymentKey;
    readonly paths: Pick<DeploymentPaths, 'recipes' | 'targets'>;
}

/** What a deployment is asked to have. */
export interface WantedDeployment {
    readonly model: ApplicationModel;
    /** Absent = as before. */
    readonly targets?: DeploymentTargets | undefined;
}

/** A difference with the recipes it was made from, by content. */
export interface MadeDifference {
    readonly difference: DeploymentDifference;
    readonly recipes: Recipes;
}

const FILES_NAMED = 3;

/** Reads the recipe directories as they are at this moment. */
export function differenceTo(state: State, { model, targets }: WantedDeployment, places: RecipePlaces): MadeDifference {
    const recipes = recipesOf(model, places);
    const paths = model.instances.map(({ path }) => path);
    const withTargets = (changes: readonly InstanceChange[]): readonly InstanceChange[] =>
        targets === undefined
            ? changes
            : withTargetChanges(changes, state, { targets, copies: places.paths.targets }, paths);
    const told = { filesOf: createFilesOf(places), withTargets };
    return { difference: differenceOf(state, { model, recipes }, told), recipes };
}

/** What is told beside the differences of the models. */
interface Told {
    /** Which files of a recipe differ, as clauses. */
    readonly filesOf: (transition: Transition) => readonly string[];
    readonly withTargets: (changes: readonly InstanceChange[]) => readonly InstanceChange[];
}

function differenceOf(state: State, { model, recipes }: Asked, { filesOf, withTargets }: Told): DeploymentDifference {
    const inModel = transitionsTo(state, model, recipes).flatMap((transition): readonly InstanceChange[] => {
        const { path, kind, reasons } = transition;
        return reasons === null ? [] : [{ path, kind, reasons: [...reasons, ...filesOf(transition)] }];
    });
    const changes = withTargets(inModel);
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
        const fingerprint =
            recipeDirectory === null ? null : recipeFingerprint(join(key.directory, recipeDirectory), key.directory);
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
