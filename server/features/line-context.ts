/**
 * Where a position is, told from its line and the header of the block around it. Nothing is parsed, so it works however broken the text is
 * and costs the size of one block. Follows the line rules of the reference (language, sections 2.5 to 2.7).
 */
import type { BlockKind, ModelFileKind } from '../../language/index.ts';
import { propertyWordsIn } from './line-words.ts';

/** Text as lines, without line ends. */
export type Lines = readonly string[];

/** A block that is open at a position. */
export interface OpenBlock {
    readonly kind: BlockKind;
    /** The type's name, or the component of an instance; empty when it is not written yet. */
    readonly name: string;
    /** 0-based line of the header. */
    readonly line: number;
}

export type LineContext =
    /** In a comment, a name being introduced, after an end: nothing can be said. */
    | { readonly kind: 'nothing' }
    /** At the start of a line outside blocks. */
    | { readonly kind: 'topLevel'; readonly typed: Typed }
    /** In the path after `import`. */
    | { readonly kind: 'importPath'; readonly typed: Typed }
    /** At the start of a line inside a block. */
    | { readonly kind: 'body'; readonly block: OpenBlock; readonly typed: Typed }
    /** In the component's name after `instance of`. */
    | { readonly kind: 'instanceOf'; readonly parent: OpenBlock | null; readonly typed: Typed }
    /** In a property's value; of a list, in one item of it. `block` is null when the header cannot be found. */
    | {
          readonly kind: 'value';
          readonly block: OpenBlock | null;
          readonly property: string;
          readonly typed: Typed;
          /** The other items of the list, trimmed. */
          readonly others: readonly string[];
          /** Behind a whole item of `imports` and a blank. */
          readonly isAfterItem: boolean;
          /** Behind the word `external` of an item of `imports`. */
          readonly isExternal: boolean;
      };

/** What stands before the position and belongs to the thing being written. */
export interface Typed {
    readonly text: string;
    /** 0-based column where it starts. */
    readonly column: number;
}

const NOTHING: LineContext = { kind: 'nothing' };

/** The context of a 0-based line and column. */
export function lineContextAt(lines: Lines, kind: ModelFileKind, line: number, column: number): LineContext {
    const whole = lines[line] ?? '';
    const before = whole.slice(0, column);
    if (before.includes('#')) return NOTHING;
    const block = openBlockAt(lines, kind, line);
    const rest = withoutComment(whole).slice(column);
    const value = valueContext(before, rest, block);
    if (value !== undefined) return value;
    if (/[{}]/.test(before)) return NOTHING;
    return block === null ? topLevelContext(before, kind) : bodyContext(before, block);
}

/** The innermost block open at the start of a line, or null outside blocks. */
export function openBlockAt(lines: Lines, kind: ModelFileKind, line: number): OpenBlock | null {
    let closed = 0;
    for (let above = line - 1; above >= 0; above -= 1) {
        const text = withoutComment(lines[above] ?? '').trim();
        if (text.startsWith('}')) {
            // Blocks of a graph do not nest: whatever is further up ended here.
            if (kind === 'graph') return null;
            closed += 1;
        } else if (isHeader(text)) {
            if (closed === 0) return { ...headerOf(text), line: above };
            closed -= 1;
        }
    }
    return null;
}

/** Names of the properties already in a block, in file order, nested blocks left out. */
export function propertiesOf(
    lines: Lines,
    block: OpenBlock,
): readonly { readonly name: string; readonly line: number }[] {
    const found: { readonly name: string; readonly line: number }[] = [];
    let depth = 0;
    for (let line = block.line + 1; line < lines.length && depth >= 0; line += 1) {
        const text = withoutComment(lines[line] ?? '').trim();
        if (text.startsWith('}')) depth -= 1;
        else if (isHeader(text)) depth += block.kind === 'instance' ? 1 : -1;
        else if (depth === 0) found.push(...propertyNames(text).map((name) => ({ name, line })));
    }
    return found;
}

/** A line up to its comment. */
export function withoutComment(line: string): string {
    const start = line.indexOf('#');
    return start < 0 ? line : line.slice(0, start);
}

const LISTS = new Set(['children', 'facets', 'extends', 'imports', 'exports', 'channels']);

