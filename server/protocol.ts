/**
 * DOOR: what the language server says beyond the Language Server Protocol. Plain, readonly, serialisable data; each method has a row in
 * docs/protocol.md. `uri` parameters name any file of an application (saved or not) or the application's directory.
 * Paths are absolute, with `/`; positions inside models and graphs are those of `SourceRange` (1-based, end exclusive, files relative to
 * `directory`).
 */
import type {
    ApplicationModel,
    GraphChoices,
    ModelChanges,
    NodeDetail,
    PinDrift,
    SourceRange,
    TargetSource,
} from '../language/index.ts';
import type { LaidOutGraph } from './layout.ts';
import { countField, fieldOf, textField } from './message-fields.ts';

export type { PinDrift } from '../language/index.ts';
export { parseGraphParams, type GraphBefore, type GraphParams } from './graph-params.ts';

/** Names of the custom methods. Requests go from client to server, notifications from server to client. */
export const METHODS = {
    graph: 'roboconf/graph',
    model: 'roboconf/model',
    applications: 'roboconf/applications',
    modelChanged: 'roboconf/modelChanged',
    status: 'roboconf/status',
} as const;

/** Language identifiers of the two kinds of model file. */
export const LANGUAGE_IDS = {
    graph: 'roboconf-graph',
    instances: 'roboconf-instances',
    commands: 'roboconf-commands',
    rules: 'roboconf-rules',
    measures: 'roboconf-measures',
} as const;

/**
 * What findings say in another language than English; a client gives it as `initializationOptions.findings`. Templates by code, or by
 * `CODE/SHAPE` for codes that name several shapes of one fault. Of several, the first counts whose `{FACTS}` the finding has all of.
 */
export type FindingTemplates = Readonly<Record<string, readonly string[]>>;

/** What differs between two models, by id of the picture's nodes and relations. `label` names the earlier one for people. */
export interface GraphChanges extends ModelChanges {
    readonly label: string;
}

/** Answer of `roboconf/graph`. `none`: the URI belongs to no model file or application. */
export type GraphAnswer =
    | ({
          readonly kind: 'graph';
          readonly name: string;
          readonly graph: LaidOutGraph;
          /** Findings about a node of the whole model, by node id, folded ones included; nodes without findings are absent. */
          readonly findings: Readonly<Record<string, FindingCount>>;
          /** What there is to say about each node of the picture, by node id. */
          readonly details: Readonly<Record<string, NodeDetail>>;
          /** Which nodes each block of the model files is about. */
          readonly places: readonly NodePlace[];
          /** What filters can choose from. */
          readonly choices: GraphChoices;
          /** How the positions people gave fit the whole model. */
          readonly drift: PinDrift;
          /** Null when the model was held against nothing. */
          readonly changes: GraphChanges | null;
      } & Analysed)
    | { readonly kind: 'none' };

/** A block of a model file and the nodes it is about: its own, or those of the other kind that it describes. */
export interface NodePlace {
    readonly range: SourceRange;
    readonly nodes: readonly string[];
}

/** Parameters of `roboconf/model`. */
export interface ModelParams {
    readonly uri: string;
}

/** Answer of `roboconf/model`: what the open buffers say, over what is saved. `none` as for graphs. */
export type ModelAnswer =
    | ({
          readonly kind: 'model';
          readonly model: ApplicationModel;
          /** URIs of open documents of this application; the client knows which of them are not saved. */
          readonly openUris: readonly string[];
          /** Its target files, unsaved changes included; those of other folders are not among them. */
          readonly targets: readonly TargetSource[];
      } & Analysed)
    | { readonly kind: 'none' };

/** Answer of `roboconf/applications` (no parameters): sorted by directory. */
export interface ApplicationsAnswer {
    readonly applications: readonly ApplicationEntry[];
}

/** An application of the workspace, analysed or not yet. */
export interface ApplicationEntry {
    readonly directory: string;
    readonly uri: string;
    /** The name the descriptor gives, else the directory's own. */
    readonly name: string;
    /** Null until its first analysis. */
    readonly findings: FindingCount | null;
}

export interface FindingCount {
    readonly errors: number;
    readonly warnings: number;
}

/** Which analysis an answer is about. */
export interface Analysed {
    readonly directory: string;
    /** URI of `directory`. */
    readonly directoryUri: string;
    /** Grows with each analysis of this directory that read something different. */
    readonly version: number;
    /** Findings of severity error and warning in all files of the application. */
    readonly errorCount: number;
    readonly warningCount: number;
}

