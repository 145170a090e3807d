/** How long frames take while something goes on in a page, by the page's own clock. */
import type { Page } from 'playwright-core';
import { textOfToPage, type ToPage } from '../../../media/protocol.ts';

/** Wheel events, one a frame; or messages, one every so many milliseconds. */
export type Gesture = 'pan' | 'zoom' | { readonly messages: readonly ToPage[]; readonly everyMs: number };

const FRAMES = 120;
/** The floor is slow. */
const PLAIN_FRAMES = 40;
/** How long a page gets to be at rest. */
const SETTLE_MS = 500;

/** Milliseconds from the moment a message is posted until the frame that shows it has been drawn. */
export async function paintMs(page: Page, message: ToPage): Promise<number> {
    // Handed over beforehand: the browser is busy with what the test driver sends for longer than with what the page does.
    await page.evaluate((data) => Reflect.set(globalThis, 'messageToPost', data), textOfToPage(message));
    await page.waitForTimeout(SETTLE_MS);
    return page.evaluate(async () => {
        const begunAt = performance.now();
        window.postMessage(Reflect.get(globalThis, 'messageToPost'), '*');
        await new Promise<void>((done) => {
            window.addEventListener('message', () => requestAnimationFrame(() => setTimeout(done)), { once: true });
        });
        return performance.now() - begunAt;
    });
}

/** The lengths of all frames meanwhile, in milliseconds. */
export function framesWhile(page: Page, gesture: Gesture): Promise<readonly number[]> {
    if (typeof gesture !== 'string') return framesWhileMessages(page, gesture);
    return page.evaluate(
        async ({ zooming, count }) => {
            const stage = document.querySelector('.stage');
            const turn = (i: number): void => {
                const distance = i % 60 < 30 ? 6 : -6;
                const deltas = zooming
                    ? { deltaY: distance, ctrlKey: true }
                    : { deltaX: distance * 4, deltaY: distance * 3 };
                const at = { clientX: 640, clientY: 400, bubbles: true, cancelable: true };
                stage?.dispatchEvent(new WheelEvent('wheel', { ...deltas, ...at }));
            };
            const lengths: number[] = [];
            let last = await new Promise<number>((done) => requestAnimationFrame(done));
            for (let i = 0; i < count; i++) {
                turn(i);
                const now = await new Promise<number>((done) => requestAnimationFrame(done));
                lengths.push(now - last);
                last = now;
            }
            return lengths;
        },
        { zooming: gesture === 'zoom', count: FRAMES },
    );
}

function framesWhileMessages(page: Page, { messages, everyMs }: Exclude<Gesture, string>): Promise<readonly number[]> {
    return page.evaluate(
        async ({ list, wait }) => {
            let next = 0;
            const timer = setInterval(() => {
                if (next < list.length) window.postMessage(list[next++], '*');
                else clearInterval(timer);
            }, wait);
            const lengths: number[] = [];
            let last = await new Promise<number>((done) => requestAnimationFrame(done));
            while (next < list.length) {
                const now = await new Promise<number>((done) => requestAnimationFrame(done));
                lengths.push(now - last);
                last = now;
            }
            return lengths;
        },
        { list: messages.map(textOfToPage), wait: everyMs },
    );
}

/** The same wheel, for a page that has everything in its document and moves the frame by itself. */
export function plainFramesWhile(page: Page, gesture: Gesture): Promise<readonly number[]> {
    return page.evaluate(
        async ({ zooming, count }) => {
            const frame = document.getElementById('frame');
            const start = frame?.getAttribute('transform') ?? '';
            const lengths: number[] = [];
            let last = await new Promise<number>((done) => requestAnimationFrame(done));
            for (let i = 0; i < count; i++) {
                const step = i % 40 < 20 ? i % 40 : 40 - (i % 40);
                const move = zooming
                    ? `scale(${String(1.06 ** step)})`
                    : `translate(${String(step * 24)} ${String(step * 18)})`;
                frame?.setAttribute('transform', `${move} ${start}`);
                const now = await new Promise<number>((done) => requestAnimationFrame(done));
                lengths.push(now - last);
                last = now;
            }
            return lengths;
        },
        { zooming: gesture === 'zoom', count: PLAIN_FRAMES },
    );
}
