/** Completion in the properties files of an application: keys at the start of a line, values behind a separator. */
import { pathIn, parentOf } from '../../workspace/locations.ts';
import type { CompletionQuestion } from '../completion.ts';
import type { Typed } from '../line-context.ts';
import { endingOf } from '../line-words.ts';
import { entriesIn, propertiesContextAt, type PropertiesContext } from '../properties-context.ts';
import { descriptorKeys, descriptorValues } from './descriptor-proposals.ts';
import { groupOf, type Proposal, type ProposalGroup } from './proposal.ts';
import { instructionKeys, instructionValues, policyKeys, policyValues, valueKeys } from './recipe-proposals.ts';
import { placeholderProposals, targetKeys, targetValues } from './target-proposals.ts';

export type PropertiesKind = 'descriptor' | 'target' | 'recipe' | 'instructions' | 'measureValues';

/** What is written already, and where. */
export interface PropertiesPlace {
    readonly question: CompletionQuestion;
    /** Values by key, of the other lines. */
    readonly entries: ReadonlyMap<string, string>;
}

/** What can be written at a position of a properties file. */
export function propertiesGroups(question: CompletionQuestion, kind: PropertiesKind): readonly ProposalGroup[] {
    const { line, character } = question.position;
    const context = propertiesContextAt(question.lines, line, character);
    if (context.kind === 'nothing' || !isWorthOpening(question.trigger, context)) return [];
    const place = { question, entries: entriesIn(question.lines, line) };
    if (context.kind === 'key') return keyGroups(kind, place, context);
    if (kind === 'target') {
        const begun = /(?:\$\{?[\w:.-]*|\{\{?\s*\w*)$/.exec(context.typed.text)?.[0];
        if (begun !== undefined) return [groupOf(endOf(context.typed, begun), placeholderProposals(context.key))];
    }
    return valueGroups(kind, place, context);
}

function isWorthOpening(trigger: string | null, context: PropertiesContext): boolean {
    switch (trigger) {
        case null:
            return true;
        case '.':
            return context.kind === 'key' || context.kind === 'value';
        case ' ':
        case '=':
        case ':':
        case ',':
            return context.kind === 'value' && /(?:^|[\s,])$/.test(context.typed.text);
        case '/':
        case '$':
        case '{':
            return context.kind === 'value';
        default:
            return false;
    }
}

function keyGroups(
    kind: PropertiesKind,
    place: PropertiesPlace,
    { typed, hasSeparator }: Extract<PropertiesContext, { kind: 'key' }>,
): readonly ProposalGroup[] {
    const proposals = keysOf(kind, place).map((one) => ({ ...one, isPresent: place.entries.has(one.label) }));
    if (!hasSeparator) return [groupOf(typed, proposals)];
    const names = proposals.filter((one) => one.kind === 'property');
    return [groupOf(typed, names.map(withoutSeparator))];
}

/** The line has its separator and value already. */
function withoutSeparator(one: Proposal): Proposal {
    return { ...one, insert: one.label, snippet: null, leadsOn: false };
}

function keysOf(kind: PropertiesKind, place: PropertiesPlace): readonly Proposal[] {
    switch (kind) {
        case 'descriptor':
            return descriptorKeys(place.question, place.entries);
        case 'target':
            return targetKeys(place.entries, folderNameOf(place.question));
        case 'recipe':
            return policyKeys();
        case 'instructions':
            return instructionKeys(place.entries);
        case 'measureValues':
            return valueKeys(place.question);
        default:
            return kind satisfies never;
    }
}

function valueGroups(
    kind: PropertiesKind,
    { question, entries }: PropertiesPlace,
    { key, typed }: Extract<PropertiesContext, { kind: 'value' }>,
): readonly ProposalGroup[] {
    switch (kind) {
        case 'descriptor':
            return descriptorValues(question, key, typed);
        case 'target':
            return targetValues({ key, typed, entries, folder: folderNameOf(question) });
        case 'recipe':
            return [groupOf(typed, policyValues(key))];
        case 'instructions':
            return [groupOf(endOf(typed, lastWord(typed.text)), instructionValues(key, recipeFilesOf(question)))];
        case 'measureValues':
            return [];
        default:
            return kind satisfies never;
    }
}

/** The recipe folder is called as its component. */
function folderNameOf({ path }: CompletionQuestion): string {
    return parentOf(path).replace(/^.*\//, '');
}

function recipeFilesOf({ path, filesBelow }: CompletionQuestion): readonly string[] {
    const folder = pathIn(parentOf(path), '');
    return filesBelow(folder.replace(/\/$/, '')).filter((file) => !file.endsWith('.properties'));
}

function lastWord(text: string): string {
    return endingOf(text, /\S/);
}

function endOf(typed: Typed, text: string): Typed {
    return { text, column: typed.column + typed.text.length - text.length };
}
