/** From all that was found to what is shown. */
import type { Finding } from '../finding.ts';
import type { SourceRange } from '../model/application-model.ts';
import { byCodeUnit } from '../model/exported-variables.ts';
import { MAX_FINDINGS } from '../parsing/parsed-file.ts';
import { SEVERITIES } from './codes.ts';

// Control characters are what this is about.
// oxlint-disable-next-line no-control-regex -- these are the characters a terminal must not get
const UNPRINTABLE = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g;

/** Sorted by file, line, column and code; each finding once; at most MAX_FINDINGS a file; nothing about a word whose form is already wrong. */
export function presentable(findings: readonly Finding[]): readonly Finding[] {
    const malformed = malformedWords(findings);
    const kept = new Map<string, Finding>();
    for (const finding of findings) {
        if (!isAboutForm(finding.code) && isInside(finding.range, malformed)) continue;
        const shown = { ...finding, message: printable(finding.message) };
        kept.set(JSON.stringify([shown.code, shown.range, shown.message]), shown);
    }
    return limited([...kept.values()].sort(byPlace));
}

/** Names in messages come from any file: what would steer a terminal or break a line is replaced. */
function printable(message: string): string {
    return message.replace(UNPRINTABLE, '\uFFFD');
}

function isAboutForm(code: string): boolean {
    return code.startsWith('P_') || code.startsWith('PM_');
}

/** Places of errors about the form of a word, by file and line. */
function malformedWords(findings: readonly Finding[]): ReadonlyMap<string, readonly SourceRange[]> {
    const places = new Map<string, SourceRange[]>();
    for (const { code, severity, range } of findings) {
        if (range === null || severity !== 'error' || !code.startsWith('PM_')) continue;
        const key = `${range.file}:${range.line}`;
        const known = places.get(key);
        if (known === undefined) places.set(key, [range]);
        else known.push(range);
    }
    return places;
}

function isInside(range: SourceRange | null, places: ReadonlyMap<string, readonly SourceRange[]>): boolean {
    if (range === null) return false;
    const near = places.get(`${range.file}:${range.line}`) ?? [];
    return near.some(
        (place) =>
            place.column <= range.column && place.endColumn >= range.endColumn && place.endLine === range.endLine,
    );
}

/** Findings without a place come first. */
const NOWHERE: Pick<SourceRange, 'file' | 'line' | 'column'> = { file: '', line: 0, column: 0 };

function byPlace(a: Finding, b: Finding): number {
    const at = a.range ?? NOWHERE;
    const other = b.range ?? NOWHERE;
    const byPosition = byCodeUnit(at.file, other.file) || at.line - other.line || at.column - other.column;
    return byPosition || byCodeUnit(a.code, b.code) || byCodeUnit(a.message, b.message);
}

function limited(sorted: readonly Finding[]): readonly Finding[] {
    const counts = new Map<string, number>();
    const shown: Finding[] = [];
    for (const finding of sorted) {
        const file = finding.range?.file ?? '';
        const count = (counts.get(file) ?? 0) + 1;
        counts.set(file, count);
        if (count < MAX_FINDINGS) shown.push(finding);
        else if (count === MAX_FINDINGS) shown.push(moreThan(finding));
    }
    return shown;
}

function moreThan(finding: Finding): Finding {
    return {
        code: 'X_TOO_MANY_FINDINGS',
        severity: SEVERITIES.X_TOO_MANY_FINDINGS,
        message: 'There are more findings in this file; correct some of these first.',
        range: finding.range,
        details: {},
        related: [],
    };
}
