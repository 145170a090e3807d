/**
 * The grammar of one rule in a text without comments (reference: language, section 6):
 * `rule "name" attributes when event then commands end`, with blanks between the words, letter case ignored. As many words as possible belong to
 * the attributes, then to the event: the last `then`, and the last `when` before it, divide the rule.
 */
import { trimSpan, type Span } from '../parsing/text-lines.ts';

/** Offsets into the text. Names are without blanks at their ends. */
export interface RuleText {
    readonly name: Span;
    /** The name with its quotes. */
    readonly quoted: Span;
    readonly attributes: Span;
    readonly event: Span;
    readonly commands: readonly Span[];
    /** The words themselves; null when they are missing. */
    readonly when: Span | null;
    readonly then: Span | null;
    readonly end: Span | null;
}

/** What keeps a text from being a rule. */
export type RuleFaultKind =
    'start' | 'name' | 'quote' | 'blank' | 'when' | 'event' | 'then' | 'commands' | 'end' | 'spacing';

/** `rule` is what can be told nevertheless. */
export type RuleReading =
    | { readonly ok: true; readonly rule: RuleText }
    | { readonly ok: false; readonly kind: RuleFaultKind; readonly span: Span; readonly rule: RuleText | null };

const BLANK = /[ \t\n\v\f\r]/;
const HEADER = /rule[ \t\n\v\f\r]+"(?<name>[^"]*)"/iy;
const BORDER = /(?<=[ \t\n\v\f\r]end)[ \t\n\v\f\r]+(?=rule[ \t\n\v\f\r]+"[^"]*"[ \t\n\v\f\r])/gi;

/** The parts of a text that are rules each, or meant to be; none when it is blank. */
export function rulesWithin(text: string): readonly Span[] {
    const spans: Span[] = [];
    let start = 0;
    for (const border of text.matchAll(BORDER)) {
        spans.push(trimSpan(text, { start, end: border.index }));
        start = border.index + border[0].length;
    }
    const last = trimSpan(text, { start, end: text.length });
    return last.start === last.end ? spans : [...spans, last];
}

/** Reads one rule; `span` has no blanks at its ends. */
export function readRule(text: string, span: Span): RuleReading {
    const header = headerAt(text, span);
    if (!('quoted' in header)) return { ok: false, ...header, rule: null };
    const { quoted } = header;
    const afterName = quoted.end;
    const end = span.end - 'end'.length;
    const then = isWordBefore(text, 'end', span.end) ? lastThen(text, afterName, end) : -1;
    const when = then < 0 ? -1 : lastWhen(text, afterName, then);
    const isSpaced = BLANK.test(text.charAt(afterName));
    if (when < 0 || !isSpaced) {
        const body = { start: afterName, end: span.end };
        return { ok: false, ...faultIn(text, body, quoted), rule: looseRule(text, header, body) };
    }
    const rule: RuleText = {
        ...header,
        attributes: trimSpan(text, { start: afterName, end: when }),
        event: trimSpan(text, { start: when + 'when'.length, end: then }),
        commands: commandsIn(text, { start: then + 'then'.length, end }),
        when: { start: when, end: when + 'when'.length },
        then: { start: then, end: then + 'then'.length },
        end: { start: end, end: span.end },
    };
    return { ok: true, rule };
}

type Header = Pick<RuleText, 'name' | 'quoted'>;

interface Fault {
    readonly kind: RuleFaultKind;
    readonly span: Span;
}

function headerAt(text: string, span: Span): Header | Fault {
    HEADER.lastIndex = span.start;
    const match = HEADER.exec(text);
    if (match !== null && match.index + match[0].length <= span.end) {
        const afterName = match.index + match[0].length;
        const length = match.groups?.['name']?.length ?? 0;
        const inside = { start: afterName - 1 - length, end: afterName - 1 };
        return { name: trimSpan(text, inside), quoted: { start: inside.start - 1, end: afterName } };
    }
    const first = wordAt(text, span.start, span.end);
    if (text.slice(first.start, first.end).toLowerCase() !== 'rule') return { kind: 'start', span: first };
    const second = wordAt(text, first.end, span.end);
    if (second.start === second.end) return { kind: 'name', span: first };
    return { kind: text.charAt(second.start) === '"' ? 'quote' : 'name', span: second };
}

/** The last `then` that leaves room for commands before `end`. */
function lastThen(text: string, from: number, end: number): number {
    if (!BLANK.test(text.charAt(end - 1))) return -1;
    const fits = (at: number): boolean =>
        BLANK.test(text.charAt(at - 1)) && BLANK.test(text.charAt(at + 4)) && end - at >= 7;
    return placesOf(/then/gi, text, { start: from, end }).findLast(fits) ?? -1;
}

