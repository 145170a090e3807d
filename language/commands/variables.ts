/** Variables of command files: their uses, and the text with their values (reference: language, section 5.3). */
import type { Word } from '../model/declarations.ts';
import type { VariableUse } from './instruction.ts';
import { spansOf, wordsIn, type LocatedSpan, type LocatedText, type Places } from './located-text.ts';
import type { LogicalLine } from './logical-lines.ts';

/** What a variable stands for. */
export interface VariableValue {
    readonly text: string;
    /** Whether an index was asked for that no instance has: a run leaves out what uses the variable. */
    readonly isDisabled: boolean;
    /** The name in the `define` that made it. */
    readonly definition: Word;
}

export type Variables = ReadonlyMap<string, VariableValue>;

export const SMART_INDEX = '$(SMART_INDEX)';
export const EXISTING_INDEX = '$(EXISTING_INDEX ';
export const FORMATTED_TIME = '$(FORMATTED_TIME ';
export const NANO_TIME = '$(NANO_TIME)';
export const MILLI_TIME = '$(MILLI_TIME)';
export const UUID = '$(UUID)';

const COMPLETE: ReadonlySet<string> = new Set([SMART_INDEX, NANO_TIME, MILLI_TIME, UUID]);

/** The names that stand for something of their own in `define`, as they are written between the brackets; the last two want more. */
export const GENERATORS: readonly string[] = [
    'NANO_TIME',
    'MILLI_TIME',
    'UUID',
    'SMART_INDEX',
    'FORMATTED_TIME',
    'EXISTING_INDEX',
];

/** A line with values for its variables. */
interface SubstitutedLine {
    readonly located: LocatedText;
    readonly uses: readonly VariableUse[];
}

/** Longer values are not put in: each may use others twice, and so on. */
export const MAX_VALUE = 1_000;
/** With so many characters, a line gets no further values. */
const MAX_LENGTH = 10_000;

/** Puts values where variables are used; what is not defined stays as it is. Values are not looked into. */
export function substituted(line: LogicalLine, places: Places, variables: Variables): SubstitutedLine {
    const written = wordsIn({ text: line.text, spans: spansOf(line, 0, line.text.length) }, places);
    const spans: LocatedSpan[] = [];
    const uses: VariableUse[] = [];
    const parts: string[] = [];
    let length = 0;
    let done = line.from;
    const keep = (to: number): void => {
        for (const span of spansOf(line, done, to)) spans.push({ ...span, at: span.at - done + length });
        parts.push(line.text.slice(done, to));
        length += to - done;
        done = to;
    };
    for (const { start, end } of usesIn(line)) {
        const name = written.wordOf(start + 2, end - 1);
        const raw = line.text.slice(start, end);
        const value = variables.get(raw.slice(2, -1));
        const [first, last] = [spansOf(line, start, start + 1)[0], spansOf(line, end - 1, end)[0]];
        if (first === undefined || last === undefined) continue;
        const range = places.rangeOf(first.start, last.end);
        uses.push({ name, range, isDefined: value !== undefined, isGenerator: isGenerator(raw) });
        if (value === undefined || length > MAX_LENGTH) continue;
        keep(start);
        spans.push({ at: length, length: value.text.length, start: first.start, end: last.end, isValue: true });
        parts.push(value.text);
        length += value.text.length;
        done = end;
    }
    keep(line.to);
    return { located: { text: parts.join(''), spans }, uses };
}

/** Where `$(…)` stands in what can be an instruction, brackets included. */
function usesIn({ text, from, to }: LogicalLine): readonly { readonly start: number; readonly end: number }[] {
    const found: { start: number; end: number }[] = [];
    for (let start = text.indexOf('$(', from); start >= 0 && start < to;) {
        const close = text.indexOf(')', start);
        if (close < 0 || close >= to) break;
        // The innermost opening counts: `$(a $(b)` uses `b`.
        found.push({ start: text.lastIndexOf('$(', close), end: close + 1 });
        start = text.indexOf('$(', close);
    }
    return found;
}

function isGenerator(raw: string): boolean {
    return COMPLETE.has(raw) || raw.startsWith(EXISTING_INDEX) || raw.startsWith(FORMATTED_TIME);
}
