/** The graph page in a real browser, under the policy the editor would enforce, with a double of the editor's side. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { graphPageHtml } from '../../media/graph/page.ts';
import { ENGLISH } from '../../media/picture.ts';
import type { ToPage } from '../../media/protocol.ts';
import { styleSheet } from '../../scripts/style-sheets.ts';
import { findChromium } from '../../scripts/workbench/chromium.ts';

const media = resolve(import.meta.dirname, '../../media');

/** Debian's Chromium. Throws when there is none. `flags` are those of its command line. */
export async function openBrowser(flags: readonly string[] = []): Promise<Browser> {
    const found = await findChromium(AbortSignal.timeout(120_000));
    if (!found.ok) throw new Error(found.reason);
    return chromium.launch({ executablePath: found.value, args: ['--no-sandbox', ...flags], timeout: 60_000 });
}

export interface GraphPageInBrowser {
    readonly page: Page;
    /** What the page or its policy has complained about. */
    readonly complaints: string[];
    /** Loads the page as it is the first time. */
    readonly begin: () => Promise<void>;
    /** Hands it a message of the editor's and waits until that is drawn; the movement to it may still be under way. */
    readonly send: (message: ToPage) => Promise<void>;
    /** What it has told the editor since it was loaded. */
    readonly posted: () => Promise<readonly unknown[]>;
    /** Waits until what was done is drawn and the picture stays where it is. */
    readonly atRest: () => Promise<void>;
    /** Counts from here on the elements that come into the page, however short they stay. */
    readonly countNew: (selector: string) => Promise<() => Promise<number>>;
}

/** What a theme of the editor sets on the page: variables and the class of the body. */
export interface ThemeLook {
    readonly bodyClass: string;
    readonly variables: Readonly<Record<string, string>>;
}

/** What the editor sets on a page in each of its themes, recorded from it. */
export const THEMES = JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../system/themes.json'), 'utf8'),
    // It was recorded in this shape.
) as Readonly<Record<string, ThemeLook>>;

export interface PageOptions {
    /** null = the page's own colours. */
    readonly look: ThemeLook | null;
    readonly size: { readonly width: number; readonly height: number };
    readonly motion: 'reduce' | 'no-preference';
}

const STILL: PageOptions = { look: null, size: { width: 1000, height: 600 }, motion: 'reduce' };

/** A page that has not been loaded yet, 1000 by 600 and without motion. `look` null = the page's own colours. */
export function graphPageIn(browser: Browser, look: ThemeLook | null): Promise<GraphPageInBrowser> {
    return graphPageWith(browser, { ...STILL, look });
}

/** A page that has not been loaded yet. */
export async function graphPageWith(browser: Browser, options: PageOptions): Promise<GraphPageInBrowser> {
    const [script, style] = await Promise.all([pageScript(), styleSheet('graph.css')]);
    const complaints: string[] = [];
    const page = await browser.newPage({ viewport: options.size, reducedMotion: options.motion });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    await page.route('https://page.test/**', (route) => route.fulfill(answerTo(route.request().url(), script, style)));
    await page.addInitScript(doubleOfEditor, options.look);
    const begin = async (): Promise<void> => {
        // The pointer of the test before would rest on something of this one.
        await page.mouse.move(0, 0);
        await page.goto('https://page.test/');
        await page.evaluate(() => sessionStorage.clear());
        await page.reload();
    };
    const send = (message: ToPage): Promise<void> => handOver(page, message);
    const posted = (): Promise<readonly unknown[]> =>
        page.evaluate(() => {
            // What doubleOfEditor put there.
            return (globalThis as unknown as { readonly posted: readonly unknown[] }).posted;
        });
    const atRest = (): Promise<void> => page.evaluate(untilAtRest);
    return { page, complaints, begin, send, posted, atRest, countNew: (selector) => countNew(page, selector) };
}

/**
 * Hands a page something as the editor does and waits until that is drawn: messages are delivered after `postMessage` returns, and the page draws
 * them in the next frame; that may make room for something, which moves the picture once more.
 */
