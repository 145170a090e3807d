/** `textDocument/completion`: what can be written at a place, whatever state the text is in. */
import type { CompletionItem, CompletionList, Position } from 'vscode-languageserver/node';
import type { FileKind } from '../../language/index.ts';
import type { FileView } from '../workspace/units.ts';
import type { UnreachedFile } from '../workspace/workspace.ts';
import { commandsGroups } from './completion/commands-completion.ts';
import { fittingProposals } from './completion/fitting.ts';
import { measuresGroups } from './completion/measures-completion.ts';
import { modelGroups } from './completion/model-completion.ts';
import { propertiesGroups } from './completion/properties-completion.ts';
import {
    type CompletionAbilities,
    type Proposal,
    type ProposalGroup,
    toCompletionItem,
} from './completion/proposal.ts';
import { rulesGroups } from './completion/rules-completion.ts';
import type { Lines } from './line-context.ts';

export interface CompletionQuestion {
    readonly path: string;
    readonly kind: FileKind;
    readonly lines: Lines;
    readonly position: Position;
    readonly view: FileView;
    /** Files below a directory, relative to it and sorted. */
    readonly filesBelow: (directory: string) => readonly string[];
    /** Graph files of the application that nothing imports. */
    readonly unreached: () => readonly UnreachedFile[];
    /** What other applications offer, where that is written. */
    readonly externals: readonly ExternalVariable[];
    /** The character that opened the list by itself; null when the user asked for it. */
    readonly trigger: string | null;
    readonly abilities: CompletionAbilities;
}

/** A variable that another application exports, by the name it has outside. */
export interface ExternalVariable {
    readonly name: string;
    readonly application: string;
}

/** Characters that open the list of proposals. */
export const COMPLETION_TRIGGERS: readonly string[] = [' ', ':', ',', '.', '/', '$', '{', '(', '[', '=', '"'];

/** More proposals than this are cut, and asked for again as the user types. */
const MOST_PROPOSALS = 400;

/** By what an item names its type when the editor asks for its documentation. */
export interface CompletionData {
    readonly path: string;
    readonly about: string;
}

/** Reads what comes back with an item; null when it is not ours. */
export function parseCompletionData(data: unknown): CompletionData | null {
    if (typeof data !== 'object' || data === null || !('path' in data) || !('about' in data)) return null;
    const { path, about } = data;
    return typeof path === 'string' && typeof about === 'string' ? { path, about } : null;
}

/** The proposals at a position: each replaces what was typed of it. */
export function completionAt(question: CompletionQuestion): CompletionList {
    const fitting = groupsAt(question).flatMap((group) =>
        fittingProposals(group.typed.text, group.proposals).map((one) => ({ one, group })),
    );
    const rest = restOfWord(question);
    const items = fitting
        .slice(0, MOST_PROPOSALS)
        .map(({ one, group }, index) => itemOf(question, one, { group, index, rest }));
    return { isIncomplete: fitting.length > MOST_PROPOSALS, items };
}

function groupsAt(question: CompletionQuestion): readonly ProposalGroup[] {
    const { kind } = question;
    switch (kind) {
        case 'graph':
        case 'instances':
            return modelGroups(question, kind);
        case 'descriptor':
        case 'target':
        case 'recipe':
        case 'instructions':
        case 'measureValues':
            return propertiesGroups(question, kind);
        case 'commands':
            return commandsGroups(question);
        case 'rules':
            return rulesGroups(question);
        case 'measures':
            return measuresGroups(question);
        default:
            return kind satisfies never;
    }
}

/** Characters of the word behind the position, for editors that can replace them as well. */
function restOfWord({ lines, position }: CompletionQuestion): number {
    const after = (lines[position.line] ?? '').slice(position.character);
    return /^[\w.-]*/.exec(after)?.[0].length ?? 0;
}

function itemOf(
    { path, position, abilities }: CompletionQuestion,
    one: Proposal,
    place: { readonly group: ProposalGroup; readonly index: number; readonly rest: number },
): CompletionItem {
    const item = toCompletionItem(one, { ...place, position }, abilities);
    if (one.about === '' || !abilities.resolvesDocumentation) return item;
    const data: CompletionData = { path, about: one.about };
    return { ...item, data };
}
