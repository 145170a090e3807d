import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { failureText } from '../../client/ui/failures.ts';
import {
    bundleOf,
    clientTexts,
    faultsOf,
    LANGUAGES,
    MANIFEST_BUNDLE,
    manifestBundleOf,
    manifestKeys,
    readBundle,
    SOURCE_BUNDLE,
} from '../../scripts/l10n/bundles.ts';
import { textsIn } from '../../scripts/l10n/extract.ts';
import { editor, l10n } from './support/vscode.ts';

const root = resolve(import.meta.dirname, '..', '..');
const manifest = readFileSync(join(root, 'package.json'), 'utf8');

afterEach(() => editor.reset());

test('the English bundle has exactly the texts of the client', () => {
    const texts = clientTexts(root);
    expect(Object.keys(texts).length).toBeGreaterThan(100);
    expect(readBundle(root, SOURCE_BUNDLE)).toEqual(texts);
});

test.each(LANGUAGES)('every text of the client is translated: %s', (language) => {
    expect(faultsOf(clientTexts(root), readBundle(root, bundleOf(language)))).toEqual([]);
});

test.each(LANGUAGES)('every text of the manifest is translated: %s', (language) => {
    expect(faultsOf(readBundle(root, MANIFEST_BUNDLE), readBundle(root, manifestBundleOf(language)))).toEqual([]);
});

test('the manifest asks for exactly the texts of its bundle', () => {
    const asked = new Set(manifestKeys(manifest));
    expect(asked).toEqual(new Set(Object.keys(readBundle(root, MANIFEST_BUNDLE))));
});

test('no text for people is written into the manifest itself', () => {
    const fields = /"(?:title|contents|description|markdownDescription|altText|name)": "(?!%)([^"]+)"/g;
    // The name of the package, and names that are the same in every language.
    const same = new Set(['roboconf', 'Roboconf']);
    expect([...manifest.matchAll(fields)].map((match) => match[1] ?? '').filter((text) => !same.has(text))).toEqual([]);
});

test.each([
    [`vscode.l10n.t('plain {0}', value)`, ['plain {0}']],
    [`vscode.l10n.t("it's", x)`, ["it's"]],
    [`vscode.l10n.t('it\\'s \\u00e9')`, ["it's é"]],
    ['vscode.l10n.t(\n    // why\n    `two\nlines`,\n)', ['two\nlines']],
    [`l10n.t({ message: 'open', comment: ['A verb.'] })`, ['open/A verb.']],
    [`l10n.t({ comment: 'message: no', args: [a], message: 'open' })`, ['open/message: no']],
    [`a(l10n.t('x'), l10n.t('y'))`, ['x', 'y']],
])('texts are found in %s', (source, keys) => {
    expect(textsIn(source).texts.map(({ key }) => key)).toEqual(keys);
    expect(textsIn(source).unreadable).toEqual([]);
});

test.each(['l10n.t(text)', 'l10n.t(`a ${b}`)', 'l10n.t({ args: [a] })'])('%s cannot be translated', (source) => {
    expect(textsIn(`\n${source}`)).toEqual({ texts: [], unreadable: [2] });
});

test.each([
    [{ a: 'a {0}' }, {}, ['not translated: a']],
    [{ a: 'a {0}' }, { a: '' }, ['not translated: a']],
    [{ a: 'a {0}' }, { a: 'b {1}' }, ['other placeholders or links: a']],
    [{ a: '[x](command:y)' }, { a: '[z](command:w)' }, ['other placeholders or links: a']],
    [{}, { a: 'b' }, ['used nowhere: a']],
    [{ a: '{0} of {1}' }, { a: '{1} : {0}' }, []],
])('a bundle is held against the English one: %o, %o', (english, translated, faults) => {
    expect(faultsOf(english, translated)).toEqual(faults);
});

test('a failure is told in the language of the editor, its values in their places', () => {
    editor.bundle = readBundle(root, bundleOf('fr'));
    const run = { id: 'd', deployment: 'shop', path: null, deed: 'start', causes: ['a.', 'b.', 'c.'] };
    expect(failureText({ kind: 'runFailed', ...run }).message).toBe(
        "shop : l'ordre « démarrer » a échoué. a. b. Et 1 de plus : voir la vue Déploiements.",
    );
});

test('placeholders are filled by position and by name', () => {
    expect(l10n.t('{1} {0} {2}', 'a', 'b')).toBe('b a {2}');
    expect(l10n.t('{from} {0}', { from: 'a' })).toBe('a {0}');
    expect(l10n.t({ message: '{0}', args: ['a'], comment: 'c' })).toBe('a');
});
