/** What a client can show, and how it wants to be told. What it does not mention it cannot. */
import type { InitializeParams } from 'vscode-languageserver/node';
import { DEFAULT_SETTINGS, parseSettings, type Settings } from './settings.ts';
import { parseFindingPages } from './workspace/finding-pages.ts';

export interface PresentationAbilities {
    /** Most folds of a file. */
    readonly foldingLimit: number;
    /** The client colours with a grammar of its own, and adds what it is told. */
    readonly augmentsTokens: boolean;
    /** The client asks for diagnostics; it is not told unasked. */
    readonly pullsDiagnostics: boolean;
    /** An answer about one file may speak of others. */
    readonly relatedDocuments: boolean;
    /** What the client asks for again when it is told to. */
    readonly refreshes: readonly RefreshMethod[];
    /** The folder of the pages about findings. */
    readonly findingPages: string;
    /** The client's command that shows locations; null when it has none. */
    readonly referencesCommand: string | null;
    readonly settings: Settings;
    /** The client tells its settings when it is asked. */
    readonly tellsSettings: boolean;
}

export type RefreshMethod =
    | 'workspace/semanticTokens/refresh'
    | 'workspace/inlayHint/refresh'
    | 'workspace/codeLens/refresh'
    | 'workspace/diagnostic/refresh';

type Params = Pick<Partial<InitializeParams>, 'capabilities' | 'initializationOptions'>;

/** Reads what a client said when it connected. */
export function presentationAbilitiesOf(params: Params): PresentationAbilities {
    const options: unknown = params.initializationOptions;
    const { textDocument = {}, workspace = {} } = params.capabilities ?? {};
    const { foldingRange, semanticTokens, diagnostic } = textDocument;
    const wantsPush = optionOf(options, 'diagnostics') === 'push';
    return {
        foldingLimit: foldingRange?.rangeLimit ?? Infinity,
        augmentsTokens: semanticTokens?.augmentsSyntaxTokens === true,
        pullsDiagnostics: diagnostic !== undefined && !wantsPush,
        relatedDocuments: diagnostic?.relatedDocumentSupport === true,
        refreshes: refreshesOf(workspace),
        findingPages: parseFindingPages(options),
        referencesCommand: optionOf(options, 'referencesCommand') ?? null,
        settings: parseSettings(settingsIn(options)) ?? DEFAULT_SETTINGS,
        tellsSettings: workspace.configuration === true,
    };
}

function refreshesOf(workspace: NonNullable<InitializeParams['capabilities']['workspace']>): readonly RefreshMethod[] {
    const { semanticTokens, inlayHint, codeLens, diagnostics } = workspace;
    const supported: readonly (readonly [RefreshMethod, boolean | undefined])[] = [
        ['workspace/semanticTokens/refresh', semanticTokens?.refreshSupport],
        ['workspace/inlayHint/refresh', inlayHint?.refreshSupport],
        ['workspace/codeLens/refresh', codeLens?.refreshSupport],
        ['workspace/diagnostic/refresh', diagnostics?.refreshSupport],
    ];
    return supported.filter(([, isSupported]) => isSupported === true).map(([method]) => method);
}

function settingsIn(options: unknown): unknown {
    return typeof options === 'object' && options !== null && 'settings' in options ? options.settings : undefined;
}

function optionOf(options: unknown, name: 'diagnostics' | 'referencesCommand'): string | undefined {
    if (typeof options !== 'object' || options === null || !Object.hasOwn(options, name)) return undefined;
    // Any object may be asked for any field: what is there is looked at before it is used.
    const value = (options as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'string' ? value : undefined;
}
