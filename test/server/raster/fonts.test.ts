import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findFontFamily } from '../../../server/raster/fonts.ts';

function folderWith(...files: readonly string[]): string {
    const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const file of files) {
        mkdirSync(join(folder, 'truetype', 'family'), { recursive: true });
        writeFileSync(join(folder, 'truetype', 'family', file), '');
    }
    return folder;
}

test('the family that is wanted most is found, with its bold face', () => {
    const folder = folderWith('LiberationSans-Regular.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSans.ttf');
    const found = findFontFamily(['/nowhere/at/all', folder]);
    expect(found?.name).toBe('DejaVu Sans');
    expect(found?.files.map((file) => file.slice(folder.length))).toEqual([
        '/truetype/family/DejaVuSans.ttf',
        '/truetype/family/DejaVuSans-Bold.ttf',
    ]);
});

test('a bold face alone is no family', () => {
    expect(findFontFamily([folderWith('DejaVuSans-Bold.ttf')])).toBeNull();
    expect(findFontFamily([folderWith('DejaVuSans-Bold.ttf', 'arial.ttf')])?.name).toBe('Arial');
});
