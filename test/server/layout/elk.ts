/** ELK in the test's own thread. */
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import ElkBundle from 'elkjs/lib/elk.bundled.js';
import type { RunElk } from '../../../server/layout/arrange.ts';

// As in the worker: what is loaded is the constructor itself.
const createElk = ElkBundle as unknown as new () => ELK;

/** What was asked for before is answered from memory: ELK is deterministic, and most of a test's time. */
export function inProcessElk(): RunElk {
    const elk = new createElk();
    const answers = new Map<string, Promise<ElkNode>>();
    return async (graph) => {
        const key = JSON.stringify(graph);
        const answer = answers.get(key) ?? elk.layout(graph);
        answers.set(key, answer);
        return structuredClone(await answer);
    };
}
