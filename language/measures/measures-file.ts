/** Probes as data (reference: language, section 7). */
import { baseNameOf } from '../application/paths.ts';
import { readablePart } from '../application/readable-part.ts';
import { sourceRangesIn, type RangeOf } from '../application/source-ranges.ts';
import type { Finding } from '../finding.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { Word } from '../model/declarations.ts';
import { trimSpan, type Span } from '../parsing/text-lines.ts';
import { reportLeftOut } from '../validation/read-text.ts';
import { createReport, type Report } from '../validation/report.ts';
import { createSuggestions } from '../validation/suggestions.ts';
import { readProbeBody, type BodyFaultShape, type ProbeBody } from './probe-body.ts';
import { PROBE_HANDLERS, probeHandlerCalled } from './probe-handlers.ts';

/** One `.measures` file. */
export interface MeasuresFile {
    /** Relative to the application. */
    readonly file: string;
    /** Whose instances are watched: the name of the file without its extension. */
    readonly component: string;
    /** Those whose header can be read; Roboconf drops the others. */
    readonly probes: readonly Probe[];
    /** The keys of all `{{ key }}`. */
    readonly keys: readonly Word[];
    /** What is wrong with its text by itself. */
    readonly findings: readonly Finding[];
}

export interface Probe {
    /** As written: letter case does not matter. */
    readonly handler: Word;
    readonly event: Word;
    /** `[EVENT handler event]`. */
    readonly header: SourceRange;
    /** From the header to the last line of the body. */
    readonly block: SourceRange;
    readonly lines: readonly Word[];
    /** The lines, joined by LF. */
    readonly text: string;
    /** What the handler understands; null when there is no such handler, or Roboconf ignores the probe. */
    readonly body: ProbeBody | null;
}

interface Source {
    readonly text: string;
    readonly rangeOf: RangeOf;
    readonly report: Report;
}

/** A header line, or what starts like one, with the lines behind it; the first section of a file may have none. */
interface Section {
    readonly lines: Span[];
    readonly hasHeader: boolean;
}

const HEADER = /\[event\s+(?<handler>\S+)\s+(?<event>\S+)\s*\]/di;
const KEY = /\{\{\s*(?<key>[^\s{}]+)\s*\}\}/dg;

/** Reads any text. */
export function parseMeasures(raw: string, file: string): MeasuresFile {
    const whole = raw.replace(/^\uFEFF/, '');
    const text = readablePart(whole);
    const findings: Finding[] = [];
    const source: Source = { text, rangeOf: sourceRangesIn(text, file), report: createReport(findings) };
    if (text.length < whole.length) reportLeftOut(source.report, source.rangeOf(text.length, text.length));
    const lines = linesIn(text);
    const probes = sectionsOf(text, lines).flatMap((section) => probeIn(source, section));
    const component = baseNameOf(file).replace(/\.measures$/, '');
    return { file, component, probes, keys: lines.flatMap((line) => keysIn(source, line)), findings };
}

/** Lines without blanks at their ends; empty ones and comments are left out. */
function linesIn(text: string): readonly Span[] {
    const lines: Span[] = [];
    for (let start = 0; start < text.length;) {
        const feed = text.indexOf('\n', start);
        const end = feed < 0 ? text.length : feed;
        const line = trimSpan(text, { start, end });
        if (line.start < line.end && text[line.start] !== '#') lines.push(line);
        start = end + 1;
    }
    return lines;
}

