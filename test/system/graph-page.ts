/** The graph page in a real browser, under the policy the editor would enforce, with a double of the editor's side. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { graphPageHtml } from '../../media/graph/page.ts';
import { ENGLISH } from '../../media/picture.ts';
import { findChromium } from '../../scripts/workbench/chromium.ts';

const media = resolve(import.meta.dirname, '../../media');

/** Debian's Chromium. Throws when there is none. */
export async function openBrowser(): Promise<Browser> {
    const found = await findChromium(AbortSignal.timeout(120_000));
    if (!found.ok) throw new Error(found.reason);
    return chromium.launch({ executablePath: found.value, args: ['--no-sandbox'] });
}

export interface GraphPageInBrowser {
    readonly page: Page;
    /** What the page or its policy has complained about. */
    readonly complaints: string[];
    /** Loads the page as it is the first time. */
    readonly begin: () => Promise<void>;
}

/** What a theme of the editor sets on the page: variables and the class of the body. */
export interface ThemeLook {
    readonly bodyClass: string;
    readonly variables: Readonly<Record<string, string>>;
}

/** A page that has not been loaded yet, 1000 by 600. `look` null = the page's own colours. */
export async function graphPageIn(browser: Browser, look: ThemeLook | null): Promise<GraphPageInBrowser> {
    const script = await pageScript();
    const complaints: string[] = [];
    const page = await browser.newPage({ viewport: { width: 1000, height: 600 }, reducedMotion: 'reduce' });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    await page.route('https://page.test/**', (route) => route.fulfill(answerTo(route.request().url(), script)));
    await page.addInitScript(doubleOfEditor, look);
    const begin = async (): Promise<void> => {
        await page.goto('https://page.test/');
        await page.evaluate(() => sessionStorage.clear());
        await page.reload();
    };
    return { page, complaints, begin };
}

/** Runs inside the page before anything else. */
function doubleOfEditor(look: ThemeLook | null): void {
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

let bundled: Promise<string> | undefined;

function pageScript(): Promise<string> {
    bundled ??= build({
        entryPoints: [resolve(media, 'graph/main.ts')],
        bundle: true,
        format: 'iife',
        write: false,
    }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
    return bundled;
}

function answerTo(url: string, script: string): { readonly contentType: string; readonly body: string } {
    if (url.endsWith('.css'))
        return { contentType: 'text/css', body: readFileSync(resolve(media, 'graph/graph.css'), 'utf8') };
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
