/** Elements of an XML text, with the places of their texts: as much as reading a `pom.xml` takes. Nothing is expanded or fetched. */

/** An element; `text` is what stands right in it, trimmed, with the five predefined entities resolved. */
export interface XmlElement {
    readonly name: string;
    readonly text: string;
    /** Offsets of the text, without the blanks around it; both are those of the end of the opening tag when there is none. */
    readonly start: number;
    readonly end: number;
    readonly children: readonly XmlElement[];
}

interface OpenElement {
    readonly name: string;
    readonly bodyStart: number;
    readonly children: XmlElement[];
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const MAX_DEPTH = 64;

/** What `skipped` parts of a text begin and end with: nothing in them is an element. */
const SKIPPED = [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
    ['<!', '>'],
] as const;

/** The elements at the top of a text; empty when it is no XML. What is never closed is left out, with all that follows. */
export function xmlElementsIn(text: string): readonly XmlElement[] {
    const top: OpenElement = { name: '', bodyStart: 0, children: [] };
    const open: OpenElement[] = [top];
    for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
        const skipped = SKIPPED.find(([begin]) => text.startsWith(begin, at));
        const end = text.indexOf(skipped?.[1] ?? '>', at);
        if (end < 0 || open.length > MAX_DEPTH) break;
        if (skipped === undefined) readTag(text, { start: at, end }, open);
        at = end + (skipped?.[1].length ?? 1);
    }
    return top.children;
}

function readTag(text: string, { start, end }: { start: number; end: number }, open: OpenElement[]): void {
    const isClosing = text[start + 1] === '/';
    const name = /^[^\s/>]+/.exec(text.slice(start + (isClosing ? 2 : 1), end))?.[0] ?? '';
    const element: OpenElement = { name, bodyStart: end + 1, children: [] };
    if (!isClosing) open.push(element);
    if (isClosing || text[end - 1] === '/') close(text, { name, bodyEnd: isClosing ? start : end + 1 }, open);
}

/** A closing tag that fits nothing open changes nothing; what is open inside of its element is dropped. */
function close(text: string, { name, bodyEnd }: { name: string; bodyEnd: number }, open: OpenElement[]): void {
    const index = open.findLastIndex((element, depth) => depth > 0 && element.name === name);
    const element = index < 0 ? undefined : open[index];
    if (element === undefined) return;
    open.length = index;
    const body = element.children.length > 0 ? '' : text.slice(element.bodyStart, bodyEnd);
    const start = element.bodyStart + (body.length - body.trimStart().length);
    const written = body.trim();
    open.at(-1)?.children.push({
        name,
        text: written.replaceAll(/&(\w+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole),
        start,
        end: start + written.length,
        children: element.children,
    });
}
