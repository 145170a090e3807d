/**
 * How wide a text is drawn, without a font at hand: widths of a wide sans-serif face, so that real interface fonts (which differ from one
 * system to the next) need no more room than this says. Sizes and widths are pixels.
 */
import type { Caption } from './laid-out-graph.ts';

export interface Font {
    readonly size: number;
    readonly weight: 'regular' | 'semibold';
}

const FIRST = 0x20;
/** Hundredths of the font size, from the space to the tilde. */
const REGULAR = widths(`
    32 40 46 84 64 95 78 27 39 39 50 84 32 36 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 53
    100 68 69 70 77 63 58 77 75 29 29 66 56 86 75 79 60 79 69 63 61 73 68 99 69 61 69 39 34 39 84 50
    50 61 63 55 63 62 35 63 63 28 28 58 28 97 63 61 63 63 41 52 39 63 59 82 59 59 52 64 34 64 84`);
const SEMIBOLD = widths(`
    35 46 52 84 70 100 87 31 46 46 52 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 58
    100 77 76 73 83 68 68 82 84 37 37 77 64 100 84 85 73 85 77 72 68 81 77 110 77 72 73 46 37 46 84 50
    50 67 72 59 72 68 44 72 71 34 34 67 34 104 71 69 72 72 49 60 48 71 65 92 65 65 58 71 37 71 84`);
/** Alphabets such as Cyrillic have letters wider than any of Latin. */
const OTHER_LETTER = 115;
const SQUARE = 130;
const ELLIPSIS = '…';
/** Nothing longer is measured or drawn, whatever its width. */
const MAX_GRAPHEMES = 200;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Width of one line of text; control and direction characters have none (they are not drawn). */
export function widthOf(text: string, font: Font): number {
    const units = pieces(text).reduce((sum, piece) => sum + unitsOf(piece, font), 0);
    return Math.ceil((units * font.size) / 100);
}

/** The text on one line, cut at a character a reader would not split and ended by `…` when wider than `maxWidth`. */
export function captionOf(text: string, font: Font, maxWidth: number): Caption {
    const clean = oneLine(text);
    const whole = widthOf(clean, font);
    if (whole <= maxWidth && pieces(clean).length <= MAX_GRAPHEMES) return { text: clean, width: whole };
    const limit = (maxWidth * 100) / font.size - OTHER_LETTER;
    const kept: string[] = [];
    let units = 0;
    for (const piece of pieces(clean)) {
        units += unitsOf(piece, font);
        if (units > limit || kept.length >= MAX_GRAPHEMES) break;
        kept.push(piece);
    }
    const cut = `${kept.join('').trimEnd()}${ELLIPSIS}`;
    return { text: cut, width: widthOf(cut, font) };
}

/** Without line breaks, control characters and characters that turn the direction of what stands around them. */
function oneLine(text: string): string {
    return text
        .slice(0, MAX_GRAPHEMES * 16)
        .toWellFormed()
        .replace(/\s+/gu, ' ')
        .replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu, '')
        .trim();
}

/** Printable characters of ASCII, each of which a reader takes for one; most names are nothing else. */
const PLAIN = /^[\x20-\x7E]*$/;

/** At most one more than is ever drawn, so that a text of megabytes costs what a line costs. */
function pieces(text: string): readonly string[] {
    const first = text.slice(0, MAX_GRAPHEMES + 1);
    if (text.length <= MAX_GRAPHEMES && PLAIN.test(first)) return first.split('');
    const found: string[] = [];
    for (const { segment } of graphemes.segment(text)) {
        found.push(segment);
        if (found.length > MAX_GRAPHEMES) break;
    }
    return found;
}

function unitsOf(piece: string, font: Font): number {
    const table = font.weight === 'semibold' ? SEMIBOLD : REGULAR;
    const code = piece.codePointAt(0) ?? 0;
    const known = piece.length === 1 ? table[code - FIRST] : undefined;
    if (known !== undefined) return known;
    if (/^\p{Cc}/u.test(piece)) return 0;
    if (/\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Script=Han}|\p{Script=Hangul}/u.test(piece)) return SQUARE;
    const base = piece.normalize('NFD');
    const plain = /^[A-Za-z]\p{M}*$/u.test(base) ? table[base.charCodeAt(0) - FIRST] : undefined;
    // A cluster of several letters (Indic scripts, ligatures) is drawn as wide as they are together.
    return plain ?? OTHER_LETTER * Math.max(1, base.match(/\P{M}/gu)?.length ?? 1);
}

function widths(table: string): readonly number[] {
    return table.trim().split(/\s+/).map(Number);
}
