/** How much room texts take on a terminal. */

/** Columns a text without escape sequences takes: East Asian wide characters and emoji two, combining marks none. */
export function displayWidth(text: string): number {
    let width = 0;
    for (const character of text) width += widthOf(character);
    return width;
}

/** The longest beginning of a text that fits into so many columns; a cut one ends with `…`. */
export function fitted(text: string, columns: number): string {
    if (displayWidth(text) <= columns) return text;
    let [width, kept] = [0, ''];
    for (const character of text) {
        width += widthOf(character);
        if (width > columns - 1) break;
        kept += character;
    }
    return `${kept}…`;
}

const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const WIDE =
    /^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]$/u;

function widthOf(character: string): number {
    if (NO_WIDTH.test(character)) return 0;
    return WIDE.test(character) ? 2 : 1;
}
