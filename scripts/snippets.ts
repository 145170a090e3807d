/** Snippets for each kind of file. Deterministic: the same tables give the same bytes. */
import { GRAPH_SNIPPETS, INSTANCES_SNIPPETS } from './snippets/model-snippets.ts';
import { COMMANDS_SNIPPETS, MEASURES_SNIPPETS, RULES_SNIPPETS } from './snippets/operation-snippets.ts';
import type { Snippets } from './snippets/snippet.ts';

/** By the name of the file in `snippets/`, without its extension. */
export const SNIPPETS: Readonly<Record<string, Snippets>> = {
    'roboconf-graph': GRAPH_SNIPPETS,
    'roboconf-instances': INSTANCES_SNIPPETS,
    'roboconf-commands': COMMANDS_SNIPPETS,
    'roboconf-rules': RULES_SNIPPETS,
    'roboconf-measures': MEASURES_SNIPPETS,
};

/** Text of each generated file, by its name in `snippets/`. */
export function generatedSnippets(): ReadonlyMap<string, string> {
    return new Map(
        Object.entries(SNIPPETS).map(([name, snippets]) => [`${name}.json`, `${JSON.stringify(snippets, null, 2)}\n`]),
    );
}
