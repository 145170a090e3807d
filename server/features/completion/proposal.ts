/** Proposals of a completion list, and their form in the protocol. */
import {
    type CompletionItem,
    CompletionItemKind,
    CompletionItemTag,
    InsertTextFormat,
    type Position,
    type TextEdit,
} from 'vscode-languageserver/node';
import type { Typed } from '../line-context.ts';

export type ProposalKind =
    | 'keyword'
    | 'property'
    | 'component'
    | 'facet'
    | 'instance'
    | 'variable'
    | 'command'
    | 'event'
    | 'target'
    | 'file'
    | 'value'
    | 'snippet';

/** What a list shows of a proposal beside its label. */
export interface Description {
    /** Text to insert in place of what was typed. */
    readonly insert: string;
    /** The same as a snippet, for editors that know them; null when it adds nothing. */
    readonly snippet: string | null;
    /** A few words beside the label. */
    readonly detail: string;
    /** Markdown; empty when there is nothing to add. */
    readonly documentation: string;
}

export interface Proposal extends Description {
    readonly label: string;
    readonly kind: ProposalKind;
    /** Whether another list of proposals is likely wanted right after. */
    readonly leadsOn: boolean;
    /** Text to insert at the start of a line elsewhere, with this proposal; null for none. */
    readonly addition: Addition | null;
    /** What it names stands there already: shown last and struck through. */
    readonly isPresent: boolean;
    /** Characters that accept the proposal when they are typed. */
    readonly commitCharacters: readonly string[];
    /** Makes the parts of the description that cost something; called for proposals that are shown, and for no others. */
    readonly describe: (() => Partial<Description>) | null;
    /** The type whose card says more; empty for none. */
    readonly about: string;
}

export interface Addition {
    /** 0-based. */
    readonly line: number;
    readonly text: string;
    /** Where the proposal comes from: shown beside its label. */
    readonly source: string;
}

/** Proposals that replace the same part of the line. */
export interface ProposalGroup {
    readonly typed: Typed;
    readonly proposals: readonly Proposal[];
    /** What is taken from the line before `typed`, as 0-based columns; null for nothing. */
    readonly removed: { readonly start: number; readonly end: number } | null;
}

/** What the editor can do, as it said when it connected. */
export interface CompletionAbilities {
    readonly snippets: boolean;
    /** Identifier of an editor command that opens the list of proposals; null when there is none. */
    readonly suggestCommand: string | null;
    /** Shows a few words beside each label. */
    readonly labelDetails: boolean;
    /** Strikes labels through. */
    readonly strikesThrough: boolean;
    /** Lets the person choose between inserting before, and replacing, the rest of a word. */
    readonly insertReplace: boolean;
    readonly commitCharacters: boolean;
    /** Asks for the documentation of a proposal when it is looked at. */
    readonly resolvesDocumentation: boolean;
}

/** A proposal with everything optional left out. */
export function proposal(kind: ProposalKind, label: string, more: Partial<Proposal> = {}): Proposal {
    return {
        label,
        kind,
        insert: label,
        snippet: null,
        detail: '',
        documentation: '',
        leadsOn: false,
        addition: null,
        isPresent: false,
        commitCharacters: [],
        describe: null,
        about: '',
        ...more,
    };
}

/** A group in which only what was typed is replaced. */
export function groupOf(typed: Typed, proposals: readonly Proposal[]): ProposalGroup {
    return { typed, proposals, removed: null };
}

/** Where an item goes. */
export interface ItemPlace {
    readonly position: Position;
    readonly group: ProposalGroup;
    /** How many characters of the word stand behind the position. */
    readonly rest: number;
    /** Place in the whole list. */
    readonly index: number;
}

