/** `textDocument/documentSymbol`: the outline of a text. */
import { type DocumentSymbol, type Range, type SymbolInformation, SymbolKind } from 'vscode-languageserver/node';
import { type FileKind, type OutlineItem, type OutlineKind, syntaxOf, type TextRange } from '../../language/index.ts';

/** The outline as a tree. */
export function documentSymbols(kind: FileKind, text: string): readonly DocumentSymbol[] {
    return syntaxOf(kind, text).outline.map(toSymbol);
}

/** The same as a list, for clients that do not know trees: each entry names the one it is in. */
export function flatSymbols(uri: string, symbols: readonly DocumentSymbol[]): readonly SymbolInformation[] {
    const flat: SymbolInformation[] = [];
    const pending = symbols.map((symbol) => ({ symbol, containerName: '' }));
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
        const { symbol, containerName } = next;
        const { name, kind, range, children = [] } = symbol;
        flat.push({ name, kind, location: { uri, range }, ...(containerName === '' ? {} : { containerName }) });
        pending.unshift(...children.map((child) => ({ symbol: child, containerName: name })));
    }
    return flat;
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
