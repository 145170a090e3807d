/** The page of a graph, for one webview. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { graphPageHtml } from '../../media/graph/page.ts';
import { pageTexts } from './page-texts.ts';

export interface PagePlaces {
    /** The folder of the bundled page. */
    readonly assets: vscode.Uri;
    /** The application's. */
    readonly directory: vscode.Uri;
}

/** Fresh at every call: each page has a nonce of its own. */
export function pageHtml(webview: vscode.Webview, { assets, directory }: PagePlaces): string {
    return graphPageHtml({
        scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(assets, 'graph.js')).toString(),
        styleUri: webview.asWebviewUri(vscode.Uri.joinPath(assets, 'graph.css')).toString(),
        cspSource: webview.cspSource,
        nonce: randomBytes(18).toString('base64url'),
        application: directory.toString(),
        language: vscode.env.language,
        texts: pageTexts(),
    });
}
