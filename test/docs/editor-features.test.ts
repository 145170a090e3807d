/** The page of editor features names tests that exist, and is the one that is generated. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { editorFeatures, missingTests } from '../../scripts/editor-features.ts';

const root = resolve(import.meta.dirname, '../..');

test('every test that is named exists', () => {
    expect(missingTests(root)).toEqual([]);
});

test('the page is the generated one', () => {
    const cells = (text: string): readonly string[] =>
        text
            .split('\n')
            .map((line) => line.replaceAll(/[ -]+/g, ' ').trim())
            .filter((line) => line !== '');
    expect(cells(readFileSync(join(root, 'docs', 'editor-features.md'), 'utf8'))).toEqual(cells(editorFeatures()));
});
