/** The tokens of one property line, and the findings that only its raw text can give. */
import { PROPERTIES, type BlockKind } from '../keywords.ts';
import type { RoboconfTokenNames } from '../generated/ast.ts';
import { findingOf, type Facts, type FileCode } from './catalogue.ts';
import { exportItems, type ExportItem } from './exported-variables.ts';
import type { PropertyShape } from './line-shapes.ts';
import { importItems, listItems, type ImportItem } from './list-items.ts';
import type { FileFinding } from './parsed-file.ts';
import { rangeIn, type Piece } from './piece.ts';
import { trimBlanks, trimSpan, type Line, type Span } from './text-lines.ts';

/** Collects pieces and findings of one line. */
interface Sink {
    readonly text: string;
    readonly line: Line;
    readonly pieces: Piece[];
    readonly findings: FileFinding[];
}

/** Commas of one value. */
const MAX_ITEMS = 100_000;

const OVERRIDE_IN_QUOTES = /^".*"$/s;
const RUNTIME_DATA = /^data\./i;

/** The names that are keywords in a block of this kind. */
export const KEYWORDS_OF: Readonly<Record<BlockKind, ReadonlySet<string>>> = {
    component: keywordsOf('component'),
    facet: keywordsOf('facet'),
    instance: keywordsOf('instance'),
};

/** The pieces of a property, in a block of the given kind; missing semicolons become empty pieces. */
export function propertyPieces(
    text: string,
    line: Line,
    shape: PropertyShape,
    block: BlockKind,
): { readonly pieces: readonly Piece[]; readonly findings: readonly FileFinding[] } {
    const sink: Sink = { text, line, pieces: [], findings: [] };
    const key = text.slice(shape.key.start, shape.key.end);
    const keyword = KEYWORDS_OF[block].has(key) ? key : undefined;
    put(sink, keyword === undefined ? 'KEY' : keywordToken(keyword), shape.key);
    put(sink, ':', { start: shape.colon, end: shape.colon + 1 });
    const value = affordable(sink, shape.value);
    if (!isBlankSpan(text, value)) putValue(sink, { ...shape, value }, block, keyword);
    const end = shape.semicolon ?? line.to;
    put(sink, ';', { start: end, end: shape.semicolon === undefined ? end : end + 1 });
    return { pieces: sink.pieces, findings: sink.findings };
}

/** The value up to so many commas that its items can be looked at. */
function affordable(sink: Sink, value: Span): Span {
    // Nearly all values are shorter. A search for a comma must not run through the rest of the file either.
    if (value.end - value.start < MAX_ITEMS) return value;
    let comma = value.start - 1;
    for (let count = 0; count < MAX_ITEMS; count++) {
        comma++;
        while (comma < value.end && sink.text[comma] !== ',') comma++;
        if (comma === value.end) return value;
    }
    report(sink, 'X_TOO_MANY_ITEMS', { start: comma, end: value.end });
    return { start: value.start, end: comma };
}

function isBlankSpan(text: string, span: Span): boolean {
    const { start, end } = trimSpan(text, span);
    return start === end;
}

function keywordsOf(block: BlockKind): ReadonlySet<string> {
    return new Set(PROPERTIES.filter((property) => property.blocks.includes(block)).map((property) => property.name));
}

/** The token of a keyword bears its name: a test holds the table of keywords and the grammars together. */
function keywordToken(keyword: string): RoboconfTokenNames {
    return keyword as RoboconfTokenNames;
}

function putValue(sink: Sink, shape: PropertyShape, block: BlockKind, keyword: string | undefined): void {
    switch (keyword) {
        case 'exports':
            return putExports(sink, shape.value);
        case 'imports':
            return putImports(sink, shape.value);
        case 'extends':
            return block === 'component' ? put(sink, 'NAME', shape.value) : putList(sink, shape.value);
        case 'children':
        case 'facets':
            return putList(sink, shape.value);
        case undefined:
            return block === 'instance' ? putOverride(sink, shape) : put(sink, 'TEXT', shape.value);
        default:
            return put(sink, 'TEXT', shape.value);
    }
}

/** Overrides lose the quotes around them, and the blanks around the quotes. */
function putOverride(sink: Sink, shape: PropertyShape): void {
    const value = sink.text.slice(shape.value.start, shape.value.end);
    const trimmed = trimBlanks(value);
    const isData = RUNTIME_DATA.test(sink.text.slice(shape.key.start, shape.key.end));
    if (isData || !OVERRIDE_IN_QUOTES.test(trimmed)) return put(sink, 'TEXT', shape.value);
    const start = shape.value.start + value.indexOf('"');
    put(sink, 'QUOTED', { start, end: start + trimmed.length });
}

