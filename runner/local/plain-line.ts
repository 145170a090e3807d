/** Text of recipes for places that show it as one line among others: it must not move a cursor, recolour or ring a bell there. */

const [ESCAPE, BELL, CSI] = ['\u001b', '\u0007', '\u009b'];
/** Colours and cursor moves; titles and links up to their end; the shorter sequences. */
const SEQUENCES = new RegExp(
    [
        `(?:${ESCAPE}\\[|${CSI})[0-?]*[ -/]*[@-~]`,
        `${ESCAPE}[\\]PX^_][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?`,
        `${ESCAPE}[ -/]*[0-~]?`,
    ].join('|'),
    'g',
);
/** What is left of controls, and what changes the direction of text; tabs stay. */
const CONTROLS = /(?!\t)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** The line as a terminal would leave it: without control sequences, and with only the last of what was written over itself. */
export function plainLine(line: string): string {
    const plain = line.replace(SEQUENCES, '').replace(/\r+$/, '');
    return plain.slice(plain.lastIndexOf('\r') + 1).replace(CONTROLS, '');
}
