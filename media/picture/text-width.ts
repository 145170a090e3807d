/** How wide texts are, roughly, without a font: for what is drawn beside and around them. */

/** Pixels; generous: what is drawn for it may be a little wider than the text, never narrower. */
export function roughWidth(text: string, size: number): number {
    let heights = 0;
    for (const letter of text) heights += letterWidth(letter);
    return size * heights;
}

/** Of a letter, in heights: as wide as in the widest of the fonts that editors use. Semibold letters are a little wider. */
function letterWidth(letter: string): number {
    return WIDTHS.get(letter) ?? (letter < '\u0080' ? 0.8 : 1.25);
}

const WIDTHS: ReadonlyMap<string, number> = new Map(
    Object.entries({
        "ijl|'": 0.3,
        ' .,:;!·': 0.34,
        'frt()[]-': 0.43,
        'csz/': 0.57,
        'abdeghknopquvxy0123456789_…': 0.66,
        'ABCDEFGHIJKLNOPRSTUVXYZ+=<>→–': 0.8,
        w: 0.84,
        'mMW@%Q': 1.02,
    }).flatMap(([letters, width]) => Array.from(letters, (letter) => [letter, width] as const)),
);

/** What is looked at of a text that may be a whole file: more never fits. */
const MAX_LENGTH = 400;

/** Signs as people see them: an emoji with all its parts is one. */
export function graphemesOf(text: string): readonly string[] {
    const start = text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text;
    // Plain letters need no rules about what belongs together, which take their time.
    return PLAIN.test(start) ? start.split('') : Array.from(SIGNS.segment(start), ({ segment }) => segment);
}

const PLAIN = /^[ -~]*$/;

const SIGNS = new Intl.Segmenter('en');

/** One line that is at most `room` pixels wide, cut between signs and ended by `…` where it would be wider. Empty when not even one sign fits. */
export function cutToWidth(text: string, size: number, room: number): string {
    const line = text.replace(/\s+/g, ' ').trim();
    if (line.length <= MAX_LENGTH && roughWidth(line, size) <= room) return line;
    let [kept, width] = ['', roughWidth('…', size)];
    for (const sign of graphemesOf(line)) {
        width += roughWidth(sign, size);
        if (width > room) break;
        kept += sign;
    }
    return kept === '' ? '' : `${kept.trimEnd()}…`;
}
