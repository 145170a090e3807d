/** Characters that are no fault of form, but never what was meant. */
import { findingOf } from './catalogue.ts';
import type { FileFinding } from './parsed-file.ts';
import { rangeIn } from './piece.ts';
import type { Line } from './text-lines.ts';

/** What stands in a text where bytes were no UTF-8, a character without meaning, and a mark that belongs to the beginning of a file. */
const UNEXPECTED = /[\uFFFD\0\uFEFF]/g;
const LONE_RETURN = /\r(?=[^\r\n])/;

/** X_UNEXPECTED_CHARACTER, at most once a line, and X_LONE_CARRIAGE_RETURN, at most once. */
export function characterFindings(text: string, lines: readonly Line[]): readonly FileFinding[] {
    const findings: FileFinding[] = [];
    let index = 0;
    let reported = -1;
    for (const { 0: character, index: offset } of text.matchAll(UNEXPECTED)) {
        while ((lines[index]?.end ?? offset) < offset) index++;
        const line = lines[index];
        if (line === undefined || index === reported) continue;
        reported = index;
        const range = rangeIn(line, { start: offset, end: offset + 1 });
        findings.push(findingOf('X_UNEXPECTED_CHARACTER', range, { CHARACTER: codePointOf(character) }));
    }
    return [...findings, ...loneReturn(text, lines)];
}

function codePointOf(character: string): string {
    return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A carriage return between two parts of a line: some old editors end lines so. */
function loneReturn(text: string, lines: readonly Line[]): readonly FileFinding[] {
    const offset = text.search(LONE_RETURN);
    const line = offset < 0 ? undefined : lines.find(({ end }) => end >= offset);
    if (line === undefined) return [];
    return [findingOf('X_LONE_CARRIAGE_RETURN', rangeIn(line, { start: offset, end: offset + 1 }))];
}
