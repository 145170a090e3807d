/** Places in scripts, as shells and interpreters name them in their messages. */

import { plainLine } from '../../runner/terminal-text.ts';

/** A file and a line of it. */
export interface ScriptPlace {
    /** The file's own name, without folders. */
    readonly file: string;
    /** Counts from 1. */
    readonly line: number;
}

/** A place, and where in a line of output it is named. */
export interface NamedPlace extends ScriptPlace {
    readonly startIndex: number;
    readonly length: number;
}

/** What a name with a number behind it has to end with to be a script: addresses of hosts have numbers behind them too. */
const SCRIPT = String.raw`[\w.~@%+-]*\.(?:sh|bash|zsh|ksh|py|rb|pl|js|mjs|cjs|ts|pp|erb|php|ps1|awk|yml|yaml|template)`;
const FOLDERS = String.raw`(?:[^\s:"'(),]*/)?`;

/**
 * `bash` writes `FILE: line N:`, `dash` and others `FILE: N:`, Python `File "FILE", line N`, Puppet `file: FILE, line: N`, Perl `at FILE line N`,
 * Ruby, Node and most others `FILE:N` with a column or a word behind it.
 */
const PATTERNS = [
    new RegExp(`${FOLDERS}(?<file>[\\w.~@%+-]+\\.\\w+): line (?<line>\\d+)(?=:)`, 'dg'),
    new RegExp(`${FOLDERS}(?<file>${SCRIPT}): (?<line>\\d+)(?=:)`, 'dg'),
    /(?:File|in) ["'](?:[^"']*\/)?(?<file>[^"'/]+)["'](?:,|:)? line (?<line>\d+)/dg,
    new RegExp(`file: ${FOLDERS}(?<file>${SCRIPT}), line: (?<line>\\d+)`, 'dg'),
    new RegExp(`\\bat ${FOLDERS}(?<file>${SCRIPT}) line (?<line>\\d+)`, 'dg'),
    new RegExp(`${FOLDERS}(?<file>${SCRIPT}):(?<line>\\d+)(?=[:\\s)\\]]|$)`, 'dg'),
];

/** A line longer than this is looked at as far as this. */
const MAX_LENGTH = 2000;

/** The places a line names, from left to right. */
export function placesIn(line: string): readonly NamedPlace[] {
    const text = line.slice(0, MAX_LENGTH);
    const found = PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)].flatMap(placeOf));
    const ordered = found.sort((left, right) => left.startIndex - right.startIndex || right.length - left.length);
    return ordered.filter((place, index) => !ordered.slice(0, index).some((other) => overlaps(other, place)));
}

/** The place that output names last; undefined when no line names one. */
export function scriptPlaceOf(lines: readonly string[]): ScriptPlace | undefined {
    const last = lines.flatMap((line) => placesIn(plainLine(line))).at(-1);
    return last === undefined ? undefined : { file: last.file, line: last.line };
}

function placeOf(match: RegExpExecArray): readonly NamedPlace[] {
    const { file = '', line = '' } = match.groups ?? {};
    const place = { file, line: Number(line), startIndex: match.index, length: match[0].length };
    return file === '' ? [] : [place];
}

function overlaps(one: NamedPlace, other: NamedPlace): boolean {
    return one.startIndex < other.startIndex + other.length && other.startIndex < one.startIndex + one.length;
}
