/** DOOR: the HTML page of a run panel, for the extension host, and what the host may know of what the page remembers. Pure text. */
import { pageHtml, type PageFrame } from '../page-frame.ts';
import type { PageRun } from './page-state.ts';
import type { TimelineTexts } from './texts.ts';

export { runsOf, type PageRun } from './page-state.ts';
export { ENGLISH_TIMELINE, type TimelineTexts } from './texts.ts';

export interface TimelinePageConfig extends PageFrame {
    readonly run: PageRun;
    /** The run it is held against, if any. */
    readonly other: PageRun | null;
    /** In the editor's language. */
    readonly texts: TimelineTexts;
}

/** A whole page that runs nothing but the given script and loads nothing but the given style sheet. */
export function timelinePageHtml(config: TimelinePageConfig): string {
    const { run, other, texts } = config;
    const runs = JSON.stringify({ run, other });
    return pageHtml(config, {
        title: 'Roboconf Run',
        attributes: {},
        root: {
            name: 'main',
            attributes: {
                ...{ id: 'run', class: 'roboconf-picture' },
                ...{ 'data-runs': runs, 'data-texts': JSON.stringify(texts) },
            },
        },
    });
}
