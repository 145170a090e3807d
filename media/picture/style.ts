/**
 * The style sheet of the picture: the editor's colours where it runs inside the editor, its own in light and dark elsewhere. Every colour is a
 * variable of the editor with a fallback, so one text serves the page and the exported file.
 */

import { EDGE_RULES } from './edge-style.ts';
import { NODE_RULES } from './node-style.ts';

interface Palette {
    readonly canvas: string;
    readonly card: string;
    readonly border: string;
    readonly text: string;
    readonly muted: string;
    readonly line: string;
    readonly shadow: string;
    readonly blue: string;
    readonly green: string;
    readonly yellow: string;
    readonly purple: string;
    readonly red: string;
    readonly focus: string;
    readonly found: string;
}

const LIGHT: Palette = {
    canvas: '#fbfbfd',
    card: '#ffffff',
    border: '#d3d9e4',
    text: '#1c2433',
    muted: '#525d70',
    line: '#7a879c',
    shadow: '#1c243314',
    blue: '#2563c9',
    green: '#1a7f4b',
    yellow: '#8f6400',
    purple: '#7443c4',
    red: '#c4302b',
    focus: '#2563c9',
    found: '#b8590a',
};

const DARK: Palette = {
    canvas: '#15181e',
    card: '#222731',
    border: '#38404f',
    text: '#e6eaf2',
    muted: '#9aa5b8',
    line: '#77849a',
    shadow: '#00000055',
    blue: '#6ea8fe',
    green: '#5bc98c',
    yellow: '#e0b64a',
    purple: '#b794f6',
    red: '#f4736c',
    focus: '#6ea8fe',
    found: '#e5a43b',
};

/** CSS text for a `<style>` element, of a page or of an exported picture. */
export function pictureStyle(): string {
    return [
        fallbacks(LIGHT),
        `@media (prefers-color-scheme: dark) {${fallbacks(DARK)}}`,
        VARIABLES,
        RULES,
        NODE_RULES,
        EDGE_RULES,
    ].join('\n');
}

function fallbacks(palette: Palette): string {
    const lines = Object.entries(palette).map(([name, value]) => `--own-${name}:${String(value)};`);
    return `.roboconf-picture{${lines.join('')}}`;
}

const VARIABLES = `.roboconf-picture{
--canvas:var(--vscode-editor-background,var(--own-canvas));
--card:var(--vscode-input-background,var(--own-card));
--box:color-mix(in srgb,var(--text) 4%,var(--canvas));
--border:var(--vscode-contrastBorder,var(--vscode-editorWidget-border,var(--own-border)));
--text:var(--vscode-editor-foreground,var(--own-text));
--muted:var(--vscode-descriptionForeground,var(--own-muted));
--line:var(--vscode-contrastBorder,var(--own-line));
--blue:var(--vscode-charts-blue,var(--own-blue));
--green:var(--vscode-charts-green,var(--own-green));
--yellow:var(--vscode-charts-yellow,var(--own-yellow));
--purple:var(--vscode-charts-purple,var(--own-purple));
--red:var(--vscode-errorForeground,var(--own-red));
--orange:color-mix(in srgb,var(--yellow) 45%,var(--red));
--focus:var(--vscode-focusBorder,var(--own-focus));
--found:var(--vscode-minimap-findMatchHighlight,var(--own-found));
--shadow:var(--vscode-widget-shadow,var(--own-shadow));
font-family:var(--vscode-font-family,system-ui,-apple-system,"Segoe UI",Ubuntu,"DejaVu Sans",sans-serif);
}`;

const RULES = `
.roboconf-picture .canvas{fill:var(--canvas)}
.roboconf-picture text{font-size:11px;fill:var(--text);direction:ltr;unicode-bidi:isolate}`;
