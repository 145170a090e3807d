/** The outline of a model file: imports, types with their variables, instances in instances. */
import type { Block } from '../parsing/block-scanner.ts';
import { rangeIn, type Piece } from '../parsing/piece.ts';
import type { Span } from '../parsing/text-lines.ts';
import type { OutlineItem, TextRange } from './file-syntax.ts';
import type { BlockPart, PropertyPart } from './model-blocks.ts';

/** Longer texts are cut in the outline. */
const LONGEST = 80;
/** What stands for a name that is missing: an entry without name is none for most editors. */
const NAMELESS = '…';

/** An import as an entry. */
export function importItem(text: string, { pieces }: Block): OutlineItem | undefined {
    const [keyword] = pieces;
    const path = pieces.find(({ type }) => type === 'TEXT');
    const end = pieces.at(-1);
    if (keyword === undefined || end === undefined) return undefined;
    return {
        kind: 'import',
        name: path === undefined ? NAMELESS : shortened(text, path),
        detail: '',
        range: rangeBetween(keyword, end),
        nameRange: rangeOf(path ?? keyword),
        children: [],
    };
}

/** A block as an entry, with what is in it. Blocks are never nested deeper than the scanner allows. */
export function blockItem(text: string, block: BlockPart): OutlineItem | undefined {
    const [first] = block.header;
    if (first === undefined) return undefined;
    const called = block.header.find(({ type }) => type === 'NAME');
    const properties = block.parts.filter((part) => part.kind === 'property');
    const named = block.kind === 'instance' ? nameOf(properties) : called;
    const name = named ?? called;
    const children = [...childrenOf(text, block)];
    return {
        kind: block.kind,
        name: name === undefined || name.start === name.end ? NAMELESS : shortened(text, name),
        detail: block.kind === 'instance' ? instanceDetail(text, called, properties) : typeDetail(text, properties),
        range: around(rangeBetween(first, block.close), children.at(-1)?.range),
        nameRange: rangeOf(name ?? first),
        children,
    };
}

function* childrenOf(text: string, { kind, parts }: BlockPart): Generator<OutlineItem> {
    for (const part of parts) {
        if (part.kind !== 'property') {
            const item = blockItem(text, part);
            if (item !== undefined) yield item;
        } else if (part.key.type === 'exports') yield* exportedItems(text, part);
        else if (kind !== 'instance' || part.key.type !== 'name') yield propertyItem(text, part);
    }
}

function propertyItem(text: string, { key, value, end }: PropertyPart): OutlineItem {
    const [first] = value;
    const last = value.at(-1);
    return {
        kind: key.type === 'KEY' ? 'variable' : 'property',
        name: shortened(text, key),
        detail: first === undefined || last === undefined ? '' : shortened(text, { start: first.start, end: last.end }),
        range: rangeBetween(key, end),
        nameRange: rangeOf(key),
        children: [],
    };
}

/** An entry for each exported variable; its detail is the value it has, or that it is random. */
function* exportedItems(text: string, { value }: PropertyPart): Generator<OutlineItem> {
    for (const [i, piece] of value.entries()) {
        if (piece.type !== 'VARNAME' || piece.start === piece.end) continue;
        const [equals, after] = [value[i + 1], value[i + 2]];
        const assigned = equals?.type === '=' && isText(after) ? after : undefined;
        const isRandom = value[i - 1]?.type === ']';
        yield {
            kind: 'variable',
            name: shortened(text, piece),
            detail: assigned === undefined ? (isRandom ? 'random' : '') : `= ${shortened(text, assigned)}`,
            range: rangeBetween(piece, assigned ?? piece),
            nameRange: rangeOf(piece),
            children: [],
        };
    }
}

function isText(piece: Piece | undefined): piece is Piece {
    return piece?.type === 'TEXT' || piece?.type === 'QUOTED';
}

function nameOf(properties: readonly PropertyPart[]): Piece | undefined {
    const [named] = properties.filter(({ key }) => key.type === 'name');
    return named?.value.find(isText);
}

/** `Tomcat` or `Tomcat × 3`. */
function instanceDetail(text: string, called: Piece | undefined, properties: readonly PropertyPart[]): string {
    const component = called === undefined ? '' : shortened(text, called);
    const count = properties.find(({ key }) => key.type === 'count')?.value.find(isText);
    return count === undefined ? component : `${component} × ${shortened(text, count)}`.trimStart();
}

/** What a type takes over from, if anything. */
function typeDetail(text: string, properties: readonly PropertyPart[]): string {
    const extended = properties.find(({ key }) => key.type === 'extends')?.value ?? [];
    const [first] = extended;
    const last = extended.at(-1);
    return first === undefined || last === undefined
        ? ''
        : `extends ${shortened(text, { start: first.start, end: last.end })}`;
}

/** One line of at most so many characters, never half of one that takes two units. */
function shortened(text: string, { start, end }: Span): string {
    const whole = text.slice(start, end).trim();
    return whole.length <= LONGEST ? whole || NAMELESS : `${whole.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The range, made to reach the end of another: a block that is broken may end before what is in it. */
function around(range: TextRange, other: TextRange | undefined): TextRange {
    if (other === undefined || other.endLine < range.endLine) return range;
    if (other.endLine === range.endLine && other.endColumn <= range.endColumn) return range;
    return { ...range, endLine: other.endLine, endColumn: other.endColumn };
}

function rangeOf(piece: Piece): TextRange {
    return rangeIn(piece.line, piece);
}

function rangeBetween(first: Piece, last: Piece): TextRange {
    const { line, column } = rangeIn(first.line, first);
    const { endLine, endColumn } = rangeIn(last.line, last);
    return { line, column, endLine, endColumn };
}
