/**
 * Entry of the layout's worker thread: ELK is a second of processor time at worst and must not hold up the server.
 * The bundled ELK runs in this thread itself; its own worker would be a second copy of a megabyte and a half.
 */
import { parentPort } from 'node:worker_threads';
import type { ELK } from 'elkjs/lib/elk-api.js';
import ElkBundle from 'elkjs/lib/elk.bundled.js';
import { arrangeGraph } from './arrange.ts';
import { WARM_UP_VIEW } from './warm-up.ts';
import type { LayoutReply, LayoutRequest } from './worker-messages.ts';

// The declaration describes an ES module; what is loaded is the CommonJS export, the constructor itself.
const createElk = ElkBundle as unknown as new () => ELK;
const elk = new createElk();
const runElk = (graph: Parameters<ELK['layout']>[0]) => elk.layout(graph);

// The first layouts are several times slower than later ones, so one is done before anybody waits.
let previous: Promise<unknown> = arrangeGraph(WARM_UP_VIEW, 'landscape', runElk);

parentPort?.on('message', (request: LayoutRequest) => {
    previous = previous.then(() => answer(request));
});

async function answer({ id, view, orientation }: LayoutRequest): Promise<void> {
    const reply: LayoutReply = { id, graph: await arrangeGraph(view, orientation, runElk) };
    parentPort?.postMessage(reply);
}
