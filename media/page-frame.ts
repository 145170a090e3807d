/** What every page of a panel has in common: the policy that lets it run one script and load one style sheet, and the frame around its body. */
import { pictureStyle } from './picture/style.ts';

/** What the extension host knows of a page it shows. */
export interface PageFrame {
    /** Webview URIs of the page's bundled script and of its style sheet. */
    readonly scriptUri: string;
    readonly styleUri: string;
    /** `webview.cspSource`. */
    readonly cspSource: string;
    /** Fresh and random for every page. */
    readonly nonce: string;
    /** The editor's language. */
    readonly language: string;
}

/** An element that is empty until the script fills it. `attributes` are plain text. */
export interface PageElement {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
}

/** The title of a page, the attributes of its body and its one element. */
export interface PageBody {
    readonly title: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly root: PageElement;
}

/** A whole page of HTML that runs nothing but the given script and loads nothing but the given style sheet. */
export function pageHtml(frame: PageFrame, { title, attributes, root }: PageBody): string {
    const { scriptUri, styleUri, cspSource, nonce, language } = frame;
    const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource} 'nonce-${nonce}';`;
    return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${escapeAttribute(title)}</title>
<style nonce="${escapeAttribute(nonce)}">${pictureStyle()}</style>
<link rel="stylesheet" href="${escapeAttribute(styleUri)}">
</head>
<body${attributesText(attributes)}>
<${root.name}${attributesText(root.attributes)}></${root.name}>
<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>
</body>
</html>
`;
}

function attributesText(attributes: Readonly<Record<string, string>>): string {
    return Object.entries(attributes)
        .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
        .join('');
}

function escapeAttribute(value: string): string {
    return value.replace(/[&"<>]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
