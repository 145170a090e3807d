/** Text on its way to a terminal: what recipes write must not move the cursor, rename the window or reach the clipboard. */

/** Escape sequences (CSI; OSC, DCS, SOS, PM, APC up to their end; two-character ones), in their 7-bit and 8-bit forms. */
const SEQUENCE =
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|(?:\u001B[\]PX^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?|\u001B[ -/]*[0-~]?/g;

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const COLOUR = /^\u001B\[[0-9;:]*m$/;

const RESET = '\u001B[0m';

/** The text without escape sequences and control characters; tabs and line feeds stay. */
export function plainText(text: string): string {
    return text.replace(SEQUENCE, '').replace(CONTROL, '');
}

/** The same, but colours stay; they are reset at the end when any was set. */
export function colouredText(text: string): string {
    let isColoured = false;
    const kept: string[] = [];
    let from = 0;
    for (const match of text.matchAll(SEQUENCE)) {
        kept.push(text.slice(from, match.index).replace(CONTROL, ''));
        from = match.index + match[0].length;
        if (!COLOUR.test(match[0])) continue;
        kept.push(match[0]);
        isColoured = true;
    }
    kept.push(text.slice(from).replace(CONTROL, ''));
    return isColoured ? `${kept.join('')}${RESET}` : kept.join('');
}

/**
 * A line as a terminal would leave it on the screen: what a carriage return takes back to the beginning is written over.
 * A progress bar shows its last state, whole.
 */
export function settledLine(line: string): string {
    const states = line.replace(/\r+$/, '').split('\r');
    return states.at(-1) ?? '';
}

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