export function handOver(page: Page, message: unknown): Promise<void> {
    return page.evaluate(async (data) => {
        const delivered = new Promise((done) => window.addEventListener('message', done, { once: true }));
        window.postMessage(data, '*');
        await delivered;
        for (let frame = 0; frame < 2; frame++) await new Promise((done) => requestAnimationFrame(done));
    }, message);
}

/** Runs inside the page. A movement begins a frame after it was asked for, and moves in each frame until it is over. */
async function untilAtRest(): Promise<void> {
    const enough = 4;
    let place: string | null = null;
    for (let still = 0; still < enough;) {
        await new Promise((done) => requestAnimationFrame(done));
        const frame = document.querySelector('.stage .frame');
        const next = frame?.getAttribute('transform') ?? '';
        still = next === place && frame?.classList.contains('is-moving') !== true ? still + 1 : 0;
        place = next;
    }
}

async function countNew(page: Page, selector: string): Promise<() => Promise<number>> {
    const counted = await page.evaluateHandle((wanted) => {
        const found = { count: 0 };
        const count = (node: Node): void => {
            if (node instanceof Element && node.matches(wanted)) found.count++;
        };
        const watch = new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach(count)));
        watch.observe(document, { childList: true, subtree: true });
        return found;
    }, selector);
    return () => counted.evaluate(({ count }) => count);
}

/**
 * One page for all tests of a file, 1000 by 600 and loaded anew for each of them: making one takes longer than any test. A test fails when the page
 * or its content security policy has complained.
 */
export async function sharedGraphPage(motion: PageOptions['motion'] = 'reduce'): Promise<GraphPageInBrowser> {
    const browser = await openBrowser();
    afterAll(() => browser.close());
    const opened = await graphPageWith(browser, { ...STILL, motion });
    beforeEach(async () => {
        opened.complaints.length = 0;
        await opened.page.setViewportSize(STILL.size);
        await opened.page.emulateMedia({ reducedMotion: motion });
        await opened.begin();
    });
    afterEach(() => expect(opened.complaints).toEqual([]));
    return opened;
}

/** The editor's side of any page, in the colours of a theme. Runs inside the page before anything else. */
export function doubleOfEditor(look: ThemeLook | null): void {
    const messages: unknown[] = [];
    const acquireVsCodeApi = () => ({
        postMessage: (message: unknown) => messages.push(message),
        getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null'),
        setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
    });
    Object.assign(globalThis, { posted: messages, acquireVsCodeApi });
    if (look === null) return;
    const dress = (): void => {
        for (const [name, value] of Object.entries(look.variables))
            document.documentElement.style.setProperty(name, value);
        document.body.className = look.bodyClass;
    };
    document.addEventListener('DOMContentLoaded', dress);
}

const bundled = new Map<string, Promise<string>>();

/** The page's code as it ships, but for the layout of its lines. `page` names its folder under media/. */
export function pageScript(page: 'graph' | 'timeline' = 'graph'): Promise<string> {
    const known = bundled.get(page);
    if (known !== undefined) return known;
    const script = build({
        entryPoints: [resolve(media, page, 'main.ts')],
        bundle: true,
        minify: true,
        format: 'iife',
        target: 'es2022',
        write: false,
    }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
    bundled.set(page, script);
    return script;
}

function answerTo(url: string, script: string, style: string): { readonly contentType: string; readonly body: string } {
    if (url.endsWith('.css')) return { contentType: 'text/css', body: style };
    if (url.endsWith('.js')) return { contentType: 'text/javascript', body: script };
    const config = { scriptUri: 'https://page.test/graph.js', styleUri: 'https://page.test/graph.css' };
    return {
        contentType: 'text/html',
        body: graphPageHtml({
            ...config,
            cspSource: 'https://page.test',
            nonce: 'n0',
            application: 'file:///apps/shop',
            language: 'en',
            texts: ENGLISH,
        }),
    };
}
