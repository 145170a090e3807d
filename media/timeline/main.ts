/** Entry of the page's bundle. */
import { parseTimelineState, runsOf, type TimelineState } from './page-state.ts';
import { parseToTimeline, type FromTimeline } from './protocol.ts';
import { createRunPage } from './run-page.ts';
import { parseTimelineTexts } from './texts.ts';

/** What the editor gives every webview. */
interface VsCodeApi {
    readonly postMessage: (message: FromTimeline) => void;
    readonly getState: () => unknown;
    readonly setState: (state: TimelineState) => void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const root = document.getElementById('run');
const runs = runsOf(JSON.parse(root?.getAttribute('data-runs') ?? 'null'));
if (root !== null && runs !== undefined) {
    const editor = acquireVsCodeApi();
    const host = {
        post: (message: FromTimeline) => editor.postMessage(message),
        remember: (state: TimelineState) => editor.setState(state),
        texts: parseTimelineTexts(root.getAttribute('data-texts')),
    };
    const page = createRunPage(root, host, parseTimelineState(editor.getState(), runs));
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = parseToTimeline(event.data);
        if (message !== undefined) page.receive(message);
    });
}