function putList(sink: Sink, value: Span): void {
    for (const item of listItems(sink.text, value)) {
        if (item.comma !== undefined) put(sink, ',', { start: item.comma, end: item.comma + 1 });
        put(sink, 'NAME', item);
    }
}

function putImports(sink: Sink, value: Span): void {
    for (const item of importItems(sink.text, value)) putImport(sink, item);
}

function putImport(sink: Sink, item: ImportItem): void {
    if (item.comma !== undefined) put(sink, ',', { start: item.comma, end: item.comma + 1 });
    if (item.external !== undefined) put(sink, 'external', item.external);
    if (item.external !== undefined && item.isGlued) {
        report(sink, 'X_EXTERNAL_GLUED', item.external, { NAME: sink.text.slice(item.name.start, item.name.end) });
    }
    if (isEmpty(item.name))
        reportEmptyName(sink, 'imports', item.external ?? item.optional ?? characterAt(item.comma), item.name);
    const dot = sink.text.slice(item.name.start, item.name.end).indexOf('.');
    if (dot < 0) put(sink, 'NAME', item.name);
    else putImportedName(sink, item.name, item.name.start + dot);
    if (item.optional !== undefined) put(sink, '(optional)', item.optional);
}

function putImportedName(sink: Sink, name: Span, dot: number): void {
    put(sink, 'NAME', { start: name.start, end: dot });
    put(sink, '.', { start: dot, end: dot + 1 });
    const variable = { start: dot + 1, end: name.end };
    if (variable.start === variable.end) return;
    put(sink, sink.text.slice(variable.start, variable.end) === '*' ? '*' : 'VARNAME', variable);
}

function putExports(sink: Sink, value: Span): void {
    const { items, extraCommas } = exportItems(sink.text, value);
    for (const [i, item] of items.entries()) {
        if (item.comma !== undefined) put(sink, ',', { start: item.comma, end: item.comma + 1 });
        else if (i > 0) put(sink, ',', { start: item.name.start, end: item.name.start });
        putExport(sink, item);
    }
    for (const comma of extraCommas) report(sink, 'X_EXTRA_COMMA', { start: comma, end: comma + 1 });
}

function putExport(sink: Sink, item: ExportItem): void {
    if (item.random !== undefined) {
        put(sink, 'random[', item.random.keyword);
        put(sink, 'KIND', item.random.kind);
        put(sink, ']', item.random.closing);
    }
    put(sink, 'VARNAME', item.name);
    if (item.equals !== undefined) put(sink, '=', { start: item.equals, end: item.equals + 1 });
    if (item.value !== undefined) put(sink, item.value.isQuoted ? 'QUOTED' : 'TEXT', item.value.span);
    const facts = { VARIABLE: sink.text.slice(item.name.start, item.name.end) };
    if (isEmpty(item.name))
        reportEmptyName(sink, 'exports', item.random?.keyword ?? characterAt(item.equals ?? item.comma), item.name);
    if (item.fault !== undefined) report(sink, 'PM_INVALID_EXPORT_COMPLEX_VALUE', item.fault, facts);
    if (item.isUnclosed && item.value !== undefined) report(sink, 'X_UNCLOSED_QUOTE', item.value.span, facts);
}

/** The parser drops items without any text, so that this cannot be found in the tree. */
function reportEmptyName(sink: Sink, property: string, place: Span | undefined, name: Span): void {
    // At the end of a line nothing follows that could be shown.
    const start = Math.min(name.start, sink.line.to - 1);
    report(sink, 'PM_EMPTY_VARIABLE_NAME', place ?? { start, end: start + 1 }, { PROPERTY: property });
}

function characterAt(offset: number | undefined): Span | undefined {
    return offset === undefined ? undefined : { start: offset, end: offset + 1 };
}

function isEmpty(span: Span): boolean {
    return span.start === span.end;
}

function put(sink: Sink, type: RoboconfTokenNames, span: Span): void {
    sink.pieces.push({ type, start: span.start, end: span.end, line: sink.line });
}

function report(sink: Sink, code: FileCode, span: Span, facts: Facts = {}): void {
    sink.findings.push(findingOf(code, rangeIn(sink.line, span), facts));
}
