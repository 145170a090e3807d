/** The page about targets says what the catalogue does. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { targetReference } from '../../scripts/target-reference.ts';

const page = join(resolve(import.meta.dirname, '../..'), 'docs', 'targets.md');

test('the page about targets is the one that is made from the catalogue', async () => {
    const made = await format(targetReference(), { ...(await resolveConfig(page)), filepath: page });
    expect(readFileSync(page, 'utf8')).toBe(made);
});
