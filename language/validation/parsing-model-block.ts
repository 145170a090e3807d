/** Checks and places that the blocks of graphs and of instances share. */
import type { AstNode } from 'langium';
import { findingOf, type Facts, type FileCode } from '../parsing/catalogue.ts';
import { isId } from '../parsing/names.ts';
import { rangeOf, type FileFinding, type TextRange } from '../parsing/parsed-file.ts';
import { syntaxOf } from '../parsing/syntax-of.ts';

/** A property of any block. */
export interface KeyedNode extends AstNode {
    readonly key: string;
}

/** The place of a part of a node; of the whole node when that part is missing in the text. */
export function partOf(node: AstNode, part: string): TextRange {
    const cst = syntaxOf(node, part);
    return cst === undefined || cst.length === 0 ? rangeOf(node) : rangeOf(cst);
}

/** The place of the name of a property: a property begins with it. */
export function keyRange(property: KeyedNode): TextRange {
    const { line, column } = rangeOf(property);
    return { line, column, endLine: line, endColumn: column + property.key.length };
}

/** A finding at the name of a property. */
export function atKey(code: FileCode, property: KeyedNode, facts: Facts): FileFinding {
    return findingOf(code, keyRange(property), facts);
}

/** PM_DUPLICATE_PROPERTY on each repetition of a name, except for those that may be repeated. */
export function duplicateFindings(properties: readonly KeyedNode[], repeatable: ReadonlySet<string>): FileFinding[] {
    const first = new Map<string, KeyedNode>();
    return properties.flatMap((property) => {
        const earlier = first.get(property.key);
        if (earlier === undefined) first.set(property.key, property);
        if (earlier === undefined || repeatable.has(property.key)) return [];
        const related = [{ message: `'${property.key}' is first set here.`, range: rangeOf(earlier) }];
        return [findingOf('PM_DUPLICATE_PROPERTY', keyRange(property), { NAME: property.key }, related)];
    });
}

/** What is wrong with the name in a header, if anything: not a name at all, or a name with a dot. */
export function nameFault(name: string): 'PM_INVALID_NAME' | 'PM_DOT_IS_NOT_ALLOWED' | undefined {
    if (!isId(name)) return 'PM_INVALID_NAME';
    return name.includes('.') ? 'PM_DOT_IS_NOT_ALLOWED' : undefined;
}
