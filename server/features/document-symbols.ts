/** `textDocument/documentSymbol`: the outline of a text. */
import { type DocumentSymbol, type Range, type SymbolInformation, SymbolKind } from 'vscode-languageserver/node';
import type { FileSyntax, OutlineItem, OutlineKind, TextRange } from '../../language/index.ts';

/** The outline as a tree. */
export function documentSymbols({ outline }: FileSyntax): readonly DocumentSymbol[] {
    return outline.map(toSymbol);
}

/** The same as a list, for clients that do not know trees: each entry names the one it is in. */
export function flatSymbols(uri: string, symbols: readonly DocumentSymbol[]): readonly SymbolInformation[] {
    return [...flattened(uri, symbols, '')];
}

function* flattened(
    uri: string,
    symbols: readonly DocumentSymbol[],
    containerName: string,
): Generator<SymbolInformation> {
    for (const { name, kind, range, children = [] } of symbols) {
        yield { name, kind, location: { uri, range }, ...(containerName === '' ? {} : { containerName }) };
        yield* flattened(uri, children, name);
    }
}

/** Pictures of an editor for the kinds of entries. */
const KINDS: Readonly<Record<OutlineKind, SymbolKind>> = {
    component: SymbolKind.Class,
    facet: SymbolKind.Interface,
    instance: SymbolKind.Object,
    property: SymbolKind.Property,
    variable: SymbolKind.Variable,
    import: SymbolKind.Module,
    instruction: SymbolKind.Function,
    rule: SymbolKind.Method,
    probe: SymbolKind.Event,
    key: SymbolKind.Key,
};

function toSymbol({ kind, name, detail, range, nameRange, children }: OutlineItem): DocumentSymbol {
    return {
        // Editors refuse entries without a name.
        name: name.trim() === '' ? UNNAMED : name,
        ...(detail === '' ? {} : { detail }),
        kind: KINDS[kind],
        range: toRange(range),
        selectionRange: toRange(nameRange),
        children: children.map(toSymbol),
    };
}

const UNNAMED = '…';

function toRange({ line, column, endLine, endColumn }: TextRange): Range {
    return {
        start: { line: line - 1, character: column - 1 },
        end: { line: endLine - 1, character: endColumn - 1 },
    };
}
