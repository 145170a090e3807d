/** A picture as a plain tree, and its text form. */

/** An SVG element. Either text or children; attribute values are written as they are, so numbers are given as text. */
export interface SvgElement {
    readonly tag: string;
    /** Identifies the element among its siblings from one picture to the next; empty for those told apart by their place. */
    readonly key: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly children: readonly SvgElement[];
    readonly text: string;
}

/** The tree as an XML document part, indented. Text and attribute values are escaped; what XML cannot hold is replaced. */
export function toSvgText(element: SvgElement): string {
    return `${linesOf(element, '').join('\n')}\n`;
}

/** Text as XML can hold it: control characters, lone surrogates and non-characters become U+FFFD. */
function toXmlText(text: string): string {
    return text.toWellFormed().replace(NOT_XML, '\uFFFD');
}

// oxlint-disable-next-line no-control-regex -- these are the characters XML 1.0 forbids
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function linesOf(element: SvgElement, indent: string): string[] {
    const attributes = Object.entries(element.attributes).map(([name, value]) => ` ${name}="${escapeXml(value)}"`);
    const open = `${indent}<${element.tag}${attributes.join('')}`;
    if (element.text !== '') return [`${open}>${escapeXml(element.text)}</${element.tag}>`];
    if (element.children.length === 0) return [`${open}/>`];
    const inside = element.children.flatMap((child) => linesOf(child, `${indent}  `));
    return [`${open}>`, ...inside, `${indent}</${element.tag}>`];
}

function escapeXml(text: string): string {
    return toXmlText(text).replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}
