/** The mutants can be made: their places are in the sources. `npm run mutants` makes them, and each must be noticed. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS, mutated } from './mutants.ts';

const root = resolve(import.meta.dirname, '../..');

test.for(MUTANTS)('$name', (mutant) => {
    const source = readFileSync(join(root, mutant.file), 'utf8');
    expect(mutated(mutant, source)).not.toBe(source);
    expect(mutant.tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('a mutant whose place is gone is reported', () => {
    const [mutant] = MUTANTS;
    if (mutant === undefined) throw new Error('there are mutants');
    expect(() => mutated(mutant, '')).toThrow(mutant.name);
});
