/** Completion in .graph and .instances files (reference: language, sections 10.1 and 10.2; mends 11.21). */
import type { ModelFileKind } from '../../../language/index.ts';
import { pathIn, relativeTo } from '../../workspace/locations.ts';
import type { CompletionQuestion } from '../completion.ts';
import { type LineContext, lineContextAt, openBlockAt, type OpenBlock, propertiesOf } from '../line-context.ts';
import { endingOf } from '../line-words.ts';
import { type Scope, scopeOf } from '../scope.ts';
import {
    blankAfterColon,
    graphTopLevel,
    graphValues,
    instanceVariables,
    propertyProposals,
} from './graph-proposals.ts';
import { instanceBody, instanceComponents, instancesTopLevel, instanceValues } from './instances-proposals.ts';
import { pathProposals } from './path-proposals.ts';
import { groupOf, type Proposal, type ProposalGroup } from './proposal.ts';
import { unreachedProposals } from './unreached-proposals.ts';
import { externalItems } from './variable-proposals.ts';

type OpenContext = Exclude<LineContext, { kind: 'nothing' }>;
type ValueContext = Extract<OpenContext, { kind: 'value' }>;

/** What can be written at a position of a model file. */
export function modelGroups(question: CompletionQuestion, kind: ModelFileKind): readonly ProposalGroup[] {
    const { line, character } = question.position;
    const context = lineContextAt(question.lines, kind, line, character);
    const again = (): readonly ProposalGroup[] => (question.trigger === null ? lineAgain(question, kind) : []);
    if (context.kind === 'nothing') return again();
    if (!isWorthOpening(question.trigger, context)) return [];
    const variables = variableGroup(context);
    if (variables !== undefined) return [variables];
    const place: Place = { question, kind, context, scope: scopeOf(question.view) };
    const restarted = context.kind === 'topLevel' || context.kind === 'instanceOf' ? again() : [];
    if (context.kind === 'topLevel' && restarted.length > 0) return restarted;
    return [groupFor(place), ...afterColon(place), ...otherParent(place), ...restarted];
}

/** A list that opens by itself must be about what the character began: a blank that indents a line begins nothing. */
function isWorthOpening(trigger: string | null, context: OpenContext): boolean {
    if (trigger === null) return true;
    if (context.kind === 'topLevel' || context.kind === 'body') return false;
    if (trigger === '$' || trigger === '(') return variableGroup(context) !== undefined;
    return trigger === '.' || trigger === '/' || context.typed.text === '' || /\s$/.test(context.typed.text);
}

