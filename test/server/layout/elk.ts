/** ELK in the test's own thread. */
import type { ELK } from 'elkjs/lib/elk-api.js';
import ElkBundle from 'elkjs/lib/elk.bundled.js';
import type { RunElk } from '../../../server/layout/arrange.ts';

// As in the worker: what is loaded is the constructor itself.
const createElk = ElkBundle as unknown as new () => ELK;

export function inProcessElk(): RunElk {
    const elk = new createElk();
    return (graph) => elk.layout(graph);
}
