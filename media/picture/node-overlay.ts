/** What the overlay says of one node: of itself, and of what is folded away inside of it. */
import type { PlacedNode } from '../../server/layout.ts';
import type { FindingCount } from '../../server/protocol.ts';
import { ACTION_LOOKS, CHANGE_LOOKS, NODE_CHANGES, PLAN_ACTIONS } from './marks.ts';
import type { PictureOverlay, RunState } from './overlay.ts';
import type { PillLook, Tone } from './pill.ts';
import type { ChangesView, NodeChange, PlanAction, PlanMark } from './plan.ts';
import { STATUS_LOOKS } from './status.ts';

export interface NodeOverlay {
    /** Its own, and those of what is folded inside of it. */
    readonly findings: FindingCount;
    readonly state: RunState | null;
    readonly plan: PlanMark | null;
    readonly change: ChangedNode | null;
    /** What is folded inside of it, counted by what is shown: what a plan does, else what differs, else the run states. */
    readonly inside: readonly Tally[];
    readonly isSelected: boolean;
    /** A search found it, or something folded inside of it. */
    readonly isFound: boolean;
    /** What is shown (a search, a plan, a comparison) is about others. */
    readonly isAside: boolean;
}

type ChangedNode = ChangesView['nodes'][string];

/** So many are the same. */
export type Tally =
    | { readonly kind: 'status'; readonly name: RunState['status']; readonly count: number }
    | { readonly kind: 'action'; readonly name: PlanAction; readonly count: number }
    | { readonly kind: 'change'; readonly name: NodeChange; readonly count: number };

/** Picks the parts of nodes out of an overlay. */
export function nodeOverlaysOf(overlay: PictureOverlay): (node: PlacedNode) => NodeOverlay {
    const selected = new Set(overlay.selected);
    const found = overlay.found === null ? null : new Set(overlay.found);
    const shown = shownMarks(overlay);
    return (node) => {
        const isAny = (holds: (id: string) => boolean): boolean => holds(node.id) || node.folded.some(holds);
        const isFound = found !== null && isAny((id) => found.has(id));
        return {
            findings: findingsOf(node, overlay),
            state: at(overlay.states, node.id),
            plan: overlay.plan === null ? null : at(overlay.plan.marks, node.id),
            change: overlay.changes === null ? null : at(overlay.changes.nodes, node.id),
            inside: node.folded.length === 0 ? NOTHING_INSIDE : talliesOf(node.folded, overlay),
            isSelected: selected.has(node.id),
            isFound,
            isAside:
                (found !== null && !isFound) ||
                (shown.length > 0 && !shown.some((marks) => isAny((id) => Object.hasOwn(marks, id)))),
        };
    };
}

/** Whether two say the same, by their values: states are read anew from every message. */
export function isSameOverlay(one: NodeOverlay, other: NodeOverlay): boolean {
    return isSameValue(one, other);
}

/** Plain data only. */
function isSameValue(one: unknown, other: unknown): boolean {
    if (Object.is(one, other)) return true;
    if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
    const keys = Object.keys(one);
    return (
        keys.length === Object.keys(other).length &&
        keys.every((key) => isSameValue(fieldOf(one, key), fieldOf(other, key)))
    );
}

function fieldOf(value: object, key: string): unknown {
    // A field of plain data is a value nothing is known of; one that is not there is undefined.
    return (value as Readonly<Record<string, unknown>>)[key];
}

/** The one colour for all that an overlay says of a node, where there is room for no more; null when it says nothing. */
export function toneOf({ findings, state, plan, change, inside }: NodeOverlay): Tone | null {
    if (plan !== null) return ACTION_LOOKS[plan.action].tone;
    if (change !== null) return CHANGE_LOOKS[change.change].tone;
    const [worst] = inside;
    if (worst !== undefined && worst.kind !== 'status') return tallyLook(worst).tone;
    const status = [state?.status, worst?.name].includes('PROBLEM') ? 'PROBLEM' : state?.status;
    if (status !== undefined) return STATUS_LOOKS[status].tone;
    return findings.errors > 0 ? 'bad' : null;
}

/** The look of what is counted. */
export function tallyLook(tally: Tally): PillLook {
    switch (tally.kind) {
        case 'status':
            return STATUS_LOOKS[tally.name];
        case 'action':
            return ACTION_LOOKS[tally.name];
        case 'change':
            return CHANGE_LOOKS[tally.name];
        default:
            return tally satisfies never;
    }
}

const NOTHING_INSIDE: readonly Tally[] = [];
const NO_FINDINGS: FindingCount = { errors: 0, warnings: 0 };

function findingsOf({ id, folded }: PlacedNode, { findings }: PictureOverlay): FindingCount {
    const own = at(findings, id) ?? NO_FINDINGS;
    return folded.reduce((sum, inner) => {
        const found = at(findings, inner);
        if (found === null) return sum;
        return { errors: sum.errors + found.errors, warnings: sum.warnings + found.warnings };
    }, own);
}

type Marks = Readonly<Record<string, unknown>>;

/** A plan that does nothing and models that do not differ leave everything as it is. */
function shownMarks({ plan, changes }: PictureOverlay): readonly Marks[] {
    return [plan?.marks ?? {}, changes?.nodes ?? {}].filter((marks) => !isEmpty(marks));
}

function isEmpty(record: Marks): boolean {
    for (const _key in record) return false;
    return true;
}

function talliesOf(ids: readonly string[], { plan, changes, states }: PictureOverlay): readonly Tally[] {
    if (plan !== null) {
        const actions = ids.map((id) => at(plan.marks, id)?.action);
        return countsOf(actions, PLAN_ACTIONS).map((counted) => ({ kind: 'action', ...counted }));
    }
    if (changes !== null) {
        const found = ids.map((id) => at(changes.nodes, id)?.change);
        return countsOf(found, NODE_CHANGES).map((counted) => ({ kind: 'change', ...counted }));
    }
    const statuses = ids.map((id) => at(states, id)?.status);
    return countsOf(statuses, BY_URGENCY).map((counted) => ({ kind: 'status', ...counted }));
}

interface Counted<Name> {
    readonly name: Name;
    readonly count: number;
}

/** How often each name is there, those that are not left out, in the order given. */
function countsOf<Name>(names: readonly (Name | undefined)[], order: readonly Name[]): readonly Counted<Name>[] {
    const counts = new Map<Name, number>();
    for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    return order.flatMap((name) => {
        const count = counts.get(name);
        return count === undefined ? [] : [{ name, count }];
    });
}

/** What most needs a look comes first. */
const BY_URGENCY: readonly RunState['status'][] = [
    'PROBLEM',
    'STARTING',
    'STOPPING',
    'DEPLOYING',
    'UNDEPLOYING',
    'UNRESOLVED',
    'WAITING_FOR_ANCESTOR',
    'DEPLOYED_STARTED',
    'DEPLOYED_STOPPED',
    'NOT_DEPLOYED',
];

function at<Value>(values: Readonly<Record<string, Value>>, id: string): Value | null {
    return Object.hasOwn(values, id) ? (values[id] ?? null) : null;
}
