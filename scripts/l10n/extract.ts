/** Reads the texts of `l10n.t(…)` calls out of source text. A text that is not written out in the call cannot be translated: it is a fault. */

export interface ExtractedText {
    /** What bundles know it by: the English text, with its comment after a `/` when it has one. */
    readonly key: string;
    readonly text: string;
    readonly line: number;
}

export interface Extraction {
    readonly texts: readonly ExtractedText[];
    /** Lines of calls whose text is not written out. */
    readonly unreadable: readonly number[];
}

const CALL = /\bl10n\s*\.\s*t\(/g;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

/** The texts of one source file, in order. */
export function textsIn(source: string): Extraction {
    const texts: ExtractedText[] = [];
    const unreadable: number[] = [];
    for (const match of source.matchAll(CALL)) {
        const line = source.slice(0, match.index).split('\n').length;
        const found = textAt(source, match.index + match[0].length);
        if (found === undefined) unreadable.push(line);
        else texts.push({ ...found, line });
    }
    return { texts, unreadable };
}

function textAt(source: string, offset: number): Omit<ExtractedText, 'line'> | undefined {
    const start = skipBlanks(source, offset);
    if (source[start] !== '{') {
        const literal = literalAt(source, start);
        return literal === undefined ? undefined : { key: literal.value, text: literal.value };
    }
    const text = valueOf(source, start, 'message')[0];
    if (text === undefined) return undefined;
    const comment = valueOf(source, start, 'comment').join('');
    return { key: comment === '' ? text : `${text}/${comment}`, text };
}

/** The literals of a field of the object that begins at `start`: one, or those of a list. */
function valueOf(source: string, start: number, field: string): readonly string[] {
    const name = new RegExp(`\\b${field}\\s*:\\s*`, 'y');
    for (let i = start + 1; i < source.length && source[i] !== '}'; i++) {
        name.lastIndex = i;
        if (name.test(source)) return literalsFrom(source, name.lastIndex);
        i = (literalAt(source, i)?.end ?? i + 1) - 1;
    }
    return [];
}

function literalsFrom(source: string, offset: number): readonly string[] {
    const isList = source[offset] === '[';
    const found: string[] = [];
    for (let i = skipBlanks(source, isList ? offset + 1 : offset); ; i = skipBlanks(source, i)) {
        const literal = literalAt(source, i);
        if (literal === undefined) return found;
        found.push(literal.value);
        i = skipBlanks(source, literal.end);
        if (!isList || source[i] !== ',') return found;
        i++;
    }
}

interface Literal {
    readonly value: string;
    readonly end: number;
}

/** The string literal at an offset, without placeholders of the language itself. */
function literalAt(source: string, offset: number): Literal | undefined {
    const quote = source[offset] ?? '';
    if (!`'"\``.includes(quote) || quote === '') return undefined;
    let value = '';
    for (let i = offset + 1; i < source.length && !(quote === '`' && source.startsWith('${', i));) {
        if (source[i] === quote) return { value, end: i + 1 };
        const sign = signAt(source, i);
        value += sign.value;
        i = sign.end;
    }
    return undefined;
}

/** One character of a literal, or what an escape stands for. */
function signAt(source: string, offset: number): Literal {
    const sign = source[offset] ?? '';
    if (sign !== '\\') return { value: sign, end: offset + 1 };
    const unicode = /^u([0-9a-f]{4})/i.exec(source.slice(offset + 1, offset + 6))?.[1];
    if (unicode !== undefined) return { value: String.fromCharCode(Number.parseInt(unicode, 16)), end: offset + 6 };
    const next = source[offset + 1] ?? '';
    return { value: ESCAPES[next] ?? next, end: offset + 2 };
}

function skipBlanks(source: string, offset: number): number {
    const blanks = /(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*/y;
    blanks.lastIndex = offset;
    blanks.test(source);
    return blanks.lastIndex;
}