/** The last `when` that leaves room for an event before `then`. A blank must follow it, and none need stand before it. */
function lastWhen(text: string, from: number, then: number): number {
    const fits = (at: number): boolean => at > from && BLANK.test(text.charAt(at + 4)) && then - at >= 7;
    return placesOf(/when/gi, text, { start: from, end: then }).findLast(fits) ?? -1;
}

function placesOf(word: RegExp, text: string, { start, end }: Span): readonly number[] {
    return [...text.slice(start, end).matchAll(word)].map(({ index }) => start + index);
}

function isWordBefore(text: string, word: string, end: number): boolean {
    return text.slice(end - word.length, end).toLowerCase() === word;
}

/** Blank commands are none. */
function commandsIn(text: string, span: Span): readonly Span[] {
    const commands: Span[] = [];
    let start = span.start;
    for (let at = start; at <= span.end; at++) {
        const char = text.charAt(at);
        if (at < span.end && char !== ';' && char !== '\n' && char !== '\r') continue;
        const command = trimSpan(text, { start, end: at });
        if (command.start < command.end) commands.push(command);
        start = at + 1;
    }
    return commands;
}

/** The next word behind blanks; empty at the end of the text. */
function wordAt(text: string, from: number, end: number): Span {
    let start = from;
    while (start < end && BLANK.test(text.charAt(start))) start++;
    let stop = start;
    while (stop < end && !BLANK.test(text.charAt(stop))) stop++;
    return { start, end: stop };
}

type Divider = 'when' | 'then' | 'end';

/** The first of each dividing word, each behind the one before it. */
function dividersIn(text: string, span: Span): Readonly<Record<Divider, Span | null>> {
    const found: Record<Divider, Span | null> = { when: null, then: null, end: null };
    const order: readonly Divider[] = ['when', 'then', 'end'];
    let next = 0;
    for (
        let word = wordAt(text, span.start, span.end);
        word.start < word.end;
        word = wordAt(text, word.end, span.end)
    ) {
        const at = order.findIndex((name, i) => i >= next && text.slice(word.start, word.end).toLowerCase() === name);
        const name = order[at];
        if (name === undefined) continue;
        found[name] = word;
        next = at + 1;
    }
    return found;
}

/** What a rule that cannot be read says with the words it has. */
function looseRule(text: string, header: Header, body: Span): RuleText {
    const { when, then, end } = dividersIn(text, body);
    const stop = end?.start ?? body.end;
    const event = when === null ? emptyAt(body.start) : { start: when.end, end: then?.start ?? stop };
    return {
        ...header,
        when,
        then,
        end,
        attributes: trimSpan(text, { start: body.start, end: (when ?? then ?? end)?.start ?? body.end }),
        event: trimSpan(text, event),
        commands: then === null ? [] : commandsIn(text, { start: then.end, end: stop }),
    };
}

/** The first thing of the body that is not as it should be. */
function faultIn(text: string, body: Span, quoted: Span): Fault {
    const { when, then, end } = dividersIn(text, body);
    if (body.start < body.end && !BLANK.test(text.charAt(body.start)))
        return { kind: 'blank', span: wordAt(text, body.start, body.end) };
    if (when === null) return { kind: 'when', span: gluedWhen(text, body) ?? quoted };
    if (then === null) return { kind: 'then', span: when };
    if (isBlank(text, when.end, then.start)) return { kind: 'event', span: when };
    if (end === null) return { kind: 'end', span: lastWordIn(text, body) };
    if (isBlank(text, then.end, end.start)) return { kind: 'commands', span: then };
    if (end.end < body.end) return { kind: 'end', span: lastWordIn(text, body) };
    return { kind: 'spacing', span: then };
}

/** A word that begins like `when`, in a rule without one. */
function gluedWhen(text: string, body: Span): Span | null {
    const [at] = placesOf(/(?<=[ \t\n\v\f\r])when/gi, text, body);
    return at === undefined ? null : wordAt(text, at, body.end);
}

function lastWordIn(text: string, span: Span): Span {
    let end = span.end;
    while (end > span.start && BLANK.test(text.charAt(end - 1))) end--;
    let start = end;
    while (start > span.start && !BLANK.test(text.charAt(start - 1))) start--;
    return { start, end };
}

function isBlank(text: string, start: number, end: number): boolean {
    return trimSpan(text, { start, end }).start === trimSpan(text, { start, end }).end;
}

function emptyAt(at: number): Span {
    return { start: at, end: at };
}
