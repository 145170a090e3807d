/** What tells a reusable recipe from an application (reference: language, sections 0 and 9). */
import type { FileSystem } from '../file-system.ts';
import { DESCRIPTOR_FILE } from './descriptor.ts';
import { mavenProjectOf } from './maven.ts';
import { joinPath } from './paths.ts';
import { projectIn } from './project.ts';

/** Without descriptor and without files below `instances/`; or called a recipe by its Maven project. */
export function isRecipeProject(fileSystem: FileSystem, directory: string): boolean {
    if (mavenProjectOf(fileSystem, directory)?.isRecipe === true) return true;
    if (fileSystem.read(joinPath(directory, DESCRIPTOR_FILE)) !== undefined) return false;
    return projectIn(fileSystem, directory).filesBelow('instances').length === 0;
}
