/** Requests made while a person writes: completion, signature help, hover. A fault in one costs that one answer. */
import type {
    CompletionItem,
    CompletionList,
    CompletionParams,
    Position,
    ServerCapabilities,
} from 'vscode-languageserver/node';
import {
    COMPLETION_TRIGGERS,
    completionAt,
    type CompletionQuestion,
    type ExternalVariable,
    parseCompletionData,
} from '../features/completion.ts';
import { typeMarkdown } from '../features/hover/cards.ts';
import { hoverAt } from '../features/hover.ts';
import { scopeOf, typeOf } from '../features/scope.ts';
import { SIGNATURE_TRIGGERS, signatureHelpAt } from '../features/signature-help.ts';
import type { Session } from '../session.ts';
import { LONGEST_LINE, type OpenDocument } from '../workspace/documents.ts';

export const WRITING_CAPABILITIES: ServerCapabilities = {
    completionProvider: {
        triggerCharacters: [...COMPLETION_TRIGGERS],
        resolveProvider: true,
        completionItem: { labelDetailsSupport: true },
    },
    signatureHelpProvider: { triggerCharacters: [...SIGNATURE_TRIGGERS] },
    hoverProvider: true,
};

/** Registers completion, the documentation of its items, signature help and hover. */
export function answerWritingRequests(session: Session): void {
    const { connection, workspace, documents } = session;
    connection.onCompletion((params) => completion(session, params));
    connection.onCompletionResolve((item) => documented(session, item));
    connection.onSignatureHelp(({ textDocument, position, context }) => {
        const document = documents.get(textDocument.uri);
        if (document === undefined || document.kind === 'other' || isInLongLine(document, position)) return null;
        const view = workspace.recentView(document.path);
        if (view === undefined) return null;
        return signatureHelpAt({ kind: document.kind, lines: document.shortLines(), position, view, context });
    });
    connection.onHover(({ textDocument, position }) => {
        const document = documents.get(textDocument.uri);
        if (document === undefined || document.kind === 'other') return null;
        const view = workspace.view(document.path);
        if (view === undefined) return null;
        const { textOf } = workspace;
        return hoverAt({ kind: document.kind, lines: document.shortLines(), position, view, textOf });
    });
}

async function completion(
    session: Session,
    { textDocument, position, context }: CompletionParams,
): Promise<CompletionList | null> {
    const { workspace, documents, abilities } = session;
    const document = documents.get(textDocument.uri);
    if (document === undefined || document.kind === 'other' || isInLongLine(document, position)) return null;
    const view = workspace.recentView(document.path);
    if (view === undefined) return null;
    const question: Omit<CompletionQuestion, 'externals'> = {
        path: document.path,
        kind: document.kind,
        lines: document.shortLines(),
        position,
        view,
        filesBelow: workspace.filesBelow,
        unreached: () => workspace.unreached(view.analysis),
        trigger: context?.triggerCharacter ?? null,
        abilities: abilities().completion,
    };
    const before = (question.lines[position.line] ?? '').slice(0, position.character);
    const isExternal = document.kind === 'graph' && /\bexternal\s+[^\s,;]*$/i.test(before);
    return completionAt({ ...question, externals: isExternal ? await externals(session, view.analysis.key) : [] });
}

/** What is written in such a line is left alone: names in it can still be looked up. */
function isInLongLine(document: OpenDocument, { line }: Position): boolean {
    return (document.lines()[line]?.length ?? 0) > LONGEST_LINE;
}

/** What the other applications of the workspace offer. */
async function externals({ workspace }: Session, key: string): Promise<readonly ExternalVariable[]> {
    const others = (await workspace.analyses()).filter((analysis) => analysis.key !== key);
    return others.flatMap(({ application }) => {
        const { externalExports, externalExportsPrefix } = application.model;
        if (externalExportsPrefix === null) return [];
        const names = Object.values(externalExports).map((name) => `${externalExportsPrefix}.${name}`);
        return names.map((name) => ({ name, application: application.name }));
    });
}

/** The card of the type an item names, made when the person looks at the item. */
function documented({ workspace }: Session, item: CompletionItem): CompletionItem {
    const data = parseCompletionData(item.data);
    const view = data === null ? undefined : workspace.recentView(data.path);
    if (data === null || view === undefined) return item;
    const scope = scopeOf(view);
    const type = typeOf(scope, data.about);
    if (type === undefined) return item;
    return { ...item, documentation: { kind: 'markdown', value: typeMarkdown(scope, type) } };
}
