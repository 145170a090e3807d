/**
 * Splits one instruction into its parts, as the patterns of the reference do (language, section 5.2). The last keyword that fits splits, so
 * that `create a as b as c` creates an instance of `a as b`. Each text is gone through a fixed number of times, whatever it holds.
 */
import type { Word } from '../model/declarations.ts';
import { BULK_ACTIONS, type BulkAction, type InstructionKind, type InstructionParts } from './instruction.ts';
import type { PathWord, Words } from './located-text.ts';
import { afterSpace, isSpaceAt } from './logical-lines.ts';

/** The parts and the fixed words between them. */
interface SplitInstruction {
    readonly parts: InstructionParts;
    readonly keywords: readonly Word[];
}

/** A text with what searching in it takes. */
interface Source {
    readonly words: Words;
    readonly text: string;
    /** Small letters; only ASCII ones are exchanged, so that offsets stay the same. */
    readonly lower: string;
}

type Splitter = (source: Source) => SplitInstruction | null;

/** Which instruction a text is, by its first letters; the order counts. Nothing but a prefix is looked at: `createvm` is a malformed `create`. */
const BEFORE_BULK: readonly (readonly [string, InstructionKind, Splitter])[] = [
    ['associate', 'associate', associate],
    ['change', 'changeStatus', changeStatus],
];
const AFTER_BULK: readonly (readonly [string, InstructionKind, Splitter])[] = [
    ['email', 'email', email],
    ['define', 'define', define],
    ['create', 'create', create],
    ['replicate', 'replicate', (source) => copyOrMove(source, 'replicate')],
    ['rename', 'rename', (source) => copyOrMove(source, 'rename')],
    ['write', 'write', (source) => intoFile(source, 'write')],
    ['append', 'append', (source) => intoFile(source, 'append')],
    ['execute', 'execute', execute],
];

/** Splits a text that is not empty. */
export function splitInstruction(words: Words): SplitInstruction {
    const source: Source = { words, text: words.text, lower: asciiLower(words.text) };
    return among(BEFORE_BULK, source) ?? bulk(source) ?? among(AFTER_BULK, source) ?? unrecognized(source);
}

