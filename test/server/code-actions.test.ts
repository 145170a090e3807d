import { describe, expect, test } from 'vitest';
import type { Finding } from '../../language/index.ts';
import { CODES_WITH_CURE } from '../../server/features/code-actions/cures.ts';
import type { Fix } from '../../server/features/code-actions/fix.ts';
import { SAFE_CODES } from '../../server/features/code-actions/whole-file.ts';
import { analyse, applied, curesIn, differenceOf, type Texts } from '../support/fixes.ts';
import { CURE_FIXTURES, type CureFixture, SOUND } from './code-action-fixtures.ts';
import { CURE_FIXTURES_BESIDE } from './code-action-fixtures-beside.ts';

const FIXTURES: readonly CureFixture[] = [...CURE_FIXTURES, ...CURE_FIXTURES_BESIDE];

function countOf(findings: readonly Finding[], code: string): number {
    return findings.filter((finding) => finding.code === code).length;
}

/** Codes of errors that there are more of than before. */
function risen(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
    const errors = new Set(after.filter(({ severity }) => severity === 'error').map(({ code }) => code));
    return [...errors].filter((code) => countOf(after, code) > countOf(before, code));
}

interface Outcome {
    readonly fix: Fix;
    readonly after: Texts;
    /** Whether there is one finding of the code less. */
    readonly isCured: boolean;
    readonly newErrors: readonly string[];
}

function outcomeOf({ code, texts, options }: CureFixture, fix: Fix): Outcome {
    const before = analyse(texts, options).findings;
    const after = applied(texts, fix.changes);
    const found = analyse(after, options).findings;
    return { fix, after, isCured: countOf(found, code) < countOf(before, code), newErrors: risen(before, found) };
}

const titleOf = ({ code, about }: CureFixture): string => (about === '' ? code : `${code}: ${about}`);
const CURED = FIXTURES.map((fixture) => {
    const fixes = curesIn(fixture.texts, fixture.code, fixture.options);
    return { fixture, title: titleOf(fixture), outcomes: fixes.map((fix) => outcomeOf(fixture, fix)) };
});

describe('the likeliest cure takes the finding away and brings no error', () => {
    test.each(CURED)('$title', ({ outcomes }) => {
        const [first] = outcomes;
        expect(first).toBeDefined();
        expect({ isCured: first!.isCured, newErrors: first!.newErrors }).toEqual({ isCured: true, newErrors: [] });
    });
});

test('every other cure takes the finding away as well', () => {
    const useless = CURED.flatMap(({ title, outcomes }) =>
        outcomes.filter(({ isCured }) => !isCured).map(({ fix }) => `${title}: ${fix.title}`),
    );
    expect(useless).toEqual([]);
});

test('a cure is preferred once at most, and comes first', () => {
    const wrong = CURED.filter(({ outcomes }) => outcomes.slice(1).some(({ fix }) => fix.isPreferred));
    expect(wrong.map(({ title }) => title)).toEqual([]);
});

test('what is done without asking brings no finding of any kind', () => {
    const bad = CURED.flatMap(({ fixture, title, outcomes }) => {
        const before = analyse(fixture.texts, fixture.options).findings;
        return outcomes
            .filter(({ fix }) => fix.isSafe)
            .filter(({ after }) => analyse(after, fixture.options).findings.length >= before.length)
            .map(() => title);
    });
    expect(bad).toEqual([]);
});

test('every code with a safe cure is looked at when a file is mended, and no other', () => {
    const safe = CURED.filter(({ outcomes }) => outcomes.some(({ fix }) => fix.isSafe)).map(
        ({ fixture }) => fixture.code,
    );
    expect([...new Set(safe)].sort()).toEqual([...SAFE_CODES].sort());
});

test('titles are imperatives that begin with a capital and end without a full stop', () => {
    const titles = CURED.flatMap(({ outcomes }) => outcomes.map(({ fix }) => fix.title));
    expect(titles.filter((title) => !/^[A-Z][a-z]+ \S.*[^.]$/.test(title))).toEqual([]);
});

test('at least 60 codes have a cure, and each is exercised', () => {
    const exercised = new Set(FIXTURES.map(({ code }) => code));
    expect(CODES_WITH_CURE.filter((code) => !exercised.has(code))).toEqual([]);
    expect(CODES_WITH_CURE.length).toBeGreaterThanOrEqual(60);
});

test('the application the fixtures start from is sound', () => {
    expect(analyse(SOUND).findings).toEqual([]);
});

test('the changes of every likeliest cure, and the titles of the others', async () => {
    const shown = CURED.map(({ fixture, title, outcomes }) => {
        const [first, ...others] = outcomes;
        const mark = first?.fix.isSafe === true ? '!' : first?.fix.isPreferred === true ? '*' : '-';
        const rest = others.map(({ fix }) => `  - ${fix.title}`);
        const difference = first === undefined ? '' : differenceOf(fixture.texts, first.after);
        return [title, `  ${mark} ${first?.fix.title}`, difference, ...rest].join('\n');
    });
    await expect(`${shown.join('\n\n')}\n`).toMatchFileSnapshot('code-actions.golden.txt');
});
