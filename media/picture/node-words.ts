/** A node in words, for tooltips and screen readers: all that its drawing tells, in full. */
import type { PlacedNode } from '../../server/layout.ts';
import { fill, type Texts } from '../texts.ts';
import { planWords } from './marks.ts';
import type { NodeOverlay, Tally } from './node-overlay.ts';
import type { RunState } from './overlay.ts';
import { stateText } from './status.ts';

/** Full texts in tooltips end here: a name may be a whole file. */
const MAX_TITLE = 300;
/** Notes are for those who look closer. */
const MAX_NOTES = 8;

/** One line. */
export function describeNode(node: PlacedNode, overlay: NodeOverlay, texts: Texts): string {
    const { copy, kind, label, detail, isPinned } = node;
    const { findings, state, plan, change } = overlay;
    const parts = [
        label,
        kind === 'outside' ? texts['node.outside'] : detail,
        copy === null ? '' : fill(texts['node.copy'], copy.index, copy.count),
        ...(state === null ? [] : stateWords(state, texts)),
        ...insideWords(node, overlay, texts),
        ...(plan === null ? [] : [...planWords(plan, texts), ...plan.notes.slice(0, MAX_NOTES)]),
        ...(change === null ? [] : [texts[`change.${change.change}`], ...change.notes.slice(0, MAX_NOTES)]),
        countText(findings.errors, texts['node.oneError'], texts['node.errors']),
        countText(findings.warnings, texts['node.oneWarning'], texts['node.warnings']),
        isPinned ? texts['node.pinned'] : '',
    ];
    return parts
        .filter((part) => part !== '')
        .map((part) => isolated(cut(part)))
        .join(', ');
}

/** Letters that are written from right to left, and signs that turn the direction, have no say in what stands beside them. */
function isolated(text: string): string {
    return TURNING.test(text) ? `\u2068${text}\u2069` : text;
}

const TURNING = /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** What is folded inside of a node: how many, and how many of each kind. Empty when nothing is. */
function insideWords({ folded }: PlacedNode, { inside }: NodeOverlay, texts: Texts): readonly string[] {
    if (folded.length === 0) return [];
    const counts = inside.map((tally) => fill(texts['node.tally'], tally.count, tallyWord(tally, texts)));
    return [countText(folded.length, texts['node.oneInside'], texts['node.inside']), ...counts];
}

function tallyWord(tally: Tally, texts: Texts): string {
    switch (tally.kind) {
        case 'status':
            return texts[`status.${tally.name}`];
        case 'action':
            return texts[`plan.${tally.name}`];
        case 'change':
            return texts[`change.${tally.name}`];
        default:
            return tally satisfies never;
    }
}

function stateWords(state: RunState, texts: Texts): readonly string[] {
    const { wanted, cause, notes, isStale } = state;
    return [
        stateText(state, texts),
        wanted === '' ? '' : fill(texts['node.wanted'], wanted),
        isStale ? texts['node.stale'] : '',
        // The notes tell it as well, as a rule.
        cause === '' || notes.includes(cause) ? '' : fill(texts['node.cause'], cause),
        ...notes.slice(0, MAX_NOTES),
    ];
}

/** A number of things, or nothing when there are none. */
export function countText(count: number, one: string, several: string): string {
    if (count === 0) return '';
    return count === 1 ? one : fill(several, count);
}

function cut(text: string): string {
    return text.length <= MAX_TITLE ? text : `${text.slice(0, MAX_TITLE).toWellFormed()}…`;
}
