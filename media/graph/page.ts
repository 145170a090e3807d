/** DOOR: the HTML of the graph panel, for the extension host, and what the host may know of what the page remembers. Pure text. */
import { pageHtml, type PageFrame } from '../page-frame.ts';
import type { Texts } from '../texts.ts';
import { PAGE_CONTEXT } from './node-context.ts';

export { applicationOf } from './page-state.ts';

export interface GraphPageConfig extends PageFrame {
    /** URI of the application's directory. */
    readonly application: string;
    /** In the editor's language. */
    readonly texts: Texts;
}

/** A whole page that runs nothing but the given script and loads nothing but the given style sheet. */
export function graphPageHtml(config: GraphPageConfig): string {
    const { application, texts } = config;
    return pageHtml(config, {
        title: 'Roboconf Graph',
        attributes: { 'data-vscode-context': PAGE_CONTEXT },
        root: {
            name: 'div',
            attributes: { id: 'graph', 'data-application': application, 'data-texts': JSON.stringify(texts) },
        },
    });
}
