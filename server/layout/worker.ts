/**
 * Entry of the layout's worker thread: ELK is a second of processor time at worst and must not hold up the server.
 * The bundled ELK runs in this thread itself; its own worker would be a second copy of a megabyte and a half.
 */
import { parentPort } from 'node:worker_threads';
import type { ELK } from 'elkjs/lib/elk-api.js';
import ElkBundle from 'elkjs/lib/elk.bundled.js';
import { createArranger } from './arrange.ts';
import { WARM_UP_VIEW, WARM_UP_WISH } from './warm-up.ts';
import type { LayoutReply, LayoutRequest } from './worker-messages.ts';

// The declaration describes an ES module; what is loaded is the CommonJS export, the constructor itself.
const createElk = ElkBundle as unknown as new () => ELK;
const elk = new createElk();
const arranger = createArranger((graph) => elk.layout(graph));

// The first layouts are several times slower than later ones, so one is done before anybody waits.
let previous: Promise<unknown> = arranger.arrange(WARM_UP_VIEW, WARM_UP_WISH);

parentPort?.on('message', (request: LayoutRequest) => {
    previous = previous.then(() => answer(request));
});

async function answer({ id, view, wish }: LayoutRequest): Promise<void> {
    const { graph } = await arranger.arrange(view, wish);
    const reply: LayoutReply = { id, graph };
    parentPort?.postMessage(reply);
}
