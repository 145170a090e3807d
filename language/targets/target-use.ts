/** Which properties files of an application are targets, and of which components (reference: language, section 8). */
import { baseNameOf, parentOf } from '../application/paths.ts';
import type { Project } from '../application/project.ts';
import type { ResolvedFiles } from '../model/resolve.ts';
import { isTargetFileName, TARGETS_DIRECTORY, type TargetFile } from './target-file.ts';

interface TargetSearch {
    readonly project: Project;
    readonly files: ResolvedFiles;
    readonly recipeDirectoryOf: (component: string) => string | null;
    readonly readTarget: (file: string) => TargetFile | null;
}

/** The target files right in the recipe directories of target components, and right in `targets/`. */
export function targetFilesIn({ project, files, recipeDirectoryOf, readTarget }: TargetSearch): readonly TargetFile[] {
    const machines = [...files.graph.components.keys()].filter((name) => isTargetComponent(files, name));
    const recipes = machines.map(recipeDirectoryOf).filter((directory) => directory !== null);
    return [...new Set([...recipes, TARGETS_DIRECTORY])].flatMap((directory) =>
        project
            .filesIn(directory)
            .filter(isTargetFileName)
            .flatMap((name) => readTarget(`${directory}/${name}`) ?? []),
    );
}

/** Whether instances of a component are machines: the nearest installer along the extended components counts. */
function isTargetComponent(files: ResolvedFiles, component: string): boolean {
    return files.installerOf(component)?.toLowerCase() === 'target';
}

/** Whether a properties file may be a target: not when its directory is the recipe of components that are all no machines. */
export function mayBeTarget(
    { files, recipeDirectoryOf }: Pick<TargetSearch, 'files' | 'recipeDirectoryOf'>,
    file: string,
): boolean {
    if (!isTargetFileName(baseNameOf(file))) return false;
    const directory = parentOf(file);
    const owners = [...files.graph.components.keys()].filter((name) => recipeDirectoryOf(name) === directory);
    return owners.length === 0 || owners.some((name) => isTargetComponent(files, name));
}
