/**
 * A picture with its style sheet worked into its elements: the same look for renderers that know SVG but neither custom properties nor
 * `color-mix`. Works on the style sheet that the picture carries, in the colours it has outside of the editor.
 */
import type { SvgElement } from '../picture/svg.ts';
import { resolveValue } from './style-values.ts';
import { parseStyleSheet, type Compound, type StyleRule } from './style-sheet.ts';

/** The picture in light or dark, without a style sheet. Texts are in the family that is given. */
export function flatPicture(picture: SvgElement, scheme: 'light' | 'dark', fontFamily: string): SvgElement {
    const sheet = picture.children.find(({ tag }) => tag === 'style')?.text ?? '';
    const rules = parseStyleSheet(sheet, scheme);
    const root: SvgElement = { ...picture, attributes: { ...picture.attributes, 'font-family': fontFamily } };
    return flattened(root, { rules, above: [], properties: {} });
}

type Properties = Readonly<Record<string, string>>;

interface Around {
    readonly rules: readonly StyleRule[];
    /** The elements around it, outermost first. */
    readonly above: readonly Named[];
    /** Custom properties as they are inherited. */
    readonly properties: Properties;
}

interface Named {
    readonly tag: string;
    readonly classes: ReadonlySet<string>;
}

function flattened(element: SvgElement, { rules, above, properties }: Around): SvgElement {
    const path = [...above, namedOf(element)];
    const declared = rules.filter((rule) => isMet(rule, path)).flatMap(({ declarations }) => declarations);
    const own = Object.fromEntries(declared.filter(([name]) => name.startsWith('--')));
    const known = { ...properties, ...own };
    const styles = declared.flatMap(([name, value]) => attributeOf(name, value, known));
    const around = { rules, above: path, properties: known };
    return {
        ...element,
        // What the style sheet says outweighs the attribute, as in a browser.
        attributes: { ...element.attributes, ...Object.fromEntries(styles) },
        children: element.children.filter(({ tag }) => tag !== 'style').map((child) => flattened(child, around)),
    };
}

function namedOf({ tag, attributes }: SvgElement): Named {
    return { tag, classes: new Set((attributes['class'] ?? '').split(/\s+/)) };
}

/** The innermost compound is met by the element itself, the others by elements around it, in their order. */
function isMet({ compounds }: StyleRule, path: readonly Named[]): boolean {
    let at = path.length - 1;
    for (let index = compounds.length - 1; index >= 0; index--) {
        const compound = compounds[index];
        if (compound === undefined) return false;
        const isInnermost = index === compounds.length - 1;
        while (at >= 0 && !isNamed(path[at], compound)) {
            if (isInnermost) return false;
            at--;
        }
        if (at < 0) return false;
        at--;
    }
    return true;
}

function isNamed(element: Named | undefined, { tag, classes, without }: Compound): boolean {
    return (
        element !== undefined &&
        (tag === '' || element.tag === tag) &&
        classes.every((name) => element.classes.has(name)) &&
        !without.some((name) => element.classes.has(name))
    );
}

/** Properties that are attributes of SVG as well. */
const ATTRIBUTES = new Set([
    'display',
    'fill',
    'fill-opacity',
    'font-size',
    'font-style',
    'font-weight',
    'opacity',
    'paint-order',
    'stroke',
    'stroke-dasharray',
    'stroke-linecap',
    'stroke-linejoin',
    'stroke-opacity',
    'stroke-width',
    'text-anchor',
    'text-decoration',
    'visibility',
]);

function attributeOf(name: string, value: string, properties: Properties): readonly (readonly [string, string])[] {
    if (!ATTRIBUTES.has(name)) return [];
    const resolved = resolveValue(value.replace(/\s*!important$/, ''), properties);
    return resolved === '' ? [] : [[name, resolved]];
}
