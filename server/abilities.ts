/** What this server offers, and what it may expect of a client. */
import { type InitializeParams, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { DIAGNOSTIC_CAPABILITIES } from './connection/diagnostic-requests.ts';
import { CODE_ACTION_CAPABILITIES, codeActionAbilitiesOf } from './connection/code-action-requests.ts';
import { FILE_CAPABILITIES, NAVIGATION_CAPABILITIES } from './connection/navigation-requests.ts';
import { PRESENTATION_CAPABILITIES } from './connection/presentation-requests.ts';
import { WRITING_CAPABILITIES } from './connection/writing-requests.ts';
import type { CompletionAbilities } from './features/completion/proposal.ts';
import type { CodeActionAbilities } from './features/code-actions.ts';
import type { EditAbilities } from './features/workspace-edit.ts';
import { presentationAbilitiesOf, type PresentationAbilities } from './presentation-abilities.ts';
import type { FindingTemplates } from './protocol.ts';
import { parseFindingTemplates } from './workspace/finding-words.ts';

export interface Abilities {
    readonly completion: CompletionAbilities;
    readonly definitionLinks: boolean;
    readonly codeActions: CodeActionAbilities;
    readonly navigation: NavigationAbilities;
    /** The client tells about files that change on disk when it is asked to. */
    readonly watchesFiles: boolean;
    readonly changesFolders: boolean;
    /** How findings are said in the person's language; empty = in English. */
    readonly findingTemplates: FindingTemplates;
    readonly presentation: PresentationAbilities;
}

export interface NavigationAbilities {
    readonly declarationLinks: boolean;
    readonly typeLinks: boolean;
    readonly implementationLinks: boolean;
    /** Outlines may be trees. */
    readonly symbolTrees: boolean;
    readonly edits: EditAbilities;
}

const CAPABILITIES: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    ...WRITING_CAPABILITIES,
    ...NAVIGATION_CAPABILITIES,
    ...PRESENTATION_CAPABILITIES,
    ...CODE_ACTION_CAPABILITIES,
    workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        fileOperations: FILE_CAPABILITIES,
    },
};

/** What is offered to a client: diagnostics are offered to those who ask for them, and told to the others. */
export function capabilitiesFor({ presentation }: Abilities): ServerCapabilities {
    return presentation.pullsDiagnostics ? { ...CAPABILITIES, ...DIAGNOSTIC_CAPABILITIES } : CAPABILITIES;
}

/** Reads what a client can do; everything it does not mention it cannot. */
export function abilitiesOf(
    params: Pick<Partial<InitializeParams>, 'capabilities' | 'initializationOptions'>,
): Abilities {
    const { textDocument, workspace } = params.capabilities ?? {};
    return {
        completion: completionAbilitiesOf(textDocument?.completion?.completionItem, params.initializationOptions),
        definitionLinks: textDocument?.definition?.linkSupport === true,
        codeActions: codeActionAbilitiesOf(params.capabilities),
        navigation: navigationAbilitiesOf(params.capabilities),
        watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
        changesFolders: workspace?.workspaceFolders === true,
        findingTemplates: parseFindingTemplates(params.initializationOptions),
        presentation: presentationAbilitiesOf(params),
    };
}

function navigationAbilitiesOf(capabilities: InitializeParams['capabilities'] | undefined): NavigationAbilities {
    const { textDocument, workspace } = capabilities ?? {};
    return {
        declarationLinks: textDocument?.declaration?.linkSupport === true,
        typeLinks: textDocument?.typeDefinition?.linkSupport === true,
        implementationLinks: textDocument?.implementation?.linkSupport === true,
        symbolTrees: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
        edits: editAbilitiesOf(workspace?.workspaceEdit),
    };
}

type EditCapabilities = NonNullable<InitializeParams['capabilities']['workspace']>['workspaceEdit'];

function editAbilitiesOf(said: EditCapabilities): NavigationAbilities['edits'] {
    return {
        documentChanges: said?.documentChanges === true,
        renamesFiles: said?.resourceOperations?.includes('rename') === true,
        annotations: said?.changeAnnotationSupport !== undefined,
    };
}

type CompletionItemCapabilities = NonNullable<
    NonNullable<InitializeParams['capabilities']['textDocument']>['completion']
>['completionItem'];

function completionAbilitiesOf(said: CompletionItemCapabilities, options: unknown): CompletionAbilities {
    return {
        snippets: said?.snippetSupport === true,
        suggestCommand: suggestCommandOf(options),
        labelDetails: said?.labelDetailsSupport === true,
        strikesThrough: said?.tagSupport !== undefined || said?.deprecatedSupport === true,
        insertReplace: said?.insertReplaceSupport === true,
        commitCharacters: said?.commitCharactersSupport === true,
        resolvesDocumentation: said?.resolveSupport?.properties.includes('documentation') === true,
    };
}

function suggestCommandOf(options: unknown): string | null {
    if (typeof options !== 'object' || options === null || !('suggestCommand' in options)) return null;
    return typeof options.suggestCommand === 'string' ? options.suggestCommand : null;
}
