/** Gathers what is known of one node: its details, its state, what is drawn over it. */
import { countText } from '../picture/node-words.ts';
import type { Texts } from '../texts.ts';
import type { NodeFacts } from './hover-card.ts';
import { at, type PageView } from './page-view.ts';

/** Null when the picture does not have the node. `now`: a moment of the clock of the states. */
export function factsOf(id: string, { model, overlay }: PageView, texts: Texts, now: () => number): NodeFacts | null {
    const node = model?.graph.nodes.find((candidate) => candidate.id === id);
    if (node === undefined || model === null) return null;
    return {
        node,
        detail: at(model.details, id) ?? null,
        state: at(overlay.states, id) ?? null,
        findings: findingsOf(id, overlay, texts),
        plan: overlay.plan === null ? null : (at(overlay.plan.marks, id) ?? null),
        change: overlay.changes === null ? null : (at(overlay.changes.nodes, id) ?? null),
        now,
    };
}

function findingsOf(id: string, { findings }: PageView['overlay'], texts: Texts): readonly string[] {
    const { errors, warnings } = at(findings, id) ?? { errors: 0, warnings: 0 };
    return [
        countText(errors, texts['node.oneError'], texts['node.errors']),
        countText(warnings, texts['node.oneWarning'], texts['node.warnings']),
    ].filter((text) => text !== '');
}
