import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROPERTIES } from '../../language/index.ts';
import { generatedSyntaxes } from '../../scripts/grammars.ts';

const folder = join(resolve(import.meta.dirname, '../..'), 'syntaxes');

describe('the files of syntaxes/', () => {
    test.each([...generatedSyntaxes()])('%s is fresh: npm run generate writes nothing else', (name, text) => {
        expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual(JSON.parse(text));
    });

    test('are made the same way each time', () => {
        expect([...generatedSyntaxes()]).toEqual([...generatedSyntaxes()]);
    });
});

test.each(PROPERTIES.map(({ name, blocks }) => ({ name, blocks })))(
    '$name is highlighted where it may stand',
    ({ name, blocks }) => {
        const isInstance = blocks.includes('instance');
        const grammar =
            generatedSyntaxes().get(
                isInstance ? 'roboconf-instances.tmLanguage.json' : 'roboconf-graph.tmLanguage.json',
            ) ?? '';
        const scopes = scopesOf(grammar, `    ${name}: x;`);
        expect(scopes).toEqual(['keyword.other.property']);
    },
);

test.each([
    ['import a/b.graph;', 'import'],
    ['facet deployable {', 'facet'],
    ['Load-Balancer { # the door', 'component'],
    ['  FACET x {', 'facet'],
])('%s opens %s', (line, rule) => {
    const { repository } = parse(generatedSyntaxes().get('roboconf-graph.tmLanguage.json') ?? '');
    const order = ['import', 'facet', 'component'];
    expect(order.find((name) => toRegExp(repository[name]?.begin ?? '').test(line))).toBe(rule);
});

interface Rule {
    readonly begin?: string;
    readonly beginCaptures?: Readonly<Record<string, { readonly name: string }>>;
    readonly patterns?: readonly Rule[];
}

function parse(grammar: string): { readonly repository: Readonly<Record<string, Rule>> } {
    return JSON.parse(grammar) as { readonly repository: Readonly<Record<string, Rule>> };
}

/** The scope of the property's name by the first rule that takes the line, as an editor decides. */
function scopesOf(grammar: string, line: string): readonly string[] {
    const rules = parse(grammar).repository['property']?.patterns ?? [];
    const taken = rules.find((rule) => toRegExp(rule.begin ?? '').test(line));
    return taken?.beginCaptures?.['1'] === undefined ? [] : [taken.beginCaptures['1'].name];
}

/** Editors use another dialect: an inline flag group over the whole keyword is the only thing that differs here. */
function toRegExp(pattern: string): RegExp {
    return new RegExp(pattern);
}
