/** Requests that lead from a name to others, and those that change a name everywhere. A fault in one costs that one answer. */
import {
    type FileOperationOptions,
    type LocationLink,
    type ServerCapabilities,
    type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { declarationAt, definitionAt, toLocation } from '../features/definition.ts';
import { documentSymbols, flatSymbols } from '../features/document-symbols.ts';
import { highlightsAt } from '../features/highlights.ts';
import { implementationsAt } from '../features/implementation.ts';
import { linkedRangesAt } from '../features/linked-editing.ts';
import { linksIn } from '../features/links.ts';
import { referencesAt } from '../features/references.ts';
import type { NavigationQuestion } from '../features/symbol.ts';
import { typeDefinitionAt } from '../features/type-definition.ts';
import { workspaceSymbols } from '../features/workspace-symbols.ts';
import type { Session } from '../session.ts';
import { questionAt, viewOf } from './document-questions.ts';
import { answerHierarchyRequests } from './hierarchy-requests.ts';
import { answerRenameRequests, RENAME_FILTERS } from './rename-requests.ts';

export const NAVIGATION_CAPABILITIES: ServerCapabilities = {
    definitionProvider: true,
    declarationProvider: true,
    typeDefinitionProvider: true,
    implementationProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentLinkProvider: { resolveProvider: false },
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    linkedEditingRangeProvider: true,
    callHierarchyProvider: true,
    typeHierarchyProvider: true,
};

/** What is offered for files that are renamed: it stands among the capabilities of the workspace. */
export const FILE_CAPABILITIES: FileOperationOptions = {
    willRename: { filters: [...RENAME_FILTERS] },
};

/** Registers all of them. */
export function answerNavigationRequests(session: Session): void {
    answerPlaces(session);
    answerTexts(session);
    answerRenameRequests(session);
    answerHierarchyRequests(session);
}

type Links = (question: NavigationQuestion, locations: Session['locations']) => Promise<readonly LocationLink[]>;

function answerPlaces(session: Session): void {
    const { connection, locations, abilities } = session;
    const leading = async (params: TextDocumentPositionParams, find: Links, isLinked: boolean) => {
        const question = questionAt(session, params);
        if (question === undefined) return null;
        const links = await find(question, locations);
        return isLinked ? [...links] : links.map(toLocation);
    };
    connection.onDefinition((params) => leading(params, definitionAt, abilities().definitionLinks));
    connection.onDeclaration((params) => leading(params, declarationAt, abilities().navigation.declarationLinks));
    connection.onTypeDefinition((params) => leading(params, typeDefinitionAt, abilities().navigation.typeLinks));
    connection.onImplementation((params) =>
        leading(params, implementationsAt, abilities().navigation.implementationLinks),
    );
    connection.onReferences(async ({ context, ...params }) => {
        const question = questionAt(session, params);
        return question === undefined
            ? null
            : [...(await referencesAt(question, context.includeDeclaration, locations))];
    });
}

function answerTexts(session: Session): void {
    const { connection, workspace, documents, locations, abilities } = session;
    connection.onDocumentHighlight(({ textDocument, position }) => {
        const view = viewOf(session, textDocument.uri);
        if (view === undefined) return null;
        return [...highlightsAt(view, position, documents.get(textDocument.uri)?.lines() ?? [])];
    });
    connection.languages.onLinkedEditingRange(({ textDocument, position }) => {
        const view = viewOf(session, textDocument.uri);
        return view === undefined ? null : linkedRangesAt(view, position);
    });
    connection.onDocumentLinks(({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        const view = viewOf(session, textDocument.uri);
        if (document === undefined || document.kind === 'other' || view === undefined) return null;
        const { path, kind } = document;
        return [...linksIn({ view, path, kind, lines: document.lines(), filesBelow: workspace.filesBelow, locations })];
    });
    connection.onDocumentSymbol(({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        if (document === undefined || document.kind === 'other') return null;
        const symbols = documentSymbols(document.syntax());
        return abilities().navigation.symbolTrees ? [...symbols] : [...flatSymbols(textDocument.uri, symbols)];
    });
    connection.onWorkspaceSymbol(async ({ query }) => {
        const applications = (await workspace.analyses()).map(({ application }) => application);
        return [...workspaceSymbols(applications, query, locations)];
    });
}
