/** The bundles of texts, and what is wrong between them and the sources: a text without translation, one that nobody uses, placeholders that differ. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textsIn } from './extract.ts';

export type Bundle = Readonly<Record<string, string>>;

/** Languages there are translations for, beside English. */
export const LANGUAGES = ['fr'] as const;

export const MANIFEST_BUNDLE = 'package.nls.json';
export const SOURCE_BUNDLE = 'l10n/bundle.l10n.json';

/** Where the translations of the manifest's texts lie. */
export const manifestBundleOf = (language: string): string => `package.nls.${language}.json`;

/** Where the translations of the sources' texts lie. */
export const bundleOf = (language: string): string => `l10n/bundle.l10n.${language}.json`;

/** Every text of the client under its key. Throws for a call whose text is not written out, with its place. */
export function clientTexts(root: string): Bundle {
    const files = globSync('client/**/*.ts', { cwd: root }).toSorted();
    const found = files.flatMap((file) => {
        const { texts, unreadable } = textsIn(readFileSync(join(root, file), 'utf8'));
        const line = unreadable[0];
        if (line !== undefined) throw new Error(`${file}:${String(line)}: the text must be written out in the call`);
        return texts.map(({ key, text }): [string, string] => [key, text]);
    });
    return Object.fromEntries(found.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Reads a bundle; an absent one is empty. */
export function readBundle(root: string, file: string): Bundle {
    if (globSync(file, { cwd: root }).length === 0) return {};
    // Bundles are ours: one that holds anything but texts shows as a finding of the comparison.
    return JSON.parse(readFileSync(join(root, file), 'utf8')) as Bundle;
}

/** What is wrong with a translation, a sentence each; empty when all is well. */
export function faultsOf(english: Bundle, translated: Bundle): readonly string[] {
    const missing = Object.keys(english).filter((key) => !Object.hasOwn(translated, key) || translated[key] === '');
    const unused = Object.keys(translated).filter((key) => !Object.hasOwn(english, key));
    const differing = Object.entries(translated).filter(
        ([key, text]) => text !== '' && marksIn(text) !== marksIn(english[key] ?? text),
    );
    return [
        ...missing.map((key) => `not translated: ${key}`),
        ...unused.map((key) => `used nowhere: ${key}`),
        ...differing.map(([key]) => `other placeholders or links: ${key}`),
    ];
}

/** What a translation must keep: placeholders, links to commands and settings, icons. */
function marksIn(text: string): string {
    const marks = text.match(/\{\w+\}|\(command:[^)]+\)|\(https?:[^)]+\)|`#[^`]+#`|\$\([\w~-]+\)/g) ?? [];
    return [...new Set(marks)].toSorted().join(' ');
}

/** Keys of the manifest bundle that a manifest asks for. */
export function manifestKeys(manifest: string): readonly string[] {
    return [...manifest.matchAll(/"%([^"%]+)%"/g)].map((match) => match[1] ?? '');
}
