/** Tells screen readers what happens to the nodes: what changed since the last states, never everything at once. */
import type { PlacedNode } from '../../server/layout.ts';
import type { RunState } from '../protocol.ts';
import { stateText } from '../picture/status.ts';
import { fill, type Texts } from '../texts.ts';

type States = Readonly<Record<string, RunState>>;

const MAX_CHANGES = 3;

/** The changes from one set of states to the next in a sentence; empty when there is none that can be told. */
export function describeChanges(nodes: readonly PlacedNode[], before: States, after: States, texts: Texts): string {
    const changed = nodes.flatMap((node) => {
        const state = stateOf(after, node.id);
        const known = stateOf(before, node.id);
        if (state === undefined || (known?.status === state.status && known.text === state.text)) return [];
        return [fill(texts['live.changed'], node.caption.text, stateText(state, texts))];
    });
    const told = changed.slice(0, MAX_CHANGES);
    const rest = changed.length - told.length;
    return [...told, ...(rest === 0 ? [] : [fill(texts['live.more'], rest)])].join('; ');
}

function stateOf(states: States, id: string): RunState | undefined {
    return Object.hasOwn(states, id) ? states[id] : undefined;
}
