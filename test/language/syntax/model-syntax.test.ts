/** The syntax of model files: outline, colours and folds, of sound and of broken texts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutlineItem, TextRange } from '../../../language/index.ts';
import { modelSyntax } from '../../../language/syntax/model-syntax.ts';

const GRAPH = `import parts/database.graph;
import net/proxy.graph;

# Serves the pages,
# and no more.
Web {	# the front
	extends: Server;
	facets: reachable, public;
	exports: port = 8080, random[port] admin, url = "http://$(ROBOCONF_INSTANCE_NAME)/x";
	imports: Database.*, external Lamp.url, reachable.ip (optional);
	custom: 3;
}

facet reachable {
	extends: public;
	exports: ip;
}
`;
const INSTANCES = `instance of Machine {
	name: front;
	count: 3;
	data.ec2.ip: 10.0.0.1;
	instance of Web {
		name: web;
		port: 81;
	}
}
`;

function tokensIn(text: string): readonly string[] {
    const lines = text.split('\n');
    return modelSyntax(text).tokens.map(({ line, column, length, type, isDeclaration }) => {
        const word = lines[line - 1]?.slice(column - 1, column - 1 + length) ?? '';
        return `${type}${isDeclaration ? '!' : ''} ${word}`;
    });
}

function outlineIn(items: readonly OutlineItem[], indent = ''): readonly string[] {
    return items.flatMap(({ kind, name, detail, children }) => [
        `${indent}${kind} ${name}${detail === '' ? '' : ` [${detail}]`}`,
        ...outlineIn(children, `${indent}  `),
    ]);
}

function foldsIn(text: string): readonly string[] {
    return modelSyntax(text).folds.map(({ first, last, kind }) => `${first}-${last} ${kind}`);
}

test('every word of a graph has a colour, and only declarations are said to be some', () => {
    expect(tokensIn(GRAPH)).toEqual([
        'keyword import',
        'path parts/database.graph',
        'keyword import',
        'path net/proxy.graph',
        'comment # Serves the pages,',
        'comment # and no more.',
        'component! Web',
        'comment # the front',
        'keyword extends',
        'component Server',
        'keyword facets',
        'facet reachable',
        'facet public',
        'keyword exports',
        'variable! port',
        'operator =',
        'number 8080',
        'keyword random[',
        'keyword port',
        'keyword ]',
        'variable! admin',
        'variable! url',
        'operator =',
        'string "http://',
        'variable $(ROBOCONF_INSTANCE_NAME)',
        'string /x"',
        'keyword imports',
        'component Database',
        'operator *',
        'keyword external',
        'component Lamp',
        'variable url',
        'component reachable',
        'variable ip',
        'keyword (optional)',
        'property custom',
        'number 3',
        'keyword facet',
        'facet! reachable',
        'keyword extends',
        'facet public',
        'keyword exports',
        'variable! ip',
    ]);
});

test('names, overrides and data of instances are told apart', () => {
    expect(tokensIn(INSTANCES)).toEqual([
        'keyword instance',
        'keyword of',
        'component Machine',
        'keyword name',
        'instance! front',
        'keyword count',
        'number 3',
        'property data.ec2.ip',
        'string 10.0.0.1',
        'keyword instance',
        'keyword of',
        'component Web',
        'keyword name',
        'instance! web',
        'variable port',
        'number 81',
    ]);
});

test('the outline of a graph has imports, types, their variables and other properties', () => {
    expect(outlineIn(modelSyntax(GRAPH).outline)).toEqual([
        'import parts/database.graph',
        'import net/proxy.graph',
        'component Web [extends Server]',
        '  property extends [Server]',
        '  property facets [reachable, public]',
        '  variable port [= 8080]',
        '  variable admin [random]',
        '  variable url [= "http://$(ROBOCONF_INSTANCE_NAME)/x"]',
        '  property imports [Database.*, external Lamp.url, reachable.ip (optional)]',
        '  variable custom [3]',
        'facet reachable [extends public]',
        '  property extends [public]',
        '  variable ip',
    ]);
});

test('instances are called by their names, with their components beside, and nested', () => {
    expect(outlineIn(modelSyntax(INSTANCES).outline)).toEqual([
        'instance front [Machine × 3]',
        '  property count [3]',
        '  variable data.ec2.ip [10.0.0.1]',
        '  instance web [Web]',
        '    variable port [81]',
    ]);
});

test('blocks, comments, imports and regions fold; closing brackets stay in sight', () => {
    expect(foldsIn(GRAPH)).toEqual(['1-2 imports', '4-5 comment', '6-11 region', '14-16 region']);
    expect(foldsIn(INSTANCES)).toEqual(['1-8 region', '5-7 region']);
    expect(foldsIn('# region Machines\nA {\n}\n# of many kinds\n# and sizes\n# endregion\n')).toEqual([
        '1-6 region',
        '4-5 comment',
    ]);
    expect(foldsIn('# region eu-west is far\n# but cheap\nA {\n  exports: ip;')).toEqual(['3-4 region']);
});

test('what is broken is understood as far as it goes', () => {
    const text = 'facet {\n  exports: a b, = 3\nB\n  children: ;\n}\n}}\n???\nimport\ninstance of X {\n name: x\n';
    expect(outlineIn(modelSyntax(text).outline)).toEqual([
        'facet …',
        '  variable a b',
        '  property children',
        'instance x [X]',
    ]);
    expect(modelSyntax('').outline).toEqual([]);
});

test('a byte order mark moves nothing', () => {
    expect(modelSyntax(`\uFEFF${GRAPH}`)).toEqual(modelSyntax(GRAPH));
});

describe('for any text', () => {
    const piece = fc.constantFrom(
        ...['{', '}', '#', ';', ':', ',', ' ', '\t', '\n', '\r\n', '"', '$(', ')', '.', '=', 'é', '\u{1F600}', '\0'],
        ...['import ', 'facet ', 'instance of ', 'external ', '(optional)', 'random[port]', '# region', '# endregion'],
        ...['children', 'exports: ', 'imports: ', 'name: ', 'count', 'Web', 'data.x', '\uFEFF'],
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

    test('tokens are sorted, inside their lines, not empty and apart', () => {
        fc.assert(
            fc.property(text, (source) => {
                const lines = source.replace(/^\uFEFF/, '').split('\n');
                let [line, column] = [1, 1];
                for (const token of modelSyntax(source).tokens) {
                    expect(token.length).toBeGreaterThan(0);
                    expect(token.column - 1 + token.length).toBeLessThanOrEqual(lines[token.line - 1]?.length ?? 0);
                    expect(token.line > line || (token.line === line && token.column >= column)).toBe(true);
                    [line, column] = [token.line, token.column + token.length];
                }
            }),
        );
    });

    test('entries have names, lie in their parents, and names in their entries', () => {
        const check = (item: OutlineItem, parent: TextRange | undefined): void => {
            expect(item.name).not.toBe('');
            expect(holds(item.range, item.nameRange)).toBe(true);
            if (parent !== undefined) expect(holds(parent, item.range)).toBe(true);
            for (const child of item.children) check(child, item.range);
        };
        fc.assert(
            fc.property(text, (source) => {
                for (const item of modelSyntax(source).outline) check(item, undefined);
            }),
            { examples: [['Web\r\n{name: ']] },
        );
    });

    test('folds hide at least one line, and lie in the text', () => {
        fc.assert(
            fc.property(text, (source) => {
                const lineCount = source.split('\n').length;
                for (const { first, last } of modelSyntax(source).folds) {
                    expect(first).toBeGreaterThan(0);
                    expect(last).toBeGreaterThan(first);
                    expect(last).toBeLessThanOrEqual(lineCount);
                }
            }),
        );
    });
});

function holds(outer: TextRange, inner: TextRange): boolean {
    const before = outer.line < inner.line || (outer.line === inner.line && outer.column <= inner.column);
    const after =
        outer.endLine > inner.endLine || (outer.endLine === inner.endLine && outer.endColumn >= inner.endColumn);
    return before && after;
}
