/** `textDocument/completion`: what can be written at a place, whatever state the text is in. */
import type { CompletionList, Position, Range } from 'vscode-languageserver/node';
import { pathIn, relativeTo } from '../workspace/locations.ts';
import type { FileView } from '../workspace/units.ts';
import type { UnreachedFile } from '../workspace/workspace.ts';
import { descriptorProposals, pathProposals } from './completion/descriptor-proposals.ts';
import { graphTopLevel, graphValues, instanceVariables, propertyProposals } from './completion/graph-proposals.ts';
import {
    instanceBody,
    instanceComponents,
    instancesTopLevel,
    instanceValues,
} from './completion/instances-proposals.ts';
import { unreachedProposals } from './completion/unreached-proposals.ts';
import { type CompletionAbilities, type Proposal, toCompletionItem } from './completion/proposal.ts';
import {
    type FileKind,
    type LineContext,
    lineContextAt,
    type Lines,
    propertiesOf,
    type Typed,
} from './line-context.ts';
import { type Scope, scopeOf } from './scope.ts';

export interface CompletionQuestion {
    readonly path: string;
    readonly kind: CompletionKind;
    readonly lines: Lines;
    readonly position: Position;
    readonly view: FileView;
    /** Files below a directory, relative to it and sorted. */
    readonly filesBelow: (directory: string) => readonly string[];
    /** Graph files of the application that nothing imports. */
    readonly unreached: () => readonly UnreachedFile[];
    /** The character that opened the list by itself; null when the user asked for it. */
    readonly trigger: string | null;
    readonly abilities: CompletionAbilities;
}

export type CompletionKind = FileKind | 'descriptor';

/** Characters that open the list of proposals. */
export const COMPLETION_TRIGGERS: readonly string[] = [' ', ':', ',', '.', '/', '$'];

/** More proposals than this are cut, and asked for again as the user types. */
const MOST_PROPOSALS = 400;

interface Answer {
    readonly typed: Typed;
    readonly proposals: readonly Proposal[];
}

const EMPTY: CompletionList = { isIncomplete: false, items: [] };

/** The proposals at a position: each replaces what was typed of it. */
export function completionAt(question: CompletionQuestion): CompletionList {
    const answer = question.kind === 'descriptor' ? descriptorAnswer(question) : modelAnswer(question, question.kind);
    if (answer === undefined) return EMPTY;
    const { typed, proposals } = answer;
    const fitting = fittingProposals(typed.text.toLowerCase(), proposals);
    const range = rangeOfTyped(question.position, typed);
    return {
        isIncomplete: fitting.length > MOST_PROPOSALS,
        items: fitting
            .slice(0, MOST_PROPOSALS)
            .map((one, index) => toCompletionItem(one, { range, index }, question.abilities)),
    };
}

function rangeOfTyped(position: Position, typed: Typed): Range {
    return { start: { line: position.line, character: typed.column }, end: position };
}

/** Those that begin as typed; when there are none, those that hold the letters in this order, as editors filter themselves. */
function fittingProposals(letters: string, proposals: readonly Proposal[]): readonly Proposal[] {
    const beginning = proposals.filter((one) => one.label.toLowerCase().startsWith(letters));
    if (beginning.length > 0 || letters.length < 2) return beginning;
    return proposals.filter((one) => isSubsequence(letters, one.label.toLowerCase()));
}

function isSubsequence(letters: string, text: string): boolean {
    let at = 0;
    for (const letter of letters) {
        at = text.indexOf(letter, at) + 1;
        if (at === 0) return false;
    }
    return true;
}

function descriptorAnswer(question: CompletionQuestion): Answer | undefined {
    if (question.trigger !== null && question.trigger !== ' ' && question.trigger !== '/') return undefined;
    const { directory } = question.view.analysis.application;
    return descriptorProposals(question.lines, question.position, (folder) =>
        question.filesBelow(pathIn(directory, folder)),
    );
}

