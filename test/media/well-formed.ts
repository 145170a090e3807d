/** A small check that a text is one well-formed XML element: tags nest, attributes are quoted and unique, only known entities, no forbidden sign. */

const TAG = /<(?<close>\/?)(?<name>[a-zA-Z][\w-]*)(?<attributes>(?:\s+[a-zA-Z][\w:-]*="[^"<]*")*)\s*(?<empty>\/?)>/y;
const TEXT = /[^<&]+|&(?:amp|lt|gt|quot);/y;
// oxlint-disable-next-line no-control-regex -- what XML 1.0 forbids
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/** Null when well-formed, else where and why not. */
export function malformation(xml: string): string | null {
    if (FORBIDDEN.test(xml)) return 'a character XML does not allow';
    if (!xml.isWellFormed()) return 'half a surrogate pair';
    const open: string[] = [];
    const source = xml.trim();
    let at = 0;
    while (at < source.length) {
        TEXT.lastIndex = at;
        const text = TEXT.exec(source);
        if (text !== null && open.length > 0) {
            at = TEXT.lastIndex;
            continue;
        }
        TAG.lastIndex = at;
        const tag = TAG.exec(source)?.groups;
        if (tag === undefined) return `not understood: ${source.slice(at, at + 40)}`;
        const fault = faultOfTag(tag, open);
        if (fault !== null) return fault;
        at = TAG.lastIndex;
        if (open.length === 0 && at < source.length) return 'more than one element';
    }
    return open.length === 0 ? null : `not closed: ${open.join(' ')}`;
}

function faultOfTag(tag: Record<string, string>, open: string[]): string | null {
    const name = tag['name'] ?? '';
    const attributes = [...(tag['attributes'] ?? '').matchAll(/([\w:-]+)="([^"]*)"/g)];
    const names = attributes.map((match) => match[1]);
    if (new Set(names).size !== names.length) return `an attribute twice in ${name}`;
    if (attributes.some((match) => /&(?!(?:amp|lt|gt|quot);)/.test(match[2] ?? ''))) return `a bare & in ${name}`;
    if (tag['close'] === '/') return open.pop() === name ? null : `</${name}> closes nothing`;
    if (tag['empty'] !== '/') open.push(name);
    return null;
}
