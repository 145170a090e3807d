/** Types of graph files that nothing imports: the likeliest reason for an unknown name. */
import type { Analysis } from '../application/analysis.ts';
import { relativePath } from '../application/paths.ts';

const HEADER = /^[ \t]*(?:facet[ \t]+)?([a-zA-Z_][\w-]*)[ \t]*\{[ \t]*(?:#.*)?\r?$/gim;

/** Answers the file, relative to `graph/`, that declares a type; null when no unreached file does. Files are read when the first name is asked for. */
export function unreachedTypesIn({ project, graph }: Analysis): (type: string) => string | null {
    let files: ReadonlyMap<string, string> | undefined;
    const read = (): ReadonlyMap<string, string> => {
        const reached = new Set(graph?.files.map(({ file }) => file));
        const unreached = project.filesBelow('graph').filter((file) => /\.graph$/i.test(file) && !reached.has(file));
        return new Map(
            unreached.flatMap((file) =>
                namesIn(project.textOf(file) ?? '').map((name) => [name, relativePath('graph', file) ?? file] as const),
            ),
        );
    };
    return (type) => (files ??= read()).get(type) ?? null;
}

function namesIn(text: string): readonly string[] {
    return [...text.matchAll(HEADER)].flatMap(([, name]) => name ?? []);
}
