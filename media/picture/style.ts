/**
 * The style sheet of the picture: the editor's colours where it runs inside the editor, its own in light and dark elsewhere. Every colour is a
 * variable of the editor with a fallback, so one text serves the page and the exported file.
 */

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
    readonly orange: string;
    readonly purple: string;
    readonly red: string;
    readonly focus: string;
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
    orange: '#b3510d',
    purple: '#7443c4',
    red: '#c4302b',
    focus: '#2563c9',
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
    orange: '#f0954f',
    purple: '#b794f6',
    red: '#f4736c',
    focus: '#6ea8fe',
};

/** CSS text for a `<style>` element, of a page or of an exported picture. */
export function pictureStyle(): string {
    return [fallbacks(LIGHT), `@media (prefers-color-scheme: dark) {${fallbacks(DARK)}}`, VARIABLES, RULES].join('\n');
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
--orange:var(--vscode-charts-orange,var(--own-orange));
--purple:var(--vscode-charts-purple,var(--own-purple));
--red:var(--vscode-errorForeground,var(--own-red));
--focus:var(--vscode-focusBorder,var(--own-focus));
--shadow:var(--vscode-widget-shadow,var(--own-shadow));
font-family:var(--vscode-font-family,system-ui,-apple-system,"Segoe UI",Ubuntu,"DejaVu Sans",sans-serif);
}`;

const RULES = `
.roboconf-picture .canvas{fill:var(--canvas)}
.roboconf-picture text{font-size:11px;fill:var(--text);direction:ltr}
.roboconf-picture .label{font-size:13px;font-weight:600;fill:var(--text)}
.roboconf-picture .detail{font-size:11px;font-weight:400;fill:var(--muted)}
.title{pointer-events:none}
.roboconf-picture .title text{paint-order:stroke;stroke:var(--canvas);stroke-width:5;stroke-linejoin:round}
.roboconf-picture .title.even text{stroke:var(--box)}
.roboconf-picture .title .detail{text-anchor:end}
.node{--accent:var(--purple)}
.node.icon-machine{--accent:var(--blue)}
.node.icon-script{--accent:var(--green)}
.node.icon-log{--accent:var(--yellow)}
.node.icon-container{--accent:var(--blue)}
.node.icon-facet{--accent:var(--orange)}
.node .shadow{fill:var(--shadow);fill-opacity:.35}
.node .card{fill:var(--card);stroke:var(--border);stroke-width:1.5}
.node .tile{fill:var(--accent);fill-opacity:.14}
.node .icon{fill:none;stroke:var(--accent);stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.node .box{fill:var(--box);stroke:var(--border);stroke-width:1.5}
.node.odd .box{fill:var(--canvas)}
.node .divider{fill:none;stroke:var(--border);stroke-width:1;stroke-opacity:.6}
.node.facet .card,.node.outside .card{stroke-dasharray:5 4}
.idle{--tone:var(--muted)}
.busy{--tone:var(--blue)}
.waiting{--tone:var(--yellow)}
.good{--tone:var(--green)}
.stopped{--tone:var(--muted)}
.bad{--tone:var(--red)}
.node.has-state .card,.node.has-state .box{stroke:var(--tone)}
.node.has-state.idle .card,.node.has-state.idle .box{stroke:var(--border);stroke-dasharray:4 4}
.state .plate{fill:var(--canvas)}
.state .tint{fill:var(--tone);fill-opacity:.14;stroke:var(--tone);stroke-width:1.25}
.state .state-icon{stroke:var(--tone);stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.state .outline{fill:none}
.state .solid{fill:var(--tone)}
.roboconf-picture .state-text{font-size:10.5px;font-weight:500;fill:var(--text)}
.node.has-errors .card,.node.has-errors .box{stroke:var(--red)}
.findings{--tone:var(--yellow)}
.findings.error{--tone:var(--red)}
.findings .mark{fill:color-mix(in srgb,var(--tone) 20%,var(--canvas));stroke:var(--tone);stroke-width:1.75}
.roboconf-picture .mark-text{font-size:10px;font-weight:700;text-anchor:middle;fill:var(--text)}
.node.selected .card,.node.selected .box{stroke:var(--focus);stroke-width:2.5;stroke-dasharray:none}
.edge{--stroke:var(--line)}
.edge.external,.edge.external-optional{--stroke:var(--purple)}
.edge.related{--stroke:var(--focus)}
.edge.unmet{opacity:.45}
.edge .reach{fill:none;stroke:transparent;stroke-width:12;pointer-events:stroke}
.edge .line{fill:none;stroke:var(--stroke);stroke-width:1.5;stroke-linecap:round}
.edge.optional .line{stroke-dasharray:6 5}
.edge.external .line{stroke-dasharray:10 4 1 4}
.edge.external-optional .line{stroke-dasharray:1 5}
.edge.facet .line{stroke-dasharray:2 4}
.edge.child .line{stroke-opacity:.7}
.edge .head{stroke:var(--stroke);stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
.edge .filled{fill:var(--stroke)}
.edge .hollow{fill:var(--canvas)}
.edge .open{fill:none}
.edge-label .halo{fill:var(--canvas);fill-opacity:.92}
.roboconf-picture .edge-label text{fill:var(--muted);text-anchor:middle}
.roboconf-picture .edge-label.related text{fill:var(--text)}
.has-selection .edge:not(.related){opacity:.4}
.packed .edge{opacity:.12}
.packed .edge.related,.packed .edge:hover{opacity:1}`;