/** The protocol's item for a proposal: it replaces what was typed and sorts by its place. */
export function toCompletionItem(one: Proposal, place: ItemPlace, abilities: CompletionAbilities): CompletionItem {
    const description = { ...one, ...one.describe?.() };
    const { insert, snippet } = description;
    const usesSnippet = abilities.snippets && snippet !== null;
    return {
        label: one.label,
        kind: KINDS[one.kind],
        sortText: String(place.index).padStart(5, '0'),
        filterText: one.label,
        textEdit: mainEdit(usesSnippet ? snippet : insert, place, abilities),
        insertTextFormat: usesSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
        ...wordsOf(one, description, abilities),
        ...extrasOf(one, place, abilities),
    };
}

type Words = Pick<CompletionItem, 'detail' | 'labelDetails' | 'documentation'>;

/** What is said beside the label. */
function wordsOf(one: Proposal, description: Description, { labelDetails }: CompletionAbilities): Words {
    const { detail, documentation } = description;
    const words = one.isPresent ? ['already there', detail].filter((text) => text !== '').join(' · ') : detail;
    const beside = one.addition?.source ?? words;
    return {
        ...(words === '' ? {} : { detail: words }),
        ...(beside === '' || !labelDetails ? {} : { labelDetails: { description: beside } }),
        ...(documentation === '' ? {} : { documentation: { kind: 'markdown', value: documentation } }),
    };
}

type Extras = Pick<CompletionItem, 'additionalTextEdits' | 'tags' | 'commitCharacters' | 'command'>;

/** What an item brings along. */
function extrasOf(one: Proposal, place: ItemPlace, abilities: CompletionAbilities): Extras {
    const edits = additionalEdits(one, place);
    const { suggestCommand } = abilities;
    const commits = abilities.commitCharacters ? one.commitCharacters : [];
    return {
        ...(edits.length === 0 ? {} : { additionalTextEdits: edits }),
        ...(one.isPresent && abilities.strikesThrough ? { tags: [CompletionItemTag.Deprecated] } : {}),
        ...(commits.length === 0 ? {} : { commitCharacters: [...commits] }),
        ...(one.leadsOn && suggestCommand !== null ? { command: { title: 'Suggest', command: suggestCommand } } : {}),
    };
}

function mainEdit(
    newText: string,
    { position, group, rest }: ItemPlace,
    abilities: CompletionAbilities,
): NonNullable<CompletionItem['textEdit']> {
    const start = { line: position.line, character: group.typed.column };
    const insert = { start, end: position };
    if (rest === 0 || !abilities.insertReplace) return { range: insert, newText };
    return { insert, replace: { start, end: { ...position, character: position.character + rest } }, newText };
}

function additionalEdits(one: Proposal, { position: { line }, group: { removed } }: ItemPlace): TextEdit[] {
    const edits: TextEdit[] = [];
    if (one.addition !== null) {
        const start = { line: one.addition.line, character: 0 };
        edits.push({ range: { start, end: start }, newText: one.addition.text });
    }
    if (removed !== null) {
        const range = { start: { line, character: removed.start }, end: { line, character: removed.end } };
        edits.push({ range, newText: '' });
    }
    return edits;
}

/** Makes a text safe inside a snippet. */
export function escapeSnippet(text: string): string {
    return text.replaceAll(/[\\$}]/g, (character) => `\\${character}`);
}

/** A choice of a snippet between given texts, the first one preselected. */
export function snippetChoice(stop: number, values: readonly string[]): string {
    const options = values.map((value) => value.replaceAll(/[\\$},|]/g, (character) => `\\${character}`));
    return `\${${stop}|${options.join(',')}|}`;
}

const KINDS = {
    keyword: CompletionItemKind.Keyword,
    property: CompletionItemKind.Property,
    component: CompletionItemKind.Class,
    facet: CompletionItemKind.Interface,
    instance: CompletionItemKind.Module,
    variable: CompletionItemKind.Variable,
    command: CompletionItemKind.Function,
    event: CompletionItemKind.Event,
    target: CompletionItemKind.Constant,
    file: CompletionItemKind.File,
    value: CompletionItemKind.Value,
    // Not `Snippet`: editors leave out all of that kind where a person wants no snippets of files, which know nothing of the place.
    snippet: CompletionItemKind.Struct,
} as const satisfies Readonly<Record<ProposalKind, CompletionItemKind>>;
