import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../language/index.ts';
import { FILE_CODES } from '../../language/parsing/catalogue.ts';
import { SEVERITIES } from '../../language/validation/codes.ts';
import { findingMessage, parseFindingTemplates } from '../../server/workspace/finding-words.ts';

const root = resolve(import.meta.dirname, '..', '..');
const french: unknown = JSON.parse(readFileSync(join(root, 'l10n', 'findings.fr.json'), 'utf8'));
const templates = parseFindingTemplates({ findings: french });

function findingOf(code: string, details: Readonly<Record<string, string>>): Finding {
    return { code, severity: 'error', message: 'in English', range: null, details, related: [] };
}

test('every code is translated', () => {
    const codes = new Set([...FILE_CODES, ...Object.keys(SEVERITIES)]);
    const translated = new Set(Object.keys(templates).map((key) => key.replace(/\/.*$/, '')));
    expect([...translated].filter((code) => !codes.has(code))).toEqual([]);
    expect([...codes].filter((code) => !translated.has(code))).toEqual([]);
});

test('translations name only facts that findings have', () => {
    const sources = globSync('language/{parsing,validation,commands,rules,measures,targets}/*.ts', { cwd: root })
        .map((file) => readFileSync(join(root, file), 'utf8'))
        .join('\n');
    const named = Object.values(templates)
        .flat()
        .flatMap((template) => [...template.matchAll(/\{([A-Z_]+)\}/g)].map((match) => match[1] ?? ''));
    expect(named.length).toBeGreaterThan(50);
    // FACET and COMPONENT are made from the kind of a type as well.
    expect([...new Set(named)].filter((fact) => !new RegExp(`\\b${fact}\\b`).test(sources))).toEqual([]);
});

test.each([
    ['CO_INEXISTING_CHILD', { NAME: 'Wab' }, 'Aucun composant ni aucune facette ne s’appelle'],
    ['P_UNRECOGNIZED_BLOCK', { SHAPE: 'closing' }, 'Aucun bloc n’est ouvert ici'],
    ['P_UNRECOGNIZED_BLOCK', { SHAPE: 'other' }, 'Ceci n’est pas compris'],
    ['PM_INVALID_CHILD_NAME', { NAME: '' }, 'Il manque un nom dans'],
])('%s with %o is said in French', (code, details, beginning) => {
    const said = findingMessage(findingOf(code, details), templates);
    expect(said.replaceAll("'", '’').startsWith(beginning)).toBe(true);
});

test('the first template counts whose facts are all there', () => {
    const given = { A: ['{X} or {Y}', '{X} alone'], 'A/odd': ['odd {X}'] };
    expect(findingMessage(findingOf('A', { X: '1', Y: '2' }), given)).toBe('1 or 2');
    expect(findingMessage(findingOf('A', { X: '1', Y: '' }), given)).toBe('1 alone');
    expect(findingMessage(findingOf('A', { X: '$&', SHAPE: 'odd' }), given)).toBe('odd $&');
    expect(findingMessage(findingOf('A', {}), given)).toBe('in English');
    expect(findingMessage(findingOf('toString', {}), given)).toBe('in English');
});

test.each([undefined, null, 'x', {}, { findings: null }, { findings: { A: 'text' } }])(
    'options that are no templates give none: %o',
    (options) => {
        expect(parseFindingTemplates(options)).toEqual({});
    },
);
