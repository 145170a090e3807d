/** What this server offers, and what it may expect of a client. */
import { type InitializeParams, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { NAVIGATION_CAPABILITIES } from './connection/navigation-requests.ts';
import { PRESENTATION_CAPABILITIES } from './connection/presentation-requests.ts';
import { WRITING_CAPABILITIES } from './connection/writing-requests.ts';
import type { CompletionAbilities } from './features/completion/proposal.ts';
import type { FindingTemplates } from './protocol.ts';
import { parseFindingTemplates } from './workspace/finding-words.ts';

export interface Abilities {
    readonly completion: CompletionAbilities;
    readonly definitionLinks: boolean;
    /** The client tells about files that change on disk when it is asked to. */
    readonly watchesFiles: boolean;
    readonly changesFolders: boolean;
    /** How findings are said in the person's language; empty = in English. */
    readonly findingTemplates: FindingTemplates;
}

export const CAPABILITIES: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    ...WRITING_CAPABILITIES,
    ...NAVIGATION_CAPABILITIES,
    ...PRESENTATION_CAPABILITIES,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/** Reads what a client can do; everything it does not mention it cannot. */
export function abilitiesOf(
    params: Pick<Partial<InitializeParams>, 'capabilities' | 'initializationOptions'>,
): Abilities {
    const { textDocument, workspace } = params.capabilities ?? {};
    return {
        completion: {
            snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
            suggestCommand: suggestCommandOf(params.initializationOptions),
        },
        definitionLinks: textDocument?.definition?.linkSupport === true,
        watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
        changesFolders: workspace?.workspaceFolders === true,
        findingTemplates: parseFindingTemplates(params.initializationOptions),
    };
}

function suggestCommandOf(options: unknown): string | null {
    if (typeof options !== 'object' || options === null || !('suggestCommand' in options)) return null;
    return typeof options.suggestCommand === 'string' ? options.suggestCommand : null;
}