function propertyNames(text: string): readonly string[] {
    const property = propertyWordsIn(text);
    return property === undefined ? [] : [property.name];
}

function isHeader(text: string): boolean {
    const bracket = text.indexOf('{');
    return bracket >= 0 && !text.slice(0, bracket).includes(':');
}

function headerOf(text: string): Omit<OpenBlock, 'line'> {
    const title = text.slice(0, text.indexOf('{')).trim();
    const instance = /^instance of(?:\s+(?<name>.*))?$/i.exec(title);
    if (instance !== null) return { kind: 'instance', name: instance.groups?.['name'] ?? '' };
    const facet = /^facet(?:\s+(?<name>.*))?$/i.exec(title);
    if (facet !== null) return { kind: 'facet', name: facet.groups?.['name'] ?? '' };
    return { kind: 'component', name: title };
}

function valueContext(before: string, rest: string, block: OpenBlock | null): LineContext | undefined {
    const words = propertyWordsIn(before);
    if (words === undefined) return undefined;
    const property = words.name;
    const value = before.slice(words.valueStart);
    if (value.includes(';')) return NOTHING;
    const isList = LISTS.has(property) && !(property === 'extends' && block?.kind === 'component');
    const items = isList ? splitItems(value) : [value];
    const item = (items.at(-1) ?? '').trimStart();
    const { text, isAfterItem, isExternal } = property === 'imports' ? importText(item) : plainText(item);
    const others = isList ? namesIn([...items.slice(0, -1), ...splitItems(rest.replace(/;.*/, '')).slice(1)]) : [];
    return { kind: 'value', block, property, typed: typedAtEnd(before, text), others, isAfterItem, isExternal };
}

function namesIn(items: readonly string[]): readonly string[] {
    return items.map((item) => item.trim()).filter((item) => item !== '');
}

interface ItemText {
    readonly text: string;
    readonly isAfterItem: boolean;
    readonly isExternal: boolean;
}

function plainText(text: string): ItemText {
    return { text, isAfterItem: false, isExternal: false };
}

/** The part of an import item that a name or a flag is written in. */
function importText(item: string): ItemText {
    const rest = item.replace(/^external\s+/i, '');
    const words = rest.split(/\s+/);
    return { text: words.at(-1) ?? '', isAfterItem: words.length > 1, isExternal: rest !== item };
}

/** Splits at commas outside quotes. */
function splitItems(value: string): readonly string[] {
    const items: string[] = [];
    let item = '';
    let isQuoted = false;
    for (const character of value) {
        if (character === '"') isQuoted = !isQuoted;
        if (character === ',' && !isQuoted) {
            items.push(item);
            item = '';
        } else item += character;
    }
    return [...items, item];
}

function topLevelContext(before: string, kind: ModelFileKind): LineContext {
    const path = /^\s*import\s+(?<path>[^;]*)$/i.exec(before)?.groups?.['path'];
    if (path !== undefined) return { kind: 'importPath', typed: typedAtEnd(before, path) };
    return (kind === 'instances' ? instanceOfContext(before, null) : undefined) ?? wordContext(before, null);
}

function bodyContext(before: string, block: OpenBlock): LineContext {
    return (block.kind === 'instance' ? instanceOfContext(before, block) : undefined) ?? wordContext(before, block);
}

function instanceOfContext(before: string, parent: OpenBlock | null): LineContext | undefined {
    // Several blanks between the words are a fault that is worth a proposal all the same.
    const name = /^\s*instance\s+of\s+(?<name>[^{]*)$/i.exec(before)?.groups?.['name'];
    if (name === undefined) return undefined;
    return /\s/.test(name) ? NOTHING : { kind: 'instanceOf', parent, typed: typedAtEnd(before, name) };
}

/** A first word; of several words only a beginning of `instance of` means anything. */
function wordContext(before: string, block: OpenBlock | null): LineContext {
    const text = before.trimStart();
    const isBeginning = !/\s/.test(text) || 'instance of'.startsWith(text.toLowerCase());
    if (!isBeginning || text.includes(';')) return NOTHING;
    const typed = typedAtEnd(before, text);
    return block === null ? { kind: 'topLevel', typed } : { kind: 'body', block, typed };
}

function typedAtEnd(before: string, text: string): Typed {
    return { text, column: before.length - text.length };
}
