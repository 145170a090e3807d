import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../language/index.ts';
import { fixesOf } from '../../server/features/code-actions/cures.ts';
import { refactoringsAt } from '../../server/features/code-actions/refactorings.ts';
import { fixAllOf, fixSafely, organizeImports } from '../../server/features/code-actions/whole-file.ts';
import { analyse, applied, curesIn, siteOf, type Texts } from '../support/fixes.ts';
import { CURE_FIXTURES, type CureFixture } from './code-action-fixtures.ts';
import { CURE_FIXTURES_BESIDE } from './code-action-fixtures-beside.ts';

const FIXTURES: readonly CureFixture[] = [...CURE_FIXTURES, ...CURE_FIXTURES_BESIDE];

/** A backslash continues a line of commands only right before a line feed. */
function withCrlf(texts: Texts): Texts {
    const isConcerned = ([file, text]: readonly [string, string]): boolean =>
        /\.(?:graph|instances|properties|commands)$/.test(file) && !/\\\n|\r/.test(text);
    return Object.fromEntries(
        Object.entries(texts).map(([file, text]) => [
            file,
            isConcerned([file, text]) ? text.replaceAll('\n', '\r\n') : text,
        ]),
    );
}

function withLf(texts: Texts): Texts {
    return Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, text.replaceAll('\r\n', '\n')]));
}

test('files with CR LF are cured as those with LF, and keep their line ends', () => {
    const different = FIXTURES.filter(({ texts, code, options }) => {
        const [plain] = curesIn(texts, code, options);
        const before = withCrlf(texts);
        const [fix] = curesIn(before, code, options);
        if (plain === undefined || fix === undefined) return true;
        const after = applied(before, fix.changes);
        const isMixed = Object.entries(after).some(
            ([file, text]) => before[file]?.includes('\r\n') && /[^\r]\n/.test(text),
        );
        return isMixed || JSON.stringify(withLf(after)) !== JSON.stringify(withLf(applied(texts, plain.changes)));
    });
    expect(different.map(({ code, about }) => `${code} ${about}`)).toEqual([]);
});

const damage = fc.record({
    fixture: fc.nat(),
    file: fc.nat(),
    at: fc.nat(),
    length: fc.nat({ max: 6 }),
    put: fc.constantFrom('', '', '{', '}', ';', '"', ',', '\n', ' ', '#', '=', ':', '\r\n', '$(', 'a', '.', '\\', '/'),
});

function damaged({
    fixture,
    file,
    at,
    length,
    put,
}: {
    fixture: number;
    file: number;
    at: number;
    length: number;
    put: string;
}): Texts {
    const { texts } = FIXTURES[fixture % FIXTURES.length]!;
    const files = Object.keys(texts).filter((name) => texts[name] !== '');
    const name = files[file % files.length] ?? '';
    const text = texts[name] ?? '';
    const start = at % (text.length + 1);
    return { ...texts, [name]: text.slice(0, start) + put + text.slice(start + length) };
}

/** Applies everything that is offered: `applied` throws when changes overlap or leave the text. */
function applyAll(texts: Texts): number {
    const application = analyse(texts);
    const site = siteOf(texts, application);
    const fixes = application.findings.flatMap((finding: Finding) => fixesOf(finding, site));
    const files = Object.keys(texts);
    const codes = new Set(application.findings.map(({ code }) => code));
    const whole = files.flatMap((file) => [
        fixSafely(site, file),
        organizeImports(site, file),
        ...[...codes].map((code) => fixAllOf(site, file, code)),
    ]);
    const refactorings = files.flatMap((file) => {
        const source = site.textOf(file)!;
        const places = source.lines.map(({ start, indent }) => start + indent.length);
        return places.flatMap((start) => refactoringsAt({ site, source, start, end: start }, () => true));
    });
    const all = [...fixes, ...whole.flatMap((fix) => fix ?? []), ...refactorings.map(({ fix }) => fix)];
    for (const { changes } of all) applied(texts, changes);
    return all.length;
}

test('whatever the texts, what is offered can be done', () => {
    fc.assert(
        fc.property(damage, (what) => {
            applyAll(damaged(what));
        }),
        { numRuns: 150, seed: 5 },
    );
});

test('what is safe to fix is fixed for good: after a few rounds there is nothing left', () => {
    fc.assert(
        fc.property(damage, (what) => {
            let texts = damaged(what);
            for (const file of Object.keys(texts)) {
                for (let round = 0; round < 6; round += 1) {
                    const fix = fixSafely(siteOf(texts), file);
                    if (fix === undefined) break;
                    texts = applied(texts, fix.changes);
                    expect(round).toBeLessThan(5);
                }
            }
        }),
        { numRuns: 60, seed: 7 },
    );
});