/** Parameters of the notification `roboconf/modelChanged`: an application was analysed and something it is made of differs. */
export type ModelChangedParams = Analysed;

/** Parameters of the notification `roboconf/status`, for a status bar. */
export interface StatusParams {
    readonly state: 'analysing' | 'ready';
    readonly applicationCount: number;
    readonly errorCount: number;
    readonly warningCount: number;
}

/** Reads the parameters of `roboconf/model`; undefined when they are not understood. */
export function parseModelParams(params: unknown): ModelParams | undefined {
    const uri = textField(params, 'uri');
    return uri === undefined ? undefined : { uri };
}

/** Reads the answer of `roboconf/graph`; undefined when it is not one. */
export function parseGraphAnswer(answer: unknown): GraphAnswer | undefined {
    if (fieldOf(answer, 'kind') === 'none') return { kind: 'none' };
    const isGraph = fieldOf(answer, 'kind') === 'graph' && parseAnalysed(answer) !== undefined;
    const graph = fieldOf(answer, 'graph');
    const lists = [fieldOf(graph, 'nodes'), fieldOf(graph, 'edges'), fieldOf(answer, 'places')];
    const isWhole = lists.every((list) => Array.isArray(list)) && typeof fieldOf(answer, 'details') === 'object';
    // The fields that tell the message apart are checked; the inside comes from the server of the same build.
    return isGraph && isWhole ? (answer as GraphAnswer) : undefined;
}

/** Reads the answer of `roboconf/model`; undefined when it is not one. */
export function parseModelAnswer(answer: unknown): ModelAnswer | undefined {
    if (fieldOf(answer, 'kind') === 'none') return { kind: 'none' };
    const isModel = fieldOf(answer, 'kind') === 'model' && parseAnalysed(answer) !== undefined;
    // The format version names the shape of everything inside the model.
    const isWhole =
        fieldOf(fieldOf(answer, 'model'), 'formatVersion') === 1 && Array.isArray(fieldOf(answer, 'targets'));
    return isModel && isWhole ? (answer as ModelAnswer) : undefined;
}

/** Reads the answer of `roboconf/applications`; undefined when it is not one. Entries that are not understood are left out. */
export function parseApplicationsAnswer(answer: unknown): ApplicationsAnswer | undefined {
    const entries = fieldOf(answer, 'applications');
    if (!Array.isArray(entries)) return undefined;
    return { applications: entries.map(parseApplicationEntry).filter((entry) => entry !== undefined) };
}

/** Reads the parameters of `roboconf/modelChanged`; undefined when they are not understood. */
export function parseModelChanged(params: unknown): ModelChangedParams | undefined {
    return parseAnalysed(params);
}

/** Reads the parameters of `roboconf/status`; undefined when they are not understood. */
export function parseStatus(params: unknown): StatusParams | undefined {
    const state = fieldOf(params, 'state');
    const applicationCount = countField(params, 'applicationCount');
    const errorCount = countField(params, 'errorCount');
    const warningCount = countField(params, 'warningCount');
    if (state !== 'analysing' && state !== 'ready') return undefined;
    if (applicationCount === undefined || errorCount === undefined || warningCount === undefined) return undefined;
    return { state, applicationCount, errorCount, warningCount };
}

function parseApplicationEntry(entry: unknown): ApplicationEntry | undefined {
    const directory = textField(entry, 'directory');
    const uri = textField(entry, 'uri');
    const name = textField(entry, 'name');
    if (directory === undefined || uri === undefined || name === undefined) return undefined;
    return { directory, uri, name, findings: parseFindingCount(fieldOf(entry, 'findings')) };
}

function parseFindingCount(count: unknown): FindingCount | null {
    const errors = countField(count, 'errors');
    const warnings = countField(count, 'warnings');
    return errors === undefined || warnings === undefined ? null : { errors, warnings };
}

function parseAnalysed(value: unknown): Analysed | undefined {
    const directory = textField(value, 'directory');
    const directoryUri = textField(value, 'directoryUri');
    if (directory === undefined || directoryUri === undefined) return undefined;
    const version = countField(value, 'version');
    const errorCount = countField(value, 'errorCount');
    const warningCount = countField(value, 'warningCount');
    if (version === undefined || errorCount === undefined || warningCount === undefined) return undefined;
    return { directory, directoryUri, version, errorCount, warningCount };
}
