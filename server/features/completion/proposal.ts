/** Proposals of a completion list, and their form in the protocol. */
import { type CompletionItem, CompletionItemKind, InsertTextFormat, type Range } from 'vscode-languageserver/node';

export type ProposalKind = 'keyword' | 'property' | 'component' | 'facet' | 'variable' | 'file' | 'value' | 'snippet';

export interface Proposal {
    readonly label: string;
    readonly kind: ProposalKind;
    /** Text to insert in place of what was typed. */
    readonly insert: string;
    /** The same as a snippet, for editors that know them; null when it adds nothing. */
    readonly snippet: string | null;
    /** A few words beside the label. */
    readonly detail: string;
    /** Markdown; empty when there is nothing to add. */
    readonly documentation: string;
    /** Whether another list of proposals is likely wanted right after. */
    readonly leadsOn: boolean;
    /** Text to insert at the start of a line elsewhere, with this proposal; null for none. */
    readonly addition: Addition | null;
}

export interface Addition {
    /** 0-based. */
    readonly line: number;
    readonly text: string;
}

/** What the editor can do, as it said when it connected. */
export interface CompletionAbilities {
    readonly snippets: boolean;
    /** Identifier of an editor command that opens the list of proposals; null when there is none. */
    readonly suggestCommand: string | null;
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
        ...more,
    };
}

/** The protocol's item for the nth proposal: it replaces `range` and sorts as given. */
export function toCompletionItem(
    one: Proposal,
    place: { range: Range; index: number },
    abilities: CompletionAbilities,
): CompletionItem {
    const usesSnippet = abilities.snippets && one.snippet !== null;
    const newText = usesSnippet ? (one.snippet ?? one.insert) : one.insert;
    return {
        label: one.label,
        kind: KINDS[one.kind],
        sortText: String(place.index).padStart(5, '0'),
        filterText: one.label,
        textEdit: { range: place.range, newText },
        insertTextFormat: usesSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
        ...(one.detail === '' ? {} : { detail: one.detail }),
        ...(one.documentation === '' ? {} : { documentation: { kind: 'markdown', value: one.documentation } }),
        ...(one.addition === null ? {} : { additionalTextEdits: [additionOf(one.addition)] }),
        ...(one.leadsOn && abilities.suggestCommand !== null
            ? { command: { title: 'Suggest', command: abilities.suggestCommand } }
            : {}),
    };
}

function additionOf(addition: Addition): { range: Range; newText: string } {
    const place = { line: addition.line, character: 0 };
    return { range: { start: place, end: place }, newText: addition.text };
}

/** Makes a text safe inside a snippet. */
export function escapeSnippet(text: string): string {
    return text.replaceAll(/[\\$}]/g, (character) => `\\${character}`);
}

const KINDS = {
    keyword: CompletionItemKind.Keyword,
    property: CompletionItemKind.Property,
    component: CompletionItemKind.Class,
    facet: CompletionItemKind.Interface,
    variable: CompletionItemKind.Variable,
    file: CompletionItemKind.File,
    value: CompletionItemKind.Value,
    snippet: CompletionItemKind.Snippet,
} as const satisfies Readonly<Record<ProposalKind, CompletionItemKind>>;
