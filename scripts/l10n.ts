/**
 * `npm run l10n`: collects the texts of the client into l10n/bundle.l10n.json and brings the translations up to date: a text that is gone is
 * taken out, one without translation is added empty and named. Exit code 1 when something has to be translated.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
    bundleOf,
    clientTexts,
    faultsOf,
    LANGUAGES,
    MANIFEST_BUNDLE,
    manifestBundleOf,
    readBundle,
    SOURCE_BUNDLE,
    type Bundle,
} from './l10n/bundles.ts';

const root = resolve(import.meta.dirname, '..');

mkdirSync(join(root, 'l10n'), { recursive: true });
const texts = clientTexts(root);
write(SOURCE_BUNDLE, texts);
const faults = LANGUAGES.flatMap((language) => [
    ...update(texts, bundleOf(language)),
    ...update(readBundle(root, MANIFEST_BUNDLE), manifestBundleOf(language)),
]);
for (const fault of faults) console.error(fault);
console.log(`${String(Object.keys(texts).length)} texts, ${String(faults.length)} to be looked at`);
process.exitCode = faults.length === 0 ? 0 : 1;

function update(english: Bundle, file: string): readonly string[] {
    const known = readBundle(root, file);
    const updated = Object.fromEntries(Object.keys(english).map((key) => [key, known[key] ?? '']));
    write(file, updated);
    return faultsOf(english, updated).map((fault) => `${file}: ${fault}`);
}

function write(file: string, bundle: Bundle): void {
    writeFileSync(join(root, file), `${JSON.stringify(bundle, null, 2)}\n`);
}
