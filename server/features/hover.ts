/** `textDocument/hover`: what a name or a keyword means where it stands. */
import type { Hover, Position } from 'vscode-languageserver/node';
import {
    BLOCK_KEYWORDS,
    type Declaration,
    DESCRIPTOR_KEYS,
    type Keyword,
    PROPERTIES,
    VALUE_KEYWORDS,
} from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import type { FileView } from '../workspace/units.ts';
import type { CompletionKind } from './completion.ts';
import { instanceMarkdown, typeMarkdown, variableMarkdown } from './hover/cards.ts';
import { type Lines, openBlockAt, withoutComment } from './line-context.ts';
import { type NamedPlace, placeAt } from './places.ts';
import { type Scope, scopeOf, typeOf } from './scope.ts';
import { escapeMarkdown, inlineCode, keywordMarkdown } from './wording.ts';

export interface HoverQuestion {
    readonly kind: CompletionKind;
    readonly lines: Lines;
    readonly position: Position;
    readonly view: FileView;
}

/** What to show at a position; null when there is nothing to say. */
export function hoverAt(question: HoverQuestion): Hover | null {
    const place = placeAt(question.view, question.position);
    const text = place === undefined ? '' : placeMarkdown(place, scopeOf(question.view));
    if (place !== undefined && text !== '')
        return { contents: { kind: 'markdown', value: text }, range: toLspRange(place.range) };
    return keywordHover(question);
}

function placeMarkdown(place: NamedPlace, scope: Scope): string {
    if (place.kind === 'declaration') return declarationMarkdown(place.declaration, scope);
    const { reference } = place;
    if (/^[^/]+\.(\*|[^/]+)$/.test(reference.name) && reference.targets.every(({ kind }) => kind !== 'file'))
        return variableMarkdown(scope, reference.name) || targetsMarkdown(reference.targets, scope);
    return targetsMarkdown(reference.targets, scope);
}

function targetsMarkdown(targets: readonly Declaration[], scope: Scope): string {
    const cards = targets.slice(0, 3).map((target) => declarationMarkdown(target, scope));
    return [...new Set(cards)].filter((card) => card !== '').join('\n\n---\n\n');
}

function declarationMarkdown(declaration: Declaration, scope: Scope): string {
    switch (declaration.kind) {
        case 'component':
        case 'facet': {
            const type = typeOf(scope, declaration.name);
            return type === undefined ? '' : typeMarkdown(scope, type);
        }
        case 'instance':
            return instanceMarkdown(scope, declaration.name);
        case 'variable':
            return variableMarkdown(scope, declaration.name);
        case 'file':
            return `file ${inlineCode(declaration.name)}${declaration.description === null ? '' : `\n\n${escapeMarkdown(declaration.description)}`}`;
        case 'command':
        case 'definition':
        case 'rule':
        case 'event':
        case 'target':
        case 'value':
            return '';
        default:
            return declaration.kind satisfies never;
    }
}

interface Word {
    readonly text: string;
    readonly start: number;
    readonly end: number;
}

function keywordHover(question: HoverQuestion): Hover | null {
    const { lines, position, kind } = question;
    const line = lines[position.line] ?? '';
    const keyword = kind === 'descriptor' ? descriptorKeyword(line) : modelKeyword(question, kind);
    if (keyword === undefined) return null;
    const { word } = keyword;
    if (position.character < word.start || position.character > word.end) return null;
    return {
        contents: { kind: 'markdown', value: keywordMarkdown(keyword.meaning) },
        range: {
            start: { line: position.line, character: word.start },
            end: { line: position.line, character: word.end },
        },
    };
}

interface KeywordAt {
    readonly word: Word;
    readonly meaning: Keyword;
}

function descriptorKeyword(line: string): KeywordAt | undefined {
    const word = wordOf(line, /^\s*(?<word>[^\s=:#!]+)/d);
    const meaning = DESCRIPTOR_KEYS.find((key) => key.name === word?.text);
    return word === undefined || meaning === undefined ? undefined : { word, meaning };
}

function modelKeyword({ lines, position }: HoverQuestion, kind: 'graph' | 'instances'): KeywordAt | undefined {
    const line = withoutComment(lines[position.line] ?? '');
    const block = wordOf(line, /^\s*(?<word>import(?=\s)|facet(?=\s)|instance of(?=\s))/di);
    const meaning = Object.values(BLOCK_KEYWORDS).find(({ name }) => name === block?.text.toLowerCase());
    if (block !== undefined && meaning !== undefined) return { word: block, meaning };
    return (
        valueKeyword(line, position.character) ?? propertyKeyword(line, openBlockAt(lines, kind, position.line)?.kind)
    );
}

const VALUE_WORDS: readonly (readonly [RegExp, Keyword])[] = [
    [/\b(?<word>external)\s/dgi, VALUE_KEYWORDS.external],
    [/(?<word>\(optional\))/dgi, VALUE_KEYWORDS.optional],
    [/(?<word>random\[[^\]]*\])/dgi, VALUE_KEYWORDS.random],
    [/^\s*(?<word>data\.)/dgi, VALUE_KEYWORDS.data],
];

function valueKeyword(line: string, character: number): KeywordAt | undefined {
    for (const [pattern, meaning] of VALUE_WORDS) {
        const words = [...line.matchAll(pattern)].map(wordIn);
        const word = words.find((one) => one !== undefined && character >= one.start && character <= one.end);
        if (word !== undefined) return { word, meaning };
    }
    return undefined;
}

function propertyKeyword(line: string, block: 'component' | 'facet' | 'instance' | undefined): KeywordAt | undefined {
    const word = wordOf(line, /(?<word>[^:\s]+)\s*:/d);
    const meaning = PROPERTIES.find(
        ({ name, blocks }) => name === word?.text && (block === undefined || blocks.includes(block)),
    );
    return word === undefined || meaning === undefined ? undefined : { word, meaning };
}

function wordOf(line: string, pattern: RegExp): Word | undefined {
    return wordIn(pattern.exec(line));
}

function wordIn(match: RegExpExecArray | null): Word | undefined {
    const place = match?.indices?.groups?.['word'];
    const text = match?.groups?.['word'];
    return place === undefined || text === undefined ? undefined : { text, start: place[0], end: place[1] };
}
