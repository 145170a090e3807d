/** Recipes of components (reference: language, sections 4.6, 8 and 9). The resolved installer counts, so that heirs are checked like others. */
import type { TypeDeclaration } from '../model/declarations.ts';
import { checkTargetFiles, type MachineRecipe } from '../targets/check-target-directories.ts';
import { checkInstructions } from './instructions.ts';
import { checkPuppetRecipe } from './puppet-recipes.ts';
import { checkRecipeProperties } from './recipe-properties.ts';
import { placeOf, type Scope } from './scope.ts';
import { checkScriptRecipe } from './script-recipes.ts';

/** PROJ_NO_RESOURCE_DIRECTORY, REC_ and X_ codes of all components and of target files. Shared recipe directories are read once. */
export function checkRecipes(scope: Scope): void {
    const machines = new Map<string, MachineRecipe>();
    const directories = new Set<string>();
    const seen = new Set<string>();
    const plainFiles = new Set(scope.analysis.project.filesIn('graph'));
    for (const [name, type] of scope.analysis.files.graph.components) {
        const directory = scope.analysis.recipeDirectoryOf(name);
        if (directory === null) reportNoRecipe(scope, type, plainFiles);
        else {
            checkRecipe(scope, type, { directory, machines, seen });
            directories.add(directory);
        }
    }
    for (const directory of directories) checkRecipeProperties(scope, directory);
    checkTargetFiles(scope, [...machines.values()]);
}

/** A file called like the component stands where its recipe is looked for: the original takes it for one. */
function reportNoRecipe(scope: Scope, type: TypeDeclaration, plainFiles: ReadonlySet<string>): void {
    const { files } = scope.analysis;
    const name = type.name.text;
    const plain = files.graph.lineageOf(name).find((each) => plainFiles.has(each));
    const details = { COMPONENT: name };
    if (plain !== undefined) {
        const message = `'graph/${plain}' is a file: the recipe of the component '${name}' must be a directory.`;
        return scope.report.add('X_RECIPE_NOT_A_DIRECTORY', placeOf(type), message, {
            details: { ...details, FILE: `graph/${plain}` },
        });
    }
    const message = `The component '${name}' has no recipe: create the directory 'graph/${name}'.`;
    scope.report.add('PROJ_NO_RESOURCE_DIRECTORY', placeOf(type), message, { details });
}

interface RecipeOfComponent {
    readonly directory: string;
    readonly machines: Map<string, MachineRecipe>;
    /** Directories with the installers they were looked at for: facts about a directory itself are said once. */
    readonly seen: Set<string>;
}

function checkRecipe(scope: Scope, type: TypeDeclaration, { directory, machines, seen }: RecipeOfComponent): void {
    const name = type.name.text;
    const { files } = scope.analysis;
    const place = (type.installer ?? type.name).range;
    const installer = files.installerOf(name)?.toLowerCase();
    const use = `${installer ?? ''} ${directory}`;
    const isFirst = !seen.has(use);
    seen.add(use);
    switch (installer) {
        case 'script':
            return checkScriptRecipe(scope, { component: name, directory, place, isFirst });
        case 'puppet':
            return checkPuppetRecipe(scope, type, directory);
        case 'file':
            if (isFirst) checkInstructions(scope, { component: name, directory, place });
            return;
        case 'target': {
            const isNested = files.containment.ancestorsOf(name).length > 0;
            if (!machines.has(directory)) machines.set(directory, { directory, component: type.name, place, isNested });
            return;
        }
        case undefined:
        default:
    }
}