/** `$(…)` inside a value: of a variable being exported, or of an override. */
function variableGroup(context: OpenContext): ProposalGroup | undefined {
    if (context.kind !== 'value') return undefined;
    const begun = /\$\(?\w*$/.exec(context.typed.text);
    const isText =
        context.property === 'exports' ? context.typed.text.includes('=') : context.block?.kind === 'instance';
    if (begun === null || !isText) return undefined;
    return groupOf({ text: begun[0], column: context.typed.column + begun.index }, instanceVariables());
}

interface Place {
    readonly question: CompletionQuestion;
    readonly kind: ModelFileKind;
    readonly context: OpenContext;
    readonly scope: Scope;
}

function groupFor(place: Place): ProposalGroup {
    const { context, question } = place;
    const group = groupOf(context.typed, proposalsFor(place));
    if (context.kind !== 'instanceOf') return group;
    // The language knows the two words with exactly one blank between them.
    const before = (question.lines[question.position.line] ?? '').slice(0, context.typed.column);
    const blanks = /^(?<head>\s*instance)\s(?<extra>\s+)of/i.exec(before)?.groups;
    if (blanks === undefined) return group;
    const start = (blanks['head'] ?? '').length;
    return { ...group, removed: { start, end: start + (blanks['extra'] ?? '').length } };
}

function proposalsFor({ question, kind, context, scope }: Place): readonly Proposal[] {
    switch (context.kind) {
        case 'topLevel':
            return topLevelProposals(kind, scope);
        case 'importPath':
            return importPaths(question, kind);
        case 'instanceOf':
            return instanceComponents(scope, context.parent?.name ?? null);
        case 'body':
            return bodyProposals(question, context.block, scope);
        case 'value':
            return valueProposals(question, { kind, context, scope });
        default:
            return context satisfies never;
    }
}

function topLevelProposals(kind: ModelFileKind, scope: Scope): readonly Proposal[] {
    return kind === 'graph' ? graphTopLevel(scope) : instancesTopLevel(scope);
}

interface ValuePlace {
    readonly kind: ModelFileKind;
    readonly context: ValueContext;
    readonly scope: Scope;
}

function valueProposals(question: CompletionQuestion, { kind, context, scope }: ValuePlace): readonly Proposal[] {
    const isInstance = context.block === null ? kind === 'instances' : context.block.kind === 'instance';
    if (isInstance) return instanceValues(context, scope);
    if (context.isExternal && !context.isAfterItem) return externalItems(question.externals, context.others);
    return [
        ...graphValues(context, { scope, file: question.view.file }),
        ...unreachedProposals(context, { scope, lines: question.lines }, question.unreached()),
    ];
}

function bodyProposals(question: CompletionQuestion, block: OpenBlock, scope: Scope): readonly Proposal[] {
    const { lines, position } = question;
    const present = propertiesOf(lines, block).filter(({ line }) => line !== position.line);
    const place = {
        present: present.map(({ name }) => name),
        hasColon: /^[^\s:]*\s*:/.test((lines[position.line] ?? '').slice(position.character)),
    };
    if (block.kind === 'instance') return instanceBody(scope, block.name, place);
    return propertyProposals(block.kind, place.present, place.hasColon);
}

/** Behind a colon and no blank, the blank is proposed too: it belongs there. */
function afterColon({ question, context }: Place): readonly ProposalGroup[] {
    if (context.kind !== 'value' || question.trigger !== null || context.typed.text !== '') return [];
    const before = (question.lines[question.position.line] ?? '').slice(0, question.position.character);
    const word = before.endsWith(':') ? endingOf(before.slice(0, -1), /[^\s:]/) : '';
    if (word === '') return [];
    const text = `${word}:`;
    return [groupOf({ text, column: before.length - text.length }, [blankAfterColon(context.property)])];
}

/** A component extends one other: behind a comma, the other ones are proposed in place of what stands before it. */
function otherParent({ question, context, scope }: Place): readonly ProposalGroup[] {
    if (context.kind !== 'value' || context.property !== 'extends' || context.block?.kind !== 'component') return [];
    const { text, column } = context.typed;
    const comma = text.lastIndexOf(',');
    if (comma < 0) return [];
    const item = text.slice(comma + 1).trimStart();
    const start = column + text.length - item.length;
    const typed = { text: item, column: start };
    const proposals = graphValues({ ...context, typed }, { scope, file: question.view.file });
    return [{ typed, proposals, removed: { start: column, end: start } }];
}

/** Files of the kind that are neither this one nor imported by it (imports are resolved from the kind's directory). */
function importPaths(question: CompletionQuestion, kind: ModelFileKind): readonly Proposal[] {
    const base = importBaseOf(question, kind);
    const own = relativeTo(base, question.path);
    const imported = new Set(
        question.lines
            .filter((_, line) => line !== question.position.line)
            .map((line) => /^\s*import\s+([^;#]*)/i.exec(line)?.[1]?.trim()),
    );
    const files = question.filesBelow(base).filter((file) => file !== own && !imported.has(file));
    return pathProposals(files, `.${kind}`).map((one) => ({ ...one, commitCharacters: [';'] }));
}

function importBaseOf(question: CompletionQuestion, kind: ModelFileKind): string {
    const { analysis, application } = question.view;
    const folder = kind === 'graph' ? 'graph' : 'instances';
    if (analysis.kind === 'application') return pathIn(analysis.application.directory, folder);
    return new RegExp(`^.*/${folder}(?=/)`).exec(question.path)?.[0] ?? application.directory;
}

/**
 * Instances only: what may follow on a line of its own after an end, and what a line may become whose first words mean nothing
 * (reference: language, section 10.2). Those words are taken away.
 */
function lineAgain(question: CompletionQuestion, kind: ModelFileKind): readonly ProposalGroup[] {
    const { lines, position, view } = question;
    const before = (lines[position.line] ?? '').slice(0, position.character);
    if (kind === 'graph' || before.includes('#')) return [];
    const text = endingOf(before, /[^\s;{}]/);
    const head = before.slice(0, before.length - text.length);
    const typed = { text, column: head.length };
    if (/[;{]\s*$/.test(head)) return nextLine(question, typed, head);
    if (openBlockAt(lines, kind, position.line) !== null || text !== '' || !/^\s*[^\s:{};][^:{};]*\s$/.test(head))
        return [];
    if (/^\s*(?:import|instance\s+of)\s/.test(head)) return [];
    const removed = { start: head.length - head.trimStart().length, end: head.length };
    return [{ typed, proposals: instancesTopLevel(scopeOf(view)), removed }];
}

/** The next line of the block that is open behind an opening bracket or a property. */
function nextLine(question: CompletionQuestion, typed: ProposalGroup['typed'], head: string): readonly ProposalGroup[] {
    const { lines, position, view } = question;
    const isOpening = /\{\s*$/.test(head);
    // The block of a header begins behind it: the line below is the first one inside.
    const block = openBlockAt(
        [...lines.slice(0, position.line), head],
        'instances',
        position.line + (isOpening ? 1 : 0),
    );
    if (block === null || block.kind !== 'instance') return [];
    const indent = isOpening ? '\n\t' : '\n';
    const present = propertiesOf(lines, block).map(({ name }) => name);
    const proposals = instanceBody(scopeOf(view), block.name, { present, hasColon: false });
    return [
        groupOf(
            typed,
            proposals.map((one) => onNextLine(one, indent)),
        ),
    ];
}

function onNextLine(one: Proposal, indent: string): Proposal {
    const { describe } = one;
    const moved = <T extends { readonly insert?: string; readonly snippet?: string | null }>(texts: T): T => ({
        ...texts,
        ...(texts.insert === undefined ? {} : { insert: indent + texts.insert }),
        ...(texts.snippet === undefined || texts.snippet === null ? {} : { snippet: indent + texts.snippet }),
    });
    return { ...moved(one), describe: describe === null ? null : () => moved(describe()) };
}
