/** Names of recipe files in the output lead to those files: `start.sh: line 12` opens the script at that line. */
import * as vscode from 'vscode';
import type { Language } from '../language/language-client.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import type { DeploymentOutput, ShownOutput } from './deployment-output.ts';
import type { Deployments } from './deployments.ts';
import { componentNamed, recipeFileNamed } from './find-recipe.ts';
import { placesIn } from './script-places.ts';

export interface RecipeLinksConfig {
    readonly output: Pick<DeploymentOutput, 'shownIn'>;
    readonly deployments: Pick<Deployments, 'find'>;
    readonly language: Pick<Language, 'model'>;
    /** Shows a file, at a line (1-based) when there is one. */
    readonly open: (file: vscode.Uri, line: number | undefined) => Promise<void>;
    /** Told what went wrong when a link was followed. */
    readonly report: (message: string) => void;
}

/** A word of a line that may be a file of a recipe. */
export interface FileMention {
    readonly startIndex: number;
    readonly length: number;
    /** Without folders. */
    readonly name: string;
    /** Counts from 1. */
    readonly line: number | undefined;
}

class RecipeLink extends vscode.TerminalLink {
    readonly file: vscode.Uri;
    readonly line: number | undefined;

    constructor(mention: FileMention, file: vscode.Uri) {
        super(mention.startIndex, mention.length, vscode.l10n.t('Open {0}', mention.name));
        this.file = file;
        this.line = mention.line;
    }
}

/** Provides the links until disposed. */
export function provideRecipeLinks(config: RecipeLinksConfig): vscode.Disposable {
    const store = createDisposableStore();
    const ending = new AbortController();
    store.add({ dispose: () => ending.abort() });
    store.add(
        vscode.window.registerTerminalLinkProvider({
            provideTerminalLinks: ({ line, terminal }) => {
                const shown = config.output.shownIn(terminal);
                return shown === undefined ? [] : linksOf(config, shown, line, ending.signal);
            },
            handleTerminalLink: (link) => {
                if (link instanceof RecipeLink)
                    config.open(link.file, link.line).catch((fault: unknown) => config.report(String(fault)));
            },
        }),
    );
    return store;
}

/** The path of the instance a line of our terminals is about; undefined when it has none. */
export function instanceOfLine(line: string): string | undefined {
    return /^(?<path>\/\S+)\s/.exec(line)?.groups?.['path'];
}

/** Places in scripts, and words that look like file names. */
export function fileMentionsIn(line: string): readonly FileMention[] {
    const places = placesIn(line).map(({ startIndex, length, file, line: place }) => {
        return { startIndex, length, name: file, line: place };
    });
    const isApart = ({ startIndex, length }: FileMention): boolean =>
        places.every(
            (place) => startIndex >= place.startIndex + place.length || place.startIndex >= startIndex + length,
        );
    const bare = [...line.matchAll(/(?:[\w.~-]*\/)*(?<name>[\w-]+\.[A-Za-z]\w*)/g)].map((match) => {
        const { name = '' } = match.groups ?? {};
        return { startIndex: match.index, length: match[0].length, name, line: undefined };
    });
    const mentions = [...places, ...bare.filter(isApart)];
    return mentions.sort((left, right) => left.startIndex - right.startIndex);
}

async function linksOf(
    { deployments, language }: RecipeLinksConfig,
    shown: ShownOutput,
    text: string,
    signal: AbortSignal,
): Promise<RecipeLink[]> {
    const mentions = fileMentionsIn(text);
    const path = instanceOfLine(text);
    const view = deployments.find(shown.deployment);
    const instance = view?.snapshot.instances.find((each) => each.path === path);
    if (mentions.length === 0 || view === undefined || instance === undefined) return [];
    const application = vscode.Uri.file(view.key.directory);
    const answer = await language.model(application, signal);
    if (answer.kind !== 'done' || answer.value.kind !== 'model') return [];
    const component = componentNamed(answer.value.model, instance.component);
    if (component === undefined) return [];
    const links = await Promise.all(
        mentions.map(async (mention) => {
            const file = await recipeFileNamed(application, component, mention.name);
            return file === undefined ? undefined : new RecipeLink(mention, file);
        }),
    );
    return links.filter((link) => link !== undefined);
}
