/** What a code action does, before it is said in the protocol; and what cures are given. Files are relative to the application. */
import type { Application, Declaration, Finding, SourceRange } from '../../../language/index.ts';
import type { SourceText } from './source-text.ts';

/** One change. Offsets are UTF-16 units into the newest text of the file; `text` has LF as line ends, whatever the file has. */
export type Change =
    | {
          readonly kind: 'replace';
          readonly file: string;
          readonly start: number;
          readonly end: number;
          readonly text: string;
      }
    | { readonly kind: 'create'; readonly file: string; readonly text: string }
    | { readonly kind: 'rename'; readonly file: string; readonly to: string };

export interface Fix {
    /** An imperative that names the thing. */
    readonly title: string;
    /** Of one text, none overlaps another. */
    readonly changes: readonly Change[];
    /** The cure most people want. */
    readonly isPreferred: boolean;
    /** Nothing is lost and nothing guessed, so that it may be done without asking. */
    readonly isSafe: boolean;
}

/** The application around a finding. */
export interface Site {
    readonly application: Application;
    /** The types and instances of a file. */
    readonly blocksOf: (file: string) => readonly Declaration[];
    /** The newest text of a file; undefined when there is none. */
    readonly textOf: (file: string) => SourceText | undefined;
    /** Files below a directory, relative to it and sorted. */
    readonly filesBelow: (directory: string) => readonly string[];
}

/** Answers the cures of a finding, the likeliest first; none when there is nothing mechanical to do. */
export type Cure = (finding: Finding, site: Site) => readonly Fix[];

/** Cures by code. */
export type Cures = Readonly<Record<string, Cure>>;

/** A finding in a text. */
export interface Spot {
    readonly finding: Finding;
    readonly site: Site;
    readonly range: SourceRange;
    readonly source: SourceText;
    readonly start: number;
    readonly end: number;
    /** What stands there. */
    readonly text: string;
    /** A fact of the finding; empty when it has none of this name. */
    readonly fact: (name: string) => string;
}

/** A cure that needs the text its finding stands in. */
export function atSpot(cure: (spot: Spot) => readonly Fix[]): Cure {
    return (finding, site) => {
        const spot = finding.range === null ? undefined : spotAt(finding, site, finding.range);
        return spot === undefined ? [] : cure(spot);
    };
}

/** The place of a finding, or another place that it mentions; undefined when its text cannot be read. */
export function spotAt(finding: Finding, site: Site, range: SourceRange): Spot | undefined {
    const source = site.textOf(range.file);
    if (source === undefined) return undefined;
    const start = source.offsetOf(range.line, range.column);
    const end = Math.max(start, source.offsetOf(range.endLine, range.endColumn));
    const fact = (name: string): string => finding.details[name] ?? '';
    return { finding, site, range, source, start, end, text: source.text.slice(start, end), fact };
}

/** A fix that a person chooses among others. */
export function fix(title: string, changes: readonly Change[]): Fix {
    return { title, changes, isPreferred: false, isSafe: false };
}

/** The fix that most people want. */
export function preferred(title: string, changes: readonly Change[]): Fix {
    return { title, changes, isPreferred: true, isSafe: false };
}

/** A fix that may be done without asking. */
export function safe(title: string, changes: readonly Change[]): Fix {
    return { title, changes, isPreferred: true, isSafe: true };
}

/** Puts a text in place of a part of a file. */
export function replace(source: SourceText, start: number, end: number, text: string): Change {
    return { kind: 'replace', file: source.file, start, end, text };
}

/** Puts a text into a file. */
export function insert(source: SourceText, at: number, text: string): Change {
    return replace(source, at, at, text);
}

/** Puts a text in place of what a finding is about. */
export function replaceSpot({ source, start, end }: Spot, text: string): Change {
    return replace(source, start, end, text);
}

/** Makes a file. */
export function create(file: string, text: string): Change {
    return { kind: 'create', file, text };
}

/** Moves a file. */
export function rename(file: string, to: string): Change {
    return { kind: 'rename', file, to };
}

/** Several cures for one code: what each answers, in this order. */
export function anyOf(...cures: readonly Cure[]): Cure {
    return (finding, site) => cures.flatMap((cure) => cure(finding, site));
}

/** Puts the suggested name in place of the wrong one, when one is similar. */
export const didYouMean: Cure = atSpot((spot) => {
    const suggestion = spot.fact('SUGGESTION');
    return suggestion === '' || suggestion === spot.text
        ? []
        : [preferred(`Change to '${suggestion}'`, [replaceSpot(spot, suggestion)])];
});

const SHOWN = 40;

/** A text from a file, fit for a title. */
export function shown(text: string): string {
    const line = text.replaceAll(/\s+/g, ' ').trim();
    return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
