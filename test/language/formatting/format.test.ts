/** The formatter: what it makes of texts, and what holds for any text. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryFiles } from '../../support/memory-files.ts';
import { createFileCache } from '../../../language/application/file-cache.ts';
import { formatEdits, formatModelText, type ModelFileKind } from '../../../language/index.ts';

test.each<[string, string, string]>([
    [
        'indents with one tab and puts one blank between words',
        'Tomcat   {\n  installer :script;\n  exports:ip,port=8080 ,  random[port]ajp ;\n}\n',
        'Tomcat {\n\tinstaller: script;\n\texports: ip, port = 8080, random[port] ajp;\n}\n',
    ],
    [
        'writes imports with their keywords',
        'A {\nimports:  external   X.* , B.ip(optional),C.d;\n}\n',
        'A {\n\timports: external X.*, B.ip (optional), C.d;\n}\n',
    ],
    [
        'squeezes empty lines, and leaves none at the edges of a block and of the file',
        '\n\nimport a.graph;\n\n\n\nA {\n\n\texports: ip;\n\n\n\tchildren: B;\n\n}\n\n\n',
        'import a.graph;\n\nA {\n\texports: ip;\n\n\tchildren: B;\n}\n',
    ],
    [
        'separates blocks, and leaves a description with its block',
        'import a.graph;\nA {\n}\n# What B is.\n# And more.\nB {\n}\n',
        'import a.graph;\n\nA {\n}\n\n# What B is.\n# And more.\nB {\n}\n',
    ],
    [
        'keeps imports together, and comments where they are',
        '  import   a.graph ; # first\nimport b.graph;\n   # alone   \nA { # opens\n# inside\nexports: ip;# ip\n}# closes\n',
        'import a.graph; # first\nimport b.graph;\n\n# alone\nA { # opens\n\t# inside\n\texports: ip; # ip\n} # closes\n',
    ],
    [
        'keeps the blanks that belong to a value',
        'A {\n\textends: B ;\n\tinstaller:   my  script  ;\n\texports: a = "x , y",b =  c d ;\n}\n',
        'A {\n\textends: B ;\n\tinstaller: my  script  ;\n\texports: a = "x , y", b = c d;\n}\n',
    ],
    [
        'leaves a line with a doubtful word as it is, but for its indentation',
        'A {\n  foo   exports:ip;\n}\n',
        'A {\n\tfoo   exports:ip;\n}\n',
    ],
    [
        'leaves a broken block as it stands, and formats its neighbours',
        'A {\nexports:ip;\n}\nB {\n  exports:ip\n\n\n  }\nC {\nexports:ip;\n}\n',
        'A {\n\texports: ip;\n}\nB {\n  exports:ip\n\n\n  }\nC {\n\texports: ip;\n}\n',
    ],
    [
        'leaves a block without its closing bracket as it stands',
        'A {\nexports:ip;\n}\nB {\n  exports:ip;\n',
        'A {\n\texports: ip;\n}\nB {\n  exports:ip;\n',
    ],
    ['leaves words it does not know', '  foo bar\n\n\n  baz boo\n', '  foo bar\n\n  baz boo\n'],
    ['ends the last line', 'A {\n}', 'A {\n}\n'],
    ['makes nothing of blanks', '  \n\n\t', ''],
    [
        'keeps line ends and the byte order mark',
        '\uFEFFA {\r\nexports:ip;\r\n\r\n\r\n}\r\nB {\r\n}',
        '\uFEFFA {\r\n\texports: ip;\r\n}\r\n\r\nB {\r\n}\r\n',
    ],
    ['keeps names that a blank would make keywords', 'facet{\n}\nmy-import{\n}\n', 'facet{\n}\n\nmy-import{\n}\n'],
    ['keeps the keyword of an import without a path', 'import   ;\n', 'import ;\n'],
    [
        'leaves instances in a graph file as they stand',
        'instance of A {\nname:a;\n}\n',
        'instance of A {\nname:a;\n}\n',
    ],
])('%s', (_, text, expected) => {
    expect(formatModelText('graph', text)).toBe(expected);
});

test('nested instances are indented by their depth', () => {
    const text =
        'instance  of X {\n}\ninstance of VM{\n  name:vm 1 ;\ndata.ip.address:  "1.2.3.4" ;\n    INSTANCE OF Tomcat {# web\n  name: t;\n  Tomcat.port : " 9 " ;\n   }\n}\n';
    expect(formatModelText('instances', text)).toBe(
        'instance  of X {\n}\ninstance of VM {\n\tname: vm 1 ;\n\tdata.ip.address: "1.2.3.4" ;\n\tINSTANCE OF Tomcat { # web\n\t\tname: t;\n\t\tTomcat.port: " 9 ";\n\t}\n}\n',
    );
});

test('edits touch only the lines that change, and never overlap', () => {
    const text = 'A {\n\texports: ip;\n}\n\nB {\n  exports: ip;\n}\n';
    expect(formatEdits('graph', text)).toEqual([{ start: 25, end: 39, text: '\texports: ip;' }]);
});

const word = fc.constantFrom('A', 'facet', 'my-import', 'b-c', '__proto__', 'Tomcat', 'd.e', 'ip');
const blank = fc.constantFrom('', '', ' ', '  ', '\t', ' \t ');
const list = fc
    .array(
        fc.tuple(blank, word, blank).map((parts) => parts.join('')),
        { minLength: 1, maxLength: 4 },
    )
    .map((items) => items.join(','));
const exported = fc
    .array(
        fc.tuple(
            blank,
            fc.constantFrom('', 'random[port]', 'random[port] '),
            word,
            fc.constantFrom('', '=', ' = 1', '=x y', '= "a , b" ', '=""'),
            blank,
        ),
        { minLength: 1, maxLength: 4 },
    )
    .map((items) => items.map((parts) => parts.join('')).join(','));
const imported = fc
    .array(
        fc.tuple(
            blank,
            fc.constantFrom('', 'external '),
            word,
            fc.constantFrom('.x', '.*'),
            blank,
            fc.constantFrom('', '(optional)'),
        ),
        { minLength: 1, maxLength: 4 },
    )
    .map((items) => items.map((parts) => parts.join('')).join(','));
const comment = fc.constantFrom('', '', '', '# why', ' #', '#  {;} ');
const end = fc.constantFrom('\n', '\n', '\n\n', '\r\n', '\n\n\n\n', '\n# note\n', '\n  #\n');
const value = fc.constantFrom('a', ' a b ', '" q "', '', '  ', '1', 'x;y', '"a;b"');
const property = fc
    .oneof(
        fc.tuple(fc.constantFrom('children', 'facets', 'extends'), list),
        fc.tuple(fc.constant('exports'), exported),
        fc.tuple(fc.constant('imports'), imported),
        fc.tuple(fc.constantFrom('installer', 'name', 'count', 'data.x', 'port', 'channels', 'foo'), value),
    )
    .chain(([key, text]) =>
        fc.tuple(blank, fc.constant(key), blank, fc.constant(':'), blank, fc.constant(text), blank, fc.constant(';')),
    )
    .map((parts) => parts.join(''));

function blockOf(header: string): fc.Arbitrary<string> {
    return fc
        .tuple(
            blank,
            word,
            blank,
            comment,
            end,
            fc.array(
                fc.tuple(property, comment, end).map((parts) => parts.join('')),
                { maxLength: 4 },
            ),
            blank,
            comment,
            end,
        )
        .map(
            ([lead, name, gap, note, first, lines, tail, last, after]) =>
                `${lead}${header}${name}${gap}{${note}${first}${lines.join('')}${tail}}${last}${after}`,
        );
}

const instance = fc
    .tuple(blockOf('instance of '), fc.array(blockOf('instance of '), { maxLength: 2 }))
    .map(([outer, inner]) => {
        const at = outer.lastIndexOf('}');
        return outer.slice(0, at) + inner.join('') + outer.slice(at);
    });
const unit = fc.oneof(
    blockOf(''),
    blockOf('facet '),
    blockOf('FACET  '),
    instance,
    fc.constantFrom('import a.graph;\n', ' import  b/c.graph ;# x\n', '# alone\n', '\n\n', '   \n'),
);
const model = fc.array(unit, { maxLength: 5 }).map((units) => units.join(''));
const piece = fc.constantFrom(
    '{',
    '}',
    ';',
    ':',
    ',',
    '=',
    '"',
    '#',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\0',
    'import ',
    'instance of ',
    'facet ',
    'external',
    '(optional)',
    'random[',
    ']',
    'é',
    '\uFEFF',
    '\u2028',
);
const mutated = fc
    .tuple(model, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 6 }), piece), { maxLength: 4 }))
    .map(([text, edits]) =>
        edits.reduce((changed, [at, length, added]) => {
            const start = at % (changed.length + 1);
            return changed.slice(0, start) + added + changed.slice(start + length);
        }, text),
    );
const anyKind = fc.constantFrom<ModelFileKind>('graph', 'instances');
const anyText = fc.oneof(model, mutated, mutated, fc.string({ unit: 'binary', maxLength: 100 }));

const cache = createFileCache();

/** What a text says, without where it says it. */
function meaningOf(text: string): unknown {
    const loaded = cache.load(memoryFiles({ '/app/file': text }), '/app', 'file');
    if (loaded.kind !== 'loaded') throw new Error(`The file is ${loaded.kind}`);
    const declarations = JSON.stringify(loaded.declarations, (key, part: unknown) => {
        if (key === 'range' || key === 'block') return undefined;
        return part instanceof Map ? [...part] : part;
    });
    return { declarations, codes: loaded.findings.map(({ code, details }) => JSON.stringify([code, details])).sort() };
}

test('a formatted text says the same, with the same findings', () => {
    fc.assert(
        fc.property(anyKind, anyText, (kind, text) => {
            expect(meaningOf(formatModelText(kind, text))).toEqual(meaningOf(text));
        }),
        { numRuns: 600 },
    );
});

test('formatting twice changes nothing more', () => {
    fc.assert(
        fc.property(anyKind, anyText, (kind, text) => {
            const once = formatModelText(kind, text);
            expect(formatModelText(kind, once)).toBe(once);
            expect(formatEdits(kind, once)).toEqual([]);
        }),
        { numRuns: 600 },
    );
});

test('edits are in order and lie in the text', () => {
    fc.assert(
        fc.property(anyKind, anyText, (kind, text) => {
            let offset = 0;
            for (const { start, end } of formatEdits(kind, text)) {
                expect(start).toBeGreaterThanOrEqual(offset);
                expect(end).toBeGreaterThanOrEqual(start);
                offset = end;
            }
            expect(offset).toBeLessThanOrEqual(text.length);
        }),
        { numRuns: 200 },
    );
});
