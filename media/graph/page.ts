/** The HTML of the graph panel, for the extension host. Pure text. */
import { pictureStyle } from '../picture/style.ts';

export interface GraphPageConfig {
    /** Webview URIs of the bundled script and of graph.css. */
    readonly scriptUri: string;
    readonly styleUri: string;
    /** `webview.cspSource`. */
    readonly cspSource: string;
    /** Fresh and random for every page. */
    readonly nonce: string;
}

/** A whole page that runs nothing but the given script and loads nothing but the given style sheet. */
export function graphPageHtml({ scriptUri, styleUri, cspSource, nonce }: GraphPageConfig): string {
    const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource} 'nonce-${nonce}';`;
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>Roboconf Graph</title>
<style nonce="${escapeAttribute(nonce)}">${pictureStyle()}</style>
<link rel="stylesheet" href="${escapeAttribute(styleUri)}">
</head>
<body>
<div id="graph"></div>
<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>
</body>
</html>
`;
}

function escapeAttribute(value: string): string {
    return value.replace(/[&"<>]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
