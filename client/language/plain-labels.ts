/** Labels the editor shows as they are written: it takes `$(machine)` in them for the name of an icon, and the language for a variable. */
import type { Middleware } from 'vscode-languageclient/node';
import type * as vscode from 'vscode';

/** Nothing is seen of it, and it keeps the two characters in front of a name apart. */
const INVISIBLE = '\u200B';

/** A text with no name of an icon in it, which looks the same. */
export function plainLabel(text: string): string {
    return text.replaceAll(/\$(?=\([\w~-]+\))/g, `$$${INVISIBLE}`);
}

/** Makes the labels of proposals and symbols plain. */
export const PLAIN_LABELS: Pick<
    Middleware,
    'provideCompletionItem' | 'provideDocumentSymbols' | 'provideWorkspaceSymbols'
> = {
    provideCompletionItem: async (...[document, position, context, token, next]) => {
        const answer = await next(document, position, context, token);
        for (const item of itemsOf(answer)) makePlain(item);
        return answer;
    },
    provideDocumentSymbols: async (document, token, next) => {
        const symbols = await next(document, token);
        for (const symbol of symbols ?? []) makeTreePlain(symbol);
        return symbols;
    },
    provideWorkspaceSymbols: async (query, token, next) => {
        const symbols = await next(query, token);
        for (const symbol of symbols ?? []) symbol.name = plainLabel(symbol.name);
        return symbols;
    },
};

function itemsOf(
    answer: vscode.CompletionItem[] | vscode.CompletionList | null | undefined,
): readonly vscode.CompletionItem[] {
    if (answer === null || answer === undefined) return [];
    return 'items' in answer ? answer.items : answer;
}

/** What is typed is compared with the text as it is written. */
function makePlain(item: vscode.CompletionItem): void {
    const { label } = item;
    const text = typeof label === 'string' ? label : label.label;
    const plain = plainLabel(text);
    if (plain === text) return;
    item.filterText ??= text;
    item.label = typeof label === 'string' ? plain : { ...label, label: plain };
}

function makeTreePlain(symbol: vscode.DocumentSymbol | vscode.SymbolInformation): void {
    symbol.name = plainLabel(symbol.name);
    if (!('children' in symbol)) return;
    symbol.detail = plainLabel(symbol.detail);
    for (const child of symbol.children) makeTreePlain(child);
}
