/**
 * Tells screen readers how a run goes: what changed, never everything at once. Changes that come close together are told in one sentence that says
 * how far the run is; a failure is told at once, and so is the end.
 */
import type { PlacedNode } from '../../server/layout.ts';
import type { RunState } from '../protocol.ts';
import { stateText } from '../picture/status.ts';
import { fill, type Texts } from '../texts.ts';
import { at } from './page-view.ts';
import { nameInId } from './search.ts';

export type RunStates = Readonly<Record<string, RunState>>;

const MAX_CHANGES = 3;
/** Names are told up to here: one may be a whole file. */
const MAX_NAME = 80;

/** The changes from one set of states to the next in a sentence; empty when there is none that can be told. */
export function describeChanges(
    nodes: readonly PlacedNode[],
    before: RunStates,
    after: RunStates,
    texts: Texts,
): string {
    const changes = changesBetween(before, after);
    if (changes.length === 0) return '';
    const names = namesOf(nodes);
    const changed = changes.flatMap(([id, state]) => {
        const name = names.get(id);
        return name === undefined ? [] : [{ name, state }];
    });
    const told = changed
        .slice(0, MAX_CHANGES)
        .map(({ name, state }) => fill(texts['live.changed'], cut(name), stateText(state, texts)));
    const rest = changed.length - told.length;
    return [...told, ...(rest === 0 ? [] : [fill(texts['live.more'], rest)])].join('; ');
}

/** The instances that failed since; empty when none did. */
export function describeFailures(
    nodes: readonly PlacedNode[],
    before: RunStates,
    after: RunStates,
    texts: Texts,
): string {
    const failed = statesWhere(
        after,
        (id, { status }) => status === 'PROBLEM' && at(before, id)?.status !== 'PROBLEM' && isOfInstance(id),
    );
    if (failed.length === 0) return '';
    const told = failed.slice(0, MAX_CHANGES).map(([id, state]) => {
        const name = nodes.find((node) => node.id === id)?.label ?? nameInId(id);
        const why = state.cause === '' ? stateText(state, texts) : state.cause;
        return fill(texts['live.failed'], cut(name), why);
    });
    const rest = failed.length - told.length;
    return [...told, ...(rest === 0 ? [] : [fill(texts['live.more'], rest)])].join('; ');
}

/** How far a run is, in words; empty when there is none. */
export function describeProgress(states: RunStates, texts: Texts): string {
    const all = statesWhere(states, isOfInstance).map(([, state]) => state);
    const started = all.filter(({ status }) => status === 'DEPLOYED_STARTED').length;
    if (all.length < 2) return '';
    return fill(texts[all.some(isUnderWay) ? 'live.progress' : 'live.over'], started, all.length);
}

/** The state of a component is that of its instances once more. */
function isOfInstance(id: string): boolean {
    return !id.startsWith('component:');
}

/** States come many times a second, and few of thousands are meant: a pair is made for those alone. */
function statesWhere(
    states: RunStates,
    isMeant: (id: string, state: RunState) => boolean,
): readonly (readonly [string, RunState])[] {
    const meant: (readonly [string, RunState])[] = [];
    for (const id of Object.keys(states)) {
        const state = states[id];
        if (state !== undefined && isMeant(id, state)) meant.push([id, state]);
    }
    return meant;
}

function isUnderWay({ status, isMoving }: RunState): boolean {
    return isMoving || ['DEPLOYING', 'STARTING', 'STOPPING', 'UNDEPLOYING'].includes(status);
}

function changesBetween(before: RunStates, after: RunStates): readonly (readonly [string, RunState])[] {
    return statesWhere(after, (id, state) => {
        const known = at(before, id);
        return known?.status !== state.status || known.text !== state.text;
    });
}

/** Of what is in the picture, or folded away in it. */
function namesOf(nodes: readonly PlacedNode[]): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const { id, label, folded } of nodes) {
        for (const inner of folded) names.set(inner, nameInId(inner));
        names.set(id, label);
    }
    return names;
}

function cut(name: string): string {
    return name.slice(0, MAX_NAME).toWellFormed();
}

export interface Narrator {
    /** Other states are known. */
    readonly tell: (nodes: readonly PlacedNode[], after: RunStates) => void;
}

export interface Voice {
    /** Said when there is time, and at once. */
    readonly say: (text: string) => void;
    readonly interrupt: (text: string) => void;
    /** Calls back later; milliseconds. */
    readonly later: (act: () => void, ms: number) => void;
}

/** Listening takes about as long. */
const PAUSE_MS = 1_500;

/** Speaks at once after a silence, and then once a pause at most, of all that changed since. */
export function createNarrator(texts: Texts, { say, interrupt, later }: Voice): Narrator {
    let told: RunStates = {};
    let known: RunStates = {};
    let nodes: readonly PlacedNode[] = [];
    let isPausing = false;
    const speak = (): void => {
        isPausing = false;
        const changes = describeChanges(nodes, told, known, texts);
        told = known;
        if (changes === '') return;
        const progress = describeProgress(known, texts);
        say(progress === '' ? changes : `${changes}; ${progress}`);
        isPausing = true;
        later(speak, PAUSE_MS);
    };
    return {
        tell: (shown, after) => {
            const failures = describeFailures(shown, known, after, texts);
            [nodes, known] = [shown, after];
            if (failures !== '') interrupt(failures);
            if (!isPausing) speak();
        },
    };
}
