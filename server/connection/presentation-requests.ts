/** Requests about how a text stands and looks: formatting, folds, selections, colours, hints, lenses. A fault in one costs that one answer. */
import type { CodeLens, InlayHint, InlayHintParams, Range, ServerCapabilities } from 'vscode-languageserver/node';
import { codeLensesOf, parseLensData, resolvedLens } from '../features/code-lens.ts';
import { foldingRangesOf } from '../features/folding.ts';
import { formattingOf, rangeFormattingOf } from '../features/formatting.ts';
import { inlayHintsOf } from '../features/inlay-hints.ts';
import { onTypeEdits, TYPED_CHARACTERS } from '../features/on-type.ts';
import { selectionRangeAt } from '../features/selection.ts';
import { LEGEND, namesOf, semanticTokensOf } from '../features/semantic-tokens.ts';
import { createTokenDeltas } from '../features/token-deltas.ts';
import type { Session } from '../session.ts';
import type { OpenDocument } from '../workspace/documents.ts';

const [FIRST_TYPED, ...OTHER_TYPED] = TYPED_CHARACTERS;

export const PRESENTATION_CAPABILITIES: ServerCapabilities = {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: FIRST_TYPED, moreTriggerCharacter: OTHER_TYPED },
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    semanticTokensProvider: { legend: LEGEND, full: { delta: true }, range: true },
    inlayHintProvider: { resolveProvider: false },
    codeLensProvider: { resolveProvider: true },
};

/** Registers all of them. */
export function answerPresentationRequests(session: Session): void {
    answerFormatting(session);
    answerStructure(session);
    answerSemanticTokens(session);
    session.connection.languages.inlayHint.on((params) => inlayHints(session, params));
    answerCodeLenses(session);
}

function answerFormatting(session: Session): void {
    const { connection, documents } = session;
    connection.onDocumentFormatting(({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        return document === undefined ? null : [...formattingOf(document.kind, document.text)];
    });
    connection.onDocumentRangeFormatting(({ textDocument, range }) => {
        const document = documents.get(textDocument.uri);
        return document === undefined ? null : [...rangeFormattingOf(document.kind, document.text, range)];
    });
    connection.onDocumentOnTypeFormatting((params) => {
        const document = documents.get(params.textDocument.uri);
        return document === undefined || !isModel(document) ? null : [...onTypeEdits(document.text, params)];
    });
}

function answerStructure(session: Session): void {
    const { connection, documents, abilities } = session;
    connection.onFoldingRanges(({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        if (document === undefined) return null;
        return [...foldingRangesOf(document.syntax(), abilities().presentation.foldingLimit)];
    });
    connection.onSelectionRanges(({ textDocument, positions }) => {
        const document = documents.get(textDocument.uri);
        return document === undefined ? null : positions.map((position) => selectionRangeAt(document, position));
    });
}

function answerSemanticTokens(session: Session): void {
    const { documents } = session;
    const { semanticTokens } = session.connection.languages;
    const deltas = createTokenDeltas((path) => documents.textOf(path) !== undefined);
    semanticTokens.on(({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        return document === undefined ? { data: [] } : deltas.full(document.path, tokensIn(session, document));
    });
    semanticTokens.onDelta(({ textDocument, previousResultId }) => {
        const document = documents.get(textDocument.uri);
        if (document === undefined) return { data: [] };
        return deltas.since(document.path, previousResultId, tokensIn(session, document));
    });
    semanticTokens.onRange(({ textDocument, range }) => {
        const document = documents.get(textDocument.uri);
        return { data: document === undefined ? [] : tokensIn(session, document, range) };
    });
}

function tokensIn({ workspace, abilities }: Session, document: OpenDocument, range?: Range): number[] {
    if (document.kind === 'other') return [];
    // What names are is looked up by their words: an analysis of an older text serves as well.
    const view = workspace.recentView(document.path);
    const applications = view === undefined ? [] : [...new Set([view.application, view.analysis.application])];
    const names = applications.length === 0 ? null : namesOf(applications);
    return semanticTokensOf({ document, names, namesOnly: abilities().presentation.augmentsTokens }, range);
}

function inlayHints(session: Session, { textDocument, range }: InlayHintParams): InlayHint[] | null {
    const { workspace, documents, locations, settings } = session;
    const document = documents.get(textDocument.uri);
    if (document === undefined || !isModel(document)) return null;
    const { inlayHints: wanted } = settings();
    if (!wanted.imports && !wanted.variables && !wanted.counts) return [];
    const view = workspace.view(document.path);
    if (view === undefined) return null;
    const { lines, syntax } = document;
    return [...inlayHintsOf({ lines, syntax, view, locations, settings: wanted, range })];
}

function answerCodeLenses(session: Session): void {
    const { connection, documents, workspace, settings } = session;
    connection.onCodeLens(({ textDocument }) => {
        const document = documents.get(textDocument.uri);
        if (document?.kind !== 'graph' || !settings().referencesCodeLens) return null;
        const view = workspace.recentView(document.path);
        return view === undefined ? null : [...codeLensesOf(document.syntax(), view, textDocument.uri)];
    });
    connection.onCodeLensResolve((lens) => resolveLens(session, lens));
}

function resolveLens({ workspace, locations, abilities }: Session, lens: CodeLens): CodeLens {
    const data = parseLensData(lens.data);
    const view = data === undefined ? undefined : workspace.recentView(locations.pathOf(data.uri));
    if (data === undefined || view === undefined) return lens;
    return resolvedLens(lens, data, { view, locations, command: abilities().presentation.referencesCommand });
}

function isModel({ kind }: OpenDocument): boolean {
    return kind === 'graph' || kind === 'instances';
}
