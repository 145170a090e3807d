/** Snippets are what people learn a language from: each must be right as it is first shown. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../language/index.ts';
import { parseCommands } from '../../language/commands/commands-file.ts';
import { parseMeasures } from '../../language/measures/measures-file.ts';
import { PROBE_HANDLERS } from '../../language/measures/probe-handlers.ts';
import { createParser } from '../../language/parsing/parse-file.ts';
import { parseRules } from '../../language/rules/rules-file.ts';
import { generatedSnippets, SNIPPETS } from '../../scripts/snippets.ts';
import { plainText, type Snippet } from '../../scripts/snippets/snippet.ts';

const folder = join(resolve(import.meta.dirname, '../..'), 'snippets');
const parser = createParser();

/** Codes found in the text of a snippet by itself. */
const CHECKS: Readonly<Record<string, (text: string, name: string) => readonly string[]>> = {
    'roboconf-graph': (text, name) => modelFindings(text, name === 'Random port' ? 'A {\n\texports: ~;\n}\n' : '~'),
    'roboconf-instances': (text, name) =>
        modelFindings(text, name === 'Instance variable' ? 'instance of A {\n\tname: a;\n\tb: ~;\n}\n' : '~'),
    'roboconf-commands': (text) => ownFindings(parseCommands(text, 'commands/a.commands')),
    'roboconf-rules': (text) => parseRules(text, 'rules.autonomic/name.drl').findings.map(({ code }) => code),
    'roboconf-measures': (text) => parseMeasures(text, 'probes/A.measures').findings.map(({ code }) => code),
};

/** A definition alone is not used yet: hints are no faults. */
function ownFindings({ findings }: { readonly findings: readonly Finding[] }): readonly string[] {
    return findings.filter(({ severity }) => severity !== 'hint').map(({ code }) => code);
}

function modelFindings(text: string, around: string): readonly string[] {
    return parser.parseFile(around.replace('~', () => text)).findings.map(({ code }) => code);
}

const all = Object.entries(SNIPPETS).flatMap(([file, snippets]) =>
    Object.entries(snippets).map(([name, snippet]): [string, string, Snippet] => [file, name, snippet]),
);

test.each([...generatedSnippets()])('%s is fresh: npm run generate writes nothing else', (name, text) => {
    expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual(JSON.parse(text));
});

describe('a snippet', () => {
    test.each(all)('of %s: %s is right as it is first shown', (file, name, snippet) => {
        const text = plainText(snippet);
        expect(text).not.toMatch(/\$\{\d|\|\}/);
        expect(CHECKS[file]?.(text, name)).toEqual([]);
    });

    test.each(all)('of %s: %s has places that count from one', (_, __, { body }) => {
        const places = [...body.join('\n').matchAll(/(?<!\\)\$\{?(?<place>\d+)/g)].map(({ groups }) =>
            Number(groups?.['place']),
        );
        const distinct = [...new Set(places)].filter((place) => place > 0);
        expect(distinct).toEqual(distinct.map((_place, i) => i + 1));
    });
});

test('prefixes of a file are distinct', () => {
    for (const snippets of Object.values(SNIPPETS)) {
        const prefixes = Object.values(snippets).map(({ prefix }) => prefix);
        expect(new Set(prefixes).size).toBe(prefixes.length);
    }
});

test('every kind of probe has its snippet', () => {
    expect(Object.keys(SNIPPETS['roboconf-measures'] ?? {})).toEqual(PROBE_HANDLERS.map(({ name }) => `Probe ${name}`));
});
