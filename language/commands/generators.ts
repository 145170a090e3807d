/** What `define` makes of its value: indexes, dates and the like (reference: language, section 5.3). Times and chances are stood for by samples. */
import { patternFault, sampleTime, type PatternFault } from './date-pattern.ts';
import { EXISTING_INDEX, FORMATTED_TIME, MILLI_TIME, NANO_TIME, SMART_INDEX, UUID } from './variables.ts';

/** A question for the smallest or largest number that makes the name of an instance. */
export interface IndexQuery {
    readonly prefix: string;
    readonly suffix: string;
    readonly end: 'MIN' | 'MAX';
    /** Exclusive; null when there is none. */
    readonly above: number | null;
    readonly below: number | null;
}

/** What is asked of the instances there are. */
export interface Indexes {
    /** The smallest number from 1 on for which no instance is called what `nameOf` makes of it. */
    readonly free: (nameOf: (index: number) => string) => number;
    /** Null when no instance fits. */
    readonly existing: (query: IndexQuery) => number | null;
}

/** Why a value cannot be made. */
export type ValueFault =
    | { readonly kind: 'mixedTime' }
    | { readonly kind: 'index' }
    | { readonly kind: 'pattern'; readonly pattern: string; readonly fault: PatternFault };

/** The instance that stands for one that was not found bears this name. */
export const STAND_IN = 'fake';

/** The first fault of a value; null when it can be made. */
export function valueFault(value: string): ValueFault | null {
    if (value.includes(FORMATTED_TIME)) {
        const pattern = wholePattern(value);
        if (pattern === null) return { kind: 'mixedTime' };
        const fault = patternFault(pattern);
        return fault === null ? null : { kind: 'pattern', pattern, fault };
    }
    return value.includes(EXISTING_INDEX) && indexQuery(value) === null ? { kind: 'index' } : null;
}

/** The pattern, when the value is nothing else; null when something stands beside it, or a variable inside it. */
function wholePattern(value: string): string | null {
    if (!value.startsWith(FORMATTED_TIME) || value.lastIndexOf('$(') !== 0) return null;
    const inner = value.slice(FORMATTED_TIME.length);
    const quoted = /^(?:[^')]|'[^']*')*\)/.exec(inner)?.[0];
    const end = quoted?.length ?? inner.lastIndexOf(')') + 1;
    return end === inner.length ? inner.slice(0, -1) : null;
}

const QUERY = /\s*(MIN|MAX)\s*(?:([<>])\s*(\d+)\s*)?\)/y;

function indexQuery(value: string): IndexQuery | null {
    for (
        let at = value.lastIndexOf(EXISTING_INDEX);
        at >= 0;
        at = at === 0 ? -1 : value.lastIndexOf(EXISTING_INDEX, at - 1)
    ) {
        QUERY.lastIndex = at + EXISTING_INDEX.length;
        const match = QUERY.exec(value);
        if (match === null) continue;
        const bound = Number(match[3]);
        return {
            prefix: value.slice(0, at),
            suffix: value.slice(at + EXISTING_INDEX.length + match[0].length),
            end: match[1] === 'MAX' ? 'MAX' : 'MIN',
            above: match[2] === '>' ? bound : null,
            below: match[2] === '<' ? bound : null,
        };
    }
    return null;
}

/** The value of a `define` whose value has no fault. `serial` tells it from other values of the file; null when an index was not found. */
export function madeValue(value: string, serial: number, indexes: Indexes): string | null {
    if (value.startsWith(FORMATTED_TIME)) return sampleTime(wholePattern(value) ?? '');
    const sampled = value
        .replaceAll(UUID, () => sampleUuid(serial))
        .replaceAll(NANO_TIME, () => String(10 ** 15 + serial))
        .replaceAll(MILLI_TIME, () => String(10 ** 12 + serial));
    const found = withIndex(sampled, indexes);
    if (found === null || !found.includes(SMART_INDEX)) return found;
    const named = (index: number): string => found.replaceAll(SMART_INDEX, String(index));
    return named(indexes.free(named));
}

/** Begins with a letter, as names must: whether a real one does is a matter of chance. */
function sampleUuid(serial: number): string {
    return `f${serial.toString(16).padStart(7, '0')}-0000-4000-8000-000000000000`;
}

function withIndex(value: string, indexes: Indexes): string | null {
    const query = value.includes(EXISTING_INDEX) ? indexQuery(value) : null;
    if (query === null) return value;
    const index = indexes.existing(query);
    return index === null ? null : query.prefix + String(index) + query.suffix;
}
