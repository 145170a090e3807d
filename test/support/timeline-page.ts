/** The page of a run in a real browser, under the policy the editor would enforce, with a double of the editor's side. */
import type { Browser, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { ENGLISH_TIMELINE, timelinePageHtml } from '../../media/timeline/page.ts';
import type { ToTimeline } from '../../media/timeline/protocol.ts';
import { styleSheet } from '../../scripts/style-sheets.ts';
import { doubleOfEditor, handOver, pageScript, type ThemeLook } from './graph-page.ts';

export interface TimelinePageInBrowser {
    readonly page: Page;
    /** What the page or its policy has complained about. */
    readonly complaints: string[];
    /** Hands it a message of the editor's and waits until that is drawn. */
    readonly send: (message: ToTimeline) => Promise<void>;
    /** What it has told the editor. */
    readonly posted: () => Promise<readonly unknown[]>;
}

/** A page that has just been loaded; it is closed with the test. `look` null = its own colours. */
export async function timelinePageIn(
    browser: Browser,
    look: ThemeLook | null,
    size = { width: 1100, height: 700 },
): Promise<TimelinePageInBrowser> {
    const [script, style] = await Promise.all([pageScript('timeline'), styleSheet('timeline.css')]);
    const complaints: string[] = [];
    const page = await browser.newPage({ viewport: size, reducedMotion: 'reduce' });
    onTestFinished(() => page.close());
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    await page.route('https://page.test/**', (route) => route.fulfill(answerTo(route.request().url(), script, style)));
    await page.addInitScript(doubleOfEditor, look);
    await page.goto('https://page.test/');
    const send = (message: ToTimeline): Promise<void> => handOver(page, message);
    const posted = (): Promise<readonly unknown[]> =>
        page.evaluate(() => {
            // What doubleOfEditor put there.
            return (globalThis as unknown as { readonly posted: readonly unknown[] }).posted;
        });
    return { page, complaints, send, posted };
}

function answerTo(url: string, script: string, style: string): { readonly contentType: string; readonly body: string } {
    if (url.endsWith('.css')) return { contentType: 'text/css', body: style };
    if (url.endsWith('.js')) return { contentType: 'text/javascript', body: script };
    const run = { deployment: 'deployment:shop@/apps/shop', begunAt: 0, run: 'r1' };
    const body = timelinePageHtml({
        scriptUri: 'https://page.test/timeline.js',
        styleUri: 'https://page.test/timeline.css',
        cspSource: 'https://page.test',
        nonce: 'n0',
        run,
        other: null,
        language: 'en',
        texts: ENGLISH_TIMELINE,
    });
    return { contentType: 'text/html', body };
}
