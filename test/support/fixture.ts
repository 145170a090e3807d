/**
 * Fixtures: one text that holds several files, cursors and expectations.
 *
 * `#- /path` starts a file; without one the text is a single file, `/main.graph`.
 * `$0` is a cursor, taken out of the text.
 * A line `#   ^^^ label` labels that range of the line above it, and stays in the text as a comment; it may be indented.
 * A range that begins in the first column is labelled by as many `<`: `#<<< label`.
 * A cursor and a label must not share a line: taking the cursor out shifts the columns.
 */
import { expect } from 'vitest';

export interface FixtureFile {
    readonly path: string;
    readonly text: string;
    readonly cursors: readonly number[];
    readonly notes: readonly Note[];
}

export interface Note {
    readonly start: number;
    readonly end: number;
    readonly label: string;
}

/** What `checkFindings` compares: a code with its range. Lines and columns are 1-based, the end is exclusive. */
export interface Found {
    readonly code: string;
    readonly range: {
        readonly line: number;
        readonly column: number;
        readonly endLine: number;
        readonly endColumn: number;
    };
}

/** The files of a fixture. */
export function parseFixture(source: string): FixtureFile[] {
    const text = source.replace(/^\n/, '');
    const headers = [...text.matchAll(/^#- (?<path>\/\S+)\n/gm)];
    if (headers.length === 0) return [parseFile('/main.graph', text)];
    return headers.map((header, i) =>
        parseFile(header.groups?.['path'] ?? '', text.slice(header.index + header[0].length, headers[i + 1]?.index)),
    );
}

/** Fails unless the findings of a file are exactly those its labels name: `^^^ CODE`, at these places. */
export function checkFindings(file: FixtureFile, findings: readonly Found[]): void {
    const expected = file.notes.map((note) => `${placeIn(file.text, note)} ${note.label}`);
    const actual = findings.map(
        ({ range, code }) => `${range.line}:${range.column}-${range.endLine}:${range.endColumn} ${code}`,
    );
    expect(actual.toSorted()).toEqual(expected.toSorted());
}

function placeIn(text: string, note: Note): string {
    const place = (offset: number) => {
        const before = text.slice(0, offset).split('\n');
        return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
    };
    return `${place(note.start)}-${place(note.end)}`;
}

function parseFile(path: string, marked: string): FixtureFile {
    const cursors: number[] = [];
    const text = marked.split('$0').reduce((done, part) => {
        cursors.push(done.length);
        return done + part;
    });
    return { path, text, cursors, notes: [...notesIn(text)] };
}

function* notesIn(text: string): Generator<Note> {
    let lineStart = 0;
    let labelledStart = 0;
    for (const line of text.split('\n')) {
        const note = noteOf(line);
        if (note === undefined) labelledStart = lineStart;
        else yield { start: labelledStart + note.start, end: labelledStart + note.end, label: note.label };
        lineStart += line.length + 1;
    }
}

function noteOf(line: string): Note | undefined {
    const [, indent = '', carets = '', label] = /^(\s*# *)(\^+) (.+)$/.exec(line) ?? [];
    if (label !== undefined) return { start: indent.length, end: indent.length + carets.length, label };
    const [, marks = '', first] = /^#(<+) (.+)$/.exec(line) ?? [];
    return first === undefined ? undefined : { start: 0, end: marks.length, label: first };
}
