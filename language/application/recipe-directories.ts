/** Where the recipe of a component is (reference: language, section 1). */
import type { TypeGraph } from '../model/type-graph.ts';
import { memo } from '../model/type-graph.ts';
import type { Project } from './project.ts';

/** The first directory `graph/<name>` of a component or of what it extends; null when there is none. A plain file does not count. */
export function recipeDirectoriesIn(project: Project, graph: TypeGraph): (component: string) => string | null {
    const names = new Set(project.directoriesIn('graph'));
    const find = memo((component: string) => {
        const name = graph.lineageOf(component).find((candidate) => names.has(candidate));
        return { directory: name === undefined ? null : `graph/${name}` };
    });
    return (component) => find(component).directory;
}
