/** Entry of the page's bundle. */
import { parseToPage, type FromPage } from '../protocol.ts';
import { parseTexts } from '../texts.ts';
import { createGraphPage } from './graph-page.ts';
import { parsePageState, type PageState } from './page-state.ts';

/** What the editor gives every webview. */
interface VsCodeApi {
    readonly postMessage: (message: FromPage) => void;
    readonly getState: () => unknown;
    readonly setState: (state: PageState) => void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const root = document.getElementById('graph');
if (root !== null) {
    const editor = acquireVsCodeApi();
    const host = {
        post: (message: FromPage) => editor.postMessage(message),
        remember: (state: PageState) => editor.setState(state),
        texts: parseTexts(root.getAttribute('data-texts')),
    };
    const application = root.getAttribute('data-application') ?? '';
    const page = createGraphPage(root, host, parsePageState(editor.getState(), application));
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = parseToPage(event.data);
        if (message !== undefined) page.receive(message);
    });
}