function asciiLower(text: string): string {
    return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function among(heads: typeof AFTER_BULK, source: Source): SplitInstruction | null {
    const found = heads.find(([head]) => source.lower.startsWith(head));
    if (found === undefined) return null;
    const [head, expected, split] = found;
    const fitting = split(source);
    if (fitting !== null) return fitting;
    const { words } = source;
    const parts = { kind: 'malformed', expected, argument: argumentAfter(source, head.length) } as const;
    return { parts, keywords: [words.wordOf(0, head.length)] };
}

/** The word after the fixed ones that an instruction begins with. */
function argumentAfter({ words, text, lower }: Source, head: number): Word {
    let from = afterSpace(text, head);
    for (const fixed of ['status', 'of'])
        if (lower.startsWith(fixed, from) && isSpaceAt(lower, from + fixed.length))
            from = afterSpace(text, from + fixed.length);
    let to = from;
    while (to < text.length && !isSpaceAt(text, to)) to++;
    return words.wordOf(from, to);
}

function unrecognized({ words, text, lower }: Source): SplitInstruction {
    const slash = text.indexOf('/');
    const instances = lower.search(/\sinstances\s+of\b/);
    const firstBlank = text.search(/\s/);
    const end = [slash, instances, firstBlank, text.length].find((at) => at > 0) ?? text.length;
    return { parts: { kind: 'unrecognized', head: words.wordOf(0, end) }, keywords: [] };
}

/** `delete …`, `stop all …` and the like, on a path or on a component. */
function bulk(source: Source): SplitInstruction | null {
    return bulkOnPath(source) ?? bulkOnComponent(source);
}

function bulkOnPath({ words, text, lower }: Source): SplitInstruction | null {
    const slash = text.indexOf('/');
    const action = slash < 0 ? null : actionOf(lower.slice(0, slash));
    if (action === null) return null;
    const parts = { kind: 'bulkOnPath', action, path: words.pathOf(slash, text.length) } as const;
    return { parts, keywords: eachWord(words, 0, slash) };
}

function bulkOnComponent({ words, text, lower }: Source): SplitInstruction | null {
    for (let at = lower.lastIndexOf('instances'); at > 0; at = lower.lastIndexOf('instances', at - 1)) {
        const of = afterSpace(lower, at + 'instances'.length);
        const end = of + 'of'.length;
        const isSplit = isSpaceAt(text, at - 1) && isSpaceAt(text, of - 1) && lower.startsWith('of', of);
        if (!isSplit || end >= text.length) continue;
        const action = actionOf(lower.slice(0, at));
        if (action === null) return null;
        const parts = { kind: 'bulkOnComponent', action, component: words.wordOf(end, text.length) } as const;
        return { parts, keywords: eachWord(words, 0, end) };
    }
    return null;
}

/** One blank between its words; ` all` may follow. */
function actionOf(lower: string): BulkAction | null {
    const written = lower.trim();
    const found = BULK_ACTIONS.find(([words]) => written === words || written === `${words} all`);
    return found?.[1] ?? null;
}

function eachWord(words: Words, from: number, to: number): readonly Word[] {
    const found: Word[] = [];
    for (let at = afterSpace(words.text, from); at < to; at = afterSpace(words.text, at)) {
        const start = at;
        while (at < to && !isSpaceAt(words.text, at)) at++;
        found.push(words.wordOf(start, at));
    }
    return found;
}

function create({ words, text, lower }: Source): SplitInstruction | null {
    const rest = afterHead(text, 'create'.length);
    const as = rest === null ? -1 : lastWord(lower, 'as', rest);
    if (rest === null || as < 0) return null;
    const { first, second, keywords } = splitAt(words, { from: as + 2, to: text.length, keyword: 'under', lower });
    const parts = { kind: 'create', component: words.wordOf(rest, as), name: first, under: second } as const;
    return { parts, keywords: [words.wordOf(0, 'create'.length), words.wordOf(as, as + 2), ...keywords] };
}

function copyOrMove({ words, text, lower }: Source, kind: 'replicate' | 'rename'): SplitInstruction | null {
    const slash = pathAfter(text, kind.length);
    const as = slash === null ? -1 : lastWord(lower, 'as', slash + 1);
    if (slash === null || as < 0) return null;
    const parts = { kind, path: words.pathOf(slash, as), name: words.wordOf(as + 2, text.length) };
    return { parts, keywords: [words.wordOf(0, kind.length), words.wordOf(as, as + 2)] };
}

function associate({ words, text, lower }: Source): SplitInstruction | null {
    const slash = pathAfter(text, 'associate'.length);
    const at = slash === null ? -1 : lastWord(lower, 'with', slash + 2, isAfterSpace);
    if (slash === null || at < 0) return null;
    const parts = {
        kind: 'associate',
        path: words.pathOf(slash, at),
        target: words.wordOf(at + 4, text.length),
    } as const;
    return { parts, keywords: [words.wordOf(0, 'associate'.length), words.wordOf(at, at + 4)] };
}

function changeStatus({ words, text, lower }: Source): SplitInstruction | null {
    const status = afterHead(lower, 'change'.length, 'status');
    const of = status === null ? null : afterHead(lower, status + 'status'.length, 'of');
    const slash = of === null ? null : pathAfter(text, of + 2);
    const to = slash === null ? -1 : lastWord(lower, 'to', slash + 2, isAfterSpace);
    if (of === null || slash === null || to < 0) return null;
    const parts = {
        kind: 'changeStatus',
        path: words.pathOf(slash, to),
        status: words.wordOf(to + 2, text.length),
    } as const;
    return { parts, keywords: [...eachWord(words, 0, of + 2), words.wordOf(to, to + 2)] };
}

function email({ words, text, lower }: Source): SplitInstruction | null {
    const rest = afterHead(text, 'email'.length);
    if (rest === null) return null;
    let at = lower.lastIndexOf('with');
    while (at >= rest && !isSpaceAt(text, at + 4)) at = at === 0 ? -1 : lower.lastIndexOf('with', at - 1);
    if (at < rest) return null;
    const parts = {
        kind: 'email',
        recipients: words.wordOf(rest, at),
        message: words.wordOf(at + 4, text.length),
    } as const;
    return { parts, keywords: [words.wordOf(0, 'email'.length), words.wordOf(at, at + 4)] };
}

function define({ words, text, lower }: Source): SplitInstruction | null {
    const rest = afterHead(text, 'define'.length);
    const equals = text.indexOf('=');
    if (rest === null || equals < rest) return null;
    const value = splitAt(words, { from: equals + 1, to: text.length, keyword: 'under', lower });
    const parts = {
        kind: 'define',
        name: words.wordOf(rest, equals),
        value: value.first,
        under: value.second,
    } as const;
    const equalsSign = words.wordOf(equals, equals + 1);
    return { parts, keywords: [words.wordOf(0, 'define'.length), equalsSign, ...value.keywords] };
}

function intoFile({ words, text, lower }: Source, kind: 'write' | 'append'): SplitInstruction | null {
    const rest = afterHead(text, kind.length);
    const into = rest === null ? -1 : lastWord(lower, 'into', rest);
    if (rest === null || into < 0) return null;
    const parts = { kind, content: words.wordOf(rest, into), target: words.wordOf(into + 4, text.length) };
    return { parts, keywords: [words.wordOf(0, kind.length), words.wordOf(into, into + 4)] };
}

function execute({ words, text }: Source): SplitInstruction | null {
    const head = 'execute'.length;
    if (!isSpaceAt(text, head)) return null;
    const parts = { kind: 'execute', command: words.wordOf(head, text.length) } as const;
    return { parts, keywords: [words.wordOf(0, head)] };
}

/** Where the rest starts after a word that white space must follow; null when none does, or when not `next` stands there. */
function afterHead(text: string, end: number, next = ''): number | null {
    const rest = afterSpace(text, end);
    return rest > end && text.startsWith(next, rest) ? rest : null;
}

function pathAfter(text: string, end: number): number | null {
    return afterHead(text, end, '/');
}

/** The last occurrence from `from` on with a word's end after it; -1 when there is none. It may be glued to the word before it. */
function lastWord(lower: string, word: string, from: number, isFitting?: typeof isAfterSpace): number {
    for (let at = lower.lastIndexOf(word); at >= from; at = lower.lastIndexOf(word, at - 1)) {
        if (!isWordCharacter(lower, at + word.length) && isFitting?.(lower, at) !== false) return at;
        if (at === 0) break;
    }
    return -1;
}

function isAfterSpace(text: string, at: number): boolean {
    return isSpaceAt(text, at - 1);
}

function isWordCharacter(text: string, at: number): boolean {
    return /[\p{L}\p{Nd}_]/u.test(text.charAt(at));
}

/** Where to split: the part of the text, and the keyword between blanks. */
interface Split {
    readonly from: number;
    readonly to: number;
    readonly keyword: string;
    readonly lower: string;
}

/** The words before and after the last keyword that stands between blanks; blanks at the start of the part do not count. */
function splitAt(
    words: Words,
    { from, to, keyword, lower }: Split,
): { readonly first: Word; readonly second: PathWord | null; readonly keywords: readonly Word[] } {
    const start = afterSpace(lower, from);
    for (let at = lower.lastIndexOf(keyword); at > start; at = lower.lastIndexOf(keyword, at - 1)) {
        const end = at + keyword.length;
        // What ends with the keyword has no second part: blanks at its end are cut off first.
        const isSplit = isSpaceAt(lower, at - 1) && isSpaceAt(lower, end) && lower.slice(end, to).trim() !== '';
        if (isSplit)
            return { first: words.wordOf(start, at), second: words.pathOf(end, to), keywords: [words.wordOf(at, end)] };
    }
    return { first: words.wordOf(start, to), second: null, keywords: [] };
}
