/** The requests of our own: see protocol.ts. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { graphOf } from '../features/graph.ts';
import {
    type ApplicationsAnswer,
    type GraphAnswer,
    METHODS,
    type ModelAnswer,
    parseGraphParams,
    parseModelParams,
} from '../protocol.ts';
import type { Session } from '../session.ts';
import { analysedOf } from '../workspace/analysed.ts';
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
    const { perspective, orientation, uri } = parseGraphParams(params) ?? refuse(METHODS.graph);
    const analysis = analysisOf(session, uri);
    if (analysis === undefined) return { kind: 'none' };
    const cancel = new AbortController();
    const registration = token.onCancellationRequested(() => cancel.abort());
    const question = {
        application: analysis.application,
        analysed: analysedOf(analysis, session.locations),
        perspective,
        orientation,
    };
    try {
        return await graphOf(question, session.layout, cancel.signal);
    } catch (cause) {
        if (!token.isCancellationRequested) throw cause;
        throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The graph is no longer wanted');
    } finally {
        registration.dispose();
    }
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
