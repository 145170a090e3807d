/** The kinds of file an application is made of, told by their paths (reference: language, section 1). */

/**
 * - `recipe`: `recipe.properties`, the policies of a component's steps.
 * - `instructions`: `instructions.properties`, the recipe of the installer `file`.
 * - `target`: any other properties file of a recipe directory, or one of `targets/`.
 * - `measureValues`: the values of a `.measures` file.
 */
export type FileKind =
    | 'graph'
    | 'instances'
    | 'descriptor'
    | 'commands'
    | 'rules'
    | 'measures'
    | 'measureValues'
    | 'target'
    | 'recipe'
    | 'instructions';

/** First match counts. Paths may be absolute or relative to an application. */
const PATTERNS: readonly (readonly [FileKind, RegExp])[] = [
    ['graph', /\.graph$/i],
    ['instances', /\.instances$/i],
    ['commands', /\.commands$/],
    ['rules', /\.drl$/],
    ['measures', /\.measures$/],
    ['measureValues', /\.measures\.properties$/],
    ['descriptor', /(?:^|\/)application\.properties$/],
    ['recipe', /(?:^|\/)graph\/[^/]+\/recipe\.properties$/],
    ['instructions', /(?:^|\/)graph\/[^/]+\/instructions\.properties$/],
    ['target', /(?:^|\/)(?:graph\/[^/]+|targets)\/[^/]+\.properties$/i],
];

/** The kind of a file; null for a file that is none of an application's texts, such as a script. */
export function fileKindOf(path: string): FileKind | null {
    return PATTERNS.find(([, pattern]) => pattern.test(path))?.[0] ?? null;
}
