import { expect, test } from 'vitest';
import { flatPicture } from '../../../media/export.ts';
import { EMPTY_OVERLAY, ENGLISH, pictureOf, toSvgText, type SvgElement } from '../../../media/picture.ts';
import { shopGraph } from './samples.ts';

function pictureWith(style: string, children: readonly SvgElement[]): SvgElement {
    const sheet: SvgElement = { tag: 'style', key: '', attributes: {}, children: [], text: style };
    return { tag: 'svg', key: '', attributes: { class: 'root' }, children: [sheet, ...children], text: '' };
}

function leaf(className: string, attributes: Readonly<Record<string, string>> = {}): SvgElement {
    return { tag: 'rect', key: '', attributes: { class: className, ...attributes }, children: [], text: '' };
}

test.each([
    ['a class', '.a{fill:#fff}', 'light', '#ffffff'],
    ['a variable of an element around', '.root{--x:#123456}.a{fill:var(--x)}', 'light', '#123456'],
    ['a variable nobody gives takes its fallback', '.a{fill:var(--none,var(--own,#abcdef))}', 'light', '#abcdef'],
    ['a scheme', '.a{fill:#111111}@media (prefers-color-scheme: dark) {.a{fill:#222222}}', 'dark', '#222222'],
    ['another scheme', '.a{fill:#111111}@media (prefers-color-scheme: dark) {.a{fill:#222222}}', 'light', '#111111'],
    ['mixed colours', '.a{fill:color-mix(in srgb,#ffffff 25%,#000000)}', 'light', '#404040'],
    ['more classes win', '.root .a{fill:#111111}.a{fill:#222222}', 'light', '#111111'],
    ['the later of equals wins', '.a{fill:#111111}.a{fill:#222222}', 'light', '#222222'],
    ['what it must not be', '.a:not(.b){fill:#111111}.a:not(.c){fill:#222222}', 'light', '#111111'],
    ['nothing that depends on a pointer', '.a{fill:#111111}.a:hover{fill:#222222}', 'light', '#111111'],
    ['see-through', '.a{fill:transparent}', 'light', 'none'],
    ['half see-through', '.a{fill:#00000080}', 'light', 'rgba(0,0,0,0.502)'],
    ['a variable that is itself', '.a{--x:var(--x);fill:var(--x,#111111)}', 'light', '#111111'],
] as const)('%s is worked in', (_, style, scheme, expected) => {
    const flat = flatPicture(pictureWith(style, [leaf('a c')]), scheme, 'Test');
    expect(flat.children[0]?.attributes['fill']).toBe(expected);
});

test('a whole picture keeps nothing a renderer does not know', () => {
    const text = toSvgText(flatPicture(pictureOf(shopGraph(), EMPTY_OVERLAY, ENGLISH), 'dark', 'DejaVu Sans'));
    expect(text).not.toMatch(/var\(|color-mix|<style/);
    expect(text).toContain('font-family="DejaVu Sans"');
});
