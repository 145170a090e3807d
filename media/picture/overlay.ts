/** What is drawn on top of a laid-out graph and changes without a new layout. Everything is keyed by node id. */
import type { InstanceStatus } from '../../runner/protocol.ts';
import type { FindingCount } from '../../server/protocol.ts';
import type { ChangesView, PlanView } from './plan.ts';

export interface RunState {
    readonly status: InstanceStatus;
    /** What the status badge says; empty = the status in plain words. Longer texts are cut. */
    readonly text: string;
    /** Whether others can use what it exports. */
    readonly isProviding: boolean;
    /** What else there is to say, a line each: the failure, what is missing, the addresses. */
    readonly notes: readonly string[];
    /** What can be done about it, between semicolons: `instance;stoppable;`. Empty for what is no instance. */
    readonly flags: string;
    /** What it is asked to be, in words, where it is not that and nothing under way leads there; empty otherwise. */
    readonly wanted: string;
    /** A step of it is under way. */
    readonly isMoving: boolean;
    /** Since when it is at what it is at: its status, or a step that changes none. In milliseconds of `RunClock`; null when that is not known. */
    readonly since: number | null;
    /** Why it failed, in one line; empty when it did not. */
    readonly cause: string;
    /** Nobody says how it is any more: its runner or its machine is silent. */
    readonly isStale: boolean;
}

/** The clock of run states. */
export interface RunClock {
    /** What it showed when the states were told, in milliseconds. */
    readonly now: number;
    /** It goes on by itself, as the wall clock does; that of a simulation goes on when the simulation does. */
    readonly isRunning: boolean;
}

export interface PictureOverlay {
    /** Nodes without findings may be absent. */
    readonly findings: Readonly<Record<string, FindingCount>>;
    /** Nodes without a run state are drawn without a status badge. */
    readonly states: Readonly<Record<string, RunState>>;
    /** Several when one declaration stands for several nodes. */
    readonly selected: readonly string[];
    /** What a search found; null when nothing is searched for. */
    readonly found: readonly string[] | null;
    /** What an order would do; null when no plan is shown. */
    readonly plan: PlanView | null;
    /** How the model differs from another; null when nothing is compared. */
    readonly changes: ChangesView | null;
}

/** Nothing found, nothing running, nothing selected. */
export const EMPTY_OVERLAY: PictureOverlay = {
    findings: {},
    states: {},
    selected: [],
    found: null,
    plan: null,
    changes: null,
};

/** The same for a picture that stands still: nothing in it has an age. */
export function withoutClock(overlay: PictureOverlay): PictureOverlay {
    const states = Object.entries(overlay.states).map(([id, state]) => [id, { ...state, since: null }] as const);
    return { ...overlay, states: Object.fromEntries(states) };
}
