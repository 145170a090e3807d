/** The syntax of properties files: one entry a key. What sounds like a secret is not shown beside its key. */
import { parseProperties, type PropertiesFile, type PropertyEntry } from '../application/properties.ts';
import type { SourceRange } from '../model/application-model.ts';
import { placeholdersIn, soundsSecret } from '../targets/values.ts';
import type { FileSyntax, Fold, OutlineItem, SyntaxToken, TextRange, TokenType } from './file-syntax.ts';

/** Values in the outline are cut behind so many characters. */
const LONGEST_DETAIL = 40;

/** Any text has some syntax. */
export function propertiesSyntax(text: string): FileSyntax {
    const file = parseProperties(text, '');
    const tokens = [
        ...file.comments.map(({ start, end }) => tokensOver(file, text, { start, end, type: 'comment' })),
        ...file.entries.map((entry) => entryTokens(file, text, entry)),
    ].flat();
    return {
        outline: file.entries.flatMap((entry) => outlineItem(file, entry)),
        tokens: tokens.sort((a, b) => a.line - b.line || a.column - b.column),
        folds: [...commentFolds(file), ...valueFolds(file)].sort((a, b) => a.first - b.first),
    };
}

function outlineItem(file: PropertiesFile, entry: PropertyEntry): readonly OutlineItem[] {
    const { key, keyRange, value, offsets } = entry;
    if (key === '') return [];
    const detail = soundsSecret(key) ? '' : value.trim().replaceAll(/\s+/g, ' ');
    return [
        {
            kind: 'key',
            name: key,
            detail: detail.length > LONGEST_DETAIL ? `${detail.slice(0, LONGEST_DETAIL)}…` : detail,
            range: rangeOnly(file.rangeOf(offsets.keyStart, Math.max(offsets.keyEnd, offsets.valueEnd))),
            nameRange: rangeOnly(keyRange),
            children: [],
        },
    ];
}

function rangeOnly({ line, column, endLine, endColumn }: SourceRange): TextRange {
    return { line, column, endLine, endColumn };
}

interface Span {
    readonly start: number;
    readonly end: number;
    readonly type: TokenType;
}

/** The key, its sign, and the value: a number or word of its own, or text around placeholders. */
function entryTokens(file: PropertiesFile, text: string, entry: PropertyEntry): readonly SyntaxToken[] {
    const { keyStart, keyEnd, valueStart, valueEnd } = entry.offsets;
    const gap = text.slice(keyEnd, valueStart);
    const sign = keyEnd + gap.search(/[=:]/);
    const before: readonly Span[] = [
        { start: keyStart, end: keyEnd, type: 'property' },
        ...(sign >= keyEnd ? [{ start: sign, end: sign + 1, type: 'operator' as const }] : []),
    ];
    const spans = before.concat(valueSpans(text.slice(valueStart, valueEnd), valueStart));
    return spans.flatMap((span) => tokensOver(file, text, span));
}

function valueSpans(written: string, at: number): readonly Span[] {
    const end = at + written.trimEnd().length;
    if (/^[+-]?\d+(?:\.\d+)?$/.test(written.trim())) return [{ start: at, end, type: 'number' }];
    if (/^(?:true|false)$/i.test(written.trim())) return [{ start: at, end, type: 'keyword' }];
    const spans: Span[] = [];
    let from = at;
    for (const placeholder of placeholdersIn(written)) {
        spans.push({ start: from, end: at + placeholder.start, type: 'string' });
        from = Math.min(at + placeholder.end, end);
        spans.push({ start: at + placeholder.start, end: from, type: 'variable' });
    }
    return [...spans, { start: from, end, type: 'string' }];
}

/** A span as tokens, one a line, without the blanks around each. */
function tokensOver(file: PropertiesFile, text: string, { start, end, type }: Span): readonly SyntaxToken[] {
    const tokens: SyntaxToken[] = [];
    for (const match of text.slice(start, end).matchAll(/[^\r\n]+/g)) {
        const [part] = match;
        const length = part.trim().length;
        if (length === 0) continue;
        const from = start + match.index + (part.length - part.trimStart().length);
        const { line, column } = file.rangeOf(from, from);
        tokens.push({ line, column, length, type, isDeclaration: type === 'property' });
    }
    return tokens;
}

/** Comments on lines that follow one another. */
function commentFolds(file: PropertiesFile): readonly Fold[] {
    const folds: { first: number; last: number; kind: 'comment' }[] = [];
    for (const { start } of file.comments) {
        const { line } = file.rangeOf(start, start);
        const before = folds.at(-1);
        if (before?.last === line - 1) before.last = line;
        else folds.push({ first: line, last: line, kind: 'comment' });
    }
    return folds.filter(({ first, last }) => last > first);
}

/** Values that go on over several lines. */
function valueFolds(file: PropertiesFile): readonly Fold[] {
    return file.entries
        .map(({ offsets }) => file.rangeOf(offsets.keyStart, Math.max(offsets.keyEnd, offsets.valueEnd)))
        .filter(({ line, endLine }) => endLine > line)
        .map(({ line, endLine }) => ({ first: line, last: endLine, kind: 'region' }));
}
