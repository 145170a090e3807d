/** Properties of a block and the items of their lists, as they are written. */
import { propertyWordsIn } from '../line-words.ts';
import { type Change, insert, replace } from './fix.ts';
import { insertLines, removeLine } from './lines.ts';
import type { SourceLine, SourceText } from './source-text.ts';

/** Where a block stands: the line of its header to that of its bracket. */
export interface BlockLines {
    readonly line: number;
    readonly endLine: number;
}

/** A part of a text, without blanks at its ends. */
export interface Span {
    readonly start: number;
    readonly end: number;
    readonly text: string;
}

/** One property. `value` ends before the semicolon. */
export interface PropertyLine {
    readonly line: SourceLine;
    readonly name: Span;
    readonly value: Span;
    readonly hasSemicolon: boolean;
}

/** The property of a line, if it holds one. */
export function propertyOn(line: SourceLine): PropertyLine | undefined {
    const words = propertyWordsIn(line.code);
    if (words === undefined || line.code.indexOf(':') < words.start) return undefined;
    const { name } = words;
    const nameStart = line.start + words.start;
    const valueStart = line.start + words.valueStart;
    const hasSemicolon = line.code.endsWith(';');
    const written = line.code.slice(valueStart - line.start, hasSemicolon ? -1 : undefined);
    return {
        line,
        name: { start: nameStart, end: nameStart + name.length, text: name },
        value: { start: valueStart, end: valueStart + written.trimEnd().length, text: written.trimEnd() },
        hasSemicolon,
    };
}

/** The properties of a block, those of blocks inside it left out. */
export function propertiesIn(source: SourceText, block: BlockLines): readonly PropertyLine[] {
    const found: PropertyLine[] = [];
    let depth = 0;
    for (let number = headerLine(source, block) + 1; number <= block.endLine; number += 1) {
        const line = source.lineOf(number);
        const code = line.code.trim();
        const property = propertyOn(line);
        if (code.startsWith('}')) depth -= 1;
        else if (code.endsWith('{')) depth += 1;
        else if (depth === 0 && property !== undefined) found.push(property);
    }
    return found;
}

/** The first property of a name in a block. */
export function propertyIn(source: SourceText, block: BlockLines, name: string): PropertyLine | undefined {
    return propertiesIn(source, block).find((property) => property.name.text === name);
}

/** Adds a property: at the beginning of the block, or behind its last property. */
export function addProperty(
    source: SourceText,
    block: BlockLines,
    text: string,
    place: 'first' | 'last' = 'last',
): Change {
    const properties = propertiesIn(source, block);
    const header = headerLine(source, block);
    const last = place === 'last' ? properties.at(-1) : undefined;
    return insertLines(source, (last?.line.number ?? header) + 1, [innerIndent(source, block) + text]);
}

/** What the lines inside a block begin with. */
function innerIndent(source: SourceText, block: BlockLines): string {
    const [first] = propertiesIn(source, block);
    return first?.line.indent ?? source.lineOf(block.line).indent + source.unit;
}

/** Adds an item to a list of a block, and the list when the block has none. */
export function addItem(source: SourceText, block: BlockLines, list: string, item: string): Change {
    const property = propertyIn(source, block, list);
    if (property === undefined) return addProperty(source, block, `${list}: ${item};`);
    const { value, hasSemicolon } = property;
    const before = value.text === '' ? (/\s$/.test(source.text.slice(0, value.start)) ? '' : ' ') : ', ';
    return insert(source, value.end, `${before}${item}${hasSemicolon ? '' : ';'}`);
}

/** The items of a list, empty ones included. Commas inside quotes separate nothing. */
export function itemsOf(value: Span): readonly Span[] {
    const items: Span[] = [];
    let from = 0;
    let isQuoted = false;
    for (let at = 0; at <= value.text.length; at += 1) {
        if (value.text[at] === '"') isQuoted = !isQuoted;
        if (at < value.text.length && (value.text[at] !== ',' || isQuoted)) continue;
        items.push(trimmed(value, from, at));
        from = at + 1;
    }
    return items;
}

/** The item of a list that a place is in, with the list. */
export function itemAt(source: SourceText, offset: number): { list: PropertyLine; item: Span } | undefined {
    const list = propertyOn(source.lineAt(offset));
    const item = list === undefined ? undefined : itemsOf(list.value).find(({ end }) => offset <= end);
    return list === undefined || item === undefined || offset < list.value.start ? undefined : { list, item };
}

/** Takes the item at a place out of its list, and the whole property with its last item; undefined when there is no item. */
export function removeItemAt(source: SourceText, offset: number): Change | undefined {
    const found = itemAt(source, offset);
    if (found === undefined) return undefined;
    const { list, item } = found;
    const items = itemsOf(list.value);
    const index = items.findIndex(({ start }) => start === item.start);
    const next = items[index + 1];
    const previous = items[index - 1];
    if (next !== undefined) return replace(source, item.start, next.start, '');
    if (previous !== undefined) return replace(source, previous.end, item.end, '');
    return removeLine(source, list.line);
}

/** The 1-based line of the header's bracket. */
function headerLine(source: SourceText, block: BlockLines): number {
    for (let number = block.line; number <= block.endLine; number += 1) {
        if (source.lineOf(number).code.includes('{')) return number;
    }
    return block.line;
}

function trimmed(value: Span, from: number, to: number): Span {
    const raw = value.text.slice(from, to);
    const text = raw.trim();
    const start = value.start + from + (text === '' ? 0 : raw.indexOf(text));
    return { start, end: start + text.length, text };
}
