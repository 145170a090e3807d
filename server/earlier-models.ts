/** Models of other states of an application, made of texts that are on no disk. */
import type { ApplicationModel, Language } from '../language/index.ts';
import type { GraphBefore } from './graph-params.ts';
import { textFiles } from './workspace/text-files.ts';

export interface EarlierModels {
    /** The model that something is held against. Rejects with the signal's reason when that is aborted before the texts are analysed. */
    readonly modelOf: (before: GraphBefore, signal: AbortSignal) => Promise<ApplicationModel>;
}

type Texts = Readonly<Record<string, string>>;

/** A directory no workspace has: what is kept of an application on disk is not touched. */
const DIRECTORY = '/roboconf-earlier-state';

/**
 * Keeps the model of the last texts: they are asked about again with every edit of what is held against them.
 * `pause` lets what came in meanwhile be looked at, so that a request given up is not worked on.
 */
export function createEarlierModels(language: Language, pause: () => Promise<void>): EarlierModels {
    let last: { readonly texts: Texts; readonly model: ApplicationModel } | null = null;
    return {
        modelOf: async (before, signal) => {
            if (before.kind === 'model') return before.model;
            if (last !== null && isSame(last.texts, before.texts)) return last.model;
            await pause();
            signal.throwIfAborted();
            const model = modelIn(language, before.texts);
            last = { texts: before.texts, model };
            return model;
        },
    };
}

/** Analysed with the same parser as all others, of which nothing is kept afterwards. */
function modelIn(language: Language, texts: Texts): ApplicationModel {
    const files = textFiles(DIRECTORY, texts);
    const recipe = language.isRecipeProject(files, DIRECTORY);
    const { model } = language.loadApplication(files, DIRECTORY, { recipe, flexible: recipe });
    language.forget(DIRECTORY);
    return model;
}

function isSame(one: Texts, other: Texts): boolean {
    const paths = Object.keys(one);
    return paths.length === Object.keys(other).length && paths.every((path) => one[path] === other[path]);
}
