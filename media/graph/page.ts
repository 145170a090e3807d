/** DOOR: the HTML of the graph panel, for the extension host, and what the host may know of what the page remembers. Pure text. */
import { pictureStyle } from '../picture/style.ts';
import type { Texts } from '../texts.ts';
import { PAGE_CONTEXT } from './node-context.ts';

export { applicationOf } from './page-state.ts';

export interface GraphPageConfig {
    /** Webview URIs of the bundled script and of graph.css. */
    readonly scriptUri: string;
    readonly styleUri: string;
    /** `webview.cspSource`. */
    readonly cspSource: string;
    /** Fresh and random for every page. */
    readonly nonce: string;
    /** URI of the application's directory. */
    readonly application: string;
    /** The editor's language, and the texts in it. */
    readonly language: string;
    readonly texts: Texts;
}

/** A whole page that runs nothing but the given script and loads nothing but the given style sheet. */
export function graphPageHtml(config: GraphPageConfig): string {
    const { scriptUri, styleUri, cspSource, nonce, application, language, texts } = config;
    const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource} 'nonce-${nonce}';`;
    return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>Roboconf Graph</title>
<style nonce="${escapeAttribute(nonce)}">${pictureStyle()}</style>
<link rel="stylesheet" href="${escapeAttribute(styleUri)}">
</head>
<body data-vscode-context="${escapeAttribute(PAGE_CONTEXT)}">
<div id="graph" data-application="${escapeAttribute(application)}" data-texts="${escapeAttribute(JSON.stringify(texts))}"></div>
<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>
</body>
</html>
`;
}

function escapeAttribute(value: string): string {
    return value.replace(/[&"<>]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
