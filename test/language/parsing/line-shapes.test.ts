import { expect, test } from 'vitest';
import {
    componentHeader,
    facetHeader,
    importShape,
    instanceHeader,
    propertyShape,
    semicolonOutsideQuotes,
} from '../../../language/parsing/line-shapes.ts';
import {
    integerOf,
    isCompleteImport,
    isFlexibleId,
    isId,
    isImportedVariable,
} from '../../../language/parsing/names.ts';
import { linesOf, type Span } from '../../../language/parsing/text-lines.ts';

const whole = (text: string): Span => ({ start: 0, end: text.length });
const cut = (text: string, span: Span) => text.slice(span.start, span.end);

test.each([
    ['import a.graph;', 'a.graph', ''],
    ['Import  a b ;', 'a b', ''],
    ['my-import foo {', 'foo {', undefined],
    ['import a; b', 'a', 'b'],
    ['import ;', '', ''],
    ['import;', undefined, undefined],
    ['import', undefined, undefined],
    ['important x;', undefined, undefined],
])('%j as an import', (line, path, rest) => {
    const shape = importShape(line, whole(line));
    expect(shape && cut(line, shape.path)).toBe(path);
    expect(shape?.semicolon === undefined ? undefined : cut(line, shape.rest)).toBe(rest);
});

test.each([
    ['A {', 'A', true],
    ['A', 'A', false],
    ['my comp {', 'my comp', true],
    ['A:b;', undefined, undefined],
    ['A B', undefined, undefined],
    ['{', '', true],
    ['}', undefined, undefined],
    ['import', undefined, undefined],
    ['A {{', 'A', true],
])('%j as the header of a component', (line, name, hasBracket) => {
    const shape = componentHeader(line, whole(line));
    expect(shape && cut(line, shape.name)).toBe(name);
    expect(shape && shape.bracket !== undefined).toBe(hasBracket);
});

test.each([
    ['facet F {', 'F'],
    ['FACET\tF', 'F'],
    ['facet', ''],
    ['facet{', undefined],
    ['facets {', undefined],
    ['facet a b', undefined],
])('%j as the header of a facet', (line, name) => {
    const shape = facetHeader(line, whole(line));
    expect(shape && cut(line, shape.name)).toBe(name);
});

test.each([
    ['instance of A {', 'A'],
    ['INSTANCE OF A {', 'A'],
    ['instance of', ''],
    ['instance  of A {', undefined],
    ['instance of{', undefined],
    ['instance of: x;', undefined],
])('%j as the header of an instance', (line, name) => {
    const shape = instanceHeader(line, whole(line));
    expect(shape && cut(line, shape.name)).toBe(name);
});

test.each([
    ['a: b;', 'a', 'b', true],
    ['a : b', 'a', 'b', false],
    ['x y a:b ;', 'a', 'b ', true],
    [':x: y;', 'x', 'y', true],
    ['a:', 'a', '', false],
    ['a:;', 'a', '', true],
    ['a: b: c;', 'a', 'b: c', true],
    [': ip;', undefined, undefined, undefined],
    ['a = b;', undefined, undefined, undefined],
    ['a: b\u0085c;', undefined, undefined, undefined],
])('%j as a property', (line, key, value, hasSemicolon) => {
    const shape = propertyShape(line, whole(line));
    expect(shape && cut(line, shape.key)).toBe(key);
    expect(shape && cut(line, shape.value)).toBe(value);
    expect(shape && shape.semicolon !== undefined).toBe(hasSemicolon);
});

test.each([
    ['a', undefined],
    ['a;b', 1],
    ['"a;b"', undefined],
    ['"a;b', 2],
    ['"a;b";', 5],
    ['"a" ; "b;"', 4],
])('the first semicolon of %j outside quotes', (value, offset) => {
    expect(semicolonOutsideQuotes(value, whole(value))).toBe(offset);
});

test('names', () => {
    const candidates = ['a', '_a', 'a-b.c', 'a b', 'a ', '1a', '-a', '', 'é', 'a*', '"a"'];
    expect(candidates.filter(isId)).toEqual(['a', '_a', 'a-b.c']);
    expect(candidates.filter(isFlexibleId)).toEqual(['a', '_a', 'a-b.c', 'a b', 'a ']);
    const imports = ['B', 'B.', 'B.x', 'B.*', 'B.x.*', 'B*', '*', '.x', 'B. x'];
    expect(imports.filter(isImportedVariable)).toEqual(['B', 'B.', 'B.x', 'B.*', 'B.x.*']);
    expect(imports.filter(isImportedVariable).filter(isCompleteImport)).toEqual(['B.x', 'B.*', 'B.x.*']);
});

test.each([
    ['2', 2],
    ['+2', 2],
    ['-1', -1],
    ['2 ', undefined],
    ['1.0', undefined],
    ['', undefined],
    ['2147483647', 2147483647],
    ['2147483648', undefined],
])('%j as an integer', (text, value) => {
    expect(integerOf(text)).toBe(value);
});

test('lines end with LF alone, and their content stands without comment and blanks', () => {
    const text = ' a\r\n# b\n\u2028\tc # d#e\r\n';
    expect(
        linesOf(text, 100).map(({ number, from, to, comment }) => [
            number,
            text.slice(from, to),
            comment < 0 ? null : text.slice(comment, comment + 3),
        ]),
    ).toEqual([
        [1, 'a', null],
        [2, '', '# b'],
        [3, '\u2028\tc', '# d'],
    ]);
});
