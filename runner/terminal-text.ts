/**
 * What recipes write, made fit to be shown as lines among others: colours and weights may stay, and nothing else can move the cursor, set a
 * title, open a link, reach the clipboard, ring a bell or leave a mark on the lines that follow.
 */

const ESC = '\u001b';

/** Control sequences, each kind whole: strings (OSC, DCS, APC, PM, SOS), CSI, other escapes, then what is left over of a cut one. */
const SEQUENCES = new RegExp(
    [
        `(?:${ESC}[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|${ESC}\\\\|\u009c|$)`,
        `(?:${ESC}\\[|\u009b)(?<parameters>[0-?]*)(?<between>[ -/]*)(?<final>[@-~])`,
        `(?:${ESC}\\[|\u009b)[0-?]*[ -/]*`,
        `${ESC}[ -/]*[0-~]`,
        ESC,
    ].join('|'),
    'g',
);

/** Controls that are no part of a line; the tab is. Direction marks are among them: they could make a line read as another one. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0000-\u0008\u000a-\u001a\u001c-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** Selections of graphic rendition a line may leave to the next one; more are forgotten, oldest first. */
const KEPT_RENDITIONS = 8;

export interface ColouredLine {
    /** Text with its colours, without the end of line. Ends with plain text's rendition. */
    readonly text: string;
    /** Sequences in force at its end, to be given with the next line of the same stream. */
    readonly renditions: readonly string[];
}

/** A line of output with its colours and nothing else that a terminal would obey. A carriage return begins the line anew. */
export function colouredLine(line: string, renditions: readonly string[] = []): ColouredLine {
    let active = renditions;
    const kept = lastOverwrite(line).replaceAll(SEQUENCES, (_sequence, ...rest: readonly unknown[]) => {
        const rendition = renditionOf(rest.at(-1));
        if (rendition === undefined) return '';
        active = /^(?:0*;)*0*$/.test(rendition) ? [] : [...active, `${ESC}[${rendition}m`].slice(-KEPT_RENDITIONS);
        return `${ESC}[${rendition}m`;
    });
    const text = `${renditions.join('')}${withoutControls(kept)}`;
    return { text: text.includes(ESC) ? `${text}${ESC}[0m` : text, renditions: active };
}

/** A line of output as plain text: no colour, no control, and only the last of what was written over itself. */
export function plainLine(line: string): string {
    return lastOverwrite(line).replaceAll(SEQUENCES, '').replaceAll(CONTROLS, '').replaceAll(ESC, '');
}

/** What is left to see of a line that was written several times over itself, as progress bars are. */
function lastOverwrite(line: string): string {
    const whole = line.replace(/\r+$/, '');
    return whole.slice(whole.lastIndexOf('\r') + 1);
}

function withoutControls(text: string): string {
    return text.replaceAll(CONTROLS, '');
}

/** The parameters of a colour or weight; undefined for any other sequence. */
function renditionOf(groups: unknown): string | undefined {
    // The groups of the pattern above, which the callback passes last.
    const { parameters = '', between = '', final } = (groups ?? {}) as Readonly<Record<string, string | undefined>>;
    return final === 'm' && between === '' && /^[\d;:]*$/.test(parameters) && parameters.length <= 40
        ? parameters
        : undefined;
}