function sectionsOf(text: string, lines: readonly Span[]): readonly Section[] {
    const sections: Section[] = [];
    for (const line of lines) {
        const hasHeader = text[line.start] === '[' && /^\[event/i.test(text.slice(line.start, line.start + 6));
        const open = sections.at(-1);
        if (hasHeader || open === undefined) sections.push({ lines: [line], hasHeader });
        else open.lines.push(line);
    }
    return sections;
}

function probeIn(source: Source, { lines, hasHeader }: Section): readonly Probe[] {
    const [first, ...further] = lines;
    const last = lines.at(-1);
    if (first === undefined || last === undefined) return [];
    if (!hasHeader) {
        reportStrayText(source, first, last);
        return [];
    }
    const match = HEADER.exec(source.text.slice(first.start, first.end));
    const [from, to] = match?.indices?.[0] ?? [0, 0];
    if (match === null || from > 0) reportHeader(source, first);
    if (match === null) return [];
    const words = match.indices?.groups;
    const wordAt = (span: Span): Word => wordIn(source, span);
    const named = (name: string): Word => {
        const [start, end] = words?.[name] ?? [0, 0];
        return wordAt({ start: first.start + start, end: first.start + end });
    };
    const rest = trimSpan(source.text, { start: first.start + to, end: first.end });
    const body = [...(rest.start < rest.end ? [rest] : []), ...further].map(wordAt);
    const header = source.rangeOf(first.start + from, first.start + to);
    const block = source.rangeOf(first.start + from, last.end);
    return [probeOf(source, { handler: named('handler'), event: named('event'), header, block, lines: body })];
}

function probeOf(source: Source, parts: Omit<Probe, 'text' | 'body'>): Probe {
    const { handler, lines, header } = parts;
    const text = lines.map((line) => line.text).join('\n');
    const known = probeHandlerCalled(handler.text);
    if (known === undefined) {
        reportHandler(source, handler);
        return { ...parts, text, body: null };
    }
    const { body, faults } = readProbeBody(known.name, lines);
    for (const { shape, word } of faults) {
        const details = { SHAPE: shape, NAME: known.name, EXPECTED: known.form };
        source.report.add('X_MEASURES_INVALID_BODY', word?.range ?? header, BODY_FAULTS[shape], { details });
    }
    return { ...parts, text, body };
}

const BODY_FAULTS: Readonly<Record<BodyFaultShape, string>> = {
    fileLines: 'A file probe takes one line: with more of them Roboconf ignores the probe.',
    filePath: 'The file probe names no file: write the path of the file to watch.',
    fileAction:
        "This is taken for a path: the words before a path are 'Delete if exists' or 'Notify if not exists', with one blank between them.",
    nagiosQuery: 'The nagios probe asks nothing: write a LiveStatus query, such as GET hosts.',
    rest: "A rest probe is written 'Check URL that name > value', with blanks around the operator (=, ==, >, >=, <, <=): Roboconf ignores this one.",
    restQuoted: 'The value ends at the first blank, also within quotes: compare with a value without blanks.',
    restNumber: 'Only = and == compare texts: with this operator the value must be a number.',
    docker: 'The name of a container is one word.',
};

function reportStrayText({ report, rangeOf }: Source, first: Span, last: Span): void {
    const message = 'Text before the first [EVENT handler event] is ignored: remove it, or write such a line above it.';
    report.add('X_MEASURES_STRAY_TEXT', rangeOf(first.start, last.end), message);
}

/** A header with `{{ key }}` may be right once values are put in. */
function reportHeader({ text, report, rangeOf }: Source, line: Span): void {
    if (text.slice(line.start, line.end).includes('{{')) return;
    const close = text.slice(line.start, line.end).indexOf(']');
    const end = close < 0 ? line.end : line.start + close + 1;
    const message = "A probe begins with '[EVENT handler event]': without this, it is ignored up to the next one.";
    report.add('X_MEASURES_INVALID_HEADER', rangeOf(line.start, end), message);
}

function reportHandler({ report }: Source, { text, range }: Word): void {
    const names = PROBE_HANDLERS.map(({ name }) => name);
    const meant = createSuggestions().closest(text, names);
    const cure = meant === null ? `Known are ${names.join(', ')}.` : `Did you mean '${meant}'?`;
    const message = `No probe is of the kind '${text}': it is ignored. ${cure}`;
    const details = { NAME: text, ...(meant === null ? { EXPECTED: names.join(', ') } : { SUGGESTION: meant }) };
    report.add('X_MEASURES_UNKNOWN_HANDLER', range, message, { details });
}

function keysIn(source: Source, line: Span): readonly Word[] {
    const text = source.text.slice(line.start, line.end);
    if (!text.includes('{{')) return [];
    return [...text.matchAll(KEY)].flatMap((match) => {
        const [start, end] = match.indices?.groups?.['key'] ?? [0, 0];
        return [wordIn(source, { start: line.start + start, end: line.start + end })];
    });
}

function wordIn({ text, rangeOf }: Source, { start, end }: Span): Word {
    return { text: text.slice(start, end), range: rangeOf(start, end) };
}