function modelAnswer(question: CompletionQuestion, kind: FileKind): Answer | undefined {
    const { line, character } = question.position;
    const context = lineContextAt(question.lines, kind, line, character);
    if (context.kind === 'nothing' || !isWorthOpening(question.trigger, context)) return undefined;
    const variables = variableAnswer(context);
    if (variables !== undefined) return variables;
    const scope = scopeOf(question.view);
    return { typed: context.typed, proposals: proposalsFor(question, kind, { context, scope }) };
}

type OpenContext = Exclude<LineContext, { kind: 'nothing' }>;

/** A list that opens by itself must be about what the character began: a blank that indents a line begins nothing. */
function isWorthOpening(trigger: string | null, context: OpenContext): boolean {
    if (trigger === null) return true;
    if (context.kind === 'topLevel' || context.kind === 'body') return false;
    if (trigger === '$') return variableAnswer(context) !== undefined;
    return trigger === '.' || trigger === '/' || context.typed.text === '' || /\s$/.test(context.typed.text);
}

/** `$(…)` inside a value: of a variable being exported, or of an override. */
function variableAnswer(context: OpenContext): Answer | undefined {
    if (context.kind !== 'value') return undefined;
    const begun = /\$\(?\w*$/.exec(context.typed.text);
    const isText =
        context.property === 'exports' ? context.typed.text.includes('=') : context.block?.kind === 'instance';
    if (begun === null || !isText) return undefined;
    return { typed: { text: begun[0], column: context.typed.column + begun.index }, proposals: instanceVariables() };
}

interface Place {
    readonly context: OpenContext;
    readonly scope: Scope;
}

function proposalsFor(question: CompletionQuestion, kind: FileKind, { context, scope }: Place): readonly Proposal[] {
    switch (context.kind) {
        case 'topLevel':
            return kind === 'graph' ? graphTopLevel() : instancesTopLevel(scope);
        case 'importPath':
            return importPaths(question, kind);
        case 'instanceOf':
            return instanceComponents(scope, context.parent?.name ?? null);
        case 'body':
            return bodyProposals(question, context, scope);
        case 'value':
            if (isInstanceValue(context, kind)) return instanceValues(context, scope);
            return [
                ...graphValues(context, scope),
                ...unreachedProposals(context, { scope, lines: question.lines }, question.unreached()),
            ];
        default:
            return context satisfies never;
    }
}

function isInstanceValue(context: Extract<OpenContext, { kind: 'value' }>, kind: FileKind): boolean {
    return context.block === null ? kind === 'instances' : context.block.kind === 'instance';
}

function bodyProposals(
    question: CompletionQuestion,
    context: Extract<OpenContext, { kind: 'body' }>,
    scope: Scope,
): readonly Proposal[] {
    const { lines, position } = question;
    const present = propertiesOf(lines, context.block).filter(({ line }) => line !== position.line);
    const place = {
        present: present.map(({ name }) => name),
        hasColon: /^[^\s:]*\s*:/.test((lines[position.line] ?? '').slice(position.character)),
    };
    if (context.block.kind === 'instance') return instanceBody(scope, context.block.name, place);
    return propertyProposals(context.block.kind, place.present, place.hasColon);
}

/** Files of the kind that are neither this one nor imported by it (imports are resolved from the kind's directory). */
function importPaths(question: CompletionQuestion, kind: FileKind): readonly Proposal[] {
    const base = importBaseOf(question, kind);
    const own = relativeTo(base, question.path);
    const imported = new Set(
        question.lines
            .filter((_, line) => line !== question.position.line)
            .map((line) => /^\s*import\s+([^;#]*)/i.exec(line)?.[1]?.trim()),
    );
    const files = question.filesBelow(base).filter((file) => file !== own && !imported.has(file));
    return pathProposals(files, `.${kind}`);
}

function importBaseOf(question: CompletionQuestion, kind: FileKind): string {
    const { analysis, application } = question.view;
    if (analysis.kind === 'application')
        return pathIn(analysis.application.directory, kind === 'graph' ? 'graph' : 'instances');
    const folder = new RegExp(`^.*/${kind === 'graph' ? 'graph' : 'instances'}(?=/)`).exec(question.path)?.[0];
    return folder ?? application.directory;
}
