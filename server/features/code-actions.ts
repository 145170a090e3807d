/** `textDocument/codeAction`: cures of findings, what may be done to a whole file, and refactorings, on the newest texts. */
import {
    type CodeAction,
    CodeActionKind,
    CodeActionTriggerKind,
    type Diagnostic,
    type Range,
} from 'vscode-languageserver/node';
import type { Application, Finding } from '../../language/index.ts';
import { pathIn, relativeTo } from '../workspace/locations.ts';
import type { FileView } from '../workspace/units.ts';
import { fixesOf } from './code-actions/cures.ts';
import type { Fix, Site } from './code-actions/fix.ts';
import {
    FIX_SAFELY_TITLE,
    fixAllOf,
    fixAllTitle,
    fixSafely,
    hasSafe,
    hasSeveral,
    organizeImports,
} from './code-actions/whole-file.ts';
import { refactoringsAt } from './code-actions/refactorings.ts';
import { blocksIn } from './code-actions/types.ts';
import { sourceTextOf, type SourceText } from './code-actions/source-text.ts';
import { canMake, type EditAbilities, type EditPlaces, workspaceEditOf } from './code-actions/workspace-edit.ts';

/** What a client can do with code actions. */
export interface CodeActionAbilities {
    /** It takes actions; older clients only know commands. */
    readonly literals: boolean;
    /** It asks for an edit when an action is chosen. */
    readonly resolvesEdits: boolean;
    readonly edits: EditAbilities;
}

const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.roboconf`;

/** The kinds that are answered. */
export const CODE_ACTION_KINDS: readonly string[] = [
    CodeActionKind.QuickFix,
    CodeActionKind.RefactorExtract,
    CodeActionKind.RefactorRewrite,
    'refactor.move',
    CodeActionKind.SourceOrganizeImports,
    FIX_ALL_KIND,
];

/** What is asked. */
export interface ActionQuestion {
    readonly view: FileView;
    readonly path: string;
    readonly uri: string;
    readonly range: Range;
    readonly diagnostics: readonly Diagnostic[];
    /** Kinds that are wanted, with all below them; undefined = all. */
    readonly only: readonly string[] | undefined;
    readonly trigger: CodeActionTriggerKind | undefined;
}

/** What actions are made with. */
export interface Workshop {
    readonly abilities: CodeActionAbilities;
    /** The newest text by absolute path. */
    readonly textOf: (path: string) => string | undefined;
    /** Files below a directory by absolute path. */
    readonly filesBelow: (directory: string) => readonly string[];
    readonly uriOf: (path: string) => string;
    readonly versionOf: (path: string) => number | null;
}

/** Identifies an action whose edit is asked for later. */
export interface ActionData {
    readonly uri: string;
    readonly action: 'fixSafely' | 'fixAll';
    /** The code for `fixAll`; empty otherwise. */
    readonly code: string;
}

interface Bench {
    readonly question: ActionQuestion;
    /** The file that is asked about, relative to the application of the site. */
    readonly file: string;
    readonly workshop: Workshop;
    readonly site: Site;
    readonly places: EditPlaces;
}

/** The actions for a range, the likeliest first. */
export function codeActionsAt(question: ActionQuestion, workshop: Workshop): readonly CodeAction[] {
    const { view } = question;
    const bench = benchFor(question, workshop, view.application);
    const source = bench.site.textOf(bench.file);
    if (source === undefined) return [];
    // Of a file that its application does not reach, both have something to say.
    const applications = [...new Set([view.application, view.analysis.application])];
    const benches = applications.map((application) => benchFor(question, workshop, application));
    return [
        ...(isWanted(question, CodeActionKind.QuickFix) ? quickFixes(benches, source) : []),
        ...refactorings(bench, source),
        ...wholeFileActions(bench),
    ];
}

/** The edit of an action that was answered without; undefined when there is nothing left to do. */
export function resolveAction(
    action: CodeAction,
    { action: kind, code, uri }: ActionData,
    { view, path, workshop }: { readonly view: FileView; readonly path: string; readonly workshop: Workshop },
): CodeAction {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const question = { view, path, uri, range, diagnostics: [], only: undefined, trigger: undefined };
    const bench = benchFor(question, workshop, view.application);
    const fix = wholeFileFix(bench, kind, code);
    return fix === undefined ? action : { ...action, edit: editOf(bench, fix) };
}

function benchFor(question: ActionQuestion, workshop: Workshop, application: Application): Bench {
    const { directory } = application;
    const sources = new Map<string, SourceText | undefined>();
    const textOf = (file: string): SourceText | undefined => {
        if (!sources.has(file)) {
            const text = workshop.textOf(pathIn(directory, file));
            sources.set(file, text === undefined ? undefined : sourceTextOf(file, text));
        }
        return sources.get(file);
    };
    const filesBelow = (below: string): readonly string[] =>
        workshop.filesBelow(below === '' ? directory : pathIn(directory, below));
    const places = {
        textOf,
        uriOf: (file: string) => workshop.uriOf(pathIn(directory, file)),
        versionOf: (file: string) => workshop.versionOf(pathIn(directory, file)),
    };
    const file = relativeTo(directory, question.path) ?? question.view.file;
    return {
        question,
        file,
        workshop,
        site: { application, blocksOf: blocksIn(application), textOf, filesBelow },
        places,
    };
}

function isWanted({ only }: ActionQuestion, kind: string): boolean {
    return only === undefined || only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`));
}

