/** From findings to what an editor shows: what is said of each file at this moment, and which files changed. */
import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver/node';
import type { Application, Finding, Severity, SourceRange } from '../../language/index.ts';
import { tagsOf } from './finding-tags.ts';
import { type Locations, pathIn } from './locations.ts';
import type { Analysis } from './units.ts';

export interface DiagnosticsStore {
    /** Takes in an analysis: also files with nothing left to say. */
    readonly publish: (analysis: Analysis) => void;
    /** Takes back all that was said for a unit. */
    readonly withdraw: (key: string) => void;
    /** What is said of a file; the same identifier stands for the same content. */
    readonly reportOf: (path: string) => FileReport;
    /** Files something is said of. */
    readonly paths: () => Iterable<string>;
}

export interface FileReport {
    readonly resultId: string;
    readonly diagnostics: readonly Diagnostic[];
}

export interface DiagnosticsConfig extends Wording {
    /** Called once for each file whose report differs from the one before. */
    readonly changed: (path: string, report: FileReport) => void;
}

interface Wording {
    readonly locations: Locations;
    /** What is said of a finding, in the person's language. */
    readonly messageOf: (finding: Finding) => string;
    /** The page that explains a code. */
    readonly pageOf: (code: string) => string;
}

type ByPath = ReadonlyMap<string, readonly Diagnostic[]>;

const NOTHING: ByPath = new Map();
/** Of every file nothing is said of. */
const NO_REPORT: FileReport = { resultId: '0', diagnostics: [] };

/** Several units may have something to say about one file; it is said once. */
export function createDiagnosticsStore({ changed, ...wording }: DiagnosticsConfig): DiagnosticsStore {
    const byUnit = new Map<string, ByPath>();
    const reports = new Map<string, FileReport & { readonly text: string }>();
    let lastId = 0;
    const refresh = (path: string): void => {
        const diagnostics = merged([...byUnit.values()].map((said) => said.get(path) ?? []));
        const text = JSON.stringify(diagnostics);
        if (text === (reports.get(path)?.text ?? '[]')) return;
        lastId += 1;
        if (diagnostics.length === 0) reports.delete(path);
        else reports.set(path, { resultId: String(lastId), diagnostics, text });
        changed(path, reports.get(path) ?? NO_REPORT);
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
        reportOf: (path) => reports.get(path) ?? NO_REPORT,
        paths: () => reports.keys(),
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

function toDiagnostic(finding: Finding, application: Application, wording: Wording): Diagnostic {
    const { locations, messageOf, pageOf } = wording;
    const tags = tagsOf(finding.code);
    const related = finding.related.map(({ message, range }) => ({
        message,
        location: { uri: locations.uriOf(pathIn(application.directory, range.file)), range: toLspRange(range) },
    }));
    return {
        range: finding.range === null ? TOP : toLspRange(finding.range),
        severity: SEVERITIES[finding.severity],
        code: finding.code,
        codeDescription: { href: pageOf(finding.code) },
        source: 'roboconf',
        message: messageOf(finding),
        ...(tags.length > 0 ? { tags: [...tags] } : {}),
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
