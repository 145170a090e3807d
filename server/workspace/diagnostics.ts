/** From findings to what an editor shows, and only what changed since the last time. */
import {
    type Diagnostic,
    DiagnosticSeverity,
    type PublishDiagnosticsParams,
    type Range,
} from 'vscode-languageserver/node';
import type { Application, Finding, Severity, SourceRange } from '../../language/index.ts';
import { type Locations, pathIn } from './locations.ts';
import type { Analysis } from './units.ts';

export interface DiagnosticsPublisher {
    /** Sends what differs for the files of this analysis: also files with nothing left to say. */
    readonly publish: (analysis: Analysis) => void;
    /** Takes back all that was said for a unit. */
    readonly withdraw: (key: string) => void;
}

export interface PublisherConfig extends Wording {
    readonly send: (params: PublishDiagnosticsParams) => void;
}

interface Wording {
    readonly locations: Locations;
    /** What is said of a finding, in the person's language. */
    readonly messageOf: (finding: Finding) => string;
}

type ByPath = ReadonlyMap<string, readonly Diagnostic[]>;

const NOTHING: ByPath = new Map();

/** Several units may have something to say about one file; it is said once. */
export function createDiagnosticsPublisher({ send, ...wording }: PublisherConfig): DiagnosticsPublisher {
    const { locations } = wording;
    const byUnit = new Map<string, ByPath>();
    const sent = new Map<string, string>();
    const refresh = (path: string): void => {
        const diagnostics = merged([...byUnit.values()].map((said) => said.get(path) ?? []));
        const text = JSON.stringify(diagnostics);
        if (text === (sent.get(path) ?? '[]')) return;
        if (diagnostics.length === 0) sent.delete(path);
        else sent.set(path, text);
        send({ uri: locations.uriOf(path), diagnostics: [...diagnostics] });
    };
    const replace = (key: string, said: ByPath): void => {
        const before = byUnit.get(key) ?? NOTHING;
        if (said.size === 0) byUnit.delete(key);
        else byUnit.set(key, said);
        for (const path of new Set([...before.keys(), ...said.keys()])) refresh(path);
    };
    return {
        publish: (analysis) => replace(analysis.key, diagnosticsOf(analysis, wording)),
        withdraw: (key) => replace(key, NOTHING),
    };
}

/** A range of a finding in the protocol's counting: from 0. */
export function toLspRange(range: SourceRange): Range {
    return {
        start: { line: range.line - 1, character: range.column - 1 },
        end: { line: range.endLine - 1, character: range.endColumn - 1 },
    };
}

function merged(lists: readonly (readonly Diagnostic[])[]): readonly Diagnostic[] {
    const filled = lists.filter((list) => list.length > 0);
    if (filled.length < 2) return filled[0] ?? [];
    return [...new Map(filled.flat().map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}

function diagnosticsOf(analysis: Analysis, wording: Wording): ByPath {
    const byPath = new Map<string, Diagnostic[]>();
    addFindings(byPath, analysis.application, { ...wording, only: null });
    for (const [path, application] of analysis.strays) addFindings(byPath, application, { ...wording, only: path });
    return byPath;
}

interface Adding extends Wording {
    /** The one file whose findings count; null for all. */
    readonly only: string | null;
}

function addFindings(byPath: Map<string, Diagnostic[]>, application: Application, adding: Adding): void {
    for (const finding of application.findings) {
        const path = pathIn(application.directory, finding.range?.file ?? homeOf(application));
        if (adding.only !== null && adding.only !== path) continue;
        const list = byPath.get(path) ?? [];
        byPath.set(path, list);
        list.push(toDiagnostic(finding, application, adding));
    }
}

/** The file that findings about the application as a whole are shown in. */
function homeOf(application: Application): string {
    return application.files[0] ?? 'descriptor/application.properties';
}

function toDiagnostic(finding: Finding, application: Application, { locations, messageOf }: Wording): Diagnostic {
    const related = finding.related.map(({ message, range }) => ({
        message,
        location: { uri: locations.uriOf(pathIn(application.directory, range.file)), range: toLspRange(range) },
    }));
    return {
        range: finding.range === null ? TOP : toLspRange(finding.range),
        severity: SEVERITIES[finding.severity],
        code: finding.code,
        source: 'roboconf',
        message: messageOf(finding),
        ...(related.length > 0 ? { relatedInformation: related } : {}),
        ...(Object.keys(finding.details).length > 0 ? { data: finding.details } : {}),
    };
}

const TOP: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const SEVERITIES = {
    error: DiagnosticSeverity.Error,
    warning: DiagnosticSeverity.Warning,
    information: DiagnosticSeverity.Information,
    hint: DiagnosticSeverity.Hint,
} as const satisfies Readonly<Record<Severity, DiagnosticSeverity>>;