function quickFixes(benches: readonly Bench[], source: SourceText): readonly CodeAction[] {
    const asked = benches.map((bench) => ({
        bench,
        found: bench.site.application.findings.filter((finding) => isAsked(finding, bench, source)),
    }));
    const own = asked.flatMap(({ bench, found }) => found.flatMap((finding) => curesOf(bench, finding)));
    const unique = new Map(own.toReversed().map((action) => [JSON.stringify([action.title, action.edit]), action]));
    const sorted = [...unique.values()].toReversed().sort((a, b) => rankOf(a) - rankOf(b));
    const together = asked.flatMap(({ bench, found }) =>
        [...new Set(found.map(({ code }) => code))].flatMap((code) => fixAllAction(bench, code)),
    );
    return [...sorted, ...new Map(together.map((action) => [action.title, action])).values()];
}

function curesOf(bench: Bench, finding: Finding): readonly CodeAction[] {
    const diagnostics = bench.question.diagnostics.filter((one) => isAbout(one, finding));
    return fixesOf(finding, bench.site).flatMap((fix) => actionOf(bench, fix, CodeActionKind.QuickFix, diagnostics));
}

function rankOf({ isPreferred }: CodeAction): number {
    return isPreferred === true ? 0 : 1;
}

/** Findings of the file that touch the range; those without a place are offered at the top of any file. */
function isAsked({ range }: Finding, { file, question }: Bench, source: SourceText): boolean {
    const asked = question.range;
    if (range === null) return asked.start.line === 0;
    if (range.file !== file) return false;
    const last = Math.min(range.endLine, source.lines.length);
    if (asked.end.line + 1 < range.line || asked.start.line + 1 > last) return false;
    const isOneLine = asked.start.line === asked.end.line && range.line === range.endLine;
    if (!isOneLine) return true;
    return asked.start.character + 1 <= range.endColumn && asked.end.character + 1 >= range.column;
}

function isAbout({ code, range }: Diagnostic, finding: Finding): boolean {
    const line = (finding.range?.line ?? 1) - 1;
    return code === finding.code && range.start.line === line;
}

function actionOf(
    bench: Bench,
    fix: Fix,
    kind: string,
    diagnostics: readonly Diagnostic[] = [],
): readonly CodeAction[] {
    if (!canMake(fix.changes, bench.workshop.abilities.edits)) return [];
    return [
        {
            title: fix.title,
            kind,
            ...(diagnostics.length > 0 ? { diagnostics: [...diagnostics] } : {}),
            ...(fix.isPreferred ? { isPreferred: true } : {}),
            edit: editOf(bench, fix),
        },
    ];
}

function editOf({ places, workshop }: Bench, { changes }: Fix): NonNullable<CodeAction['edit']> {
    return workspaceEditOf(changes, places, workshop.abilities.edits);
}

/** One action for all findings of a code in the file, when there are several. */
function fixAllAction(bench: Bench, code: string): readonly CodeAction[] {
    const { site, file } = bench;
    if (!hasSeveral(site, file, code)) return [];
    const named = { action: 'fixAll', code, kind: CodeActionKind.QuickFix } as const;
    // There may be a thousand of them: nobody waits for their edits who can ask for them later.
    if (bench.workshop.abilities.resolvesEdits) return later(bench, fixAllTitle(code), named);
    const fix = fixAllOf(site, file, code);
    return fix === undefined ? [] : actionOf(bench, fix, CodeActionKind.QuickFix);
}

/** An action whose edit is asked for when it is chosen. */
function later(
    { question }: Bench,
    title: string,
    { action, code, kind }: { readonly action: ActionData['action']; readonly code: string; readonly kind: string },
): readonly CodeAction[] {
    const data: ActionData = { uri: question.uri, action, code };
    return [{ title, kind, data }];
}

function refactorings(bench: Bench, source: SourceText): readonly CodeAction[] {
    const { question, site } = bench;
    const start = source.offsetOf(question.range.start.line + 1, question.range.start.character + 1);
    const end = source.offsetOf(question.range.end.line + 1, question.range.end.character + 1);
    return refactoringsAt({ site, source, start, end }, (kind) => isWanted(question, kind)).flatMap(({ kind, fix }) =>
        actionOf(bench, fix, kind),
    );
}

/** What is done to whole files is offered to those who ask for it, or for everything. */
function wholeFileActions(bench: Bench): readonly CodeAction[] {
    const { question } = bench;
    if (question.only === undefined && question.trigger === CodeActionTriggerKind.Automatic) return [];
    return [
        ...(isWanted(question, FIX_ALL_KIND) ? safeAction(bench) : []),
        ...(isWanted(question, CodeActionKind.SourceOrganizeImports) ? importsAction(bench) : []),
    ];
}

function safeAction(bench: Bench): readonly CodeAction[] {
    if (bench.workshop.abilities.resolvesEdits) {
        const named = { action: 'fixSafely', code: '', kind: FIX_ALL_KIND } as const;
        return hasSafe(bench.site, bench.file) ? later(bench, FIX_SAFELY_TITLE, named) : [];
    }
    const fix = fixSafely(bench.site, bench.file);
    return fix === undefined ? [] : actionOf(bench, fix, FIX_ALL_KIND);
}

function importsAction(bench: Bench): readonly CodeAction[] {
    const fix = organizeImports(bench.site, bench.file);
    return fix === undefined ? [] : actionOf(bench, fix, CodeActionKind.SourceOrganizeImports);
}

function wholeFileFix({ site, file }: Bench, action: ActionData['action'], code: string): Fix | undefined {
    switch (action) {
        case 'fixSafely':
            return fixSafely(site, file);
        case 'fixAll':
            return fixAllOf(site, file, code);
        default:
            return action satisfies never;
    }
}
