/** What the text formats have in common: nodes inside of each other, short names for ids, and what is known about a node in words. */
import type { GraphEdge, GraphNode } from '../../language/index.ts';
import type { PictureOverlay } from '../picture/overlay.ts';
import { STATUS_LOOKS, stateText } from '../picture/status.ts';
import { fill, type Texts } from '../texts.ts';

/** A graph as far as a text format draws it: laid out or not. */
export interface TextGraph {
    readonly nodes: readonly GraphNode[];
    readonly edges: readonly GraphEdge[];
}

/** Identifiers that no format objects to, in the order of the nodes. */
export function shortIds(nodes: readonly GraphNode[]): ReadonlyMap<string, string> {
    return new Map(nodes.map((node, index) => [node.id, `n${String(index)}`]));
}

/** The nodes directly inside of each node; those at the top under null. Nodes whose container is not there stand at the top. */
export function childrenOf(nodes: readonly GraphNode[]): ReadonlyMap<string | null, readonly GraphNode[]> {
    const known = new Set(nodes.map(({ id }) => id));
    return Map.groupBy(nodes, ({ parent }) => (parent !== null && known.has(parent) ? parent : null));
}

/** Lines of a node, given those of what is inside of it. */
export type NodeLines = (node: GraphNode, inside: readonly string[], indent: string) => readonly string[];

/** The lines of all nodes, containers around what is inside of them. */
export function nestedLines(nodes: readonly GraphNode[], lines: NodeLines): readonly string[] {
    const children = childrenOf(nodes);
    const linesWithin = (parent: string | null, depth: number): readonly string[] =>
        (children.get(parent) ?? []).flatMap((node) =>
            lines(node, linesWithin(node.id, depth + 1), '  '.repeat(depth)),
        );
    return linesWithin(null, 1);
}

/** Longer texts make a diagram unreadable. */
const MAX_TEXT = 120;

/** A text cut to what a diagram can show, on one line. */
export function shortText(text: string): string {
    const line = text
        .slice(0, MAX_TEXT * 4)
        .replace(/\s+/g, ' ')
        .trim()
        .toWellFormed();
    const signs = [...new Intl.Segmenter('en').segment(line)].map(({ segment }) => segment);
    return signs.length <= MAX_TEXT ? line : `${signs.slice(0, MAX_TEXT - 1).join('')}…`;
}

/** What stands on an edge: the variables of an import, with how many relations it stands for where it is more than one. */
export function edgeText({ kind, variables, count }: GraphEdge): string {
    const text = kind === 'import' ? shortText(variables.join(', ')) : kind;
    return count > 1 ? shortText(`${String(count)} × ${text}`) : text;
}

/** How something is marked, in the order in which marks count: what differs, what a plan does, how it is. */
export type Tone = 'added' | 'removed' | 'changed' | 'idle' | 'busy' | 'waiting' | 'good' | 'stopped' | 'bad';

export interface NodeMark {
    readonly tone: Tone;
    /** In words, for the node's text. */
    readonly text: string;
}

/** What an overlay says about a node, in one word or two; null when it says nothing. */
export function markOf(id: string, overlay: PictureOverlay, texts: Texts): NodeMark | null {
    const change = overlay.changes === null ? undefined : own(overlay.changes.nodes, id);
    if (change !== undefined) {
        const tone = change.change === 'added' || change.change === 'removed' ? change.change : 'changed';
        return { tone, text: change.change };
    }
    const plan = overlay.plan === null ? undefined : own(overlay.plan.marks, id);
    if (plan !== undefined) {
        const tone = plan.action === 'create' ? 'added' : plan.action === 'delete' ? 'removed' : 'changed';
        return { tone, text: `${plan.action} ${fill('({0})', plan.firstWave)}` };
    }
    const state = own(overlay.states, id);
    return state === undefined
        ? null
        : { tone: STATUS_LOOKS[state.status].tone, text: shortText(stateText(state, texts)) };
}

function own<Value>(values: Readonly<Record<string, Value>>, id: string): Value | undefined {
    return Object.hasOwn(values, id) ? values[id] : undefined;
}

/** Colours of tones on white paper: fill, then border. Text on them is black. */
export const TONE_COLOURS: Readonly<Record<Tone, readonly [fill: string, stroke: string]>> = {
    added: ['#dcf5e6', '#1a7f4b'],
    removed: ['#fbe1e0', '#c4302b'],
    changed: ['#fdf0d2', '#8f6400'],
    idle: ['#f4f5f8', '#7a879c'],
    busy: ['#dfeafc', '#2563c9'],
    waiting: ['#fdf0d2', '#8f6400'],
    good: ['#dcf5e6', '#1a7f4b'],
    stopped: ['#eceef2', '#525d70'],
    bad: ['#fbe1e0', '#c4302b'],
};
