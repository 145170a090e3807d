/** The requests of our own: see protocol.ts. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { NO_POSITIONS, parsePositions, POSITIONS_FILE, type Positions } from '../../language/index.ts';
import { graphOf, type Before } from '../features/graph.ts';
import {
    type ApplicationsAnswer,
    type GraphAnswer,
    type GraphParams,
    METHODS,
    type ModelAnswer,
    parseGraphParams,
    parseModelParams,
} from '../protocol.ts';
import type { Session } from '../session.ts';
import { analysedOf } from '../workspace/analysed.ts';
import { pathIn } from '../workspace/locations.ts';
import type { Analysis } from '../workspace/units.ts';

/** Registers the requests for graphs, models and applications. */
export function answerModelRequests(session: Session): void {
    const { connection, workspace } = session;
    connection.onRequest<GraphAnswer, void>(METHODS.graph, (params: unknown, token: CancellationToken) =>
        graph(session, params, token),
    );
    connection.onRequest<ModelAnswer, void>(METHODS.model, (params: unknown) => model(session, params));
    connection.onRequest(METHODS.applications, async (): Promise<ApplicationsAnswer> => ({
        applications: await workspace.applications(),
    }));
}

async function graph(session: Session, params: unknown, token: CancellationToken): Promise<GraphAnswer> {
    const { uri, ...wanted } = parseGraphParams(params) ?? refuse(METHODS.graph);
    const analysis = analysisOf(session, uri);
    if (analysis === undefined) return { kind: 'none' };
    const cancel = new AbortController();
    const registration = token.onCancellationRequested(() => cancel.abort());
    // Of a token that was cancelled before, one is told later.
    if (token.isCancellationRequested) cancel.abort();
    try {
        return await drawn(session, analysis, wanted, cancel.signal);
    } catch (cause) {
        if (!token.isCancellationRequested) throw cause;
        throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The graph is no longer wanted');
    } finally {
        registration.dispose();
    }
}

async function drawn(
    session: Session,
    analysis: Analysis,
    { before, ...params }: Omit<GraphParams, 'uri'>,
    signal: AbortSignal,
): Promise<GraphAnswer> {
    const { application } = analysis;
    const question = {
        application,
        analysed: analysedOf(analysis, session.locations),
        params,
        positions: positionsIn(session, application.directory),
        before: before === null ? null : await beforeOf(session, before, signal),
    };
    return graphOf(question, session.layout, signal);
}

/** A file that cannot be understood puts nothing anywhere. */
function positionsIn({ workspace }: Session, directory: string): Positions {
    const text = workspace.textOf(pathIn(directory, POSITIONS_FILE));
    return (text === undefined ? undefined : parsePositions(text)) ?? NO_POSITIONS;
}

async function beforeOf(
    { earlierModels }: Session,
    before: NonNullable<GraphParams['before']>,
    signal: AbortSignal,
): Promise<Before> {
    return { label: before.label, model: await earlierModels.modelOf(before, signal) };
}

function model(session: Session, params: unknown): ModelAnswer {
    const { uri } = parseModelParams(params) ?? refuse(METHODS.model);
    const analysis = analysisOf(session, uri);
    if (analysis === undefined) return { kind: 'none' };
    const { documents, locations, workspace } = session;
    const openUris = documents.uris().filter((open) => workspace.keyOf(locations.pathOf(open)) === analysis.key);
    const { model: found, targets } = analysis.application;
    return { kind: 'model', model: found, openUris, targets, ...analysedOf(analysis, locations) };
}

function analysisOf({ locations, workspace }: Session, uri: string): Analysis | undefined {
    const path = locations.pathOf(uri);
    return workspace.isModelPath(path) ? workspace.view(path)?.analysis : undefined;
}

function refuse(method: string): never {
    throw new ResponseError(LSPErrorCodes.RequestFailed, `${method}: the parameters are not understood`);
}
